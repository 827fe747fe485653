// Breaking words into lines. Pure: the widths of letters come from the caller. Text wraps at spaces and never loses a
// letter: there is no ellipsis, and a word longer than the line continues on the next.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace mimika::ui {

using LetterWidth = std::function<float(char32_t)>;

struct TextLine {
  std::size_t begin = 0;  // bytes of the text; the spaces at which it was broken belong to no line
  std::size_t end = 0;
  float width = 0;  // pixels
};

// max_width <= 0: only line feeds break. An empty text is one empty line.
[[nodiscard]] std::vector<TextLine> break_lines(std::string_view text, float max_width, const LetterWidth& width_of);

[[nodiscard]] float text_width(std::string_view text, const LetterWidth& width_of);

// The widest single word: no column narrower than this shows the text whole.
[[nodiscard]] float widest_word(std::string_view text, const LetterWidth& width_of);

// In the lines of a field, spaces at a break must keep their place for the caret: which line a byte stands on, and the
// byte nearest to a horizontal position of a line.
[[nodiscard]] std::size_t line_of(const std::vector<TextLine>& lines, std::size_t byte);
[[nodiscard]] std::size_t byte_at(std::string_view text, const TextLine& line, float x, const LetterWidth& width_of);

// Where the caret goes one line up or down, as near as it can to the horizontal position `x`: the text's start above
// the first line, its end below the last.
[[nodiscard]] std::size_t byte_a_line_off(std::string_view text, const std::vector<TextLine>& lines, std::size_t byte,
                                          int down, float x, const LetterWidth& width_of);
// How far right of its line's start a byte stands, hanging spaces included.
[[nodiscard]] float x_of(std::string_view text, const std::vector<TextLine>& lines, std::size_t byte,
                         const LetterWidth& width_of);

}  // namespace mimika::ui
