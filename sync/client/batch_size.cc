#include "sync/client/batch_size.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/limits.h"
#include "sync/wire/blob.h"

namespace mimika::sync {

std::size_t BatchSize::frames() const {
  if (asking_) return 1;
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

// A part of p bytes costs its overhead o, and a failure, which comes every f bytes, half a part: o/p + p/(2f) is least
// where p² = 2·o·f.
std::size_t BatchSize::part_leaves() const {
  if (bytes_per_ms_ > 0 && bytes_per_ms_ < kSlowBytesPerMs) return 1;
  std::size_t bytes = max_bytes();
  if (between_failures_) {
    const auto expected = static_cast<double>(std::max(*between_failures_, since_failure_));
    bytes = std::min(bytes, static_cast<std::size_t>(std::sqrt(2.0 * kPartOverheadBytes * expected)));
  }
  return std::clamp<std::size_t>(bytes / wire::kLeafBytes, 1, wire::kLeavesPerPart);
}

void BatchSize::succeeded(std::uint64_t bytes, std::int64_t upload_ms) {
  since_failure_ += bytes;
  if (asking_) {
    asking_ = false;  // its single frame says nothing of the rate
    return;
  }
  const std::size_t used = frames();
  // A small call spends its time waiting for the round trip and makes the link look slower than it is. A slower
  // observation is therefore taken up over a few calls, a faster one at once.
  const double observed = static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(upload_ms, 1));
  bytes_per_ms_ = observed >= bytes_per_ms_ ? observed : (bytes_per_ms_ + observed) / 2;
  frames_ = std::min(used * 2, kBatchFramesMax);
}

void BatchSize::failed() {
  if (!asking_) {
    frames_ = std::max<std::size_t>(frames() / 2, 1);
    between_failures_ = between_failures_ ? (*between_failures_ + since_failure_) / 2 : since_failure_;
    since_failure_ = 0;
  }
  asking_ = true;
}

void AnswerSize::succeeded() {
  bytes_ = std::min(bytes_ * 2, kAnswerBytesMax);
}

void AnswerSize::failed() {
  bytes_ = std::max(bytes_ / 2, kAnswerBytesMin);
}

}  // namespace mimika::sync
