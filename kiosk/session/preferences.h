// How one person wants the screen. Reset for the next one.
#pragma once

#include <cstdint>

namespace mimika {

enum class Language : std::uint8_t { kIndonesian, kEnglish };
inline constexpr int kLanguages = 2;

// The name its catalogue goes by: "id", "en".
[[nodiscard]] constexpr const char* language_code(Language language) {
  return language == Language::kEnglish ? "en" : "id";
}

// Four sizes, from capitals of 4.8 mm to 9 mm.
enum class TextSize : std::uint8_t { kStandard, kLarge, kLarger, kLargest };
inline constexpr int kTextSizes = 4;

// High: white on black. Low glare: for a panel that the sun shines on, black on white without shades.
enum class Contrast : std::uint8_t { kStandard, kHigh, kLowGlare };
inline constexpr int kContrasts = 3;

struct Preferences {
  Language language = Language::kIndonesian;
  TextSize text_size = TextSize::kStandard;
  Contrast contrast = Contrast::kStandard;
  friend bool operator==(const Preferences&, const Preferences&) = default;
};

}  // namespace mimika
