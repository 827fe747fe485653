// What counts as text: well-formed UTF-8 that can be shown, printed and spoken without surprises.
#pragma once

#include <cstdint>
#include <string_view>

namespace mimika {

enum class LineBreaks : std::uint8_t { kForbidden, kAllowed };  // allowed: also tabs

// False for broken UTF-8 (overlong forms and surrogates included), control characters, and the invisible characters
// that turn the direction of writing: with them a text reads differently from what was stored.
[[nodiscard]] bool is_plain_text(std::string_view text, LineBreaks line_breaks);

// Whether a person may write it at the kiosk: plain text without the characters that nobody sees (of no width,
// variation selectors, tags) or that mean something on one machine only (private use, noncharacters). Stricter than
// is_plain_text(), which judges what older kiosks have stored.
[[nodiscard]] bool is_writable_text(std::string_view text, LineBreaks line_breaks);

// Whether any character is a letter of some script; digits, signs and pictures are not. `text` is plain text.
[[nodiscard]] bool has_letter(std::string_view text);

// Without the spaces, tabs and line breaks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace mimika
