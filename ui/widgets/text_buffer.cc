#include "ui/widgets/text_buffer.h"

#include <algorithm>
#include <utility>

#include "ui/widgets/utf8.h"

namespace mimika::ui {

TextBuffer::TextBuffer(std::string text, std::size_t caret, std::size_t limit_bytes)
    : text_(std::move(text)), limit_(limit_bytes) {
  move_to(caret);
}

void TextBuffer::move_to(std::size_t byte) {
  caret_ = std::min(byte, text_.size());
  std::size_t at = 0;
  std::size_t boundary = 0;
  while (at < caret_) {
    boundary = at;
    static_cast<void>(next_letter(text_, at));
  }
  if (at != caret_) {
    caret_ = boundary;
  }
}

bool TextBuffer::insert(std::string_view typed) {
  bool changed = false;
  for (std::size_t at = 0; at < typed.size();) {
    const char32_t letter = next_letter(typed, at);
    const bool control = (letter < 0x20 && letter != U'\n') || (letter >= 0x7F && letter < 0xA0);
    if (control || letter == kReplacement) {
      continue;
    }
    std::string bytes;
    append_letter(bytes, letter);
    if (text_.size() + bytes.size() > limit_) {
      break;
    }
    text_.insert(caret_, bytes);
    caret_ += bytes.size();
    changed = true;
  }
  return changed;
}

bool TextBuffer::erase_before() {
  if (caret_ == 0) {
    return false;
  }
  const std::size_t begin = previous_letter(text_, caret_);
  text_.erase(begin, caret_ - begin);
  caret_ = begin;
  return true;
}

bool TextBuffer::erase_after() {
  if (caret_ >= text_.size()) {
    return false;
  }
  std::size_t end = caret_;
  static_cast<void>(next_letter(text_, end));
  text_.erase(caret_, end - caret_);
  return true;
}

void TextBuffer::left() {
  caret_ = previous_letter(text_, caret_);
}

void TextBuffer::right() {
  if (caret_ < text_.size()) {
    static_cast<void>(next_letter(text_, caret_));
  }
}

bool starts_sentence(std::string_view text, std::size_t caret) {
  std::string_view before = text.substr(0, std::min(caret, text.size()));
  const bool spaced = before.empty() || before.back() == ' ' || before.back() == '\n';
  if (!spaced) {
    return false;
  }
  while (!before.empty() && before.back() == ' ') {
    before.remove_suffix(1);
  }
  return before.empty() || std::string_view(".!?\n").find(before.back()) != std::string_view::npos;
}

}  // namespace mimika::ui
