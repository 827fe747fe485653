#include "sync/wire/blob.h"

#include <algorithm>
#include <bit>

#include "kiosk/crypto/hash.h"

namespace mimika::wire {
namespace {

std::array<std::uint8_t, kLeafHashBytes> leaf_hash(ByteView content) {
  const crypto::Hash hash = crypto::hash_of("mimika leaf 1", content);
  std::array<std::uint8_t, kLeafHashBytes> out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

}  // namespace

std::string to_string(const BlobId& id) {
  return to_hex(id.hash);
}

Result<BlobId> to_blob_id(ByteView bytes) {
  BlobId id;
  if (bytes.size() != id.hash.size()) return fail(ErrorCode::kCorrupt, "a blob's id has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), id.hash.begin());
  return id;
}

Result<BlobId> parse_blob_id(std::string_view hex) {
  TRY_ASSIGN(const Bytes bytes, from_hex(hex));
  if (to_hex(bytes) != hex) return fail(ErrorCode::kInvalidInput, "a blob's id is written in lower case");
  auto id = to_blob_id(bytes);
  if (!id) return fail(ErrorCode::kInvalidInput, id.error().message);
  return *id;
}

std::size_t leaf_count(std::uint64_t bytes) {
  return static_cast<std::size_t>((bytes + kLeafBytes - 1) / kLeafBytes);
}

Manifest manifest_of(ByteView content) {
  Manifest manifest;
  manifest.bytes = content.size();
  for (std::size_t at = 0; at < content.size(); at += kLeafBytes) {
    manifest.leaves.push_back(leaf_hash(content.subspan(at, std::min(kLeafBytes, content.size() - at))));
  }
  return manifest;
}

BlobId id_of(const Manifest& manifest) {
  crypto::Hasher hasher("mimika blob 1");
  hasher.add_u64(manifest.bytes);
  for (const auto& leaf : manifest.leaves) hasher.add(leaf);
  return BlobId{hasher.finish()};
}

Bytes encode_manifest(const Manifest& manifest) {
  Bytes out;
  append_u64(out, manifest.bytes);
  for (const auto& leaf : manifest.leaves) append(out, leaf);
  return out;
}

Result<Manifest> decode_manifest(ByteView bytes, const BlobId& id) {
  ByteReader reader(bytes);
  Manifest manifest;
  TRY_ASSIGN(manifest.bytes, reader.u64());
  if (manifest.bytes > kBlobBytes) return fail(ErrorCode::kTooLarge, "a blob over its limit");
  manifest.leaves.resize(leaf_count(manifest.bytes));
  if (reader.rest().size() != manifest.leaves.size() * kLeafHashBytes) {
    return fail(ErrorCode::kCorrupt, "a blob's manifest is not as long as its size says");
  }
  for (auto& leaf : manifest.leaves) {
    TRY_ASSIGN(const ByteView hash, reader.take(kLeafHashBytes));
    std::copy(hash.begin(), hash.end(), leaf.begin());
  }
  if (id_of(manifest) != id) return fail(ErrorCode::kConflict, "a manifest of another blob");
  return manifest;
}

std::size_t leaf_size(const Manifest& manifest, std::size_t leaf) {
  const std::uint64_t before = std::uint64_t{leaf} * kLeafBytes;
  return static_cast<std::size_t>(std::min<std::uint64_t>(manifest.bytes - before, kLeafBytes));
}

bool leaf_fits(const Manifest& manifest, std::size_t leaf, ByteView content) {
  return leaf < manifest.leaves.size() && content.size() == leaf_size(manifest, leaf) &&
         leaf_hash(content) == manifest.leaves[leaf];
}

LeafMap::LeafMap(std::size_t leaves) : leaves_(leaves), bits_((leaves + 7) / 8) {}

LeafMap LeafMap::from(ByteView bits, std::size_t leaves) {
  LeafMap map(leaves);
  for (std::size_t leaf = 0; leaf < leaves && leaf / 8 < bits.size(); ++leaf) {
    if ((bits[leaf / 8] >> (leaf % 8) & 1) != 0) map.set(leaf);
  }
  return map;
}

bool LeafMap::has(std::size_t leaf) const {
  return leaf < leaves_ && (bits_[leaf / 8] >> (leaf % 8) & 1) != 0;
}

void LeafMap::set(std::size_t leaf) {
  if (leaf < leaves_) bits_[leaf / 8] = static_cast<std::uint8_t>(bits_[leaf / 8] | 1U << (leaf % 8));
}

std::size_t LeafMap::count() const {
  std::size_t total = 0;
  for (const std::uint8_t byte : bits_) total += static_cast<std::size_t>(std::popcount(byte));
  return total;
}

}  // namespace mimika::wire
