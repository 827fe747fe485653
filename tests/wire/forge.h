// Envelopes made by hand, to lie in ways the encoder does not: header and frames as given, tagged and signed by the
// device.
#pragma once

#include "kiosk/base/env.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/events.pb.h"
#include "sync/wire/proto_helpers.h"

namespace mimika::test {

struct WireKeys {
  FakeEnv env{0};
  crypto::SigningKey device = crypto::SigningKey::generate(env);
  crypto::SigningKey other_device = crypto::SigningKey::generate(env);
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
  crypto::BoxKey centre_box = crypto::BoxKey::generate(env);
};

inline const WireKeys& wire_keys() {
  static const WireKeys keys;
  return keys;
}

inline Bytes good_call_header() {
  wire::pb::CallHeader header;
  header.set_first_seq(1);
  header.set_chain_before(std::string(16, 'c'));
  return wire::serialise(header);
}

class Forge {
 public:
  explicit Forge(ByteView header, std::uint8_t version = wire::kNewestVersion,
                 wire::EnvelopeKind kind = wire::EnvelopeKind::kCall,
                 const crypto::SigningKey& tagging = wire_keys().device) {
    append(bytes_, as_bytes("MKE"));
    bytes_.push_back(version);
    bytes_.push_back(static_cast<std::uint8_t>(kind));
    size(header.size());
    append(bytes_, header);
    if (kind == wire::EnvelopeKind::kCall) {
      tagger_ = wire::FrameTagger(tagging.shared_with(wire_keys().centre_box.public_key()).value(), bytes_);
    }
  }
  Forge& frame(ByteView body) { return frame_at(frames_, body); }
  // With the tag of another place.
  Forge& frame_at(std::uint64_t index, ByteView body) {
    size(body.size());
    append(bytes_, tagger_.tag(index, body));
    append(bytes_, body);
    ++frames_;
    return *this;
  }
  Forge& size(std::uint64_t value) {
    wire::append_varint(bytes_, value);
    return *this;
  }
  Forge& raw(ByteView bytes) {
    append(bytes_, bytes);
    return *this;
  }
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] Bytes sign(const crypto::SigningKey& key = wire_keys().device) {
    size(0);
    append(bytes_, key.sign(crypto::hash_of("mimika envelope 1", bytes_)));
    return bytes_;
  }

 private:
  Bytes bytes_;
  wire::FrameTagger tagger_;
  std::uint64_t frames_ = 0;
};

}  // namespace mimika::test
