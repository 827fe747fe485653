#include "sync/wire/blob.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"

namespace mimika::wire {
namespace {

Bytes content_of(std::size_t size) {
  FakeEnv env(0, size);
  Bytes content(size);
  env.fill_random(content);
  return content;
}

TEST_CASE("a manifest comes back from its bytes, for every size around a leaf's end") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kLeafBytes - 1, kLeafBytes, kLeafBytes + 1,
                                 5 * kLeafBytes, 5 * kLeafBytes + 7, kBlobBytes}) {
    const Manifest manifest = manifest_of(content_of(size));
    INFO(size);
    CHECK(manifest.bytes == size);
    CHECK(manifest.leaves.size() == leaf_count(size));
    CHECK(decode_manifest(encode_manifest(manifest), id_of(manifest)).value() == manifest);
  }
}

TEST_CASE("a leaf fits where it belongs and nowhere else") {
  const Bytes content = content_of(2 * kLeafBytes + 100);
  const Manifest manifest = manifest_of(content);
  const auto leaf = [&](std::size_t index) {
    return ByteView(content).subspan(index * kLeafBytes, leaf_size(manifest, index));
  };
  for (std::size_t index = 0; index < 3; ++index) {
    for (std::size_t place = 0; place < 5; ++place) CHECK(leaf_fits(manifest, place, leaf(index)) == (place == index));
  }
  CHECK_FALSE(leaf_fits(manifest, 2, leaf(2).first(99)));
  CHECK_FALSE(leaf_fits(manifest, ~std::size_t{0}, leaf(2)));
  Bytes changed(leaf(1).begin(), leaf(1).end());
  changed[17] ^= 1;
  CHECK_FALSE(leaf_fits(manifest, 1, changed));
}

TEST_CASE("other content has another id, and so has the same content of another length") {
  Bytes content = content_of(kLeafBytes + 5);
  const BlobId id = id_of(manifest_of(content));
  content.back() ^= 1;
  CHECK(id_of(manifest_of(content)) != id);
  Manifest shorter = manifest_of(content_of(kLeafBytes + 5));
  --shorter.bytes;
  CHECK(id_of(shorter) != id);
}

TEST_CASE("a manifest of another blob, of wrong length or of too large a blob is refused") {
  const Manifest manifest = manifest_of(content_of(3 * kLeafBytes));
  const BlobId id = id_of(manifest);
  const Bytes bytes = encode_manifest(manifest);
  CHECK(decode_manifest(bytes, BlobId{}).error().code == ErrorCode::kConflict);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(decode_manifest(ByteView(bytes).first(size), id).error().code == ErrorCode::kCorrupt);
  }
  Bytes longer = bytes;
  longer.push_back(0);
  CHECK(decode_manifest(longer, id).error().code == ErrorCode::kCorrupt);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x80;
    CHECK_FALSE(decode_manifest(changed, id));
  }
  Bytes large;
  append_u64(large, kBlobBytes + 1);
  CHECK(decode_manifest(large, id).error().code == ErrorCode::kTooLarge);
  Bytes endless;
  append_u64(endless, ~std::uint64_t{0});
  CHECK(decode_manifest(endless, id).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a blob's id is written in one way") {
  const BlobId id = id_of(manifest_of(content_of(10)));
  const std::string text = to_string(id);
  CHECK(text.size() == 64);
  CHECK(parse_blob_id(text).value() == id);
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  REQUIRE(upper != text);
  CHECK(parse_blob_id(upper).error().code == ErrorCode::kInvalidInput);
  CHECK(parse_blob_id(text.substr(2)).error().code == ErrorCode::kInvalidInput);
  CHECK(parse_blob_id("a/b").error().code == ErrorCode::kInvalidInput);
  CHECK(parse_blob_id("").error().code == ErrorCode::kInvalidInput);
  CHECK(to_blob_id(Bytes(31)).error().code == ErrorCode::kCorrupt);
  CHECK(to_blob_id(Bytes(33)).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a map of leaves says what was set, and comes back from its bits") {
  CHECK(rc::check([] {
    const auto leaves = *rc::gen::inRange<std::size_t>(0, kBlobLeaves + 1);
    LeafMap map(leaves);
    std::vector<bool> expected(leaves);
    for (std::size_t i = 0; leaves > 0 && i < 20; ++i) {
      const auto leaf = *rc::gen::inRange<std::size_t>(0, leaves);
      map.set(leaf);
      expected[leaf] = true;
    }
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) RC_ASSERT(map.has(leaf) == expected[leaf]);
    RC_ASSERT(map.count() == static_cast<std::size_t>(std::count(expected.begin(), expected.end(), true)));
    RC_ASSERT(LeafMap::from(map.bits(), leaves) == map);
  }));
}

TEST_CASE("bits beyond the leaves are dropped, missing ones are absent, and leaves beyond the end are never there") {
  const LeafMap all = LeafMap::from(Bytes(10, 0xFF), 11);
  CHECK(all.complete());
  CHECK(all.count() == 11);
  CHECK(all.bits() == Bytes{0xFF, 0x07});
  CHECK_FALSE(all.has(11));
  CHECK(LeafMap::from({}, 11).count() == 0);
  CHECK(LeafMap::from(Bytes{0x05}, 11).count() == 2);
  LeafMap map(3);
  map.set(3);
  map.set(~std::size_t{0});
  CHECK(map.count() == 0);
  CHECK(LeafMap().complete());
}

TEST_CASE("bit 0 of byte 0 is the first leaf") {
  LeafMap map(20);
  map.set(0);
  map.set(9);
  map.set(19);
  CHECK(map.bits() == Bytes{0x01, 0x02, 0x08});
}

}  // namespace
}  // namespace mimika::wire
