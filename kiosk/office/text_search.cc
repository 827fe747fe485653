#include "kiosk/office/text_search.h"

#include <algorithm>
#include <cstring>

#include "kiosk/model/name_search.h"

namespace mimika::office {
namespace {

// Letters of Indonesian stories from the rarest to the most frequent; digits and whatever is not here are rare.
constexpr std::string_view kByFrequency = "qxzvfwjcyhopbdgkmlsrutein a";

int frequency(char letter) {
  const std::size_t at = kByFrequency.find(letter);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string search_form(std::string_view words) {
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool sign = words[i] == '-' || words[i] == '.' || words[i] == '/';
    const bool within = i > 0 && i + 1 < words.size() && is_digit(words[i - 1]) && is_digit(words[i + 1]);
    if (sign && within) continue;
    joined += words[i];
  }
  std::string folded = folded_name(joined);
  std::ranges::fill(joined, '\0');
  return folded;
}

std::size_t find_in_text(std::string_view text, std::string_view word, std::size_t from) {
  if (word.empty() || text.size() < word.size()) return std::string_view::npos;
  std::size_t rare = 0;
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (frequency(word[i]) < frequency(word[rare])) rare = i;
  }
  const std::size_t last = text.size() - word.size();
  while (from <= last) {
    const void* const found = std::memchr(text.data() + from + rare, word[rare], last - from + 1);
    if (found == nullptr) return std::string_view::npos;
    from = static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) - rare;
    if (std::memcmp(text.data() + from, word.data(), word.size()) == 0) return from;
    ++from;
  }
  return std::string_view::npos;
}

}  // namespace mimika::office
