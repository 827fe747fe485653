#include "kiosk/base/shown_name.h"

#include <cstdint>
#include <cstdio>

namespace mimika {
namespace {

constexpr std::size_t kNameBytes = 255;
constexpr std::size_t kShownBytes = 120;

// How many bytes the character at the front takes; 0 when it is none that can be shown.
std::size_t shown_character(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x20 || lead == 0x7F || lead == '/' || lead == '\\') return 0;
  if (lead < 0x80) return 1;
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || rest.size() < bytes) return 0;
  std::uint32_t point = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  static constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kLeast[bytes] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return 0;
  // C1 controls, and what turns the direction of a line or hides in it.
  if (point < 0xA0 || (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
      (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF) {
    return 0;
  }
  return bytes;
}

}  // namespace

bool is_harmless_name(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.size() > kNameBytes) return false;
  while (!name.empty()) {
    const std::size_t bytes = shown_character(name);
    if (bytes == 0) return false;
    name.remove_prefix(bytes);
  }
  return true;
}

std::string shown_name(std::string_view name) {
  if (is_harmless_name(name)) return std::string(name);
  std::string shown;
  while (!name.empty() && shown.size() < kShownBytes) {
    const std::size_t bytes = shown_character(name);
    if (bytes > 0) {
      shown += name.substr(0, bytes);
      name.remove_prefix(bytes);
      continue;
    }
    char spelled[5];
    std::snprintf(spelled, sizeof spelled, "\\x%02x", static_cast<unsigned>(static_cast<std::uint8_t>(name[0])));
    shown += spelled;
    name.remove_prefix(1);
  }
  return name.empty() ? shown : shown + "…";
}

}  // namespace mimika
