// Finding a name by some of its letters: kampung of the catalogue, as people write them. Case, accents, hyphens and
// apostrophes do not matter; a slip of one letter is forgiven in a longer word. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mimika {

inline constexpr std::size_t kForgivingLetters = 5;  // from here on one wrong, missing or swapped letter is forgiven
inline constexpr std::size_t kSuggestLetters = 3;    // a word shorter than this begins too many names
inline constexpr std::size_t kSearchedBytes = 64;    // of what was typed; no name is longer

// Small letters without accents; every run of other signs is one space. Bytes that are no letter of ours are kept.
[[nodiscard]] std::string folded_name(std::string_view name);

// The indices of the names that `typed` fits, the best first: it begins the name, it begins a word of it, it stands
// inside, it nearly begins a word. Equal ones keep their order. Nothing for an empty text.
[[nodiscard]] std::vector<std::size_t> find_names(std::span<const std::string_view> names, std::string_view typed,
                                                  std::size_t most);

// The names that a word begins which somebody is just writing; nothing once the name is there in full.
[[nodiscard]] std::vector<std::size_t> complete_name(std::span<const std::string_view> names, std::string_view word,
                                                     std::size_t most);

}  // namespace mimika
