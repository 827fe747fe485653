// What a region does after a finger let go of it while it moved: it rolls on, slower and slower, and comes to rest.
// Pure; positions in pixels, times in milliseconds, speeds in pixels a second, positive towards the content's end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mimika::ui {

class Fling {
 public:
  static constexpr std::int64_t kMemoryMs = 100;       // how far back the speed of the finger is looked at
  static constexpr std::int64_t kHeldStillMs = 60;     // a finger that rested this long before it left throws nothing
  static constexpr float kHalfLifeMs = 230.0F;         // after it the speed is half of what it was
  static constexpr float kLeastStartMmPerS = 40.0F;    // slower is putting down, not throwing
  static constexpr float kRestMmPerS = 8.0F;           // slower is at rest
  static constexpr float kMostMmPerS = 2500.0F;        // a digitiser that jumps is not believed beyond it
  static constexpr std::int64_t kLongestStepMs = 100;  // a frame that came late moves no further than this

  // A finger takes hold: whatever rolled stops.
  void hold();
  // The finger moved the content by `moved_px`.
  void drag(float moved_px, std::int64_t now_ms);
  // The finger left. Rolls when it was fast enough.
  void release(std::int64_t now_ms, float px_per_mm);
  // How far the content moves until now; 0 at rest.
  [[nodiscard]] float step(std::int64_t now_ms, float px_per_mm);
  void stop() { speed_ = 0; }
  [[nodiscard]] bool rolling() const { return speed_ != 0; }

 private:
  struct Sample {
    float moved_px = 0;
    std::int64_t at_ms = 0;
  };
  std::array<Sample, 16> samples_{};
  std::size_t count_ = 0;  // that were ever taken; the last sixteen are kept
  float speed_ = 0;
  std::int64_t at_ms_ = 0;
};

}  // namespace mimika::ui
