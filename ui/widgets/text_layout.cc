#include "ui/widgets/text_layout.h"

#include <algorithm>

#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

bool is_space(char32_t letter) {
  return letter == U' ' || letter == U'\t';
}

// Sums of rounded advances differ in the last bit from a measured width; half a pixel of mercy keeps a text that was
// measured from wrapping in the very rectangle made for it.
constexpr float kMercy = 0.5F;

}  // namespace

std::vector<TextLine> break_lines(std::string_view text, float max_width, const LetterWidth& width_of) {
  std::vector<TextLine> lines;
  TextLine line;
  float width = 0;             // of the line up to the current letter, spaces included
  std::size_t word_begin = 0;  // where the current word starts
  float before_word = 0;       // width up to the last letter before the spaces in front of it
  std::size_t before_word_end = 0;
  float word_start_width = 0;
  bool in_word = false;
  const auto finish = [&](std::size_t end, float at_width) {
    line.end = end;
    line.width = at_width;
    lines.push_back(line);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t letter = next_letter(text, at);
    if (letter == U'\n') {
      finish(in_word ? here : before_word_end, in_word ? width : before_word);
      line.begin = at;
      width = 0;
      before_word = 0;
      before_word_end = at;
      in_word = false;
      continue;
    }
    const float advance = width_of(letter);
    if (is_space(letter)) {
      if (in_word) {
        before_word = width;
        before_word_end = here;
        in_word = false;
      }
      width += advance;
      continue;
    }
    if (!in_word) {
      in_word = true;
      word_begin = here;
      word_start_width = width;
    }
    if (max_width > 0 && width + advance > max_width + kMercy) {
      if (word_begin > line.begin && before_word_end > line.begin) {
        finish(before_word_end, before_word);
        line.begin = word_begin;
        width -= word_start_width;
      } else if (here > line.begin) {
        finish(here, width);
        line.begin = here;
        width = 0;
        word_begin = here;
      }
      word_start_width = 0;
      before_word = 0;
      before_word_end = line.begin;
      // The word alone may still be too long for a line of its own.
      if (width + advance > max_width + kMercy && here > line.begin) {
        finish(here, width);
        line.begin = here;
        word_begin = here;
        before_word_end = here;
        width = 0;
      }
    }
    width += advance;
  }
  finish(in_word ? text.size() : before_word_end, in_word ? width : before_word);
  return lines;
}

float text_width(std::string_view text, const LetterWidth& width_of) {
  float width = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += width_of(next_letter(text, at));
  }
  return width;
}

float widest_word(std::string_view text, const LetterWidth& width_of) {
  float widest = 0;
  float word = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_letter(text, at);
    word = is_space(letter) || letter == U'\n' ? 0.0F : word + width_of(letter);
    widest = std::max(widest, word);
  }
  return widest;
}

std::size_t line_of(const std::vector<TextLine>& lines, std::size_t byte) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].begin <= byte) {
      found = i;
    }
  }
  return found;
}

std::size_t byte_at(std::string_view text, const TextLine& line, float x, const LetterWidth& width_of) {
  float pen = 0;
  for (std::size_t at = line.begin; at < line.end;) {
    const std::size_t here = at;
    const float advance = width_of(next_letter(text, at));
    if (x < pen + advance / 2) {
      return here;
    }
    pen += advance;
  }
  return line.end;
}

float x_of(std::string_view text, const std::vector<TextLine>& lines, std::size_t byte, const LetterWidth& width_of) {
  const std::size_t at = std::min(byte, text.size());
  const TextLine& line = lines[line_of(lines, at)];
  return text_width(text.substr(line.begin, std::max(at, line.begin) - line.begin), width_of);
}

std::size_t byte_a_line_off(std::string_view text, const std::vector<TextLine>& lines, std::size_t byte, int down,
                            float x, const LetterWidth& width_of) {
  const auto wanted = static_cast<std::ptrdiff_t>(line_of(lines, byte)) + down;
  if (wanted < 0) {
    return 0;
  }
  if (wanted >= static_cast<std::ptrdiff_t>(lines.size())) {
    return text.size();
  }
  return byte_at(text, lines[static_cast<std::size_t>(wanted)], x, width_of);
}

}  // namespace mimika::ui
