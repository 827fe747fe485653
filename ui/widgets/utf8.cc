#include "ui/widgets/utf8.h"

#include <algorithm>

namespace mimika::ui {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};

// Sorted by what they are, not by number.
constexpr Span kUnwritable[] = {
    {0x00, 0x09},     {0x0B, 0x1F},        {0x7F, 0x9F},       {0x2028, 0x2029},    // controls
    {0x200E, 0x200F}, {0x202A, 0x202E},    {0x2066, 0x2069},   {0x061C, 0x061C},    // direction
    {0xAD, 0xAD},     {0x034F, 0x034F},    {0x115F, 0x1160},   {0x17B4, 0x17B5},    // invisible
    {0x180B, 0x180F}, {0x200B, 0x200D},    {0x2060, 0x2065},   {0x206A, 0x206F},    // invisible
    {0x3164, 0x3164}, {0xFE00, 0xFE0F},    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},    // invisible
    {0xFFF0, 0xFFFF}, {0x1BCA0, 0x1BCA3},  {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},  // invisible, tags
    {0xD800, 0xF8FF}, {0xF0000, 0x10FFFF},                                          // surrogates, private
};
constexpr char32_t kLastLetter = 0x10FFFF;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  std::size_t length = 1;
  char32_t letter = first;
  if (first >= 0xF0 && first < 0xF8) {
    length = 4;
    letter = first & 0x07U;
  } else if (first >= 0xE0 && first < 0xF0) {
    length = 3;
    letter = first & 0x0FU;
  } else if (first >= 0xC2 && first < 0xE0) {
    length = 2;
    letter = first & 0x1FU;
  } else if (first >= 0x80) {
    ++at;
    return kReplacement;
  }
  if (at + length > text.size()) {
    ++at;
    return kReplacement;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[at + i])) {
      ++at;
      return kReplacement;
    }
    letter = (letter << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  // Overlong forms, surrogates and numbers beyond the last one are no letters; their bytes are damage.
  const char32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  if (length > 1 && (letter < least || letter > kLastLetter || (letter >= 0xD800 && letter <= 0xDFFF))) {
    ++at;
    return kReplacement;
  }
  at += length;
  return letter;
}

std::size_t previous_letter(std::string_view text, std::size_t at) {
  if (at == 0) {
    return 0;
  }
  // Walk back over at most three continuation bytes; what does not decode to exactly this span is a single bad byte.
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && continues(text[begin])) {
    --begin;
  }
  std::size_t end = begin;
  static_cast<void>(next_letter(text, end));
  return end == at ? begin : at - 1;
}

std::size_t count_letters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    static_cast<void>(next_letter(text, at));
  }
  return count;
}

bool is_writable(char32_t letter) {
  return letter <= kLastLetter && std::ranges::none_of(kUnwritable, [&](const Span& span) {
           return letter >= span.first && letter <= span.last;
         });
}

void append_letter(std::string& text, char32_t letter) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (letter < 0x80) {
    byte(letter);
  } else if (letter < 0x800) {
    byte(0xC0U | (letter >> 6U));
    byte(0x80U | (letter & 0x3FU));
  } else if (letter < 0x10000) {
    byte(0xE0U | (letter >> 12U));
    byte(0x80U | ((letter >> 6U) & 0x3FU));
    byte(0x80U | (letter & 0x3FU));
  } else {
    byte(0xF0U | (letter >> 18U));
    byte(0x80U | ((letter >> 12U) & 0x3FU));
    byte(0x80U | ((letter >> 6U) & 0x3FU));
    byte(0x80U | (letter & 0x3FU));
  }
}

}  // namespace mimika::ui
