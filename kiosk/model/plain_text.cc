#include "kiosk/model/plain_text.h"

#include <cstddef>
#include <optional>

namespace mimika {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// The next code point, moving `text` past it; nothing when the bytes are not UTF-8.
std::optional<char32_t> next_code_point(std::string_view& text) {
  struct Form {
    unsigned char lead_mask;
    unsigned char lead;
    std::size_t length;
    char32_t smallest;  // below it the form is overlong
  };
  static constexpr Form kForms[] = {
      {0x80, 0x00, 1, 0}, {0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}};
  constexpr char32_t kLastCodePoint = 0x10FFFF;

  const auto lead = static_cast<unsigned char>(text.front());
  for (const Form& form : kForms) {
    if ((lead & form.lead_mask) != form.lead) continue;
    if (text.size() < form.length) return std::nullopt;
    char32_t code = lead & static_cast<unsigned char>(~form.lead_mask);
    for (std::size_t i = 1; i < form.length; ++i) {
      const auto follower = static_cast<unsigned char>(text[i]);
      if ((follower & 0xC0U) != 0x80U) return std::nullopt;
      code = (code << 6U) | (follower & 0x3FU);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < form.smallest || code > kLastCodePoint || surrogate) return std::nullopt;
    text.remove_prefix(form.length);
    return code;
  }
  return std::nullopt;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

bool turns_direction(char32_t c) {
  return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

struct Span {
  char32_t first;
  char32_t last;
};

// ui/widgets/utf8.cc knows the same, without knowing this folder; tests/screens holds the two together.
constexpr Span kUnseen[] = {{0xAD, 0xAD},       {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160},
                            {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200D},   {0x2060, 0x206F},
                            {0x3164, 0x3164},   {0xE000, 0xF8FF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
                            {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFF},   {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
                            {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};

bool is_unseen(char32_t c) {
  for (const Span& span : kUnseen) {
    if (c >= span.first && c <= span.last) return true;
  }
  return false;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  // Outside ASCII nearly everything from U+00C0 on is a letter, except the blocks of signs and of pictures.
  const bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040);
  const bool picture = c >= 0xE000 && (c < 0xF900 || (c >= 0xFE00 && c < 0xFE10) || (c >= 0x1F000 && c < 0x20000));
  return !sign && !picture;
}

}  // namespace

bool is_plain_text(std::string_view text, LineBreaks line_breaks) {
  while (!text.empty()) {
    const auto code = next_code_point(text);
    if (!code || turns_direction(*code)) return false;
    const bool breaks_line = *code == '\n' || *code == '\t' || *code == '\r';
    if (is_control(*code) && !(breaks_line && line_breaks == LineBreaks::kAllowed)) return false;
  }
  return true;
}

bool is_writable_text(std::string_view text, LineBreaks line_breaks) {
  if (!is_plain_text(text, line_breaks)) return false;
  while (!text.empty()) {
    const auto code = next_code_point(text);
    if (!code || is_unseen(*code)) return false;
  }
  return true;
}

bool has_letter(std::string_view text) {
  while (!text.empty()) {
    const auto code = next_code_point(text);
    if (!code) return false;
    if (is_letter(*code)) return true;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

}  // namespace mimika
