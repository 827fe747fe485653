// Large content by the hash of what it is: a photo of a complaint going up, a catalogue coming down. It travels in
// parts of a few leaves each; every leaf can be checked alone, on whichever way it came, and both sides speak of what
// is missing in one bitmap. Pure; where the bytes lie is the stores' business.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::wire {

inline constexpr std::size_t kLeafBytes = 4096;
inline constexpr std::size_t kLeafHashBytes = 16;
inline constexpr std::size_t kLeavesPerPart = 4;  // 16 KiB; on very slow links one
inline constexpr std::size_t kBlobBytes =
    std::size_t{2} * 1024 * 1024;  // the largest; also the largest an attachment may be
inline constexpr std::size_t kBlobLeaves = kBlobBytes / kLeafBytes;

// The hash of the size and of every leaf's hash.
struct BlobId {
  std::array<std::uint8_t, 32> hash{};
  friend auto operator<=>(const BlobId&, const BlobId&) = default;
};
[[nodiscard]] std::string to_string(const BlobId& id);  // hexadecimal: a file's name
// kInvalidInput for any other text.
[[nodiscard]] Result<BlobId> parse_blob_id(std::string_view hex);
[[nodiscard]] Result<BlobId> to_blob_id(ByteView bytes);

// The size and the leaves' hashes, 16 bytes each: what a leaf is checked with.
struct Manifest {
  std::uint64_t bytes = 0;
  std::vector<std::array<std::uint8_t, kLeafHashBytes>> leaves;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};
[[nodiscard]] Manifest manifest_of(ByteView content);
[[nodiscard]] BlobId id_of(const Manifest& manifest);
[[nodiscard]] Bytes encode_manifest(const Manifest& manifest);
// kCorrupt when the sizes do not fit each other, kTooLarge over kBlobBytes; kConflict when it is not that blob's.
[[nodiscard]] Result<Manifest> decode_manifest(ByteView bytes, const BlobId& id);
[[nodiscard]] std::size_t leaf_count(std::uint64_t bytes);
[[nodiscard]] std::size_t leaf_size(const Manifest& manifest, std::size_t leaf);
[[nodiscard]] bool leaf_fits(const Manifest& manifest, std::size_t leaf, ByteView content);

// One bit a leaf; bit 0 of byte 0 is leaf 0.
class LeafMap {
 public:
  LeafMap() = default;
  explicit LeafMap(std::size_t leaves);  // none
  // Bits beyond `leaves` are dropped, missing ones are 0.
  [[nodiscard]] static LeafMap from(ByteView bits, std::size_t leaves);
  [[nodiscard]] bool has(std::size_t leaf) const;
  void set(std::size_t leaf);
  [[nodiscard]] bool complete() const { return count() == leaves_; }
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] std::size_t leaves() const { return leaves_; }
  [[nodiscard]] const Bytes& bits() const { return bits_; }
  friend bool operator==(const LeafMap&, const LeafMap&) = default;

 private:
  std::size_t leaves_ = 0;
  Bytes bits_;
};

// A run of leaves on its way. The manifest comes with the first part of a blob, or alone.
struct BlobPart {
  BlobId blob;
  std::uint32_t first_leaf = 0;
  Bytes content;   // whole leaves, the last one of the blob as long as it is
  Bytes manifest;  // empty: it was sent before
  friend bool operator==(const BlobPart&, const BlobPart&) = default;
};

// What one side still lacks of a blob it knows of.
struct BlobWant {
  BlobId blob;
  Bytes held;  // LeafMap::bits(); empty: nothing, not even the manifest
  friend bool operator==(const BlobWant&, const BlobWant&) = default;
};

}  // namespace mimika::wire
