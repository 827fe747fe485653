#include "sync/wire/dictionary.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/zstd_codec.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

constexpr std::uint8_t kWhole = 0x80;

std::shared_ptr<const Dictionary> built_in(std::uint32_t version = kQuickDictionary) {
  return Dictionaries::built_in().find(version);
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

Bytes file_of(const std::string& name) {
  return read_file(std::string(MIMIKA_SOURCE_DIR) + "/assets/dictionary/" + name, kDictionaryBytes).value();
}
Bytes file_of_dictionary() {
  return file_of("private-1.zdict");
}

// --- zstd's form

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
    CHECK(first(as_bytes(story)) == kQuickDictionary);
    CHECK(unpack(built_in()->compress(as_bytes(story))).value() == Bytes(story.begin(), story.end()));
  }
  CHECK(first({}) == (kWhole | kQuickDictionary));                   // nothing to compress
  CHECK(first(noise(100)) == (kWhole | kQuickDictionary));           // nothing that can be compressed
  CHECK(first(Bytes(200'000, 'x')) == (kWhole | kQuickDictionary));  // two blocks
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
  CHECK(unpack(Bytes(kDictionaryBytes + 2, kQuickDictionary)).error().code == ErrorCode::kTooLarge);
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

// --- the model

Bytes raw_of(const PrivatePart& part) {
  const Bytes packed = encode_private_part(part, nullptr);
  return decompress(ByteView(packed).subspan(1), limits::kFrameRawBytes).value();
}

TEST_CASE("a model brings back private parts and anything else, and says in the first byte which it was") {
  const auto model = built_in(2);
  const auto first_of = [&](ByteView raw) {
    const Bytes packed = model->compress(raw);
    REQUIRE(model->decompress(packed, raw.size()).value() == Bytes(raw.begin(), raw.end()));
    return packed.front();
  };
  PrivatePart part;
  part.story = "Jembatan di kampung kami hanyut, anak-anak tidak bisa ke sekolah. \U0001F30A";
  part.phone = "081234567890";
  part.fields = {{"nama_usaha", "Kios Maju"}, {"alamat", ""}};
  CHECK(first_of(raw_of(part)) == 2);
  CHECK(first_of(raw_of({})) == 2);
  CHECK(first_of(noise(100)) == (kWhole | 2));
  part.story = std::string(2'000, 'w');  // that goes shorter without it
  CHECK(first_of(raw_of(part)) == (kWhole | 2));
  part.story = std::string(20'000, 'a');  // longer than a model is used for
  CHECK(first_of(raw_of(part)) == (kWhole | 2));
  CHECK(rc::check([&] {
    const Bytes raw = raw_of(*test::any_private_part());
    RC_ASSERT(model->decompress(model->compress(raw), raw.size()).value() == raw);
  }));
}

TEST_CASE("a model says of damaged bytes that they are none, or reads something else, within its limit") {
  const auto model = built_in(2);
  PrivatePart part;
  part.story = "Air bersih belum mengalir sejak tiga hari.";
  const Bytes raw = raw_of(part);
  const Bytes packed = model->compress(raw);
  for (std::size_t i = 1; i < packed.size(); ++i) {
    Bytes changed = packed;
    changed[i] ^= 0x10;
    const auto read = model->decompress(changed, raw.size());
    if (read) CHECK(read->size() <= raw.size());
  }
  CHECK(model->decompress(packed, raw.size() - 1).error().code == ErrorCode::kTooLarge);
  CHECK(model->decompress({}, 100).error().code == ErrorCode::kCorrupt);
  for (const std::uint8_t first : Bytes{0, 1, 3, kWhole, kWhole | 1}) {
    Bytes other = packed;
    other[0] = first;
    CHECK(model->decompress(other, raw.size()).error().code == ErrorCode::kCorrupt);
  }
}

// What kiosks wrote has to open for ever: these are bytes that one of the first of them might have written.
TEST_CASE("what the second version wrote opens, and is written so on every machine") {
  PrivatePart part;
  part.story = "Jalan di depan sekolah rusak, mohon diperbaiki.";
  part.name = "Maria";
  CHECK(to_hex(built_in(2)->compress(raw_of(part))) == "02c7d20febe35ded57ff6064");
  CHECK(built_in(2)->decompress(from_hex("02c7d20febe35ded57ff6064").value(), 100).value() == raw_of(part));
}

TEST_CASE("a complaint takes a third less with the model than with zstd's dictionary") {
  PrivatePart part;
  part.story =
      "Selamat siang, kami di Kokonao mau lapor. Sejak bulan lalu lampu surya di dermaga mati, nelayan yang pulang "
      "malam "
      "tidak lihat tangga dan sudah dua orang jatuh. Mohon dinas ganti baterainya, terima kasih.";
  const Bytes raw = raw_of(part);
  CHECK(built_in(2)->compress(raw).size() * 3 < built_in(1)->compress(raw).size() * 2 + 6);
}

TEST_CASE("only the model of that version is opened, and no damaged one") {
  const Bytes file = file_of("private-2.model");
  CHECK(Dictionary::open(2, file).value()->version() == 2);
  for (const std::uint32_t version : {0U, 1U, 3U, 128U}) {
    CHECK(Dictionary::open(version, file).error().code == ErrorCode::kCorrupt);
  }
  for (const std::size_t size : {4U, 7U, 8U, 500U, 1256U, 1260U, 50'000U}) {
    CHECK(Dictionary::open(2, ByteView(file).first(size)).error().code == ErrorCode::kCorrupt);
  }
  Bytes weight = file;
  weight[8 + 3] = 0x7F;  // the first weight's highest byte
  CHECK(Dictionary::open(2, weight).error().code == ErrorCode::kCorrupt);
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
  CHECK(mine.newest() == kQuickDictionary);
  CHECK(mine.find(kQuickDictionary) == built_in());
}

}  // namespace
}  // namespace mimika::wire
