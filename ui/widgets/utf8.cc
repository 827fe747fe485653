#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

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
