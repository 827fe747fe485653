#include "sync/wire/frame_body.h"

#include "kiosk/base/limits.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/proto_helpers.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

Bytes body_of(FrameKind kind, ByteView content) {
  Bytes body;
  body.reserve(content.size() + 1);
  body.push_back(static_cast<std::uint8_t>(kind));
  append(body, content);
  return body;
}

template <typename Message>
Bytes packed(FrameKind kind, const Message& message) {
  return body_of(kind, compress(serialise(message), Effort::kBackground));
}

template <typename Message>
Status unpack(ByteView content, Message& out) {
  TRY_ASSIGN(const Bytes raw, decompress(content, limits::kFrameRawBytes));
  return parse_into(raw, out, "a frame");
}

Bytes encode_compact(std::span<const EventRecord> records, CompactCoder& coder) {
  const CompactCoder::Coded coded = coder.encode(records);
  Bytes content;
  append_varint(content, coded.columns.size());
  append(content, coded.columns);
  append(content, coded.tail);
  return body_of(FrameKind::kCompactRecords, content);
}

Result<std::vector<EventRecord>> decode_compact(ByteView content, CompactCoder& coder) {
  ByteReader reader(content);
  TRY_ASSIGN(const std::size_t length, read_length(reader));
  TRY_ASSIGN(const ByteView columns, reader.take(length));
  return coder.decode(columns, reader.rest());
}

Result<std::vector<EventRecord>> decode_plain(ByteView content) {
  pb::EventFrame frame;
  TRY(unpack(content, frame));
  if (static_cast<std::size_t>(frame.records_size()) > limits::kFrameEvents) {
    return fail(ErrorCode::kTooLarge, "a frame with too many events");
  }
  std::vector<EventRecord> records;
  for (const pb::Record& record : frame.records()) {
    records.push_back({from_proto_bytes(record.event()), from_proto_bytes(record.sealed())});
  }
  return records;
}

Result<BlobPart> decode_blob_part(ByteView content) {
  pb::BlobPart in;
  TRY(parse_into(content, in, "a part of a blob"));
  BlobPart part;
  TRY_ASSIGN(part.blob, to_blob_id(as_bytes(in.blob())));
  part.first_leaf = in.first_leaf();
  part.content = from_proto_bytes(in.content());
  part.manifest = from_proto_bytes(in.manifest());
  return part;
}

Result<DocumentKind> to_document_kind(std::uint32_t kind) {
  if (kind == 0 || kind >= kDocumentKinds) return fail(ErrorCode::kCorrupt, "an unknown kind of document");
  return static_cast<DocumentKind>(kind);
}

Status read_feed(ByteView content, Answer& answer) {
  pb::FeedFrame frame;
  TRY(unpack(content, frame));
  for (const pb::FeedItem& item : frame.items()) {
    answer.feed.push_back({FeedSeq{item.feed_seq()},
                           EventKey{DeviceId{item.device()}, Epoch{item.epoch()}, Seq{item.seq()}},
                           from_proto_bytes(item.event()), static_cast<WallMs>(item.arrived_ms())});
  }
  return {};
}

Status read_documents(ByteView content, Answer& answer) {
  pb::DocumentFrame frame;
  TRY(unpack(content, frame));
  for (const pb::DocumentHead& in : frame.documents()) {
    DocumentHead head;
    const auto kind = to_document_kind(in.kind());
    if (!kind) continue;  // of a newer centre: this program would not know what to do with it
    head.kind = *kind;
    head.version = in.version();
    TRY_ASSIGN(head.content, to_blob_id(as_bytes(in.content())));
    answer.documents.push_back(head);
  }
  return {};
}

Status read_states(ByteView content, Answer& answer) {
  pb::TicketStateFrame frame;
  TRY(unpack(content, frame));
  for (const pb::TicketState& state : frame.states()) {
    answer.states.push_back({FeedSeq{state.feed_seq()}, from_proto_bytes(state.ticket())});
  }
  return {};
}

struct SplitBody {
  FrameKind kind;
  ByteView content;
};

Result<SplitBody> split(ByteView body) {
  if (body.empty()) return fail(ErrorCode::kCorrupt, "an empty frame");
  return SplitBody{static_cast<FrameKind>(body.front()), body.subspan(1)};
}

}  // namespace

Bytes encode_records(std::span<const EventRecord> records, std::uint8_t version, CompactCoder& coder) {
  if (version >= 2) return encode_compact(records, coder);
  pb::EventFrame frame;
  for (const EventRecord& record : records) {
    pb::Record& out = *frame.add_records();
    out.set_event(to_proto_bytes(record.event));
    out.set_sealed(to_proto_bytes(record.sealed));
  }
  return packed(FrameKind::kRecords, frame);
}

// Not compressed: attachments are sealed, and documents are kept compressed.
Bytes encode_blob_part(const BlobPart& part) {
  pb::BlobPart out;
  out.set_blob(to_proto_bytes(part.blob.hash));
  out.set_first_leaf(part.first_leaf);
  out.set_content(to_proto_bytes(part.content));
  out.set_manifest(to_proto_bytes(part.manifest));
  return body_of(FrameKind::kBlobPart, serialise(out));
}

Result<CallFrame> decode_call_frame(ByteView body, CompactCoder& coder) {
  TRY_ASSIGN(const SplitBody parts, split(body));
  switch (parts.kind) {
    case FrameKind::kRecords:
      return decode_plain(parts.content);
    case FrameKind::kCompactRecords:
      return decode_compact(parts.content, coder);
    case FrameKind::kBlobPart:
      return decode_blob_part(parts.content);
    default:
      return fail(ErrorCode::kCorrupt, "a frame that does not belong into a call");
  }
}

Bytes encode_feed(std::span<const FeedItem> items) {
  pb::FeedFrame frame;
  for (const FeedItem& item : items) {
    pb::FeedItem& out = *frame.add_items();
    out.set_feed_seq(item.feed_seq.value);
    out.set_device(item.key.device.value);
    out.set_epoch(item.key.epoch.value);
    out.set_seq(item.key.seq.value);
    out.set_event(to_proto_bytes(item.event));
    out.set_arrived_ms(static_cast<std::uint64_t>(item.arrived_ms));
  }
  return packed(FrameKind::kFeed, frame);
}

Bytes encode_documents(std::span<const DocumentHead> documents) {
  pb::DocumentFrame frame;
  for (const DocumentHead& head : documents) {
    pb::DocumentHead& out = *frame.add_documents();
    out.set_kind(static_cast<std::uint32_t>(head.kind));
    out.set_version(head.version);
    out.set_content(to_proto_bytes(head.content.hash));
  }
  return packed(FrameKind::kDocuments, frame);
}

Bytes encode_policy_frame(ByteView policy) {
  return body_of(FrameKind::kPolicy, policy);
}

Bytes encode_ticket_states(std::span<const TicketState> states) {
  pb::TicketStateFrame frame;
  for (const TicketState& state : states) {
    pb::TicketState& out = *frame.add_states();
    out.set_feed_seq(state.feed_seq.value);
    out.set_ticket(to_proto_bytes(state.ticket));
  }
  return packed(FrameKind::kTicketStates, frame);
}

std::size_t size_of(const CallFrame& frame) {
  const auto* records = std::get_if<std::vector<EventRecord>>(&frame);
  if (records == nullptr) return std::get<BlobPart>(frame).content.size() + std::get<BlobPart>(frame).manifest.size();
  std::size_t size = 0;
  for (const EventRecord& record : *records) size += sizeof(EventRecord) + record.event.size() + record.sealed.size();
  return size;
}

Status decode_answer_frame(ByteView body, Answer& answer) {
  TRY_ASSIGN(const SplitBody parts, split(body));
  switch (parts.kind) {
    case FrameKind::kFeed:
      return read_feed(parts.content, answer);
    case FrameKind::kBlobPart: {
      TRY_ASSIGN(BlobPart part, decode_blob_part(parts.content));
      answer.parts.push_back(std::move(part));
      return {};
    }
    case FrameKind::kDocuments:
      return read_documents(parts.content, answer);
    case FrameKind::kPolicy:
      if (!answer.policy.empty()) return fail(ErrorCode::kCorrupt, "two policies in one answer");
      answer.policy.assign(parts.content.begin(), parts.content.end());
      return {};
    case FrameKind::kTicketStates:
      return read_states(parts.content, answer);
    default:
      return fail(ErrorCode::kCorrupt, "a frame that does not belong into an answer");
  }
}

}  // namespace mimika::wire
