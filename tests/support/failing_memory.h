// Memory that SQLite asks for and does not get. While one lives, allocations are counted, and the nth can fail; the
// library must have no database open when it comes and goes.
#pragma once

#include <cstdint>

namespace mimika::test {

class FailingMemory {
 public:
  FailingMemory();
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  // Counts from 1, from now on; 0: none fails. `in_a_row` of them fail.
  void fail_at(std::uint64_t nth, std::uint64_t in_a_row = 1);
  [[nodiscard]] std::uint64_t asked() const;  // since fail_at()
  [[nodiscard]] bool struck() const;
};

}  // namespace mimika::test
