#include "sync/wire/event_codec.h"

#include <catch2/catch.hpp>
#include <set>

#include "kiosk/base/limits.h"
#include "sync/wire/events.pb.h"
#include "sync/wire/proto_helpers.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

const EventKey kKey{DeviceId{7}, Epoch{41}, Seq{12}};

Event filed_event() {
  Event event;
  event.key = kKey;
  event.time = {.wall_ms = 1'795'500'000'000, .monotonic_ms = 5000, .boot = 3, .confidence = ClockConfidence::kSynced};
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, 417};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  filed.receipt_key[0] = 1;
  event.payload = filed;
  event.sealed_at = SealPosition{Seq{2}, 9};
  return event;
}

pb::Event proto_of(const Event& event) {
  const Bytes bytes = encode_event(event);
  pb::Event out;
  REQUIRE(out.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  return out;
}

ErrorCode error_of(const pb::Event& event) {
  const auto decoded = decode_event(kKey, serialise(event));
  REQUIRE_FALSE(decoded);
  return decoded.error().code;
}

TEST_CASE("every event comes back from its bytes as it was") {
  CHECK(rc::check([] {
    const Event event = *test::any_event();
    const auto decoded = decode_event(event.key, encode_event(event));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == event);
  }));
}

TEST_CASE("an event is written in the same bytes every time") {
  CHECK(rc::check([] {
    const Event event = *test::any_event();
    RC_ASSERT(encode_event(event) == encode_event(decode_event(event.key, encode_event(event)).value()));
  }));
}

TEST_CASE("a private part comes back from its compressed bytes as it was") {
  CHECK(rc::check([] {
    const PrivatePart part = *test::any_private_part();
    RC_ASSERT(decode_private_part(encode_private_part(part, nullptr)).value() == part);
    const auto dictionary = Dictionaries::built_in().find(kNewestBuiltInDictionary);
    RC_ASSERT(decode_private_part(encode_private_part(part, dictionary.get())).value() == part);
  }));
}

TEST_CASE("a ticket comes back from its bytes as it was") {
  CHECK(rc::check([] {
    const Ticket ticket = *test::any_ticket();
    RC_ASSERT(decode_ticket(encode_ticket(ticket)).value() == ticket);
  }));
}

TEST_CASE("an event takes its key from where it stands") {
  const Bytes bytes = encode_event(filed_event());
  const EventKey elsewhere{DeviceId{1}, Epoch{2}, Seq{3}};
  CHECK(decode_event(elsewhere, bytes).value().key == elsewhere);
}

TEST_CASE("choices out of range are refused") {
  pb::Event event = proto_of(filed_event());
  SECTION("clock confidence") {
    event.set_clock_confidence(4);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
    event.set_clock_confidence(0xFFFFFFFF);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
  }
  SECTION("kind") {
    event.mutable_ticket_filed()->set_kind(4);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
  }
  SECTION("confidentiality") {
    event.mutable_ticket_filed()->set_confidentiality(5);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
  }
  SECTION("role") {
    event.mutable_ticket_verified()->mutable_actor()->set_role(static_cast<std::uint32_t>(kLastRole) + 1);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
  }
  SECTION("256 is not 0") {
    event.set_clock_confidence(256);
    CHECK(error_of(event) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a filing without a good number or receipt key is refused") {
  pb::Event event = proto_of(filed_event());
  SECTION("counter 0") {
    event.mutable_ticket_filed()->set_counter(0);
  }
  SECTION("counter past the last") {
    event.mutable_ticket_filed()->set_counter(kMaxTicketCounter + 1);
  }
  SECTION("device code") {
    event.mutable_ticket_filed()->set_device_code("JIA1");
  }
  SECTION("no device code") {
    event.mutable_ticket_filed()->clear_device_code();
  }
  SECTION("receipt key of 31 bytes") {
    event.mutable_ticket_filed()->set_receipt_key(std::string(31, 'k'));
  }
  SECTION("no receipt key") {
    event.mutable_ticket_filed()->clear_receipt_key();
  }
  CHECK_FALSE(decode_event(kKey, serialise(event)));
}

TEST_CASE("bytes that are no event are refused or harmless at every cut") {
  const Bytes bytes = encode_event(filed_event());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto decoded = decode_event(kKey, ByteView(bytes).first(size));
    // A cut between two fields is a shorter event; it is never the same one.
    if (decoded) CHECK(*decoded != filed_event());
  }
  CHECK(decode_event(kKey, Bytes{0xFF, 0xFF}).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("text that is no UTF-8 is refused") {
  Event event = filed_event();
  std::get<TicketFiled>(event.payload).district = DistrictCode{"PLACEHOLDER"};
  Bytes bytes = encode_event(event);
  const auto at =
      std::search(bytes.begin(), bytes.end(), as_bytes("PLACEHOLDER").begin(), as_bytes("PLACEHOLDER").end());
  REQUIRE(at != bytes.end());
  *at = 0xFF;
  CHECK(decode_event(kKey, bytes).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("an event over its limit is refused before it is read") {
  CHECK(decode_event(kKey, Bytes(limits::kEventBytes + 1)).error().code == ErrorCode::kTooLarge);
  Event event = filed_event();
  event.payload =
      FollowUpPublished{.ticket = kKey, .actor = {}, .text = std::string(limits::kEventBytes, 'x'), .sealed_text = {}};
  CHECK(decode_event(kKey, encode_event(event)).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a private part that unpacks to too much is refused") {
  PrivatePart part;
  part.story = std::string(limits::kFrameRawBytes + 1, 'x');
  const auto dictionary = Dictionaries::built_in().find(kNewestBuiltInDictionary);
  for (const Dictionary* used : {static_cast<const Dictionary*>(nullptr), dictionary.get()}) {
    const Bytes bomb = encode_private_part(part, used);
    CHECK(bomb.size() < 1000);
    CHECK(decode_private_part(bomb).error().code == ErrorCode::kTooLarge);
  }
}

TEST_CASE("bytes that are no private part are refused") {
  CHECK(decode_private_part({}).error().code == ErrorCode::kCorrupt);
  CHECK(decode_private_part(Bytes{0}).error().code == ErrorCode::kCorrupt);
  CHECK(decode_private_part(Bytes(40, 0x00)).error().code == ErrorCode::kCorrupt);
  CHECK(decode_private_part(Bytes{kNewestBuiltInDictionary}).error().code == ErrorCode::kCorrupt);
  CHECK(decode_private_part(Bytes{0x80 | kNewestBuiltInDictionary}).error().code == ErrorCode::kCorrupt);
  // A whole frame of no dictionary: nobody writes that, and no newer program explains it.
  CHECK(decode_private_part(Bytes{0x80, 1, 2, 3}).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a private part compressed with a dictionary nobody here knows is said to be newer") {
  for (const std::uint8_t first :
       Bytes{kNewestBuiltInDictionary + 1, 127, 0x80 | (kNewestBuiltInDictionary + 1), 255}) {
    CHECK(decode_private_part(Bytes{first, 1, 2, 3}).error().code == ErrorCode::kNewerVersion);
  }
  const auto dictionary = Dictionaries::built_in().find(kNewestBuiltInDictionary);
  const Bytes part = encode_private_part({}, dictionary.get());
  CHECK(decode_private_part(part, Dictionaries{}).error().code == ErrorCode::kNewerVersion);
}

TEST_CASE("a complaint takes little more than half of its bytes with the dictionary") {
  PrivatePart part;
  part.story =
      "Jalan di depan sekolah rusak parah sejak hujan bulan lalu, motor sering jatuh. Mohon segera diperbaiki.";
  part.name = "Maria";
  part.phone = "081234567890";
  const auto dictionary = Dictionaries::built_in().find(kNewestBuiltInDictionary);
  const std::size_t with = encode_private_part(part, dictionary.get()).size();
  const std::size_t without = encode_private_part(part, nullptr).size();
  CHECK(with * 10 < without * 6);
}

TEST_CASE("a ticket with a choice out of range is refused") {
  Ticket ticket;
  ticket.number = {DeviceCode{"JLA1"}, 1};
  ticket.timeline.push_back({});
  const auto changed = [&](auto change) {
    const Bytes bytes = encode_ticket(ticket);
    pb::Ticket out;
    REQUIRE(out.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    change(out);
    return decode_ticket(serialise(out)).has_value();
  };
  CHECK(changed([](pb::Ticket&) {}));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.set_status(8); }));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.set_kind(4); }));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.set_confidentiality(5); }));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.set_filed_confidence(4); }));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.set_counter(0); }));
  CHECK_FALSE(changed(
      [](pb::Ticket& t) { t.mutable_timeline(0)->set_kind(static_cast<std::uint32_t>(kLastTimelineKind) + 1); }));
  CHECK_FALSE(changed([](pb::Ticket& t) { t.mutable_timeline(0)->set_confidence(4); }));
}

TEST_CASE("the chain tells apart device, epoch, place, event and sealed part") {
  const crypto::Hash start = chain_start(DeviceId{7}, Epoch{41});
  CHECK(start != chain_start(DeviceId{8}, Epoch{41}));
  CHECK(start != chain_start(DeviceId{7}, Epoch{42}));

  const Bytes event = {1, 2, 3};
  const Bytes sealed = {4, 5};
  std::set<crypto::Hash> hashes = {start, chain_next(start, kKey, event, sealed)};
  hashes.insert(chain_next(chain_start(DeviceId{8}, Epoch{41}), kKey, event, sealed));
  hashes.insert(chain_next(start, {DeviceId{8}, Epoch{41}, Seq{12}}, event, sealed));
  hashes.insert(chain_next(start, {DeviceId{7}, Epoch{42}, Seq{12}}, event, sealed));
  hashes.insert(chain_next(start, {DeviceId{7}, Epoch{41}, Seq{13}}, event, sealed));
  hashes.insert(chain_next(start, kKey, Bytes{1, 2, 3, 4}, Bytes{5}));  // the same bytes, divided elsewhere
  hashes.insert(chain_next(start, kKey, Bytes{1, 2}, Bytes{3, 4, 5}));
  hashes.insert(chain_next(start, kKey, event, {}));
  CHECK(hashes.size() == 9);
}

}  // namespace
}  // namespace mimika::wire
