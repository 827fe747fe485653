#include "kiosk/device/tones.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace mimika::device {
namespace {

double seconds(std::size_t sample) {
  return static_cast<double>(sample) / kSoundRateHz;
}

// A struck bar: the tone and one overtone, dying away; the first two milliseconds rise, so that nothing cracks.
double struck(double hertz, double t, double fades_s) {
  if (t < 0) return 0;
  const double wave =
      std::sin(2 * std::numbers::pi * hertz * t) + 0.3 * std::sin(2 * std::numbers::pi * 2.76 * hertz * t);
  return wave / 1.3 * std::exp(-t / fades_s) * std::min(1.0, t / 0.002);
}

// The same noise each time; -1 to 1.
class Noise {
 public:
  double next() {
    state_ = state_ * 1'664'525U + 1'013'904'223U;
    return static_cast<double>(state_) / 2'147'483'648.0 - 1;
  }

 private:
  std::uint32_t state_ = 1;
};

template <typename Wave>
Samples render(std::int64_t ms, double loudness, Wave wave) {
  Samples out(samples_in(ms, kSoundRateHz));
  for (std::size_t i = 0; i < out.size(); ++i) {
    // The end is brought to nothing as well.
    const double tail = std::min(1.0, static_cast<double>(out.size() - i) / 48);
    const double value = std::clamp(wave(seconds(i)) * tail * loudness, -1.0, 1.0);
    out[i] = static_cast<std::int16_t>(std::lround(value * 32'767));
  }
  return out;
}

}  // namespace

Samples make_cue(Cue cue) {
  Noise noise;
  switch (cue) {
    case Cue::kClick:
      return render(30, 0.35, [](double t) { return struck(1800, t, 0.006); });
    case Cue::kChime:
      // Three rising notes of a pentatonic scale, so that it is known from the machines of an office.
      return render(1400, 0.5, [](double t) {
        constexpr std::array<double, 3> kHertz = {523.25, 659.26, 880.0};
        double sum = 0;
        for (std::size_t i = 0; i < kHertz.size(); ++i) {
          sum += struck(kHertz[i], t - 0.22 * static_cast<double>(i), 0.30);
        }
        return sum / 1.5;
      });
    case Cue::kShutter:
      // Two bursts of noise: it opens and closes.
      return render(160, 0.5, [&](double t) {
        const double open = std::exp(-t / 0.010);
        const double shut = t < 0.085 ? 0 : std::exp(-(t - 0.085) / 0.014);
        return noise.next() * (0.8 * open + shut);
      });
  }
  return {};
}

}  // namespace mimika::device
