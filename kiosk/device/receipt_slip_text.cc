#include "kiosk/device/receipt_slip_text.h"

#include <ft2build.h>

#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <array>
#include <cmath>
#include <filesystem>
#include <type_traits>

namespace mimika::device {
namespace {

constexpr std::size_t kWeights = 3;
constexpr std::array<const char*, kWeights> kFontFiles = {"Inter-Medium.otf", "Inter-Bold.otf", "Inter-ExtraBold.otf"};
// Light hinting moves outlines only vertically: baselines are sharp, and advances stay those of the design.
constexpr FT_Int32 kSlipLoadFlags = FT_LOAD_TARGET_LIGHT;
// A dot is black from this coverage on. Below one half, because thin strokes burn thinner than they are on paper.
constexpr unsigned char kInkFrom = 112;
constexpr char32_t kReplacement = 0xFFFD;

struct SlipLibraryDelete {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct SlipFaceDelete {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};

bool has_all_fonts(const std::filesystem::path& folder) {
  for (const char* file : kFontFiles) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(folder / file, ignored)) return false;
  }
  return true;
}

// Takes the next letter off `text`. Malformed UTF-8 is one replacement letter a byte; controls are spaces.
char32_t next_letter(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t size = first < 0x80 ? 1 : first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : 2;
  const bool lead = first < 0x80 || (first >= 0xC2 && first < 0xF5);
  bool whole = lead && text.size() >= size;
  for (std::size_t i = 1; whole && i < size; ++i) whole = (byte(i) & 0xC0U) == 0x80U;
  if (!whole) {
    text.remove_prefix(1);
    return kReplacement;
  }
  char32_t letter = size == 1 ? first : first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) letter = (letter << 6U) | (byte(i) & 0x3FU);
  text.remove_prefix(size);
  return letter < U' ' || letter == 0x7F ? U' ' : letter;
}

}  // namespace

struct SlipFont::State {
  std::unique_ptr<std::remove_pointer_t<FT_Library>, SlipLibraryDelete> library;
  std::array<std::unique_ptr<FT_FaceRec_, SlipFaceDelete>, kWeights> faces;

  [[nodiscard]] FT_Face face(SlipType type) const {
    FT_Face ft = faces.at(static_cast<std::size_t>(type.weight)).get();
    FT_Set_Pixel_Sizes(ft, 0, static_cast<FT_UInt>(type.px));
    return ft;
  }
  // In font units, because scaled advances are rounded to whole dots by the hinter.
  [[nodiscard]] static double advance(FT_Face ft, int px, char32_t letter) {
    FT_Fixed units = 0;
    if (FT_Get_Advance(ft, FT_Get_Char_Index(ft, letter), FT_LOAD_NO_SCALE, &units) != 0) return 0;
    return static_cast<double>(units) * px / ft->units_per_EM;
  }
};

SlipFont::SlipFont() : state_(std::make_unique<State>()) {}
SlipFont::~SlipFont() = default;

Result<std::unique_ptr<SlipFont>> SlipFont::open(const std::vector<std::string>& folders) {
  std::unique_ptr<SlipFont> font(new SlipFont());
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return fail(ErrorCode::kInternal, "FreeType did not start");
  font->state_->library.reset(library);
  std::string searched;
  for (const std::string& folder : folders) {
    searched += (searched.empty() ? "" : ", ") + folder;
    if (!has_all_fonts(folder)) continue;
    for (std::size_t i = 0; i < kWeights; ++i) {
      FT_Face face = nullptr;
      const std::string path = (std::filesystem::path(folder) / kFontFiles.at(i)).string();
      if (FT_New_Face(library, path.c_str(), 0, &face) != 0) {
        return fail(ErrorCode::kCorrupt, "the font " + path + " cannot be read");
      }
      font->state_->faces.at(i).reset(face);
    }
    return font;
  }
  return fail(ErrorCode::kNotFound, "the Inter fonts are missing (package fonts-inter); searched: " +
                                        (searched.empty() ? "nowhere" : searched));
}

double SlipFont::width(SlipType type, std::string_view text) const {
  FT_Face ft = state_->face(type);
  double sum = 0;
  while (!text.empty()) sum += State::advance(ft, type.px, next_letter(text));
  return sum;
}

std::vector<std::string_view> SlipFont::wrap(SlipType type, std::string_view text, double most) const {
  FT_Face ft = state_->face(type);
  std::vector<std::string_view> lines;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty()) {
    double sum = 0;
    std::size_t break_at = 0;  // bytes of the line if it ended at its last space
    std::string_view rest = text;
    bool full = false;
    while (!rest.empty() && rest.front() != '\n') {
      const std::size_t taken = text.size() - rest.size();
      if (rest.front() == ' ') break_at = taken;
      const std::string_view before = rest;
      sum += State::advance(ft, type.px, next_letter(rest));
      if (sum > most && before.front() != ' ' && taken > 0) {
        rest = before;
        full = true;
        break;
      }
    }
    std::size_t line = text.size() - rest.size();
    if (full && break_at > 0) line = break_at;
    std::string_view shown = text.substr(0, line);
    while (!shown.empty() && shown.back() == ' ') shown.remove_suffix(1);
    lines.push_back(shown);
    text.remove_prefix(line);
    // The space or line end that was broken at belongs to neither line.
    const bool hard = !full && !text.empty() && text.front() == '\n';
    if (hard) text.remove_prefix(1);
    while (!hard && !text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return lines;
}

void SlipFont::draw(BitImage& image, SlipType type, double left, double baseline, std::string_view text) const {
  FT_Face ft = state_->face(type);
  double x = left;
  while (!text.empty()) {
    const char32_t letter = next_letter(text);
    if (FT_Load_Glyph(ft, FT_Get_Char_Index(ft, letter), kSlipLoadFlags) == 0 &&
        FT_Render_Glyph(ft->glyph, FT_RENDER_MODE_NORMAL) == 0) {
      const FT_Bitmap& bitmap = ft->glyph->bitmap;
      const int origin_x = static_cast<int>(std::lround(x)) + ft->glyph->bitmap_left;
      const int origin_y = static_cast<int>(std::lround(baseline)) - ft->glyph->bitmap_top;
      for (int row = 0; row < static_cast<int>(bitmap.rows); ++row) {
        const unsigned char* line = bitmap.buffer + std::ptrdiff_t{row} * bitmap.pitch;
        for (int column = 0; column < static_cast<int>(bitmap.width); ++column) {
          if (line[column] >= kInkFrom) image.set(origin_x + column, origin_y + row);
        }
      }
    }
    x += State::advance(ft, type.px, letter);
  }
}

}  // namespace mimika::device
