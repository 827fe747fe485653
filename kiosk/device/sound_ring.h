// A bounded queue of samples between the thread of a sound device and ours. Nobody waits for the other: what does not
// fit is refused, and the reader overwrites what it has taken.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kiosk/device/sound.h"

namespace mimika::device {

// One thread pushes, one pulls.
class SoundRing {
 public:
  explicit SoundRing(std::size_t capacity) : slots_(capacity) {}

  // How many of them there was room for; the first ones.
  std::size_t push(SampleView samples) {
    const std::size_t end = end_.load(std::memory_order_relaxed);
    const std::size_t room = slots_.size() - (end - begin_.load(std::memory_order_acquire));
    const std::size_t count = std::min(room, samples.size());
    for (std::size_t i = 0; i < count; ++i) slots_[(end + i) % slots_.size()] = samples[i];
    end_.store(end + count, std::memory_order_release);
    return count;
  }

  std::size_t pull(std::span<std::int16_t> out) {
    const std::size_t begin = begin_.load(std::memory_order_relaxed);
    const std::size_t count = std::min(end_.load(std::memory_order_acquire) - begin, out.size());
    for (std::size_t i = 0; i < count; ++i) {
      std::int16_t& slot = slots_[(begin + i) % slots_.size()];
      out[i] = slot;
      overwrite_memory(&slot, sizeof(slot));
    }
    begin_.store(begin + count, std::memory_order_release);
    return count;
  }

 private:
  Samples slots_;
  std::atomic<std::size_t> begin_ = 0;  // both only grow
  std::atomic<std::size_t> end_ = 0;
};

}  // namespace mimika::device
