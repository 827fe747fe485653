#include "kiosk/eventlog/scrub.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "kiosk/base/ascii.h"

namespace mimika::eventlog {
namespace {

// The shortest telephone number with its area code; and more than any date, size or count in our log usually has.
constexpr std::size_t kDigitsOfSomebody = 9;
constexpr std::size_t kBetweenDigits = 3;  // as in "(0901) - 321"
constexpr std::string_view kDateAhead = "0000-00-00T";

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kQuotes = {{
    {"\"", "\""},
    {"\u201c", "\u201d"},
    {"\u201e", "\u201c"},
    {"\u00ab", "\u00bb"},
    {"\u2018", "\u2019"},
    {"`", "`"},
    {"'", "'"},
}};

bool is_word(char c) {
  return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// What people write between the digits of one number. In UTF-8 the spaces that do not break begin with these bytes.
std::size_t separator_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (std::string_view(" \t.-()/_").find(text[at]) != std::string_view::npos) return 1;
  for (const std::string_view space : {"\u00a0", "\u2009", "\u202f", "\u2010", "\u2011", "\u2013"}) {
    if (text.substr(at).starts_with(space)) return space.size();
  }
  return 0;
}

class Scrubber {
 public:
  explicit Scrubber(std::string_view text) : text_(text) {}

  Scrubbed run() && {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const bool line_begins = at_ == 0 || text_[at_ - 1] == '\n';
    if (line_begins && begins_with_date()) return copy(kDateAhead.size());
    if (is_digit(text_[at_])) return take_number();
    if (text_[at_] == '@' && take_address()) return;
    if (const auto end = end_of_quote()) {
      ++out_.removed.quoted;
      out_.text += "[quoted]";
      at_ = *end;
      return;
    }
    copy(1);
  }

  void copy(std::size_t count) {
    out_.text += text_.substr(at_, count);
    at_ += count;
  }

  [[nodiscard]] bool begins_with_date() const {
    const std::string_view ahead = text_.substr(at_, kDateAhead.size());
    return ahead.size() == kDateAhead.size() &&
           std::equal(ahead.begin(), ahead.end(), kDateAhead.begin(),
                      [](char c, char wanted) { return wanted == '0' ? is_digit(c) : c == wanted; });
  }

  void take_number() {
    std::size_t digits = 0;
    std::size_t end = at_;
    for (std::size_t next = at_; next < text_.size() && is_digit(text_[next]);) {
      ++digits;
      end = ++next;
      std::size_t between = 0;
      while (between < kBetweenDigits) {
        const std::size_t bytes = separator_at(text_, next);
        if (bytes == 0) break;
        next += bytes;
        ++between;
      }
    }
    if (digits < kDigitsOfSomebody) {
      // Digit by digit would begin anew inside the same number.
      return copy(end - at_);
    }
    ++out_.removed.numbers;
    out_.text += "[number]";
    at_ = end;
  }

  // Both sides of an @, as far as they go.
  bool take_address() {
    const auto is_part = [](char c) {
      return is_word(c) || std::string_view("._%+-[]").find(c) != std::string_view::npos;
    };
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_part(text_[end])) ++end;
    std::size_t begin = out_.text.size();
    while (begin > 0 && is_part(out_.text[begin - 1])) --begin;
    if (begin == out_.text.size() || end == at_ + 1) return false;
    ++out_.removed.addresses;
    out_.text.resize(begin);
    out_.text += "[address]";
    at_ = end;
    return true;
  }

  // Behind its end. An apostrophe within a word, or with no other one on its line, is no quotation mark.
  [[nodiscard]] std::optional<std::size_t> end_of_quote() const {
    for (const auto& [open, close] : kQuotes) {
      if (!text_.substr(at_).starts_with(open)) continue;
      const bool apostrophe = open == "'";
      if (apostrophe && at_ > 0 && is_word(text_[at_ - 1])) continue;
      const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
      const std::string_view line = text_.substr(0, line_end);
      for (std::size_t found = line.find(close, at_ + open.size()); found != std::string_view::npos;
           found = line.find(close, found + close.size())) {
        const std::size_t end = found + close.size();
        if (!apostrophe || end == text_.size() || !is_word(text_[end])) return end;
      }
      if (!apostrophe) return line_end;
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Scrubbed out_;
};

}  // namespace

ScrubCount& ScrubCount::operator+=(const ScrubCount& other) {
  numbers += other.numbers;
  quoted += other.quoted;
  addresses += other.addresses;
  return *this;
}

// What was taken out may leave neighbours that were none before, as an @ beside what was quoted.
Scrubbed scrub(std::string_view text) {
  Scrubbed clean = Scrubber(text).run();
  for (bool again = clean.removed.all() > 0; again;) {
    Scrubbed next = Scrubber(clean.text).run();
    again = next.removed.all() > 0;
    clean.removed += next.removed;
    clean.text = std::move(next.text);
  }
  return clean;
}

}  // namespace mimika::eventlog
