#include "sync/client/batch_size.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/limits.h"
#include "sync/wire/blob.h"

namespace mimika::sync {

std::size_t BatchSize::frames_of(const Allowance& allowance) const {
  if (asking_) return 1;
  if (bytes_per_ms_ <= 0) return allowance.frames;
  const double affordable =
      bytes_per_ms_ * static_cast<double>(allowance.ms) / static_cast<double>(limits::kFrameTargetBytes);
  const auto cap = static_cast<std::size_t>(std::clamp(affordable, 1.0, static_cast<double>(kBatchFramesMax)));
  return std::min(allowance.frames, cap);
}

std::size_t BatchSize::frames() const {
  return frames_of(text_);
}

std::size_t BatchSize::max_events() const {
  return frames() * limits::kFrameEvents;
}

std::size_t BatchSize::max_bytes() const {
  return frames() * limits::kFrameTargetBytes;
}

std::size_t BatchSize::max_part_bytes() const {
  return frames_of(parts_) * limits::kFrameTargetBytes;
}

// A part of p bytes costs its overhead o, and a failure, which comes every f bytes, half a part: o/p + p/(2f) is least
// where p² = 2·o·f.
std::size_t BatchSize::part_leaves() const {
  if (bytes_per_ms_ > 0 && bytes_per_ms_ < kSlowBytesPerMs) return 1;
  std::size_t bytes = max_part_bytes();
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
  const double observed = static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(upload_ms, 1));
  const bool telling = bytes >= kTellingBytes || upload_ms >= kPartsMs;
  const bool rate_unknown = bytes_per_ms_ <= 0 && !telling;
  for (Allowance* allowance : {&text_, &parts_}) {
    allowance->frames = std::min(frames_of(*allowance) * 2, rate_unknown ? allowance->first : kBatchFramesMax);
  }
  if (rate_unknown) return;
  // A slower observation is taken up over a few calls, a faster one at once.
  if (observed >= bytes_per_ms_) {
    bytes_per_ms_ = observed;
  } else if (telling) {
    bytes_per_ms_ = (bytes_per_ms_ + observed) / 2;
  }
}

void BatchSize::failed() {
  if (!asking_) {
    for (Allowance* allowance : {&text_, &parts_}) {
      allowance->frames = std::max<std::size_t>(frames_of(*allowance) / 2, 1);
    }
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
