// How many frames were drawn and how long each took from its cause (an input, a movement's next step) to the pixels;
// for the benchmarks and the technician.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace mimika {

class FrameMeter {
 public:
  // Microseconds from taking the cause to the presented frame that shows its effect.
  void add_frame(std::int64_t us) {
    samples_[next_] = us;
    next_ = (next_ + 1) % samples_.size();
    filled_ = std::min(filled_ + 1, samples_.size());
  }
  void count_frame() { ++frames_; }
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  [[nodiscard]] std::size_t samples() const { return filled_; }
  // `share` from 0 to 1; 0 without samples.
  [[nodiscard]] std::int64_t percentile_us(double share) const {
    if (filled_ == 0) return 0;
    std::vector<std::int64_t> values(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(filled_));
    const std::size_t rank = std::min(filled_ - 1, static_cast<std::size_t>(share * static_cast<double>(filled_)));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), at, values.end());
    return *at;
  }

 private:
  std::array<std::int64_t, 4096> samples_{};
  std::size_t next_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t frames_ = 0;
};

}  // namespace mimika
