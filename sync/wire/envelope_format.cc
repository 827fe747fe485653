#include "sync/wire/envelope_format.h"

#include <algorithm>
#include <utility>

#include "sync/wire/envelope.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kMaxVarintBytes = 10;
constexpr std::uint64_t kMaxLength = 0xFFFFFFFF;

}  // namespace

void append_varint(Bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

Result<std::uint64_t> read_varint(ByteReader& reader) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kMaxVarintBytes; ++i) {
    TRY_ASSIGN(const std::uint8_t byte, reader.u8());
    value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    if ((byte & 0x80) == 0) return value;
  }
  return fail(ErrorCode::kCorrupt, "a number that does not end");
}

bool varint_goes_on(ByteView bytes) {
  return bytes.size() < kMaxVarintBytes &&
         std::ranges::all_of(bytes, [](std::uint8_t byte) { return (byte & 0x80) != 0; });
}

Result<std::size_t> read_length(ByteReader& reader) {
  TRY_ASSIGN(const std::uint64_t length, read_varint(reader));
  if (length > kMaxLength) return fail(ErrorCode::kCorrupt, "a length without measure");
  return static_cast<std::size_t>(length);
}

FrameTagger::FrameTagger(const crypto::SecretBytes& shared, ByteView start)
    : key_(crypto::Hasher("mimika frame key 1").add(shared.view()).add(start).finish()) {}

Bytes FrameTagger::tag(std::uint64_t index, ByteView body) const {
  crypto::Hasher hasher("mimika frame 1");
  if (key_) hasher.add(*key_).add_u64(index);
  const crypto::Hash hash = hasher.add(body).finish();
  return Bytes(hash.begin(), hash.begin() + kFrameTagBytes);
}

EnvelopeWriter::EnvelopeWriter(EnvelopeKind kind, std::uint8_t version, ByteView header) {
  append(out_, as_bytes(kMagic));
  out_.push_back(version);
  out_.push_back(static_cast<std::uint8_t>(kind));
  append_varint(out_, header.size());
  append(out_, header);
}

void EnvelopeWriter::frame(ByteView body) {
  append_varint(out_, body.size());
  append(out_, tagger_.tag(frames_++, body));
  append(out_, body);
}

Bytes EnvelopeWriter::finish(const crypto::SigningKey& key) && {
  append_varint(out_, 0);
  append(out_, key.sign(crypto::hash_of("mimika envelope 1", out_)));
  return std::move(out_);
}

}  // namespace mimika::wire
