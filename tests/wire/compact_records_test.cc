#include "sync/wire/compact_records.h"

#include <catch2/catch.hpp>
#include <memory>

#include "kiosk/base/limits.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/events.pb.h"
#include "sync/wire/proto_helpers.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

using Records = std::vector<EventRecord>;

constexpr std::size_t kSealed = 120;
constexpr WallMs kCallWall = 1'795'508'000'000;
constexpr std::int64_t kCallMonotonic = 8'061'000;

CompactCoder coder() {
  return {kCallWall, kCallMonotonic};
}

// Filing number `n` of a busy morning: one every two minutes, of three categories, from two kampung.
Event filing(std::uint32_t n) {
  static const std::vector<std::string> categories = {"jalan", "air", "listrik"};
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, n};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{categories[n % categories.size()]};
  filed.kampung = KampungCode{n % 2 == 0 ? "94.04.06.2001" : "94.04.06.2002"};
  filed.receipt_key.fill(static_cast<std::uint8_t>(n));
  Event event;
  event.time = {.wall_ms = 1'795'500'000'000 + n * 120'317LL,
                .monotonic_ms = 61'000 + n * 120'317LL,
                .boot = 3,
                .confidence = ClockConfidence::kSynced};
  event.payload = filed;
  event.sealed_at = SealPosition{Seq{2}, n};
  return event;
}

EventRecord record_of(const Event& event) {
  return {encode_event(event), event.sealed_at ? Bytes(kSealed, 0xAA) : Bytes{}};
}

Records back(const Records& records) {
  CompactCoder writer = coder();
  CompactCoder reader = coder();
  const auto coded = writer.encode(records);
  return reader.decode(coded.columns, coded.tail).value();
}

TEST_CASE("any sequence of records comes back byte for byte, frame after frame") {
  CHECK(rc::check([] {
    CompactCoder writer = coder();
    CompactCoder reader = coder();
    const auto frames = *rc::gen::container<std::vector<Records>>(
        rc::gen::map(rc::gen::container<Records>(test::any_record()), [](Records records) {
          if (records.size() > limits::kFrameEvents) records.resize(limits::kFrameEvents);
          return records;
        }));
    for (const Records& records : frames) {
      const auto coded = writer.encode(records);
      const auto decoded = reader.decode(coded.columns, coded.tail);
      RC_ASSERT(decoded.has_value());
      RC_ASSERT(*decoded == records);
    }
  }));
}

TEST_CASE("filings that have much in common come back byte for byte, whatever differs") {
  // Few values for everything, so that every flag of the coding is set and cleared.
  const auto from = [](auto... values) { return rc::gen::element<std::int64_t>(values...); };
  CHECK(rc::check([&] {
    Records records;
    for (int i = 0; i < 12; ++i) {
      const auto n = *rc::gen::inRange<std::uint32_t>(1, 4);
      Event event = filing(n);
      auto& filed = std::get<TicketFiled>(event.payload);
      event.time.boot = static_cast<std::uint32_t>(*from(0, 1, 0xFFFFFFFF));
      event.time.wall_ms = *from(0, 1, -1, std::numeric_limits<std::int64_t>::max(),
                                 std::numeric_limits<std::int64_t>::min(), std::int64_t{1'795'500'000'000});
      event.time.monotonic_ms =
          *from(0, 61'000, -1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min());
      event.time.confidence = *test::up_to(ClockConfidence::kRanBackwards);
      filed.kind = *test::up_to(TicketKind::kService);
      filed.confidentiality = *test::up_to(Confidentiality::kSecretAnonymous);
      if (*rc::gen::arbitrary<bool>()) filed.category.reset();
      if (*rc::gen::arbitrary<bool>()) filed.kampung.reset();
      if (*rc::gen::arbitrary<bool>()) filed.service = ServiceId{"ktp"};
      if (*rc::gen::arbitrary<bool>()) filed.district = DistrictCode{};
      if (*rc::gen::arbitrary<bool>()) filed.number.counter = kMaxTicketCounter;
      if (*rc::gen::arbitrary<bool>()) event.sealed_at = SealPosition{Seq{~std::uint64_t{0}}, 0xFFFFFFFF};
      if (*rc::gen::arbitrary<bool>()) event.sealed_at.reset();
      EventRecord record = record_of(event);
      if (*rc::gen::arbitrary<bool>()) record.sealed = {};  // also where the event speaks of a sealed part
      records.push_back(std::move(record));
    }
    RC_ASSERT(back(records) == records);
  }));
}

TEST_CASE("what this program would write otherwise goes as it is and comes back as it was") {
  const Bytes event = encode_event(filing(1));
  const auto with = [&](const Bytes& more) {
    Bytes changed = event;
    append(changed, more);
    return EventRecord{changed, Bytes(kSealed)};
  };
  const Records records = {
      record_of(filing(1)),
      with({0xB8, 0x01, 0x05}),        // a field of a newer program
      with({0x18, 0x03}),              // boot said twice
      with({0x18, 0x83, 0x00}),        // and in more bytes than it needs
      with({0x20, 0x00}),              // a zero that need not be there
      with({0x20, 0x09}),              // a confidence out of range
      {{}, {}},                        // nothing
      {Bytes(40, 0xFF), {}},           // garbage
      {Bytes(40, 0x00), Bytes(3, 1)},  // and with a sealed part
      {event, {}},                     // a filing whose sealed part is missing
      record_of(filing(2)),
  };
  CHECK(back(records) == records);
}

TEST_CASE("a filing of a busy kiosk takes seven bytes at most beside its sealed part and its key") {
  CompactCoder writer = coder();
  Records first = {record_of(filing(1)), record_of(filing(2)), record_of(filing(3))};
  static_cast<void>(writer.encode(first));
  for (std::uint32_t n = 4; n < 40; ++n) {
    const Event event = filing(n);
    const auto coded = writer.encode(Records{record_of(event)});
    INFO(n);
    CHECK(coded.columns.size() <= 7);
    CHECK(coded.tail.size() == kSealed + 32);
    CHECK(encode_event(event).size() > 90);
  }
}

TEST_CASE("the only filing of a call takes eighteen bytes at most beside its sealed part and its key") {
  for (std::uint32_t n = 1; n < 60; ++n) {
    CHECK(coder().encode(Records{record_of(filing(n))}).columns.size() <= 18);
  }
}

TEST_CASE("a text said long ago is said again, and one said lately is not") {
  CompactCoder writer = coder();
  CompactCoder reader = coder();
  const auto named = [](int number) {
    Event event = filing(1);
    std::get<TicketFiled>(event.payload).category = CategoryId{"category number " + std::to_string(number)};
    return record_of(event);
  };
  const auto columns_of = [&](int number) {
    const Records records = {named(number)};
    const auto coded = writer.encode(records);
    REQUIRE(reader.decode(coded.columns, coded.tail).value() == records);
    return coded.columns.size();
  };
  static_cast<void>(columns_of(0));
  const std::size_t said = columns_of(1);
  const std::size_t pointed_at = columns_of(0);
  CHECK(pointed_at + 4 < said);
  for (int number = 2; number < 70; ++number) static_cast<void>(columns_of(number));
  CHECK(columns_of(0) > columns_of(69));  // forgotten, on both sides
}

TEST_CASE("compact records cut at every byte or with a byte changed are other records or none") {
  const Records records = {
      record_of(filing(1)), {Bytes(9, 7), Bytes(2, 1)}, record_of(filing(2)), record_of(filing(9))};
  const auto coded = coder().encode(records);
  for (std::size_t size = 0; size < coded.columns.size(); ++size) {
    const auto decoded = coder().decode(ByteView(coded.columns).first(size), coded.tail);
    if (decoded) CHECK(*decoded != records);
  }
  for (std::size_t size = 0; size < coded.tail.size(); ++size) {
    CHECK(coder().decode(coded.columns, ByteView(coded.tail).first(size)).error().code == ErrorCode::kCorrupt);
  }
  // Of the last bytes some bits say nothing: whatever they are, they lie in the same interval.
  for (std::size_t i = 0; i + 4 < coded.columns.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = coded.columns;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << bit));
      const auto decoded = coder().decode(changed, coded.tail);
      if (decoded) CHECK(*decoded != records);
    }
  }
}

TEST_CASE("any bytes are columns of something or of nothing, and never of more than a frame may hold") {
  CHECK(rc::check([] {
    const auto decoded = coder().decode(*test::any_bytes(), *test::any_bytes());
    if (decoded) RC_ASSERT(decoded->size() <= limits::kFrameEvents);
  }));
}

// Columns as somebody else would write them.
class Forger {
 public:
  Forger() : models_(std::make_unique<ColumnModels>(coder().models())), out_(*models_) {}
  Forger& byte(Column column, std::uint8_t value) {
    out_.byte(column, value);
    return *this;
  }
  Forger& number(Column column, std::uint64_t value) {
    out_.number(column, value);
    return *this;
  }
  Forger& text(Column column, const std::string& text) {
    number(column, 0).number(Column::kTextLength, text.size());
    out_.letters(as_bytes(text));
    return *this;
  }
  // A filing with these flags and choices, at the time of the call.
  Forger& filing(std::uint8_t flags, std::uint8_t choices, Column flags_column = Column::kFirstFlags) {
    return byte(flags_column, flags)
        .byte(Column::kChoices, choices)
        .number(Column::kMonotonic, 0)
        .number(Column::kWall, 0);
  }
  Result<Records> read(const Bytes& tail = Bytes(32)) && { return coder().decode(std::move(out_).finish(), tail); }
  ErrorCode error(const Bytes& tail = Bytes(32)) && {
    const auto decoded = std::move(*this).read(tail);
    REQUIRE_FALSE(decoded);
    return decoded.error().code;
  }

 private:
  std::unique_ptr<ColumnModels> models_;
  ColumnWriter out_;
};

Forger one() {
  return std::move(Forger().number(Column::kRecords, 1));
}

TEST_CASE("columns that no writer makes are refused") {
  constexpr std::uint8_t kAllSame = 0x3F;  // a filing like the last
  constexpr std::uint8_t kWithCategory = 0x7F;
  constexpr std::uint8_t kSealedChoice = 0x40;
  REQUIRE(std::move(one().filing(kAllSame, 0)).read());                                 // the least there is
  CHECK(std::move(one().byte(Column::kFirstFlags, 2)).error() == ErrorCode::kCorrupt);  // no filing, not as it is
  CHECK(std::move(one().filing(kAllSame, 5U << 2)).error() == ErrorCode::kCorrupt);     // confidentiality 5
  CHECK(std::move(one().filing(kAllSame, 0x80)).error() == ErrorCode::kCorrupt);        // a bit nobody knows
  CHECK(std::move(one().filing(kAllSame & ~4, 0).byte(Column::kConfidence, 4)).error() == ErrorCode::kCorrupt);
  CHECK(std::move(one().filing(kAllSame & ~2, 0).number(Column::kBoot, std::uint64_t{1} << 32)).error() ==
        ErrorCode::kCorrupt);
  CHECK(std::move(one().filing(kWithCategory, 0).number(Column::kCategoryText, 65)).error() ==
        ErrorCode::kCorrupt);  // a text not said before
  CHECK(std::move(one()
                      .filing(kWithCategory, 0)
                      .number(Column::kCategoryText, 0)
                      .number(Column::kTextLength, limits::kEventBytes + 1))
            .error() == ErrorCode::kTooLarge);
  CHECK(std::move(one().filing(kAllSame, kSealedChoice).number(Column::kSealedLength, 9)).error() ==
        ErrorCode::kCorrupt);  // a sealed part cut off
  CHECK(std::move(one().byte(Column::kFirstFlags, 0).number(Column::kRawLength, limits::kEventBytes + 1)).error() ==
        ErrorCode::kTooLarge);
  CHECK(std::move(one().filing(kAllSame, 0)).error(Bytes(33)) == ErrorCode::kCorrupt);  // a tail too long
  CHECK(std::move(Forger().number(Column::kRecords, limits::kFrameEvents + 1)).error() == ErrorCode::kTooLarge);
  CHECK(std::move(Forger().number(Column::kRecords, ~std::uint64_t{0})).error() == ErrorCode::kTooLarge);
}

TEST_CASE("few bytes cannot become many: a long text said once and pointed at often is refused") {
  const std::string text(limits::kEventBytes, 'x');
  constexpr std::uint8_t kWithPlaces = 0xFF;
  Forger forger;
  forger.number(Column::kRecords, limits::kFrameEvents);
  Bytes tail;
  for (std::size_t n = 0; n < limits::kFrameEvents; ++n) {
    forger.filing(kWithPlaces, 0, n == 0 ? Column::kFirstFlags : Column::kFlags);
    if (n == 0) {
      forger.text(Column::kCategoryText, text);
    } else {
      forger.number(Column::kCategoryText, 1);
    }
    forger.number(Column::kKampungText, 1);
    tail.resize(tail.size() + 32);
  }
  CHECK(std::move(forger).error(tail) == ErrorCode::kTooLarge);
}

TEST_CASE("sixteen events of the largest size are not too many") {
  const Records records(limits::kFrameEvents, {Bytes(limits::kEventBytes, 7), {}});
  CHECK(back(records) == records);
}

}  // namespace
}  // namespace mimika::wire
