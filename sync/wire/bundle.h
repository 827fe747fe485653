// What lies in a file on a stick: a sync call sealed to the centre and signed by its kiosk (a bundle), or the way back,
// sealed to a kiosk and signed by the centre (an ACK). Whoever carries it sees from whom it is, which range it holds,
// and nothing else. docs/stick.md is the specification; the blocks below it are parity.h's.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/parity.h"

namespace mimika::wire {

// Says for whose key a file was sealed, so that one for a key of before is named and not taken for damage.
using KeyMark = std::array<std::uint8_t, 8>;
[[nodiscard]] KeyMark key_mark(ByteView public_key);

// Says which parts of attachments a bundle holds, without saying anything of them to others. All zero for none.
using PartsMark = std::array<std::uint8_t, 8>;
[[nodiscard]] PartsMark parts_mark(const std::vector<BlobPart>& parts);

struct BundleHead {
  DeviceId device;
  Epoch epoch;
  Seq first{1};
  Seq last;  // one below `first`: no events; with no parts either it only asks for what is new
  KeyMark sealed_to{};
  PartsMark parts{};  // all zero: no parts of attachments
  friend bool operator==(const BundleHead&, const BundleHead&) = default;
};

struct AckHead {
  DeviceId device;            // for whom it is
  std::uint64_t version = 0;  // grows with every ACK for this kiosk
  KeyMark sealed_to{};
  friend bool operator==(const AckHead&, const AckHead&) = default;
};

// "17-2864434397-1-40.kb", with parts "17-2864434397-41-40-5f0c…9a.kb", and "ACK-17-3.kb". A name is a help for people
// and for sorting; what counts stands inside.
[[nodiscard]] std::string file_name(const BundleHead& head);
[[nodiscard]] std::string file_name(const AckHead& head);
inline constexpr std::string_view kStickSuffix = ".kb";

// A file whose blocks are whole again, and which nobody has believed yet.
struct StickFile {
  std::variant<BundleHead, AckHead> head;
  Bytes content;
  std::size_t damaged = 0;  // blocks that parity brought back
  [[nodiscard]] DeviceId device() const;
  [[nodiscard]] std::string name() const;
};
// As decode_stick_blocks(); kCorrupt also when the content cannot be one.
[[nodiscard]] Result<StickFile> read_stick_file(ByteView file);
// The whole file again, every block of it good: the same bytes as it was made with.
[[nodiscard]] Bytes encode_stick_file(const StickFile& file);
[[nodiscard]] bool is_signed_by(const StickFile& file, const crypto::VerifyKey& key);

// --- up. The call's number has no meaning on this way and is 0. kTooLarge when it does not fit into a file.
[[nodiscard]] Result<Bytes> encode_bundle(const Call& call, const crypto::SigningKey& device_key,
                                          const crypto::BoxPublicKey& centre_key, Env& env,
                                          std::uint8_t version = kNewestVersion);
// kUnauthorised when the device did not make it, kCorrupt when what is inside is not what stands outside.
[[nodiscard]] Result<Call> open_bundle(const StickFile& file, const crypto::BoxKey& centre_key,
                                       const crypto::VerifyKey& device_key);

// --- down
struct LifeAck {
  Epoch epoch;
  Seq acknowledged;      // contiguous; 0: nothing yet
  ChainMark chain_at{};  // at `acknowledged`
  std::vector<Reject> rejects;
  friend bool operator==(const LifeAck&, const LifeAck&) = default;
};

struct Ack {
  DeviceId device;
  std::uint64_t version = 0;
  std::vector<LifeAck> lives;   // those of this kiosk the centre knows, the newest first
  std::vector<BlobWant> blobs;  // how attachments of this kiosk stand, the newest of them
  Answer news;                  // the feed and what else an answer brings; it acknowledges nothing by itself
  friend bool operator==(const Ack&, const Ack&) = default;
};

// What the centre signs and seals with, and for whom.
struct AckKeys {
  const crypto::SigningKey& centre_signing;
  const crypto::BoxKey& centre_box;
  const crypto::VerifyKey& device;
};
[[nodiscard]] Result<Bytes> encode_ack(const Ack& ack, const AckKeys& keys, Env& env);
// What stands in it behind the seal.
[[nodiscard]] Bytes encode_ack_content(const Ack& ack, const crypto::SigningKey& centre_key);
[[nodiscard]] Status decode_ack_content(ByteView content, const crypto::VerifyKey& centre_key, Ack& ack);
// kUnauthorised when the centre did not make it or it is for another key.
[[nodiscard]] Result<Ack> open_ack(const StickFile& file, const crypto::SigningKey& device_key,
                                   const crypto::VerifyKey& centre_key, const crypto::BoxPublicKey& centre_box);

}  // namespace mimika::wire
