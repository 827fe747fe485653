#include "sync/wire/zstd_codec.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace mimika::wire {
namespace {

constexpr std::size_t kLimit = 64 * 1024;

TEST_CASE("any bytes come back from their compressed form") {
  CHECK(rc::check([](const Bytes& bytes) {
    RC_ASSERT(decompress(compress(bytes, Effort::kBackground), kLimit).value() == bytes);
  }));
}

TEST_CASE("a limit is a limit to the byte") {
  const Bytes raw(1000, 'x');
  CHECK(decompress(compress(raw, Effort::kBackground), 1000).value().size() == 1000);
  CHECK(decompress(compress(raw, Effort::kBackground), 999).error().code == ErrorCode::kTooLarge);
  CHECK(decompress(compress({}, Effort::kBackground), 0).value().empty());
}

TEST_CASE("a small frame that unpacks to gigabytes costs its limit and no more") {
  // 64 MiB of zeroes in a few kilobytes; only the limit's worth is ever unpacked.
  const Bytes bomb = compress(Bytes(64 * 1024 * 1024, 0), Effort::kBackground);
  CHECK(bomb.size() < 8 * 1024);
  CHECK(decompress(bomb, kLimit).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("compressed bytes that are cut or lengthened are refused") {
  Bytes raw;
  for (int i = 0; i < 3000; ++i) raw.push_back(static_cast<std::uint8_t>(i * i >> 3));
  const Bytes whole = compress(raw, Effort::kBackground);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK(decompress(ByteView(whole).first(size), kLimit).error().code == ErrorCode::kCorrupt);
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(decompress(longer, kLimit).error().code == ErrorCode::kCorrupt);
  Bytes twice = whole;
  append(twice, whole);
  CHECK(decompress(twice, kLimit).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a damaged frame does not spoil the next one") {
  const Bytes good = compress(as_bytes("good"), Effort::kBackground);
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 0xFF;
    static_cast<void>(decompress(bad, kLimit));
    CHECK(as_text(decompress(good, kLimit).value()) == "good");
  }
}

}  // namespace
}  // namespace mimika::wire
