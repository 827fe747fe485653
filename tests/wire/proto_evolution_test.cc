// Journals outlive programs: what a newer program wrote must pass through an older one unharmed.

#include <catch2/catch.hpp>

#include "sync/wire/event_codec.h"
#include "sync/wire/events.pb.h"
#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

const EventKey kKey{DeviceId{7}, Epoch{41}, Seq{12}};

// The head of an event as we know it, then a payload of a field number nobody knows yet.
Bytes event_of_unknown_kind(std::uint32_t field) {
  pb::Event head;
  head.set_wall_ms(1'795'500'000'000);
  head.set_boot(3);
  Bytes bytes = serialise(head);
  std::uint32_t tag = (field << 3) | 2;
  while (tag >= 0x80) {
    bytes.push_back(static_cast<std::uint8_t>(tag | 0x80));
    tag >>= 7;
  }
  bytes.push_back(static_cast<std::uint8_t>(tag));
  append(bytes, Bytes{3, 'n', 'e', 'w'});
  return bytes;
}

TEST_CASE("an event of an unknown kind is an event with a time, and speaks of no ticket") {
  for (const std::uint32_t field : {99U, 100U, 50'000U}) {
    const auto event = decode_event(kKey, event_of_unknown_kind(field));
    REQUIRE(event);
    CHECK(std::holds_alternative<UnknownEvent>(event->payload));
    CHECK(event->time.wall_ms == 1'795'500'000'000);
    CHECK(event->time.boot == 3);
    CHECK_FALSE(ticket_of(*event).has_value());
  }
}

TEST_CASE("a field nobody knows yet does not disturb the ones we know") {
  Event event;
  event.key = kKey;
  event.payload = DeviceStarted{"0.1.0", 77};
  Bytes bytes = encode_event(event);
  append(bytes, Bytes{0x7A, 2, 'o', 'k'});  // field 15 of the event, text
  CHECK(decode_event(kKey, bytes).value() == event);
}

TEST_CASE("an empty event is one of an unknown kind") {
  const auto event = decode_event(kKey, {});
  REQUIRE(event);
  CHECK(std::holds_alternative<UnknownEvent>(event->payload));
}

TEST_CASE("the numbers of the fields never change: bytes written by the first version are read for ever") {
  // wall_ms 1, monotonic_ms 2, boot 3, confidence 1, stream 5, index 6, and each payload by its field number.
  const std::vector<std::pair<std::string, std::size_t>> written = {
      {"0801100218032001280530068201020a00", 1},  // 16 device_started
      {"08018a01020a00", 2},                      // 17 seal_stream_opened
      {"08019a0100", 4},                          // 19 ticket_verified
      {"0801a20100", 5},                          // 20 ticket_assigned
      {"0801aa0100", 6},                          // 21 follow_up_published
      {"0801b20100", 7},                          // 22 ticket_held
      {"0801ba0100", 8},                          // 23 ticket_resolved
      {"0801c20100", 9},                          // 24 ticket_archived
      {"0801ca0100", 10},                         // 25 private_message_added
      {"0801d20100", 11},                         // 26 private_part_read
  };
  for (const auto& [hex, payload] : written) {
    INFO(hex);
    const auto event = decode_event(kKey, from_hex(hex).value());
    REQUIRE(event);
    CHECK(event->payload.index() == payload);
    CHECK(event->time.wall_ms == 1);
  }
  const Event first = decode_event(kKey, from_hex(written[0].first).value()).value();
  CHECK(first.time.monotonic_ms == 2);
  CHECK(first.time.boot == 3);
  CHECK(first.time.confidence == ClockConfidence::kSynced);
  CHECK(first.sealed_at == SealPosition{Seq{5}, 6});
}

}  // namespace
}  // namespace mimika::wire
