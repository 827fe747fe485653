// The envelope: header, compressed frames, signature; the same over HTTPS and, later, in a file on a stick.
// docs/wire.md is the specification. Decoding is in two steps, because the key to check a call with is found by its
// header.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"

namespace mimika::wire {

// Enough of a chain hash to find a difference: forging one is no use without the signature.
using ChainMark = std::array<std::uint8_t, 16>;
[[nodiscard]] ChainMark chain_mark(const crypto::Hash& hash);

struct EventRecord {
  Bytes event;   // as encode_event() wrote it
  Bytes sealed;  // the centre's copy of the private part; empty without one
  friend bool operator==(const EventRecord&, const EventRecord&) = default;
};

struct CallHeader {
  DeviceId device;
  Epoch epoch;
  Seq first_seq{1};
  ChainMark chain_before{};
  FeedSeq feed_cursor;
  std::uint64_t call_no = 0;
  WallMs wall_ms = 0;
  friend bool operator==(const CallHeader&, const CallHeader&) = default;
};

struct Call {
  CallHeader header;
  std::vector<EventRecord> records;  // seq first_seq, first_seq + 1, …
  friend bool operator==(const Call&, const Call&) = default;
};

struct Reject {
  Seq seq;
  std::string reason;
  friend bool operator==(const Reject&, const Reject&) = default;
};

struct FeedItem {
  FeedSeq feed_seq;
  EventKey key;
  Bytes event;
  WallMs arrived_ms = 0;
  friend bool operator==(const FeedItem&, const FeedItem&) = default;
};

struct Answer {
  Seq acknowledged;      // contiguous; 0: nothing yet
  ChainMark chain_at{};  // at `acknowledged`
  std::uint64_t call_no = 0;
  WallMs server_ms = 0;
  bool feed_more = false;
  std::vector<Reject> rejects;
  std::vector<FeedItem> feed;
  friend bool operator==(const Answer&, const Answer&) = default;
};

[[nodiscard]] Bytes encode_call(const Call& call, const crypto::SigningKey& device_key);
[[nodiscard]] Bytes encode_answer(const Answer& answer, const crypto::SigningKey& centre_key);

// A call whose shape has been checked, and whose signature has not.
class UnverifiedCall {
 public:
  // kTooLarge over limits::kCallBytes; kNewerVersion for an unknown version; kCorrupt for anything malformed.
  [[nodiscard]] static Result<UnverifiedCall> parse(ByteView bytes);
  [[nodiscard]] const CallHeader& header() const { return header_; }
  // Checks the signature, then decompresses. kUnauthorised when it does not verify.
  [[nodiscard]] Result<Call> verify(const crypto::VerifyKey& device_key) &&;

 private:
  CallHeader header_;
  std::vector<Bytes> frames_;
  crypto::Hash digest_{};
  crypto::Signature signature_{};
};

[[nodiscard]] Result<Answer> decode_answer(ByteView bytes, const crypto::VerifyKey& centre_key);

}  // namespace mimika::wire
