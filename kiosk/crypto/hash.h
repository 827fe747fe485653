// BLAKE2b with 32 bytes of output. Every use names its purpose (`domain`), so that a hash made for one thing can never
// stand for another.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "kiosk/base/bytes.h"

namespace mimika::crypto {

using Hash = std::array<std::uint8_t, 32>;

class Hasher {
 public:
  explicit Hasher(std::string_view domain);  // at most 255 bytes
  Hasher(Hasher&&) noexcept;
  ~Hasher();
  Hasher& add(ByteView bytes);        // as they are
  Hasher& add_sized(ByteView bytes);  // preceded by their length, so that fields cannot run together
  Hasher& add_u32(std::uint32_t value);
  Hasher& add_u64(std::uint64_t value);
  [[nodiscard]] Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] inline Hash hash_of(std::string_view domain, ByteView bytes) {
  return Hasher(domain).add(bytes).finish();
}

}  // namespace mimika::crypto
