#include "sync/wire/arithmetic_coder.h"

namespace mimika::wire {

void ArithmeticWriter::put(unsigned bit, Share share) {
  interval_.take(bit, interval_.middle(share));
  for (; interval_.top_byte_is_settled(); interval_.drop_top_byte()) {
    out_.push_back(static_cast<std::uint8_t>(interval_.high >> 24));
  }
}

Bytes ArithmeticWriter::finish() && {
  // The fewest bytes do that, with zeros behind them, lie in the interval.
  for (unsigned bytes = 0; bytes <= 4; ++bytes) {
    const std::uint64_t unit = std::uint64_t{1} << (32 - 8 * bytes);
    const std::uint64_t rounded = (interval_.low + unit - 1) / unit * unit;
    if (rounded > interval_.high) continue;
    for (unsigned i = 0; i < bytes; ++i) out_.push_back(static_cast<std::uint8_t>(rounded >> (24 - 8 * i)));
    break;
  }
  while (!out_.empty() && out_.back() == 0) out_.pop_back();
  return std::move(out_);
}

ArithmeticReader::ArithmeticReader(ByteView coded) : rest_(coded) {
  for (int i = 0; i < 4; ++i) value_ = value_ << 8 | next_byte();
}

unsigned ArithmeticReader::take(Share share) {
  const std::uint32_t middle = interval_.middle(share);
  const unsigned bit = value_ <= middle ? 1 : 0;
  interval_.take(bit, middle);
  for (; interval_.top_byte_is_settled(); interval_.drop_top_byte()) value_ = value_ << 8 | next_byte();
  return bit;
}

std::uint32_t ArithmeticReader::next_byte() {
  if (rest_.empty()) return 0;
  const std::uint8_t byte = rest_.front();
  rest_ = rest_.subspan(1);
  return byte;
}

}  // namespace mimika::wire
