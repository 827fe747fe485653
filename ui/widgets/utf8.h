// Walking through UTF-8 one letter at a time. Damaged bytes count as one replacement letter each, so that nothing a
// person pastes or a file brings can stop the drawing. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mimika::ui {

inline constexpr char32_t kReplacement = 0xFFFD;

// The letter at byte `at` (which must be inside the text); moves `at` past it.
[[nodiscard]] char32_t next_letter(std::string_view text, std::size_t& at);
// The byte where the letter before `at` begins; 0 at the start.
[[nodiscard]] std::size_t previous_letter(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t count_letters(std::string_view text);
// What may stand in a text that a person writes: no control letter but the line feed, nothing invisible, nothing that
// turns the direction of writing, no half of a surrogate pair, and not the mark for a broken letter.
[[nodiscard]] bool is_writable(char32_t letter);
void append_letter(std::string& text, char32_t letter);

}  // namespace mimika::ui
