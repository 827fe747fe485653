// The text of a field while it is edited: UTF-8, a caret, a limit. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets/key_map.h"

namespace mimika::ui {

class TextBuffer {
 public:
  // The caret is moved to the nearest letter at or before `caret`.
  TextBuffer(std::string text, std::size_t caret, std::size_t limit_bytes, FieldLines lines = FieldLines::kMany);
  ~TextBuffer();  // overwrites the text
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t caret() const { return caret_; }

  // false: nothing changed (at the limit, at an end). Typing stops at the limit; it never cuts a letter in half.
  // Letters that is_writable() refuses are left out, line feeds too where there is one line; what is left goes in up to
  // the limit, however long it is.
  bool insert(std::string_view typed);
  // Puts `word` and a space in the place of the word before the caret; false when it does not fit.
  bool complete_word(std::string_view word);
  bool clear();
  bool erase_before();
  bool erase_after();
  void left();
  void right();
  void to_start() { caret_ = 0; }
  void to_end() { caret_ = text_.size(); }
  void move_to(std::size_t byte);
  [[nodiscard]] std::string_view word_before_caret() const;

 private:
  std::string text_;
  FieldLines lines_;
  std::size_t caret_ = 0;
  std::size_t limit_ = 0;
};

// A capital is expected here: at the start, after . ! ? and a space (a closing quote or bracket may stand between),
// after a line feed.
[[nodiscard]] bool starts_sentence(std::string_view text, std::size_t caret);

// The letters before the caret up to the last space; empty after one.
[[nodiscard]] std::string_view word_before(std::string_view text, std::size_t caret);

// What "clear" took away, kept for "undo". Its memory is overwritten when it is let go of.
class ClearedText {
 public:
  ClearedText() = default;
  ~ClearedText() { forget(); }
  ClearedText(const ClearedText&) = delete;
  ClearedText& operator=(const ClearedText&) = delete;

  void keep(std::string_view text);
  void forget();
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::vector<char> bytes_;  // a string keeps short texts inside itself, where a move would leave them behind
};

}  // namespace mimika::ui
