// From the synthesiser's rate to ours, piece by piece. Cubic interpolation: the rates are close, and a voice has little
// where that errs.
#pragma once

#include <array>

#include "kiosk/device/sound.h"

namespace mimika::device {

class Resampler {
 public:
  Resampler(int from_hz, int to_hz) : step_(static_cast<double>(from_hz) / to_hz) {}

  void add(SampleView in, Samples& out);

 private:
  double step_;
  double at_ = 1;  // between the second and the third of the last four
  std::array<double, 4> last_{};
};

}  // namespace mimika::device
