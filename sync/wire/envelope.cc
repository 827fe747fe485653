#include "sync/wire/envelope.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"
#include "sync/wire/proto_helpers.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

constexpr std::string_view kMagic = "MKE";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFrameTagBytes = 8;
constexpr std::size_t kMaxVarintBytes = 5;  // lengths are below 2^32

enum class EnvelopeKind : std::uint8_t { kCall = 1, kAnswer = 2 };

void append_varint(Bytes& out, std::size_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

Result<std::size_t> read_varint(ByteReader& reader) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < kMaxVarintBytes; ++i) {
    TRY_ASSIGN(const std::uint8_t byte, reader.u8());
    value |= static_cast<std::size_t>(byte & 0x7F) << (7 * i);
    if ((byte & 0x80) == 0) return value;
  }
  return fail(ErrorCode::kCorrupt, "a length that does not end");
}

crypto::Hash digest_of(ByteView envelope_without_signature) {
  return crypto::hash_of("mimika envelope 1", envelope_without_signature);
}

// Damage in transit is found frame by frame, before any signature: one bad sector must cost one frame.
Bytes frame_tag(ByteView compressed) {
  const crypto::Hash hash = crypto::hash_of("mimika frame 1", compressed);
  return Bytes(hash.begin(), hash.begin() + kFrameTagBytes);
}

class Writer {
 public:
  Writer(EnvelopeKind kind, ByteView header) {
    append(out_, as_bytes(kMagic));
    out_.push_back(kVersion);
    out_.push_back(static_cast<std::uint8_t>(kind));
    append_varint(out_, header.size());
    append(out_, header);
  }

  void frame(ByteView raw) {
    const Bytes compressed = compress(raw, Effort::kBackground);
    append_varint(out_, compressed.size());
    append(out_, frame_tag(compressed));
    append(out_, compressed);
  }

  Bytes finish(const crypto::SigningKey& key) && {
    append_varint(out_, 0);
    const crypto::Signature signature = key.sign(digest_of(out_));
    append(out_, signature);
    return std::move(out_);
  }

 private:
  Bytes out_;
};

struct Parts {
  Bytes header;
  std::vector<Bytes> frames;  // still compressed
  crypto::Hash digest{};
  crypto::Signature signature{};
};

Result<Parts> split(ByteView bytes, EnvelopeKind expected) {
  if (bytes.size() > limits::kCallBytes) return fail(ErrorCode::kTooLarge, "an envelope over its limit");
  ByteReader reader(bytes);
  TRY_ASSIGN(const ByteView magic, reader.take(kMagic.size()));
  if (as_text(magic) != kMagic) return fail(ErrorCode::kCorrupt, "not an envelope");
  TRY_ASSIGN(const std::uint8_t version, reader.u8());
  if (version != kVersion) return fail(ErrorCode::kNewerVersion, "an envelope of version " + std::to_string(version));
  TRY_ASSIGN(const std::uint8_t kind, reader.u8());
  if (kind != static_cast<std::uint8_t>(expected)) return fail(ErrorCode::kCorrupt, "another kind of envelope");

  Parts parts;
  TRY_ASSIGN(const std::size_t header_size, read_varint(reader));
  TRY_ASSIGN(const ByteView header, reader.take(header_size));
  parts.header.assign(header.begin(), header.end());
  for (;;) {
    TRY_ASSIGN(const std::size_t size, read_varint(reader));
    if (size == 0) break;
    if (size > limits::kFrameBytes) return fail(ErrorCode::kTooLarge, "a frame over its limit");
    if (parts.frames.size() == limits::kCallFrames) return fail(ErrorCode::kTooLarge, "too many frames");
    TRY_ASSIGN(const ByteView tag, reader.take(kFrameTagBytes));
    TRY_ASSIGN(const ByteView compressed, reader.take(size));
    if (!std::ranges::equal(tag, frame_tag(compressed))) return fail(ErrorCode::kCorrupt, "a frame is damaged");
    parts.frames.emplace_back(compressed.begin(), compressed.end());
  }
  const std::size_t signed_size = bytes.size() - reader.rest().size();
  TRY_ASSIGN(const ByteView signature, reader.take(parts.signature.size()));
  if (!reader.rest().empty()) return fail(ErrorCode::kCorrupt, "bytes after the signature");
  std::copy(signature.begin(), signature.end(), parts.signature.begin());
  parts.digest = digest_of(bytes.first(signed_size));
  return parts;
}

Result<ChainMark> to_chain_mark(const std::string& bytes) {
  ChainMark mark{};
  if (bytes.size() != mark.size()) return fail(ErrorCode::kCorrupt, "a chain mark has 16 bytes");
  std::copy(bytes.begin(), bytes.end(), mark.begin());
  return mark;
}

// Collects messages into frames: at most limits::kFrameEvents of them, or until one packet's worth.
template <typename Frame, typename Add>
class Framer {
 public:
  Framer(Writer& writer, Add add) : writer_(writer), add_(std::move(add)) {}
  template <typename Item>
  void put(const Item& item, std::size_t size) {
    if (count_ > 0 && (count_ == limits::kFrameEvents || bytes_ + size > limits::kFrameTargetBytes)) flush();
    add_(frame_, item);
    ++count_;
    bytes_ += size;
  }
  void flush() {
    if (count_ == 0) return;
    writer_.frame(serialise(frame_));
    frame_.Clear();
    count_ = 0;
    bytes_ = 0;
  }

 private:
  Writer& writer_;
  Add add_;
  Frame frame_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

void add_record(pb::EventFrame& frame, const EventRecord& record) {
  pb::Record& out = *frame.add_records();
  out.set_event(to_proto_bytes(record.event));
  out.set_sealed(to_proto_bytes(record.sealed));
}

void add_item(pb::FeedFrame& frame, const FeedItem& item) {
  pb::FeedItem& out = *frame.add_items();
  out.set_feed_seq(item.feed_seq.value);
  out.set_device(item.key.device.value);
  out.set_epoch(item.key.epoch.value);
  out.set_seq(item.key.seq.value);
  out.set_event(to_proto_bytes(item.event));
  out.set_arrived_ms(static_cast<std::uint64_t>(item.arrived_ms));
}

Result<CallHeader> read_call_header(ByteView bytes) {
  pb::CallHeader in;
  TRY(parse_into(bytes, in, "a call's header"));
  if (in.first_seq() == 0) return fail(ErrorCode::kCorrupt, "a call's first seq is at least 1");
  if (in.dictionary() != 0) return fail(ErrorCode::kNewerVersion, "an unknown dictionary");
  CallHeader header;
  header.device = DeviceId{in.device()};
  header.epoch = Epoch{in.epoch()};
  header.first_seq = Seq{in.first_seq()};
  TRY_ASSIGN(header.chain_before, to_chain_mark(in.chain_before()));
  header.feed_cursor = FeedSeq{in.feed_cursor()};
  header.call_no = in.call_no();
  header.wall_ms = static_cast<WallMs>(in.wall_ms());
  return header;
}

}  // namespace

ChainMark chain_mark(const crypto::Hash& hash) {
  ChainMark mark{};
  std::copy_n(hash.begin(), mark.size(), mark.begin());
  return mark;
}

Bytes encode_call(const Call& call, const crypto::SigningKey& device_key) {
  pb::CallHeader header;
  header.set_device(call.header.device.value);
  header.set_epoch(call.header.epoch.value);
  header.set_first_seq(call.header.first_seq.value);
  header.set_chain_before(to_proto_bytes(call.header.chain_before));
  header.set_feed_cursor(call.header.feed_cursor.value);
  header.set_call_no(call.header.call_no);
  header.set_wall_ms(static_cast<std::uint64_t>(call.header.wall_ms));

  Writer writer(EnvelopeKind::kCall, serialise(header));
  Framer<pb::EventFrame, void (*)(pb::EventFrame&, const EventRecord&)> framer(writer, add_record);
  for (const EventRecord& record : call.records) framer.put(record, record.event.size() + record.sealed.size());
  framer.flush();
  return std::move(writer).finish(device_key);
}

Bytes encode_answer(const Answer& answer, const crypto::SigningKey& centre_key) {
  pb::AnswerHeader header;
  header.set_acknowledged_seq(answer.acknowledged.value);
  header.set_chain_at(to_proto_bytes(answer.chain_at));
  header.set_call_no(answer.call_no);
  header.set_server_ms(static_cast<std::uint64_t>(answer.server_ms));
  header.set_feed_more(answer.feed_more);
  for (const Reject& reject : answer.rejects) {
    pb::Reject& out = *header.add_rejects();
    out.set_seq(reject.seq.value);
    out.set_reason(reject.reason);
  }

  Writer writer(EnvelopeKind::kAnswer, serialise(header));
  Framer<pb::FeedFrame, void (*)(pb::FeedFrame&, const FeedItem&)> framer(writer, add_item);
  for (const FeedItem& item : answer.feed) framer.put(item, item.event.size());
  framer.flush();
  return std::move(writer).finish(centre_key);
}

Result<UnverifiedCall> UnverifiedCall::parse(ByteView bytes) {
  TRY_ASSIGN(Parts parts, split(bytes, EnvelopeKind::kCall));
  UnverifiedCall call;
  TRY_ASSIGN(call.header_, read_call_header(parts.header));
  call.frames_ = std::move(parts.frames);
  call.digest_ = parts.digest;
  call.signature_ = parts.signature;
  return call;
}

Result<Call> UnverifiedCall::verify(const crypto::VerifyKey& device_key) && {
  if (!crypto::verify(device_key, digest_, signature_)) {
    return fail(ErrorCode::kUnauthorised, "the signature is not this device's");
  }
  Call call;
  call.header = header_;
  for (const Bytes& compressed : frames_) {
    TRY_ASSIGN(const Bytes raw, decompress(compressed, limits::kFrameRawBytes));
    pb::EventFrame frame;
    TRY(parse_into(raw, frame, "a frame"));
    for (const pb::Record& record : frame.records()) {
      call.records.push_back({from_proto_bytes(record.event()), from_proto_bytes(record.sealed())});
    }
  }
  return call;
}

Result<Answer> decode_answer(ByteView bytes, const crypto::VerifyKey& centre_key) {
  TRY_ASSIGN(const Parts parts, split(bytes, EnvelopeKind::kAnswer));
  if (!crypto::verify(centre_key, parts.digest, parts.signature)) {
    return fail(ErrorCode::kUnauthorised, "the signature is not the centre's");
  }
  pb::AnswerHeader header;
  TRY(parse_into(parts.header, header, "an answer's header"));
  Answer answer;
  answer.acknowledged = Seq{header.acknowledged_seq()};
  TRY_ASSIGN(answer.chain_at, to_chain_mark(header.chain_at()));
  answer.call_no = header.call_no();
  answer.server_ms = static_cast<WallMs>(header.server_ms());
  answer.feed_more = header.feed_more();
  for (const pb::Reject& reject : header.rejects()) answer.rejects.push_back({Seq{reject.seq()}, reject.reason()});
  for (const Bytes& compressed : parts.frames) {
    TRY_ASSIGN(const Bytes raw, decompress(compressed, limits::kFrameRawBytes));
    pb::FeedFrame frame;
    TRY(parse_into(raw, frame, "a frame"));
    for (const pb::FeedItem& item : frame.items()) {
      answer.feed.push_back({FeedSeq{item.feed_seq()},
                             EventKey{DeviceId{item.device()}, Epoch{item.epoch()}, Seq{item.seq()}},
                             from_proto_bytes(item.event()), static_cast<WallMs>(item.arrived_ms())});
    }
  }
  return answer;
}

}  // namespace mimika::wire
