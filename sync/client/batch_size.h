// How much one call carries. It starts with one frame, doubles when a call went through and halves when one did not,
// and is capped at what the observed rate sends in five seconds: a link that is up for ten seconds must bring
// something home. Pure; counted in frames (limits::kFrameEvents, limits::kFrameTargetBytes).
#pragma once

#include <cstddef>
#include <cstdint>

namespace mimika::sync {

// 1,024 frames are 1.1 MB. Even when every second frame is nearly empty that stays below limits::kCallFrames and, with
// whatever cannot be compressed, far below limits::kCallBytes.
inline constexpr std::size_t kBatchFramesMax = 1024;
inline constexpr std::int64_t kBatchMs = 5'000;

class BatchSize {
 public:
  [[nodiscard]] std::size_t frames() const;
  [[nodiscard]] std::size_t max_events() const;
  [[nodiscard]] std::size_t max_bytes() const;

  // A call that carried events was answered. `bytes` went up in `upload_ms`.
  void succeeded(std::uint64_t bytes, std::int64_t upload_ms);
  void failed();

 private:
  std::size_t frames_ = 1;
  double bytes_per_ms_ = 0;  // 0: not observed yet
};

}  // namespace mimika::sync
