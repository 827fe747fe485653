// Writes bits in as little room as their chances allow, and reads them again. Both sides must foretell every bit in the
// same way, so shares are integers. It knows nothing of where the chances come from.
#pragma once

#include <cstdint>
#include <utility>

#include "kiosk/base/bytes.h"

namespace mimika::wire {

// How likely a 1 is, in 65,536ths: from 1 to 65,535.
using Share = std::int32_t;

// The interval that what was coded so far leaves: [low, high]; a 1 takes the lower part of it. No part is ever empty
// while high is above low, and where they are equal all four bytes are settled.
struct CoderInterval {
  std::uint32_t low = 0;
  std::uint32_t high = 0xFFFFFFFF;

  [[nodiscard]] std::uint32_t middle(Share share) const {
    return low + static_cast<std::uint32_t>((std::uint64_t{high - low} * static_cast<std::uint32_t>(share)) >> 16);
  }
  void take(unsigned bit, std::uint32_t middle) { (bit != 0 ? high : low) = bit != 0 ? middle : middle + 1; }
  [[nodiscard]] bool top_byte_is_settled() const { return ((low ^ high) >> 24) == 0; }
  void drop_top_byte() {
    low <<= 8;
    high = high << 8 | 0xFF;
  }
};

class ArithmeticWriter {
 public:
  void put(unsigned bit, Share share);
  // Zeros at the end are left out: a reader takes what is missing for zeros.
  [[nodiscard]] Bytes finish() &&;

 private:
  CoderInterval interval_;
  Bytes out_;
};

class ArithmeticReader {
 public:
  explicit ArithmeticReader(ByteView coded);
  [[nodiscard]] unsigned take(Share share);

 private:
  std::uint32_t next_byte();

  ByteView rest_;
  CoderInterval interval_;
  std::uint32_t value_ = 0;
};

}  // namespace mimika::wire
