// How an officer's words are compared with what people wrote. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mimika::office {

// Small letters without accents, single spaces; a number that was typed in groups ("0812-3456", "94 0406") is whole
// where its groups were joined by signs, so that it is found however it was written. The caller wipes it.
[[nodiscard]] std::string search_form(std::string_view words);

// As std::string_view::find, made for a text of many megabytes and a word of a few letters: looks for the word's rarest
// letter rather than its first.
[[nodiscard]] std::size_t find_in_text(std::string_view text, std::string_view word, std::size_t from);

}  // namespace mimika::office
