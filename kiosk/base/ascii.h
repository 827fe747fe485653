// Kinds of characters in texts that programs read. The C library's own depend on the locale.
#pragma once

namespace mimika {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

}  // namespace mimika
