// The envelope: header, frames, signature; the same over HTTPS and in a file on a stick. docs/wire.md is the
// specification. A call is read as it comes (call_reader.h); these are its values, and answers, which are read whole.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "sync/wire/blob.h"

namespace mimika::wire {

// Versions of the envelope this program speaks. Both sides use the newest that both know: whoever is spoken to in a
// newer one says which it knows (Refusal "newer_version" with "newest").
inline constexpr std::uint8_t kOldestVersion = 1;
inline constexpr std::uint8_t kNewestVersion = 2;  // records in the compact coding

// Enough of a chain hash to find a difference: forging one is no use without the signature.
using ChainMark = std::array<std::uint8_t, 16>;
[[nodiscard]] ChainMark chain_mark(const crypto::Hash& hash);

struct EventRecord {
  Bytes event;   // as encode_event() wrote it
  Bytes sealed;  // the centre's copy of the private part; empty without one
  friend bool operator==(const EventRecord&, const EventRecord&) = default;
};

// What the centre publishes to its kiosks besides events: each kind has one present version, and versions only grow.
enum class DocumentKind : std::uint8_t {
  kCatalogue = 1,      // districts, OPDs, categories, services, calendars
  kAccounts = 2,       // of the district's officers
  kAnnouncements = 3,  // of the regency, for the first screen
  kDictionary = 4,     // for compressing private parts
};
inline constexpr std::uint32_t kDocumentKinds = 5;  // kinds are below this

struct DocumentVersion {
  DocumentKind kind = DocumentKind::kCatalogue;
  std::uint32_t version = 0;  // from 1
  friend bool operator==(const DocumentVersion&, const DocumentVersion&) = default;
};

struct DocumentHead {
  DocumentKind kind = DocumentKind::kCatalogue;
  std::uint32_t version = 0;
  BlobId content;
  friend bool operator==(const DocumentHead&, const DocumentHead&) = default;
};

// Which boot of a machine, of those of one kiosk.
[[nodiscard]] constexpr std::uint32_t boot_mark(std::uint64_t boot_id) {
  return static_cast<std::uint32_t>(boot_id);
}

struct CallHeader {
  DeviceId device;
  Epoch epoch;
  Seq first_seq{1};
  ChainMark chain_before{};
  FeedSeq feed_cursor;
  std::uint64_t call_no = 0;
  WallMs wall_ms = 0;
  std::uint32_t policy_version = 0;        // of the policy it holds; 0: none
  std::uint32_t answer_bytes = 0;          // no more than about so many of them, please; 0: as the centre likes
  std::vector<DocumentVersion> documents;  // it holds
  std::vector<BlobWant> wants;             // blobs it lacks something of
  Bytes states_after{};                    // encode_states_mark(): how far it has come with states; empty: not at all
  std::uint32_t boot_mark = 0;             // boot_mark() of the machine's present boot
  std::int64_t monotonic_ms = 0;           // since that boot, when the call was made
  WallMs heard_ms = 0;                     // in a bundle: the centre's clock in the last answer heard; 0: none
  Seq ends_at{0};                          // the last event of this life, which is over; 0: it goes on
  friend bool operator==(const CallHeader&, const CallHeader&) = default;
};

struct Call {
  CallHeader header;
  std::vector<EventRecord> records;  // seq first_seq, first_seq + 1, …
  std::vector<BlobPart> parts;
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

// A ticket as it is, for a kiosk that is too far behind to be told everything that happened to it.
struct TicketState {
  FeedSeq feed_seq;  // everything of the feed about it up to here is in it
  Bytes ticket;      // as encode_ticket() wrote it
  friend bool operator==(const TicketState&, const TicketState&) = default;
};

struct Answer {
  Seq acknowledged;      // contiguous; 0: nothing yet
  ChainMark chain_at{};  // at `acknowledged`
  std::uint64_t call_no = 0;
  WallMs server_ms = 0;
  bool feed_more = false;
  std::uint32_t dictionary = 0;  // the newest for private parts that the centre can read; 0: none
  std::vector<Reject> rejects;
  std::vector<BlobWant> wants;  // blobs of this kiosk the centre lacks something of
  std::vector<FeedItem> feed;
  std::vector<TicketState> states;  // each stands for every item of the feed up to its feed_seq
  FeedSeq states_until;             // with the last of the states: the feed goes on after this; 0: not yet
  std::vector<DocumentHead> documents;
  std::vector<BlobPart> parts;
  Bytes policy;  // signed by itself (policy.h); empty: nothing newer
  friend bool operator==(const Answer&, const Answer&) = default;
};

// `centre_key` is the centre's box key: with the device's it gives the key of the frames' tags. kInvalidInput when it
// is no usable public key. `version` is at least kOldestVersion and at most kNewestVersion.
[[nodiscard]] Result<Bytes> encode_call(const Call& call, const crypto::SigningKey& device_key,
                                        const crypto::BoxPublicKey& centre_key, std::uint8_t version = kNewestVersion);
[[nodiscard]] Bytes encode_answer(const Answer& answer, const crypto::SigningKey& centre_key,
                                  std::uint8_t version = kNewestVersion);

// A whole call at once, as a file or a test has it: kUnauthorised when the device did not make it. kTooLarge when it
// unpacks to more than `most_bytes`: small frames may become large ones.
[[nodiscard]] Result<Call> decode_call(ByteView bytes, const crypto::BoxKey& centre_key,
                                       const crypto::VerifyKey& device_key,
                                       std::size_t most_bytes = std::numeric_limits<std::size_t>::max());
// kTooLarge over limits::kCallBytes; kNewerVersion for an unknown version; kUnauthorised when the centre did not make
// it; kCorrupt for anything malformed.
[[nodiscard]] Result<Answer> decode_answer(ByteView bytes, const crypto::VerifyKey& centre_key);
// Of an envelope that was decoded. An answer speaks the version of its call.
[[nodiscard]] std::uint8_t version_of(ByteView envelope);

}  // namespace mimika::wire
