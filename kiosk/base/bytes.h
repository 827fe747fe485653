// Bytes and their spellings. No meaning is attached to them here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] std::string to_hex(ByteView bytes);
// Lower or upper case; kInvalidInput for an odd length or a foreign character.
[[nodiscard]] Result<Bytes> from_hex(std::string_view hex);

// RFC 4648 base32 without padding: upper case, so a QR code can use its alphanumeric mode.
[[nodiscard]] std::string to_base32(ByteView bytes);
// kInvalidInput for a foreign character and for any text but the one to_base32() writes.
[[nodiscard]] Result<Bytes> from_base32(std::string_view text);

void append(Bytes& out, ByteView more);
void append_u16(Bytes& out, std::uint16_t value);  // all little-endian
void append_u32(Bytes& out, std::uint32_t value);
void append_u64(Bytes& out, std::uint64_t value);

// Reads fixed-size little-endian values and slices from the front; every read says whether there was enough.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : rest_(bytes) {}
  [[nodiscard]] Result<std::uint8_t> u8();
  [[nodiscard]] Result<std::uint16_t> u16();
  [[nodiscard]] Result<std::uint32_t> u32();
  [[nodiscard]] Result<std::uint64_t> u64();
  [[nodiscard]] Result<ByteView> take(std::size_t count);
  [[nodiscard]] ByteView rest() const { return rest_; }

 private:
  template <typename T>
  Result<T> little_endian();
  ByteView rest_;
};

}  // namespace mimika
