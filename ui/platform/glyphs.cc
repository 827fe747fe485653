#include "ui/platform/glyphs.h"

#include <ft2build.h>

#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <tuple>
#include <unordered_map>

#include "kiosk/base/log.h"
#include "ui/platform/texture.h"

namespace mimika::ui {
namespace {

constexpr std::size_t kWeights = 4;
constexpr std::array<const char*, kWeights> kFiles = {"Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
                                                      "Inter-ExtraBold.otf"};
constexpr int kPageSize = 1024;        // pixels a side
constexpr std::size_t kMostPages = 6;  // 24 MB; a whole session at one text size needs two
constexpr int kPadding = 1;            // keeps a neighbour's edge out of a scaled glyph
// Light hinting moves outlines only vertically: baselines are sharp, and advances stay those of the design.
constexpr FT_Int32 kLoadFlags = FT_LOAD_TARGET_LIGHT;

struct LibraryDelete {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct FaceDelete {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};

std::uint64_t key_of(Face face, char32_t letter) {
  return (std::uint64_t{static_cast<std::uint8_t>(face.weight)} << 48U) | (std::uint64_t{face.px} << 32U) | letter;
}

bool folder_complete(const std::string& folder) {
  for (const char* file : kFiles) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(std::filesystem::path(folder) / file, ignored)) {
      return false;
    }
  }
  return true;
}

}  // namespace

struct GlyphCache::State {
  struct Page {
    std::unique_ptr<Texture> texture;
    int shelf_x = 0;
    int shelf_y = 0;
    int shelf_height = 0;
  };

  SDL_Renderer* renderer = nullptr;
  std::unique_ptr<std::remove_pointer_t<FT_Library>, LibraryDelete> library;
  std::array<std::unique_ptr<FT_FaceRec_, FaceDelete>, kWeights> faces;
  std::array<std::uint16_t, kWeights> face_px{};
  std::vector<Page> pages;
  std::unordered_map<std::uint64_t, Glyph> glyphs;
  std::unordered_map<std::uint64_t, float> advances;

  FT_Face face_at(Face face) {
    const auto index = static_cast<std::size_t>(face.weight);
    FT_Face ft = faces.at(index).get();
    if (face_px.at(index) != face.px) {
      FT_Set_Pixel_Sizes(ft, 0, face.px);
      face_px.at(index) = face.px;
    }
    return ft;
  }

  // A free place of this size, on the current shelf or a new one.
  Result<Page*> place(int width, int height, int& x, int& y) {
    if (!pages.empty()) {
      Page& page = pages.back();
      if (page.shelf_x + width > kPageSize) {
        page.shelf_y += page.shelf_height;
        page.shelf_x = 0;
        page.shelf_height = 0;
      }
      if (page.shelf_y + height <= kPageSize) {
        x = page.shelf_x;
        y = page.shelf_y;
        page.shelf_x += width;
        page.shelf_height = std::max(page.shelf_height, height);
        return &page;
      }
    }
    const std::vector<std::uint32_t> clear(static_cast<std::size_t>(kPageSize) * kPageSize, 0x00FFFFFFU);
    TRY_ASSIGN(auto texture, make_texture(*renderer, kPageSize, kPageSize, clear));
    pages.push_back({std::move(texture), width, 0, height});
    x = 0;
    y = 0;
    return &pages.back();
  }

  Glyph rasterise(Face face, char32_t letter) {
    FT_Face ft = face_at(face);
    Glyph glyph;
    const FT_UInt index = FT_Get_Char_Index(ft, letter);
    if (FT_Load_Glyph(ft, index, kLoadFlags) != 0) {
      return glyph;
    }
    glyph.advance = static_cast<float>(ft->glyph->linearHoriAdvance) / 65536.0F;
    if (FT_Render_Glyph(ft->glyph, FT_RENDER_MODE_NORMAL) != 0) {
      return glyph;
    }
    const FT_Bitmap& bitmap = ft->glyph->bitmap;
    const auto width = static_cast<int>(bitmap.width);
    const auto height = static_cast<int>(bitmap.rows);
    if (width == 0 || height == 0 || width + kPadding > kPageSize || height + kPadding > kPageSize) {
      return glyph;
    }
    int x = 0;
    int y = 0;
    const Result<Page*> page = place(width + kPadding, height + kPadding, x, y);
    if (!page) {
      log_error("ui", "glyph page: {}", page.error().message);
      return glyph;
    }
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int row = 0; row < height; ++row) {
      const unsigned char* line = bitmap.buffer + std::ptrdiff_t{row} * bitmap.pitch;
      for (int column = 0; column < width; ++column) {
        pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)] =
            0x00FFFFFFU | (std::uint32_t{line[column]} << 24U);
      }
    }
    const SDL_Rect area{x, y, width, height};
    SDL_UpdateTexture((*page)->texture->handle.get(), &area, pixels.data(), width * 4);
    constexpr auto kSide = static_cast<float>(kPageSize);
    glyph.image = {(*page)->texture.get(),
                   {static_cast<float>(x) / kSide, static_cast<float>(y) / kSide},
                   {static_cast<float>(x + width) / kSide, static_cast<float>(y + height) / kSide},
                   {static_cast<float>(width), static_cast<float>(height)}};
    glyph.offset = {static_cast<float>(ft->glyph->bitmap_left), static_cast<float>(-ft->glyph->bitmap_top)};
    return glyph;
  }
};

std::vector<std::string> font_folders(const std::string& configured) {
  std::vector<std::string> folders;
  if (!configured.empty()) {
    folders.push_back(configured);
  }
  folders.insert(folders.end(), {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
                                 "/usr/local/share/fonts/inter"});
  return folders;
}

GlyphCache::GlyphCache() : state_(std::make_unique<State>()) {}
GlyphCache::~GlyphCache() = default;

Result<std::unique_ptr<GlyphCache>> GlyphCache::open(SDL_Renderer& renderer, const std::vector<std::string>& folders) {
  std::unique_ptr<GlyphCache> cache(new GlyphCache());
  State& state = *cache->state_;
  state.renderer = &renderer;
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    return fail(ErrorCode::kInternal, "FreeType did not start");
  }
  state.library.reset(library);
  std::string searched;
  for (const std::string& folder : folders) {
    searched += (searched.empty() ? "" : ", ") + folder;
    if (!folder_complete(folder)) {
      continue;
    }
    for (std::size_t i = 0; i < kWeights; ++i) {
      FT_Face face = nullptr;
      const std::string path = (std::filesystem::path(folder) / kFiles.at(i)).string();
      if (FT_New_Face(library, path.c_str(), 0, &face) != 0) {
        return fail(ErrorCode::kCorrupt, "the font " + path + " cannot be read");
      }
      state.faces.at(i).reset(face);
    }
    return cache;
  }
  return fail(ErrorCode::kNotFound, "the Inter fonts are missing (package fonts-inter); searched: " +
                                        (searched.empty() ? "nowhere" : searched));
}

Glyph GlyphCache::glyph(Face face, char32_t letter) {
  const auto [entry, fresh] = state_->glyphs.try_emplace(key_of(face, letter));
  if (fresh) {
    entry->second = state_->rasterise(face, letter);
  }
  return entry->second;
}

float GlyphCache::advance(Face face, char32_t letter) {
  const auto [entry, fresh] = state_->advances.try_emplace(key_of(face, letter), 0.0F);
  if (fresh) {
    FT_Face ft = state_->face_at(face);
    // In font units, because scaled advances are rounded to whole pixels by the hinter.
    FT_Fixed units = 0;
    if (FT_Get_Advance(ft, FT_Get_Char_Index(ft, letter), FT_LOAD_NO_SCALE, &units) == 0) {
      entry->second = static_cast<float>(units) * static_cast<float>(face.px) / static_cast<float>(ft->units_per_EM);
    }
  }
  return entry->second;
}

void GlyphCache::trim() {
  if (state_->pages.size() > kMostPages) {
    state_->pages.clear();
    state_->glyphs.clear();
    state_->advances.clear();
  }
}

std::size_t GlyphCache::pages() const {
  return state_->pages.size();
}

}  // namespace mimika::ui
