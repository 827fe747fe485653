#include "sync/wire/dictionary.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

constexpr std::uint8_t kWhole = 0x80;

std::shared_ptr<const Dictionary> built_in() {
  return Dictionaries::built_in().find(kNewestBuiltInDictionary);
}

Bytes noise(std::size_t size) {
  FakeEnv env(0, size + 1);
  Bytes bytes(size);
  env.fill_random(bytes);
  return bytes;
}

Result<Bytes> unpack(ByteView compressed, std::size_t limit = limits::kFrameRawBytes) {
  return built_in()->decompress(compressed, limit);
}

Bytes file_of_dictionary() {
  return read_file(std::string(MIMIKA_SOURCE_DIR) + "/assets/dictionary/private-1.zdict", kDictionaryBytes).value();
}

TEST_CASE("any text and any bytes come back from their compressed form") {
  CHECK(rc::check([] {
    const std::string text = *test::any_text();
    RC_ASSERT(unpack(built_in()->compress(as_bytes(text))).value() == Bytes(text.begin(), text.end()));
    const Bytes bytes = *test::any_bytes();
    RC_ASSERT(unpack(built_in()->compress(bytes)).value() == bytes);
  }));
}

TEST_CASE("a message is a bare block where it can be, and a whole frame otherwise") {
  const auto first = [](ByteView raw) { return built_in()->compress(raw).front(); };
  std::string story;
  for (const std::size_t size : {30U, 300U, 3000U, 8000U, 15'000U}) {
    while (story.size() < size) story += "Jalan rusak di depan sekolah nomor " + std::to_string(story.size()) + ". ";
    INFO(story.size());
    CHECK(first(as_bytes(story)) == kNewestBuiltInDictionary);
    CHECK(unpack(built_in()->compress(as_bytes(story))).value() == Bytes(story.begin(), story.end()));
  }
  CHECK(first({}) == (kWhole | kNewestBuiltInDictionary));                   // nothing to compress
  CHECK(first(noise(100)) == (kWhole | kNewestBuiltInDictionary));           // nothing that can be compressed
  CHECK(first(Bytes(200'000, 'x')) == (kWhole | kNewestBuiltInDictionary));  // two blocks
  for (const Bytes& raw : {Bytes{}, noise(100), noise(200'000), Bytes(200'000, 'x'), Bytes(131'072, 'y')}) {
    CHECK(unpack(built_in()->compress(raw)).value() == raw);
  }
}

TEST_CASE("a limit is a limit to the byte, in both forms") {
  for (const std::size_t size : {std::size_t{1000}, std::size_t{200'000}}) {
    const Bytes packed = built_in()->compress(Bytes(size, 'x'));
    CHECK(unpack(packed, size).value().size() == size);
    CHECK(unpack(packed, size - 1).error().code == ErrorCode::kTooLarge);
  }
}

TEST_CASE("a message that unpacks to gigabytes costs its limit and no more") {
  const Bytes bomb = built_in()->compress(Bytes(64 * 1024 * 1024, 0));
  CHECK(bomb.size() < 8 * 1024);
  CHECK(unpack(bomb).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a block without measure is refused before it is looked at") {
  CHECK(unpack(Bytes(kDictionaryBytes + 2, kNewestBuiltInDictionary)).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a message cut, lengthened or changed is another message or an error") {
  for (const Bytes& raw : {Bytes(as_bytes("Air bersih belum mengalir sejak tiga hari.").begin(),
                                 as_bytes("Air bersih belum mengalir sejak tiga hari.").end()),
                           noise(50)}) {
    const Bytes packed = built_in()->compress(raw);
    for (std::size_t size = 0; size < packed.size(); ++size) {
      const auto cut = unpack(ByteView(packed).first(size));
      if (cut) CHECK(*cut != raw);
    }
    for (std::size_t i = 0; i < packed.size(); ++i) {
      Bytes changed = packed;
      changed[i] ^= 0x10;
      static_cast<void>(unpack(changed));  // zstd has no checksum here: the seal around it has
    }
    CHECK(unpack(packed).value() == raw);
  }
  CHECK(unpack({}).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a dictionary opens only what was compressed with it") {
  Bytes packed = built_in()->compress(as_bytes("Jalan rusak."));
  for (const std::uint8_t first : Bytes{0, 2, 127, kWhole, kWhole | 2}) {
    packed[0] = first;
    CHECK(unpack(packed).error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("only the dictionary of that version and purpose is opened") {
  const Bytes file = file_of_dictionary();
  CHECK(Dictionary::open(1, file).value()->version() == 1);
  for (const std::uint32_t version : {0U, 2U, 127U, 128U, 0xFFFFFFFFU}) {
    CHECK(Dictionary::open(version, file).error().code == ErrorCode::kCorrupt);
  }
  CHECK(Dictionary::open(1, {}).error().code == ErrorCode::kCorrupt);
  CHECK(Dictionary::open(1, noise(1000)).error().code == ErrorCode::kCorrupt);
  Bytes large = file;
  large.resize(kDictionaryBytes + 1);
  CHECK(Dictionary::open(1, large).error().code == ErrorCode::kCorrupt);
  Bytes other_purpose = file;
  other_purpose[6] = 2;  // the third byte of its id
  CHECK(Dictionary::open(1, other_purpose).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a dictionary cut or damaged in its tables is refused or compresses what it can open") {
  const Bytes file = file_of_dictionary();
  constexpr std::size_t kTables = 200;
  for (std::size_t at = 8; at < kTables; at += 7) {
    Bytes changed = file;
    changed[at] ^= 0xFF;
    const auto opened = Dictionary::open(1, changed);
    if (!opened) continue;
    CHECK((*opened)->decompress((*opened)->compress(as_bytes("Jalan rusak.")), 100));
  }
  for (std::size_t size = 0; size < kTables; size += 5) {
    const auto opened = Dictionary::open(1, ByteView(file).first(size));
    if (opened) CHECK((*opened)->decompress((*opened)->compress(as_bytes("Jalan rusak.")), 100));
  }
}

TEST_CASE("the dictionaries of the program are found by their version, and others when they have been added") {
  CHECK(Dictionaries::built_in().newest() == kNewestBuiltInDictionary);
  for (std::uint32_t version = 1; version <= kNewestBuiltInDictionary; ++version) {
    CHECK(Dictionaries::built_in().find(version)->version() == version);
  }
  CHECK(Dictionaries::built_in().find(0) == nullptr);
  CHECK(Dictionaries::built_in().find(kNewestBuiltInDictionary + 1) == nullptr);
  Dictionaries mine;
  CHECK(mine.newest() == 0);
  mine.add(built_in());
  CHECK(mine.newest() == kNewestBuiltInDictionary);
  CHECK(mine.find(kNewestBuiltInDictionary) == built_in());
}

}  // namespace
}  // namespace mimika::wire
