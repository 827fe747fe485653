#include "kiosk/crypto/hash.h"

#include <catch2/catch.hpp>
#include <set>

namespace mimika::crypto {
namespace {

TEST_CASE("a hash is the same every time and another for other bytes") {
  CHECK(hash_of("test", as_bytes("abc")) == hash_of("test", as_bytes("abc")));
  CHECK(hash_of("test", as_bytes("abc")) != hash_of("test", as_bytes("abd")));
  CHECK(hash_of("test", as_bytes("")) != hash_of("test", as_bytes(std::string_view("\0", 1))));
}

TEST_CASE("the same bytes under another purpose are another hash") {
  CHECK(hash_of("one", as_bytes("abc")) != hash_of("two", as_bytes("abc")));
  // The purpose carries its length, so that it cannot run into what follows.
  CHECK(hash_of("purpose", as_bytes("abc")) != hash_of("purposea", as_bytes("bc")));
}

TEST_CASE("fields with their sizes cannot run together") {
  const auto two = [](std::string_view a, std::string_view b) {
    return Hasher("test").add_sized(as_bytes(a)).add_sized(as_bytes(b)).finish();
  };
  const std::set<Hash> hashes = {two("ab", "c"), two("a", "bc"), two("abc", ""), two("", "abc")};
  CHECK(hashes.size() == 4);
}

TEST_CASE("integers go in little-endian and of their own width") {
  const Bytes four = {0x04, 0x03, 0x02, 0x01};
  const Bytes eight = {0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01};
  CHECK(Hasher("test").add_u32(0x01020304).finish() == hash_of("test", four));
  CHECK(Hasher("test").add_u64(0x0102030405060708).finish() == hash_of("test", eight));
}

TEST_CASE("a hasher that moved goes on where it was") {
  Hasher first("test");
  first.add(as_bytes("ab"));
  Hasher second(std::move(first));
  CHECK(second.add(as_bytes("c")).finish() == hash_of("test", as_bytes("abc")));
}

}  // namespace
}  // namespace mimika::crypto
