#include "sync/wire/envelope.h"

#include <algorithm>
#include <span>
#include <utility>

#include "kiosk/base/limits.h"
#include "sync/wire/call_reader.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/frame_body.h"
#include "sync/wire/header_codec.h"

namespace mimika::wire {
namespace {

// What a record takes in a frame besides what cannot be compressed.
constexpr std::size_t kColumnsPerRecord = 6;
// Of an event: a filing with all it can have takes about so many. What is larger may go as it is.
constexpr std::size_t kFilingBytes = 200;

std::size_t size_in_frame(const EventRecord& record, std::uint8_t version) {
  const bool filing_like = version >= 2 && !record.sealed.empty() && record.event.size() <= kFilingBytes;
  return record.sealed.size() + (filing_like ? sizeof(ReceiptPublicKey) + kColumnsPerRecord : record.event.size());
}
std::size_t size_in_frame(const FeedItem& item, std::uint8_t /*version*/) {
  return item.event.size();
}
std::size_t size_in_frame(const TicketState& state, std::uint8_t /*version*/) {
  return state.ticket.size();
}

// Cuts a list into frames: at most limits::kFrameEvents, or one packet's worth, and always one.
template <typename Item, typename Write>
void in_frames(const std::vector<Item>& items, std::uint8_t version, Write write) {
  const std::span<const Item> all(items);
  std::size_t begin = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::size_t size = size_in_frame(items[i], version);
    const std::size_t count = i - begin;
    if (count > 0 && (count == limits::kFrameEvents || bytes + size > limits::kFrameTargetBytes)) {
      write(all.subspan(begin, count));
      begin = i;
      bytes = 0;
    }
    bytes += size;
  }
  if (begin < items.size()) write(all.subspan(begin));
}

struct AnswerParts {
  ByteView header;
  std::vector<ByteView> frames;
};

// Everything but what the frames say; the signature is checked.
Result<AnswerParts> split_answer(ByteView bytes, const crypto::VerifyKey& centre_key) {
  if (bytes.size() > limits::kCallBytes) return fail(ErrorCode::kTooLarge, "an envelope over its limit");
  ByteReader reader(bytes);
  TRY_ASSIGN(const ByteView magic, reader.take(kMagic.size()));
  if (as_text(magic) != kMagic) return fail(ErrorCode::kCorrupt, "not an envelope");
  TRY_ASSIGN(const std::uint8_t version, reader.u8());
  if (version < kOldestVersion || version > kNewestVersion) {
    return fail(ErrorCode::kNewerVersion, "an envelope of version " + std::to_string(version));
  }
  TRY_ASSIGN(const std::uint8_t kind, reader.u8());
  if (kind != static_cast<std::uint8_t>(EnvelopeKind::kAnswer)) return fail(ErrorCode::kCorrupt, "no answer");
  AnswerParts parts;
  TRY_ASSIGN(const std::size_t header_size, read_length(reader));
  TRY_ASSIGN(parts.header, reader.take(header_size));
  const FrameTagger tagger;
  for (;;) {
    TRY_ASSIGN(const std::size_t size, read_length(reader));
    if (size == 0) break;
    if (size > limits::kFrameBytes) return fail(ErrorCode::kTooLarge, "a frame over its limit");
    if (parts.frames.size() == limits::kCallFrames) return fail(ErrorCode::kTooLarge, "too many frames");
    TRY_ASSIGN(const ByteView tag, reader.take(kFrameTagBytes));
    TRY_ASSIGN(const ByteView body, reader.take(size));
    if (!std::ranges::equal(tag, tagger.tag(parts.frames.size(), body))) {
      return fail(ErrorCode::kCorrupt, "a frame is damaged");
    }
    parts.frames.push_back(body);
  }
  const ByteView signed_part = bytes.first(bytes.size() - reader.rest().size());
  crypto::Signature signature{};
  TRY_ASSIGN(const ByteView signature_bytes, reader.take(signature.size()));
  if (!reader.rest().empty()) return fail(ErrorCode::kCorrupt, "bytes after the signature");
  std::copy(signature_bytes.begin(), signature_bytes.end(), signature.begin());
  if (!crypto::verify(centre_key, crypto::hash_of("mimika envelope 1", signed_part), signature)) {
    return fail(ErrorCode::kUnauthorised, "the signature is not the centre's");
  }
  return parts;
}

}  // namespace

Result<Bytes> encode_call(const Call& call, const crypto::SigningKey& device_key,
                          const crypto::BoxPublicKey& centre_key, std::uint8_t version) {
  TRY_ASSIGN(const crypto::SecretBytes shared, device_key.shared_with(centre_key));
  EnvelopeWriter writer(EnvelopeKind::kCall, version, encode_call_header(call.header));
  writer.use(FrameTagger(shared, writer.start()));
  CompactCoder coder(call.header);
  in_frames(call.records, version,
            [&](std::span<const EventRecord> records) { writer.frame(encode_records(records, version, coder)); });
  for (const BlobPart& part : call.parts) writer.frame(encode_blob_part(part));
  return std::move(writer).finish(device_key);
}

Bytes encode_answer(const Answer& answer, const crypto::SigningKey& centre_key, std::uint8_t version) {
  EnvelopeWriter writer(EnvelopeKind::kAnswer, version, encode_answer_header(answer));
  in_frames(answer.feed, version, [&](std::span<const FeedItem> items) { writer.frame(encode_feed(items)); });
  in_frames(answer.states, version,
            [&](std::span<const TicketState> states) { writer.frame(encode_ticket_states(states)); });
  if (!answer.documents.empty()) writer.frame(encode_documents(answer.documents));
  if (!answer.policy.empty()) writer.frame(encode_policy_frame(answer.policy));
  for (const BlobPart& part : answer.parts) writer.frame(encode_blob_part(part));
  return std::move(writer).finish(centre_key);
}

Result<Call> decode_call(ByteView bytes, const crypto::BoxKey& centre_key, const crypto::VerifyKey& device_key,
                         std::size_t most_bytes) {
  CallReader reader(centre_key);
  reader.add(bytes);
  Call call;
  std::size_t unpacked = 0;
  for (;;) {
    TRY_ASSIGN(const CallReader::Step step, reader.next());
    switch (step) {
      case CallReader::Step::kNeedMore:
        return fail(ErrorCode::kCorrupt, "a call that ends too early");
      case CallReader::Step::kHeader:
        call.header = reader.header();
        TRY(reader.use_device_key(device_key));
        break;
      case CallReader::Step::kFrame: {
        CallFrame frame = reader.take_frame();
        unpacked += size_of(frame);
        if (unpacked > most_bytes) return fail(ErrorCode::kTooLarge, "a call that unpacks to too much");
        if (auto* records = std::get_if<std::vector<EventRecord>>(&frame)) {
          std::ranges::move(*records, std::back_inserter(call.records));
        } else {
          call.parts.push_back(std::get<BlobPart>(std::move(frame)));
        }
        break;
      }
      case CallReader::Step::kEnd:
        return call;
    }
  }
}

Result<Answer> decode_answer(ByteView bytes, const crypto::VerifyKey& centre_key) {
  TRY_ASSIGN(const AnswerParts parts, split_answer(bytes, centre_key));
  Answer answer;
  TRY(decode_answer_header(parts.header, answer));
  for (const ByteView body : parts.frames) TRY(decode_answer_frame(body, answer));
  return answer;
}

std::uint8_t version_of(ByteView envelope) {
  return envelope.size() > kMagic.size() ? envelope[kMagic.size()] : 0;
}

}  // namespace mimika::wire
