// What a frame holds: its first byte says what, the rest is the content in the coding of the envelope's version. Not
// for others than the writers and readers of this folder.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "sync/wire/compact_records.h"
#include "sync/wire/envelope.h"

namespace mimika::wire {

enum class FrameKind : std::uint8_t {
  kRecords = 1,         // a kiosk's events
  kCompactRecords = 2,  // the same, from version 2 on
  kFeed = 3,
  kBlobPart = 4,
  kDocuments = 5,
  kPolicy = 6,
  kTicketStates = 7,
};

// --- up. Compact records lean on those before them in the same call, so both sides keep a coder.
[[nodiscard]] Bytes encode_records(std::span<const EventRecord> records, std::uint8_t version, CompactCoder& coder);
[[nodiscard]] Bytes encode_blob_part(const BlobPart& part);
using CallFrame = std::variant<std::vector<EventRecord>, BlobPart>;
// kCorrupt for anything malformed or of another kind, kTooLarge when too much would come out.
[[nodiscard]] Result<CallFrame> decode_call_frame(ByteView body, CompactCoder& coder);
// About what it takes in memory.
[[nodiscard]] std::size_t size_of(const CallFrame& frame);

// --- down
[[nodiscard]] Bytes encode_feed(std::span<const FeedItem> items);
[[nodiscard]] Bytes encode_documents(std::span<const DocumentHead> documents);
[[nodiscard]] Bytes encode_policy_frame(ByteView policy);
[[nodiscard]] Bytes encode_ticket_states(std::span<const TicketState> states);
// Adds what the frame holds to `answer`.
[[nodiscard]] Status decode_answer_frame(ByteView body, Answer& answer);

}  // namespace mimika::wire
