#include "sync/wire/compact_records.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/event_codec.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kTextsKept = 64;  // categories, services and kampung in use at one kiosk are fewer

// The flags of a record. Zero: as it is.
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
// The choices of a filing.
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

Result<std::uint32_t> read_u32(ColumnReader& in, Column column) {
  TRY_ASSIGN(const std::uint64_t value, in.number(column));
  if (value > 0xFFFFFFFF) return fail(ErrorCode::kCorrupt, "a number out of range");
  return static_cast<std::uint32_t>(value);
}

// Of what is made from columns. A sealed part is in the tail, and no longer than that.
Result<std::size_t> read_size(ColumnReader& in, Column column) {
  TRY_ASSIGN(const std::uint64_t size, in.number(column));
  if (size > limits::kEventBytes) return fail(ErrorCode::kTooLarge, "a length over its limit");
  return static_cast<std::size_t>(size);
}

Result<Bytes> take_bytes(ByteReader& reader, std::uint64_t count) {
  TRY_ASSIGN(const ByteView bytes, reader.take(count));
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

// What is likely before anything was said: both sides code these filings, as three calls, and forget all of it but what
// they learnt of chances and texts. docs/wire.md lists them.
struct CompactCoder::Learnt {
  ColumnModels models;
  std::vector<std::string> texts;
};

const CompactCoder::Learnt& CompactCoder::learnt_before() {
  struct Example {
    std::int64_t before_call_ms;
    const char* device_code;
    const char* district;
    const char* category;
    const char* kampung;
    std::size_t sealed_bytes;
  };
  static constexpr Example kAlone = {420, "JLA1", "94.04.06", "jalan", "94.04.06.2001", 81};
  static constexpr Example kAlsoAlone = {650, "MTB2", "94.04.01", "air", "94.04.01.1004", 74};
  static constexpr Example kWaited[] = {
      {9'000'000, "AGM1", "94.04.13", "listrik", "94.04.13.2010", 95},
      {8'610'000, "AGM1", "94.04.13", "sekolah", "94.04.13.2002", 66},
      {7'340'000, "AGM1", "94.04.13", "puskesmas", "94.04.13.2002", 88},
      {7'303'000, "AGM1", "94.04.13", "bansos", "94.04.13.2003", 71},
      {5'520'000, "AGM1", "94.04.13", "telepon", "94.04.13.2005", 79},
      {4'400'000, "AGM1", "94.04.13", "angkutan", "94.04.13.2010", 102},
      {4'120'000, "AGM1", "94.04.13", "sampah", "94.04.13.2006", 84},
      {2'750'000, "AGM1", "94.04.13", "banjir", "94.04.13.2002", 63},
      {1'980'000, "AGM1", "94.04.13", "petugas", "94.04.13.2007", 90},
      {260'000, "AGM1", "94.04.13", "lain", "94.04.13.2008", 77},
  };
  static const Learnt learnt = [] {
    constexpr WallMs kCallWall = 1'790'000'000'000;
    constexpr std::int64_t kCallMonotonic = 20'000'000;
    CompactCoder coder;
    std::uint32_t n = 0;
    for (const std::span<const Example> call :
         {std::span(&kAlone, 1), std::span(&kAlsoAlone, 1), std::span<const Example>(kWaited)}) {
      coder.begin_call(kCallWall, kCallMonotonic);
      std::vector<EventRecord> records;
      for (const Example& example : call) {
        ++n;
        TicketFiled filed;
        filed.number = {DeviceCode{example.device_code}, n};
        filed.district = DistrictCode{example.district};
        filed.category = CategoryId{example.category};
        filed.kampung = KampungCode{example.kampung};
        Event event;
        event.time = {.wall_ms = kCallWall - example.before_call_ms,
                      .monotonic_ms = kCallMonotonic - example.before_call_ms,
                      .boot = 3,
                      .confidence = ClockConfidence::kSynced};
        event.sealed_at = SealPosition{Seq{2}, n};
        event.payload = std::move(filed);
        records.push_back({encode_event(event), Bytes(example.sealed_bytes)});
      }
      static_cast<void>(coder.encode(records));
    }
    return Learnt{std::move(coder.models_), std::move(coder.texts_)};
  }();
  return learnt;
}

CompactCoder::CompactCoder(WallMs wall_ms, std::int64_t monotonic_ms)
    : models_(learnt_before().models), texts_(learnt_before().texts) {
  begin_call(wall_ms, monotonic_ms);
}

void CompactCoder::begin_call(WallMs wall_ms, std::int64_t monotonic_ms) {
  first_ = true;
  last_ = {};
  last_.time.wall_ms = wall_ms;
  last_.time.monotonic_ms = monotonic_ms;
}

// Texts that come again and again: an index into the recent ones, or 0 and the text itself.
void CompactCoder::put_text(const std::string& text, Column column, ColumnWriter& out) {
  const auto found = std::find(texts_.rbegin(), texts_.rend(), text);
  if (found != texts_.rend()) {
    out.number(column, static_cast<std::uint64_t>(found - texts_.rbegin()) + 1);
    texts_.erase(std::next(found).base());
  } else {
    out.number(column, 0);
    out.number(Column::kTextLength, text.size());
    out.letters(as_bytes(text));
  }
  texts_.push_back(text);
  if (texts_.size() > kTextsKept) texts_.erase(texts_.begin());
}

Result<std::string> CompactCoder::take_text(Column column, ColumnReader& in) {
  TRY_ASSIGN(const std::uint64_t back, in.number(column));
  std::string text;
  if (back == 0) {
    TRY_ASSIGN(const std::size_t length, read_size(in, Column::kTextLength));
    text = as_text(in.letters(length));
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
  first_ = false;
}

bool CompactCoder::encode_filing(const EventRecord& record, ColumnWriter& to, Bytes& tail) {
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
  to.byte(flags_column(),
          static_cast<std::uint8_t>(kFiling | flag(same_boot, kSameBoot) | flag(same_confidence, kSameConfidence) |
                                    flag(next_in_stream, kNextInStream) | flag(next_number, kNextNumber) |
                                    flag(same_place, kSamePlace) | flag(filed->category.has_value(), kHasCategory) |
                                    flag(filed->kampung.has_value(), kHasKampung)));
  to.byte(Column::kChoices, static_cast<std::uint8_t>(static_cast<unsigned>(filed->kind) |
                                                      static_cast<unsigned>(filed->confidentiality) << kKindBits |
                                                      flag(filed->service.has_value(), kHasService) |
                                                      flag(event->sealed_at.has_value(), kSealed)));
  // Within a boot both clocks move alike, so the second number is nearly always 0. The header's is the boot of most.
  const std::int64_t monotonic = minus(time.monotonic_ms, last_.time.monotonic_ms);
  const std::int64_t wall = minus(time.wall_ms, last_.time.wall_ms);
  to.number(Column::kMonotonic, zigzag(monotonic));
  to.number(Column::kWall, zigzag(minus(wall, monotonic)));
  if (!same_boot) to.number(Column::kBoot, time.boot);
  if (!same_confidence) to.byte(Column::kConfidence, static_cast<std::uint8_t>(time.confidence));
  if (event->sealed_at && !next_in_stream) {
    to.number(Column::kStream, at.stream.value);
    to.number(Column::kIndex, at.index);
  }
  if (!same_place) {
    put_text(filed->number.device.value, Column::kPlaceText, to);
    put_text(filed->district.value, Column::kPlaceText, to);
  }
  if (!next_number) to.number(Column::kCounter, filed->number.counter);
  if (filed->category) put_text(filed->category->value, Column::kCategoryText, to);
  if (filed->kampung) put_text(filed->kampung->value, Column::kKampungText, to);
  if (filed->service) put_text(filed->service->value, Column::kServiceText, to);
  if (event->sealed_at) to.number(Column::kSealedLength, record.sealed.size());
  append(tail, filed->receipt_key);
  append(tail, record.sealed);
  remember(*event, *filed);
  return true;
}

CompactCoder::Coded CompactCoder::encode(std::span<const EventRecord> records) {
  ColumnWriter out(models_);
  Coded coded;
  out.number(Column::kRecords, records.size());
  for (const EventRecord& record : records) {
    if (encode_filing(record, out, coded.tail)) continue;
    out.byte(flags_column(), 0);
    out.number(Column::kRawLength, record.event.size());
    for (const std::uint8_t byte : record.event) out.byte(Column::kRaw, byte);
    out.number(Column::kRawSealedLength, record.sealed.size());
    append(coded.tail, record.sealed);
  }
  coded.columns = std::move(out).finish();
  return coded;
}

Result<EventRecord> CompactCoder::decode_filing(std::uint8_t first, ColumnReader& in, ByteReader& tail) {
  const std::uint8_t second = in.byte(Column::kChoices);
  const auto has = [&](std::uint8_t bit) { return (first & bit) != 0; };
  Event event;
  TicketFiled filed;
  filed.kind = static_cast<TicketKind>(second & 3U);
  const unsigned confidentiality = second >> kKindBits & 7U;
  if (confidentiality > static_cast<unsigned>(Confidentiality::kSecretAnonymous) || (second & kUnused) != 0) {
    return fail(ErrorCode::kCorrupt, "a choice out of range");
  }
  filed.confidentiality = static_cast<Confidentiality>(confidentiality);

  TRY_ASSIGN(const std::uint64_t monotonic, in.number(Column::kMonotonic));
  TRY_ASSIGN(const std::uint64_t wall, in.number(Column::kWall));
  event.time = last_.time;
  const std::int64_t growth = unzigzag(monotonic);
  event.time.monotonic_ms = plus(last_.time.monotonic_ms, growth);
  event.time.wall_ms = plus(last_.time.wall_ms, plus(growth, unzigzag(wall)));
  if (!has(kSameBoot)) {
    TRY_ASSIGN(event.time.boot, read_u32(in, Column::kBoot));
  }
  if (!has(kSameConfidence)) {
    const std::uint8_t confidence = in.byte(Column::kConfidence);
    if (confidence > static_cast<std::uint8_t>(ClockConfidence::kRanBackwards)) {
      return fail(ErrorCode::kCorrupt, "a choice out of range");
    }
    event.time.confidence = static_cast<ClockConfidence>(confidence);
  }
  const bool sealed = (second & kSealed) != 0;
  if (sealed) {
    SealPosition at{last_.sealed_at.stream, last_.sealed_at.index + 1};
    if (!has(kNextInStream)) {
      TRY_ASSIGN(at.stream.value, in.number(Column::kStream));
      TRY_ASSIGN(at.index, read_u32(in, Column::kIndex));
    }
    event.sealed_at = at;
  }
  filed.number.device = last_.number.device;
  filed.district = last_.district;
  if (!has(kSamePlace)) {
    TRY_ASSIGN(filed.number.device.value, take_text(Column::kPlaceText, in));
    TRY_ASSIGN(filed.district.value, take_text(Column::kPlaceText, in));
  }
  filed.number.counter = last_.number.counter + 1;
  if (!has(kNextNumber)) {
    TRY_ASSIGN(filed.number.counter, read_u32(in, Column::kCounter));
  }
  if (has(kHasCategory)) {
    TRY_ASSIGN(const std::string text, take_text(Column::kCategoryText, in));
    filed.category = CategoryId{text};
  }
  if (has(kHasKampung)) {
    TRY_ASSIGN(const std::string text, take_text(Column::kKampungText, in));
    filed.kampung = KampungCode{text};
  }
  if ((second & kHasService) != 0) {
    TRY_ASSIGN(const std::string text, take_text(Column::kServiceText, in));
    filed.service = ServiceId{text};
  }
  std::uint64_t sealed_size = 0;
  if (sealed) {
    TRY_ASSIGN(sealed_size, in.number(Column::kSealedLength));
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

Result<EventRecord> CompactCoder::decode_record(ColumnReader& in, ByteReader& tail) {
  const std::uint8_t flags = in.byte(flags_column());
  if ((flags & kFiling) != 0) return decode_filing(flags, in, tail);
  if (flags != 0) return fail(ErrorCode::kCorrupt, "an unknown coding of a record");
  EventRecord record;
  TRY_ASSIGN(const std::size_t size, read_size(in, Column::kRawLength));
  record.event.reserve(size);
  for (std::size_t i = 0; i < size; ++i) record.event.push_back(in.byte(Column::kRaw));
  TRY_ASSIGN(const std::uint64_t sealed, in.number(Column::kRawSealedLength));
  TRY_ASSIGN(record.sealed, take_bytes(tail, sealed));
  return record;
}

Result<std::vector<EventRecord>> CompactCoder::decode(ByteView columns, ByteView tail) {
  if (columns.empty() && tail.empty()) return std::vector<EventRecord>{};  // one record takes a byte at least
  ColumnReader in(models_, columns);
  ByteReader rest(tail);
  TRY_ASSIGN(const std::uint64_t count, in.number(Column::kRecords));
  if (count > limits::kFrameEvents) return fail(ErrorCode::kTooLarge, "a frame with too many events");
  std::vector<EventRecord> records;
  std::size_t bytes = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY_ASSIGN(EventRecord record, decode_record(in, rest));
    bytes += record.event.size();
    if (bytes > limits::kFrameRawBytes) return fail(ErrorCode::kTooLarge, "a frame with too much in it");
    records.push_back(std::move(record));
  }
  if (!rest.rest().empty()) return fail(ErrorCode::kCorrupt, "bytes that belong to no record");
  return records;
}

}  // namespace mimika::wire
