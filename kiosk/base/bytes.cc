#include "kiosk/base/bytes.h"

#include <array>

#include "kiosk/base/ascii.h"

namespace mimika {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

template <typename T>
void append_little_endian(Bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

Result<Bytes> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return fail(ErrorCode::kInvalidInput, "hexadecimal text of odd length");
  Bytes out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_value(hex[i]);
    const int low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return fail(ErrorCode::kInvalidInput, "not a hexadecimal digit");
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base32(ByteView bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out.push_back(kBase32[(buffer >> bits) & 31]);
    }
  }
  if (bits > 0) out.push_back(kBase32[(buffer << (5 - bits)) & 31]);
  return out;
}

Result<Bytes> from_base32(std::string_view text) {
  Bytes out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = kBase32.find(c);
    if (value == std::string_view::npos) return fail(ErrorCode::kInvalidInput, "not a base32 character");
    buffer = (buffer << 5) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
  }
  // One value, one spelling: a whole unused character, or unused bits that are not zero, is not what to_base32 writes.
  if (bits >= 5 || (buffer & ((1U << bits) - 1)) != 0) {
    return fail(ErrorCode::kInvalidInput, "base32 text that no bytes are written as");
  }
  return out;
}

void append(Bytes& out, ByteView more) {
  out.insert(out.end(), more.begin(), more.end());
}
void append_u16(Bytes& out, std::uint16_t value) {
  append_little_endian(out, value);
}
void append_u32(Bytes& out, std::uint32_t value) {
  append_little_endian(out, value);
}
void append_u64(Bytes& out, std::uint64_t value) {
  append_little_endian(out, value);
}

template <typename T>
Result<T> ByteReader::little_endian() {
  TRY_ASSIGN(const ByteView bytes, take(sizeof(T)));
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(static_cast<T>(bytes[i]) << (8 * i)));
  }
  return value;
}

Result<std::uint8_t> ByteReader::u8() {
  return little_endian<std::uint8_t>();
}
Result<std::uint16_t> ByteReader::u16() {
  return little_endian<std::uint16_t>();
}
Result<std::uint32_t> ByteReader::u32() {
  return little_endian<std::uint32_t>();
}
Result<std::uint64_t> ByteReader::u64() {
  return little_endian<std::uint64_t>();
}

Result<ByteView> ByteReader::take(std::size_t count) {
  if (rest_.size() < count) return fail(ErrorCode::kCorrupt, "truncated");
  const ByteView taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

}  // namespace mimika
