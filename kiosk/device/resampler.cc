#include "kiosk/device/resampler.h"

#include <algorithm>
#include <cmath>

namespace mimika::device {

void Resampler::add(SampleView in, Samples& out) {
  for (const std::int16_t sample : in) {
    std::shift_left(last_.begin(), last_.end(), 1);
    last_.back() = sample;
    for (at_ -= 1; at_ < 1; at_ += step_) {
      // Catmull-Rom, through the second (0) and the third (1).
      const auto [a, b, c, d] = last_;
      const double value = b + 0.5 * at_ * (c - a + at_ * (2 * a - 5 * b + 4 * c - d + at_ * (3 * (b - c) + d - a)));
      out.push_back(static_cast<std::int16_t>(std::lround(std::clamp(value, -32'768.0, 32'767.0))));
    }
  }
}

}  // namespace mimika::device
