// The outer form of an envelope (docs/wire.md): magic, version, kind, header, frames, signature. Shared by the writers
// and readers of this folder, not for others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "kiosk/base/bytes.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"

namespace mimika::wire {

inline constexpr std::string_view kMagic = "MKE";
inline constexpr std::size_t kFrameTagBytes = 8;

enum class EnvelopeKind : std::uint8_t { kCall = 1, kAnswer = 2 };

void append_varint(Bytes& out, std::uint64_t value);
// kCorrupt for one that does not end within ten bytes, or not before the bytes do.
[[nodiscard]] Result<std::uint64_t> read_varint(ByteReader& reader);
// Whether these bytes are the beginning of a number, and more are needed to know which.
[[nodiscard]] bool varint_goes_on(ByteView bytes);
// Lengths are below 2^32: kCorrupt above.
[[nodiscard]] Result<std::size_t> read_length(ByteReader& reader);

// The tag of a frame. Those of an answer only find damage: the signature at its end is checked before anything is
// taken. Those of a call prove who made it, because its frames are stored before the signature has come: the key is
// known to the device and the centre alone, and bound to this call's header.
class FrameTagger {
 public:
  FrameTagger() = default;  // for answers
  FrameTagger(const crypto::SecretBytes& shared, ByteView start);
  // `index` is the frame's place in its envelope, from 0.
  [[nodiscard]] Bytes tag(std::uint64_t index, ByteView body) const;

 private:
  std::optional<crypto::Hash> key_;
};

class EnvelopeWriter {
 public:
  EnvelopeWriter(EnvelopeKind kind, std::uint8_t version, ByteView header);
  [[nodiscard]] ByteView start() const { return out_; }  // before any frame
  void use(FrameTagger tagger) { tagger_ = tagger; }
  void frame(ByteView body);
  [[nodiscard]] Bytes finish(const crypto::SigningKey& key) &&;

 private:
  Bytes out_;
  FrameTagger tagger_;
  std::uint64_t frames_ = 0;
};

}  // namespace mimika::wire
