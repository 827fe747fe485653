#include "sync/wire/compact_records.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/event_codec.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kTextsKept = 64;  // categories, services and kampung in use at one kiosk are fewer

// First byte of a record. Zero: as it is.
enum : std::uint8_t {
  kFiling = 0x01,
  kSameBoot = 0x02,
  kSameConfidence = 0x04,
  kNextInStream = 0x08,
  kNextNumber = 0x10,
  kSamePlace = 0x20,  // device code and district
  kHasCategory = 0x40,
  kHasKampung = 0x80,
};
// Second byte of a filing.
constexpr unsigned kKindBits = 2;
constexpr unsigned kConfidentialityBits = 3;
constexpr std::uint8_t kHasService = 1U << (kKindBits + kConfidentialityBits);
constexpr std::uint8_t kSealed = kHasService << 1;
constexpr std::uint8_t kUnused = kSealed << 1;

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}
// Sums that hostile numbers may overflow.
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

std::uint8_t flag(bool set, std::uint8_t bit) {
  return set ? bit : std::uint8_t{0};
}

Result<std::uint32_t> read_u32(ByteReader& reader) {
  TRY_ASSIGN(const std::uint64_t value, read_varint(reader));
  if (value > 0xFFFFFFFF) return fail(ErrorCode::kCorrupt, "a number out of range");
  return static_cast<std::uint32_t>(value);
}

Result<Bytes> take_bytes(ByteReader& reader, std::size_t count) {
  TRY_ASSIGN(const ByteView bytes, reader.take(count));
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

// Texts that come again and again: an index into the recent ones, or 0 and the text itself.
void CompactCoder::put_text(const std::string& text, Bytes& out) {
  const auto found = std::find(texts_.rbegin(), texts_.rend(), text);
  if (found != texts_.rend()) {
    append_varint(out, static_cast<std::uint64_t>(found - texts_.rbegin()) + 1);
    texts_.erase(std::next(found).base());
  } else {
    append_varint(out, 0);
    append_varint(out, text.size());
    append(out, as_bytes(text));
  }
  texts_.push_back(text);
  if (texts_.size() > kTextsKept) texts_.erase(texts_.begin());
}

Result<std::string> CompactCoder::take_text(ByteReader& in) {
  TRY_ASSIGN(const std::uint64_t back, read_varint(in));
  std::string text;
  if (back == 0) {
    TRY_ASSIGN(const std::size_t length, read_length(in));
    TRY_ASSIGN(const ByteView bytes, in.take(length));
    text = as_text(bytes);
    std::erase(texts_, text);  // a strange writer may repeat it
  } else {
    if (back > texts_.size()) return fail(ErrorCode::kCorrupt, "a text that was not said before");
    const auto found = texts_.end() - static_cast<std::ptrdiff_t>(back);
    text = *found;
    texts_.erase(found);
  }
  texts_.push_back(text);
  if (texts_.size() > kTextsKept) texts_.erase(texts_.begin());
  return text;
}

void CompactCoder::remember(const Event& event, const TicketFiled& filed) {
  last_.time = event.time;
  last_.sealed_at = event.sealed_at.value_or(SealPosition{});
  last_.number = filed.number;
  last_.district = filed.district;
}

bool CompactCoder::encode_filing(const EventRecord& record, Coded& out) {
  const auto event = decode_event(EventKey{}, record.event);
  if (!event || encode_event(*event) != record.event) return false;
  const auto* filed = std::get_if<TicketFiled>(&event->payload);
  // Empty texts stand for "none" in the event, and so would not come back.
  if (filed == nullptr || event->sealed_at.has_value() == record.sealed.empty()) return false;

  const EventTime& time = event->time;
  const bool same_boot = time.boot == last_.time.boot;
  const bool same_confidence = time.confidence == last_.time.confidence;
  const SealPosition at = event->sealed_at.value_or(SealPosition{});
  const bool next_in_stream =
      event->sealed_at && at.stream == last_.sealed_at.stream && at.index == last_.sealed_at.index + 1;
  const bool same_place = filed->number.device == last_.number.device && filed->district == last_.district;
  const bool next_number = same_place && filed->number.counter == last_.number.counter + 1;
  Bytes& to = out.columns;
  to.push_back(static_cast<std::uint8_t>(
      kFiling | flag(same_boot, kSameBoot) | flag(same_confidence, kSameConfidence) |
      flag(next_in_stream, kNextInStream) | flag(next_number, kNextNumber) | flag(same_place, kSamePlace) |
      flag(filed->category.has_value(), kHasCategory) | flag(filed->kampung.has_value(), kHasKampung)));
  to.push_back(static_cast<std::uint8_t>(
      static_cast<unsigned>(filed->kind) | static_cast<unsigned>(filed->confidentiality) << kKindBits |
      flag(filed->service.has_value(), kHasService) | flag(event->sealed_at.has_value(), kSealed)));
  // Within a boot both clocks move alike, so the second number is nearly always 0.
  const std::int64_t monotonic = same_boot ? minus(time.monotonic_ms, last_.time.monotonic_ms) : time.monotonic_ms;
  const std::int64_t wall = minus(time.wall_ms, last_.time.wall_ms);
  append_varint(to, zigzag(monotonic));
  append_varint(to, zigzag(same_boot ? minus(wall, monotonic) : wall));
  if (!same_boot) append_varint(to, time.boot);
  if (!same_confidence) to.push_back(static_cast<std::uint8_t>(time.confidence));
  if (event->sealed_at && !next_in_stream) {
    append_varint(to, at.stream.value);
    append_varint(to, at.index);
  }
  if (!same_place) {
    put_text(filed->number.device.value, to);
    put_text(filed->district.value, to);
  }
  if (!next_number) append_varint(to, filed->number.counter);
  if (filed->category) put_text(filed->category->value, to);
  if (filed->kampung) put_text(filed->kampung->value, to);
  if (filed->service) put_text(filed->service->value, to);
  if (event->sealed_at) append_varint(to, record.sealed.size());
  append(out.tail, filed->receipt_key);
  append(out.tail, record.sealed);
  remember(*event, *filed);
  return true;
}

CompactCoder::Coded CompactCoder::encode(std::span<const EventRecord> records) {
  Coded out;
  for (const EventRecord& record : records) {
    if (encode_filing(record, out)) continue;
    out.columns.push_back(0);
    append_varint(out.columns, record.event.size());
    append(out.columns, record.event);
    append_varint(out.columns, record.sealed.size());
    append(out.tail, record.sealed);
  }
  return out;
}

Result<EventRecord> CompactCoder::decode_filing(std::uint8_t first, ByteReader& in, ByteReader& tail) {
  TRY_ASSIGN(const std::uint8_t second, in.u8());
  const auto has = [&](std::uint8_t bit) { return (first & bit) != 0; };
  Event event;
  TicketFiled filed;
  filed.kind = static_cast<TicketKind>(second & 3U);
  const unsigned confidentiality = second >> kKindBits & 7U;
  if (confidentiality > static_cast<unsigned>(Confidentiality::kSecretAnonymous) || (second & kUnused) != 0) {
    return fail(ErrorCode::kCorrupt, "a choice out of range");
  }
  filed.confidentiality = static_cast<Confidentiality>(confidentiality);

  TRY_ASSIGN(const std::uint64_t monotonic, read_varint(in));
  TRY_ASSIGN(const std::uint64_t wall, read_varint(in));
  event.time = last_.time;
  event.time.monotonic_ms = unzigzag(monotonic);
  event.time.wall_ms = plus(last_.time.wall_ms, unzigzag(wall));
  if (has(kSameBoot)) {
    event.time.wall_ms = plus(event.time.wall_ms, event.time.monotonic_ms);
    event.time.monotonic_ms = plus(event.time.monotonic_ms, last_.time.monotonic_ms);
  } else {
    TRY_ASSIGN(event.time.boot, read_u32(in));
  }
  if (!has(kSameConfidence)) {
    TRY_ASSIGN(const std::uint8_t confidence, in.u8());
    if (confidence > static_cast<std::uint8_t>(ClockConfidence::kRanBackwards)) {
      return fail(ErrorCode::kCorrupt, "a choice out of range");
    }
    event.time.confidence = static_cast<ClockConfidence>(confidence);
  }
  const bool sealed = (second & kSealed) != 0;
  if (sealed) {
    SealPosition at{last_.sealed_at.stream, last_.sealed_at.index + 1};
    if (!has(kNextInStream)) {
      TRY_ASSIGN(at.stream.value, read_varint(in));
      TRY_ASSIGN(at.index, read_u32(in));
    }
    event.sealed_at = at;
  }
  filed.number.device = last_.number.device;
  filed.district = last_.district;
  if (!has(kSamePlace)) {
    TRY_ASSIGN(filed.number.device.value, take_text(in));
    TRY_ASSIGN(filed.district.value, take_text(in));
  }
  filed.number.counter = last_.number.counter + 1;
  if (!has(kNextNumber)) {
    TRY_ASSIGN(filed.number.counter, read_u32(in));
  }
  if (has(kHasCategory)) {
    TRY_ASSIGN(const std::string text, take_text(in));
    filed.category = CategoryId{text};
  }
  if (has(kHasKampung)) {
    TRY_ASSIGN(const std::string text, take_text(in));
    filed.kampung = KampungCode{text};
  }
  if ((second & kHasService) != 0) {
    TRY_ASSIGN(const std::string text, take_text(in));
    filed.service = ServiceId{text};
  }
  std::size_t sealed_size = 0;
  if (sealed) {
    TRY_ASSIGN(sealed_size, read_length(in));
  }
  TRY_ASSIGN(const ByteView receipt_key, tail.take(filed.receipt_key.size()));
  std::copy(receipt_key.begin(), receipt_key.end(), filed.receipt_key.begin());
  EventRecord record;
  TRY_ASSIGN(record.sealed, take_bytes(tail, sealed_size));
  remember(event, filed);
  event.payload = std::move(filed);
  record.event = encode_event(event);
  return record;
}

Result<EventRecord> CompactCoder::decode_record(ByteReader& columns, ByteReader& tail) {
  TRY_ASSIGN(const std::uint8_t first, columns.u8());
  if ((first & kFiling) != 0) return decode_filing(first, columns, tail);
  if (first != 0) return fail(ErrorCode::kCorrupt, "an unknown coding of a record");
  EventRecord record;
  TRY_ASSIGN(const std::size_t size, read_length(columns));
  TRY_ASSIGN(record.event, take_bytes(columns, size));
  TRY_ASSIGN(const std::size_t sealed, read_length(columns));
  TRY_ASSIGN(record.sealed, take_bytes(tail, sealed));
  return record;
}

Result<std::vector<EventRecord>> CompactCoder::decode(ByteView columns, ByteView tail) {
  ByteReader in(columns);
  ByteReader rest(tail);
  std::vector<EventRecord> records;
  std::size_t bytes = 0;
  while (!in.rest().empty()) {
    if (records.size() == limits::kFrameEvents) return fail(ErrorCode::kTooLarge, "a frame with too many events");
    TRY_ASSIGN(EventRecord record, decode_record(in, rest));
    bytes += record.event.size();
    if (bytes > limits::kFrameRawBytes) return fail(ErrorCode::kTooLarge, "a frame with too much in it");
    records.push_back(std::move(record));
  }
  if (!rest.rest().empty()) return fail(ErrorCode::kCorrupt, "bytes that belong to no record");
  return records;
}

}  // namespace mimika::wire
