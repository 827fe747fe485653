// What the sound part of the kiosk speaks in: mono, 16 bits, two rates. A person's voice is recorded at the one and
// everything is played at the other; the device's own rate is the driver's affair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/base/wipe.h"

namespace mimika::device {

inline constexpr int kVoiceRateHz = 16'000;  // all of what makes a voice understood lies below 8 kHz
inline constexpr int kSoundRateHz = 24'000;  // a rate Opus decodes to, above the synthesiser's 22,050

// Overwritten when given back: what is played may be a person's own words.
using Samples = std::vector<std::int16_t, WipingAllocator<std::int16_t>>;
using SampleView = std::span<const std::int16_t>;

[[nodiscard]] constexpr std::size_t samples_in(std::int64_t ms, int rate_hz) {
  return static_cast<std::size_t>(ms * rate_hz / 1000);
}
[[nodiscard]] constexpr std::int64_t ms_of(std::uint64_t samples, int rate_hz) {
  return static_cast<std::int64_t>(samples * 1000 / static_cast<std::uint64_t>(rate_hz));
}

}  // namespace mimika::device
