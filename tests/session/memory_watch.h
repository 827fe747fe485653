// Looks through every block of memory given back to the heap for a text that must not be left there.
#pragma once

#include <cstddef>
#include <string_view>

namespace mimika::testing {

// From construction to destruction, counts the freed blocks that still hold `marker`. One at a time.
class MemoryWatch {
 public:
  explicit MemoryWatch(std::string_view marker);
  ~MemoryWatch();
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;
  [[nodiscard]] std::size_t blocks_freed() const;
  [[nodiscard]] std::size_t blocks_holding_marker() const;
};

}  // namespace mimika::testing
