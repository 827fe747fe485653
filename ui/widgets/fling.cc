#include "ui/widgets/fling.h"

#include <algorithm>
#include <cmath>

namespace mimika::ui {

void Fling::hold() {
  speed_ = 0;
  count_ = 0;
}

void Fling::drag(float moved_px, std::int64_t now_ms) {
  samples_.at(count_ % samples_.size()) = {moved_px, now_ms};
  ++count_;
}

void Fling::release(std::int64_t now_ms, float px_per_mm) {
  const std::size_t kept = std::min(count_, samples_.size());
  float moved = 0;
  std::int64_t first_ms = now_ms;
  std::int64_t last_ms = 0;
  for (std::size_t i = 0; i < kept; ++i) {
    const Sample& sample = samples_.at((count_ - 1 - i) % samples_.size());
    if (now_ms - sample.at_ms > kMemoryMs) {
      break;
    }
    last_ms = std::max(last_ms, sample.at_ms);
    first_ms = sample.at_ms;
    moved += sample.moved_px;
  }
  count_ = 0;
  speed_ = 0;
  if (moved == 0 || now_ms - last_ms > kHeldStillMs) {
    return;
  }
  // The first of the samples began one frame before it was told.
  constexpr std::int64_t kFrameMs = 16;
  const auto seconds = static_cast<float>(std::max<std::int64_t>(kFrameMs, now_ms - first_ms + kFrameMs)) / 1000.0F;
  const float most = kMostMmPerS * px_per_mm;
  const float speed = std::clamp(moved / seconds, -most, most);
  if (std::fabs(speed) >= kLeastStartMmPerS * px_per_mm) {
    speed_ = speed;
    at_ms_ = now_ms;
  }
}

float Fling::step(std::int64_t now_ms, float px_per_mm) {
  if (speed_ == 0) {
    return 0;
  }
  const auto passed = static_cast<float>(std::clamp<std::int64_t>(now_ms - at_ms_, 0, kLongestStepMs));
  at_ms_ = now_ms;
  // The exact way under this friction, so that the end does not depend on how many frames were drawn.
  const float kept = std::exp2(-passed / kHalfLifeMs);
  const float per_second = std::log(2.0F) / kHalfLifeMs * 1000.0F;
  const float way = speed_ * (1 - kept) / per_second;
  speed_ *= kept;
  if (std::fabs(speed_) < kRestMmPerS * px_per_mm) {
    speed_ = 0;
  }
  return way;
}

}  // namespace mimika::ui
