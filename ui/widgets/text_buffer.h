// The text of a field while it is edited: UTF-8, a caret, a limit. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mimika::ui {

class TextBuffer {
 public:
  TextBuffer() = default;
  // The caret is moved to the nearest letter at or before `caret`.
  TextBuffer(std::string text, std::size_t caret, std::size_t limit_bytes);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t caret() const { return caret_; }

  // false: nothing changed (at the limit, at an end). Typing stops at the limit; it never cuts a letter in half.
  // Control letters other than a line feed are refused.
  bool insert(std::string_view typed);
  bool erase_before();
  bool erase_after();
  void left();
  void right();
  void to_start() { caret_ = 0; }
  void to_end() { caret_ = text_.size(); }
  void move_to(std::size_t byte);

 private:
  std::string text_;
  std::size_t caret_ = 0;
  std::size_t limit_ = 0;
};

// A capital is expected here: at the start, after . ! ? and a space, after a line feed.
[[nodiscard]] bool starts_sentence(std::string_view text, std::size_t caret);

}  // namespace mimika::ui
