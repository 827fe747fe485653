#include "kiosk/base/bytes.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace mimika {
namespace {

TEST_CASE("hexadecimal text and bytes turn into each other") {
  const Bytes bytes = {0x00, 0x01, 0x7F, 0x80, 0xAB, 0xFF};
  CHECK(to_hex(bytes) == "00017f80abff");
  CHECK(from_hex("00017f80abff") == bytes);
  CHECK(from_hex("00017F80ABFF") == bytes);
  CHECK(to_hex({}).empty());
  CHECK(from_hex("").value().empty());
}

TEST_CASE("hexadecimal text that is not whole bytes is refused") {
  for (const char* wrong : {"0", "abc", "0g", "g0", "0x12", " 12", "12 ", "1-", "\xC3\xA9"}) {
    INFO(wrong);
    const auto read = from_hex(wrong);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("base32 writes what RFC 4648 lists, without padding") {
  CHECK(to_base32(as_bytes("")).empty());
  CHECK(to_base32(as_bytes("f")) == "MY");
  CHECK(to_base32(as_bytes("fo")) == "MZXQ");
  CHECK(to_base32(as_bytes("foo")) == "MZXW6");
  CHECK(to_base32(as_bytes("foob")) == "MZXW6YQ");
  CHECK(to_base32(as_bytes("fooba")) == "MZXW6YTB");
  CHECK(to_base32(as_bytes("foobar")) == "MZXW6YTBOI");
}

TEST_CASE("any bytes come back from hexadecimal and from base32") {
  CHECK(rc::check([](const Bytes& bytes) {
    RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes);
    RC_ASSERT(from_base32(to_base32(bytes)).value() == bytes);
  }));
}

TEST_CASE("base32 has one spelling for every value") {
  SECTION("lower case, padding and foreign characters are refused") {
    for (const char* wrong : {"my", "MY======", "M1", "M8", "M0", "MY ", "M-Y"}) {
      INFO(wrong);
      CHECK_FALSE(from_base32(wrong));
    }
  }
  SECTION("lengths that no bytes encode to are refused") {
    for (const char* wrong : {"A", "AAA", "AAAAAA", "AAAAAAAAA"}) {
      INFO(wrong);
      CHECK_FALSE(from_base32(wrong));
    }
  }
  SECTION("bits left over at the end must be zero, so that a changed last character shows") {
    CHECK(from_base32("MY") == Bytes{'f'});
    CHECK_FALSE(from_base32("MZ"));
    CHECK_FALSE(from_base32("MZXR"));
  }
}

TEST_CASE("integers are written little-endian and read back") {
  Bytes out;
  append_u16(out, 0x0102);
  append_u32(out, 0x03040506);
  append_u64(out, 0x0708090A0B0C0D0EULL);
  append(out, as_bytes("xy"));
  CHECK(to_hex(out) == "0201060504030e0d0c0b0a0908077879");

  ByteReader reader(out);
  CHECK(reader.u16() == 0x0102);
  CHECK(reader.u32() == 0x03040506U);
  CHECK(reader.u64() == 0x0708090A0B0C0D0EULL);
  CHECK(reader.u8() == 'x');
  CHECK(as_text(reader.rest()) == "y");
}

TEST_CASE("a reader that runs out says so, and takes nothing") {
  Bytes out;
  append_u64(out, 1);
  for (std::size_t size = 0; size < out.size(); ++size) {
    ByteReader reader(ByteView(out).first(size));
    INFO(size);
    const auto read = reader.u64();
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::kCorrupt);
    CHECK(reader.rest().size() == size);
  }
  ByteReader empty((ByteView()));
  CHECK_FALSE(empty.u8());
  CHECK_FALSE(empty.u16());
  CHECK_FALSE(empty.u32());
  CHECK_FALSE(empty.take(1));
  CHECK(empty.take(0));
}

TEST_CASE("a length larger than memory is refused like any other that does not fit") {
  const Bytes out = {1, 2, 3};
  ByteReader reader(out);
  CHECK_FALSE(reader.take(static_cast<std::size_t>(-1)));
  CHECK(reader.rest().size() == 3);
}

}  // namespace
}  // namespace mimika
