#include "sync/client/batch_size.h"

#include <algorithm>

#include "kiosk/base/limits.h"

namespace mimika::sync {

std::size_t BatchSize::frames() const {
  if (bytes_per_ms_ <= 0) return frames_;
  const double affordable =
      bytes_per_ms_ * static_cast<double>(kBatchMs) / static_cast<double>(limits::kFrameTargetBytes);
  const auto cap = static_cast<std::size_t>(std::clamp(affordable, 1.0, static_cast<double>(kBatchFramesMax)));
  return std::min(frames_, cap);
}

std::size_t BatchSize::max_events() const {
  return frames() * limits::kFrameEvents;
}

std::size_t BatchSize::max_bytes() const {
  return frames() * limits::kFrameTargetBytes;
}

void BatchSize::succeeded(std::uint64_t bytes, std::int64_t upload_ms) {
  const std::size_t used = frames();
  // A small call spends its time waiting for the round trip and makes the link look slower than it is. A slower
  // observation is therefore taken up over a few calls, a faster one at once.
  const double observed = static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(upload_ms, 1));
  bytes_per_ms_ = observed >= bytes_per_ms_ ? observed : (bytes_per_ms_ + observed) / 2;
  frames_ = std::min(used * 2, kBatchFramesMax);
}

void BatchSize::failed() {
  frames_ = std::max<std::size_t>(frames() / 2, 1);
}

}  // namespace mimika::sync
