#include "ui/widgets/text_buffer.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/wipe.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {

TextBuffer::TextBuffer(std::string text, std::size_t caret, std::size_t limit_bytes, FieldLines lines)
    : text_(std::move(text)), lines_(lines), limit_(limit_bytes) {
  move_to(caret);
}

TextBuffer::~TextBuffer() {
  wipe(text_);
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
  // Gathered first: letters put one by one into the middle of a long text would move its end each time.
  std::string accepted;
  for (std::size_t at = 0; at < typed.size();) {
    const char32_t letter = next_letter(typed, at);
    const bool breaks = letter == U'\n' && lines_ == FieldLines::kOne;
    if (breaks || letter == kReplacement || !is_writable(letter)) {
      continue;
    }
    const std::size_t before = accepted.size();
    append_letter(accepted, letter);
    if (text_.size() + accepted.size() > limit_) {
      accepted.resize(before);
      break;
    }
  }
  const bool changed = !accepted.empty();
  if (changed) {
    std::string grown;
    grown.reserve(text_.size() + accepted.size());
    grown.append(text_, 0, caret_).append(accepted).append(text_, caret_);
    text_.swap(grown);
    wipe(grown);
    caret_ += accepted.size();
  }
  wipe(accepted);
  return changed;
}

std::string_view TextBuffer::word_before_caret() const {
  return word_before(text_, caret_);
}

bool TextBuffer::complete_word(std::string_view word) {
  const std::size_t typed = word_before_caret().size();
  const bool spaced = caret_ < text_.size() && text_[caret_] == ' ';
  const std::size_t grown = text_.size() - typed + word.size() + (spaced ? 0 : 1);
  if (grown > limit_) {
    return false;
  }
  text_.erase(caret_ - typed, typed);
  caret_ -= typed;
  insert(word);
  if (spaced) {
    right();
  } else {
    insert(" ");
  }
  return true;
}

bool TextBuffer::clear() {
  const bool changed = !text_.empty();
  wipe(text_);
  caret_ = 0;
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

namespace {

constexpr std::string_view kClosing = " \"')";

}  // namespace

bool starts_sentence(std::string_view text, std::size_t caret) {
  std::string_view before = text.substr(0, std::min(caret, text.size()));
  const bool spaced = before.empty() || before.back() == ' ' || before.back() == '\n';
  if (!spaced) {
    return false;
  }
  while (!before.empty() && kClosing.find(before.back()) != std::string_view::npos) {
    before.remove_suffix(1);
  }
  return before.empty() || std::string_view(".!?\n").find(before.back()) != std::string_view::npos;
}

std::string_view word_before(std::string_view text, std::size_t caret) {
  const std::string_view before = text.substr(0, std::min(caret, text.size()));
  const std::size_t space = before.find_last_of(" \n");
  return space == std::string_view::npos ? before : before.substr(space + 1);
}

void ClearedText::keep(std::string_view text) {
  forget();
  bytes_.reserve(text.size());
  bytes_.assign(text.begin(), text.end());
}

void ClearedText::forget() {
  wipe(bytes_);
}

}  // namespace mimika::ui
