// Names that strangers gave to files: which of them are text that can be shown and logged, and how the others are
// shown.
#pragma once

#include <string>
#include <string_view>

namespace mimika {

// Valid UTF-8 without control characters and slashes, neither empty nor "." nor "..", at most 255 bytes.
[[nodiscard]] bool is_harmless_name(std::string_view name);

// The name itself when it is harmless; else with every other byte as \x0a, and cut off after some 120 letters.
[[nodiscard]] std::string shown_name(std::string_view name);

}  // namespace mimika
