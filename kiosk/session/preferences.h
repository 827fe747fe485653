// How one person wants the screen. Reset for the next one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mimika {

// Every language that the kiosk knows of: an index into kLanguageCodes. Which of them it offers is for their catalogues
// to say (ui/screens/languages.h). Never stored: a newer program may put one in between.
enum class Language : std::uint8_t {
  kIndonesian,
  kPapuanMalay,
  kEnglish,
  kKamoro,
  kAmungme,
  kSempan,
  kMee,
  kLani,
  kMoni,
  kNduga,
};

// The names their catalogues go by, in the order in which they are offered: ISO 639-1 where there is one, else ISO
// 639-3.
inline constexpr std::array<const char*, 10> kLanguageCodes = {"id",  "pmy", "en",  "kgq", "uhn",
                                                               "xse", "ekg", "dnw", "mnz", "ndx"};

[[nodiscard]] constexpr const char* language_code(Language language) {
  return kLanguageCodes.at(static_cast<std::size_t>(language));
}

// Four sizes, from capitals of 4.8 mm to 9 mm.
enum class TextSize : std::uint8_t { kStandard, kLarge, kLarger, kLargest };
inline constexpr int kTextSizes = 4;

// High: white on black. Low glare: for a panel that the sun shines on, black on white without shades.
enum class Contrast : std::uint8_t { kStandard, kHigh, kLowGlare };
inline constexpr int kContrasts = 3;

// Of 120 to 125 words a minute, in percent.
inline constexpr std::array kSpeechRates = {50, 75, 100, 125, 150, 200};
inline constexpr std::size_t kUsualSpeechRate = 2;
// Of what the loudspeaker gives, in percent. The quietest can still be heard: silence is another key.
inline constexpr std::array kVolumes = {20, 40, 60, 80, 100};
inline constexpr std::size_t kUsualVolume = 2;

struct Preferences {
  Language language = Language::kIndonesian;
  TextSize text_size = TextSize::kStandard;
  Contrast contrast = Contrast::kStandard;
  bool speech = false;                         // pages and what has the focus are read aloud
  std::size_t speech_rate = kUsualSpeechRate;  // of kSpeechRates
  std::size_t volume = kUsualVolume;           // of kVolumes
  friend bool operator==(const Preferences&, const Preferences&) = default;
};

}  // namespace mimika
