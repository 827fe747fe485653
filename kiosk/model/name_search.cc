#include "kiosk/model/name_search.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace mimika {
namespace {

struct Folded {
  const char* letter;
  char plain;
};
constexpr Folded kAccents[] = {
    {"á", 'a'}, {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"ã", 'a'}, {"å", 'a'}, {"ç", 'c'}, {"é", 'e'}, {"è", 'e'},
    {"ê", 'e'}, {"ë", 'e'}, {"í", 'i'}, {"ì", 'i'}, {"î", 'i'}, {"ï", 'i'}, {"ñ", 'n'}, {"ŋ", 'n'}, {"ó", 'o'},
    {"ò", 'o'}, {"ô", 'o'}, {"ö", 'o'}, {"õ", 'o'}, {"ú", 'u'}, {"ù", 'u'}, {"û", 'u'}, {"ü", 'u'}, {"ý", 'y'},
    {"Á", 'a'}, {"À", 'a'}, {"Â", 'a'}, {"Ä", 'a'}, {"Ã", 'a'}, {"Å", 'a'}, {"Ç", 'c'}, {"É", 'e'}, {"È", 'e'},
    {"Ê", 'e'}, {"Ë", 'e'}, {"Í", 'i'}, {"Ì", 'i'}, {"Î", 'i'}, {"Ï", 'i'}, {"Ñ", 'n'}, {"Ŋ", 'n'}, {"Ó", 'o'},
    {"Ò", 'o'}, {"Ô", 'o'}, {"Ö", 'o'}, {"Õ", 'o'}, {"Ú", 'u'}, {"Ù", 'u'}, {"Û", 'u'}, {"Ü", 'u'}, {"Ý", 'y'}};

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whether `typed` becomes the beginning of `text` by changing, leaving out, adding or swapping one letter.
bool nearly_begins(std::string_view text, std::string_view typed) {
  std::size_t same = 0;
  while (same < typed.size() && same < text.size() && typed[same] == text[same]) ++same;
  const std::string_view rest = typed.substr(same);
  const std::string_view there = text.substr(same);
  if (rest.empty()) return true;
  const bool added = there.starts_with(rest.substr(1));
  const bool left_out = !there.empty() && there.substr(1).starts_with(rest);
  const bool changed = !there.empty() && there.substr(1).starts_with(rest.substr(1));
  const bool swapped = rest.size() > 1 && there.size() > 1 && rest[0] == there[1] && rest[1] == there[0] &&
                       there.substr(2).starts_with(rest.substr(2));
  return added || left_out || changed || swapped;
}

enum class Fit : std::uint8_t { kBegins, kBeginsWord, kInside, kNearly, kNone };

Fit fit_of(std::string_view name, std::string_view typed) {
  if (name.starts_with(typed)) return Fit::kBegins;
  Fit best = name.find(typed) != std::string_view::npos ? Fit::kInside : Fit::kNone;
  for (std::size_t word = 0; word != std::string_view::npos;) {
    const std::string_view from = name.substr(word);
    if (from.starts_with(typed)) return Fit::kBeginsWord;
    if (typed.size() >= kForgivingLetters && nearly_begins(from, typed)) best = std::min(best, Fit::kNearly);
    const std::size_t space = name.find(' ', word);
    word = space == std::string_view::npos ? space : space + 1;
  }
  return best;
}

std::vector<std::size_t> ranked(std::span<const std::string_view> names, std::string_view typed, std::size_t most,
                                Fit worst) {
  std::vector<std::size_t> found;
  const std::string wanted = folded_name(typed.substr(0, kSearchedBytes));
  if (wanted.empty()) return found;
  std::vector<std::pair<Fit, std::size_t>> fits;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Fit fit = fit_of(folded_name(names[i]), wanted);
    if (fit <= worst) fits.emplace_back(fit, i);
  }
  std::ranges::stable_sort(fits, {}, &std::pair<Fit, std::size_t>::first);
  for (const auto& [fit, index] : fits) {
    if (found.size() >= most) break;
    found.push_back(index);
  }
  return found;
}

}  // namespace

std::string folded_name(std::string_view name) {
  std::string folded;
  const auto space = [&] {
    if (!folded.empty() && folded.back() != ' ') folded += ' ';
  };
  for (std::size_t at = 0; at < name.size();) {
    const auto accent =
        std::ranges::find_if(kAccents, [&](const Folded& known) { return name.substr(at).starts_with(known.letter); });
    if (accent != std::end(kAccents)) {
      folded += accent->plain;
      at += std::string_view(accent->letter).size();
      continue;
    }
    const char c = name[at++];
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (small == '\'') continue;
    if (is_word_byte(small)) {
      folded += small;
    } else {
      space();
    }
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

std::vector<std::size_t> find_names(std::span<const std::string_view> names, std::string_view typed, std::size_t most) {
  return ranked(names, typed, most, Fit::kNearly);
}

std::vector<std::size_t> complete_name(std::span<const std::string_view> names, std::string_view word,
                                       std::size_t most) {
  const std::string typed = folded_name(word.substr(0, kSearchedBytes));
  if (typed.size() < kSuggestLetters) return {};
  std::vector<std::size_t> found = ranked(names, word, most + 1, Fit::kBeginsWord);
  std::erase_if(found, [&](std::size_t index) { return folded_name(names[index]) == typed; });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace mimika
