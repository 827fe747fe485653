// What the store learns from the centre: watermarks, arrivals, the feed.
#include "kiosk/base/limits.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::answer_to;
using test::centre_key;
using test::complaint;
using test::event_at;
using test::feed_answer;
using test::feed_item;
using test::file;
using test::kHour;
using test::kMinute;
using test::kOfficer;
using test::kStart;
using test::neighbour_filed;
using test::outgoing;
using test::status_of;
using test::ticket_of_number;
using test::World;

AnswerOutcome apply(Store& store, Epoch epoch, const wire::Answer& answer) {
  auto outcome = store.apply_answer(epoch, answer);
  if (!outcome) FAIL(outcome.error().message);
  return *std::move(outcome);
}

TEST_CASE("events wait until the centre has them, and are called arrived only then") {
  World world;
  const auto store = world.open();
  CHECK(outgoing(*store).records.empty());
  const FiledTicket first = file(*store);
  const FiledTicket second = file(*store);
  CHECK(status_of(*store).unsent_events == 4);
  CHECK(status_of(*store).oldest_unsent_ms == kStart);
  CHECK_FALSE(ticket_of_number(*store, first.number).arrived_ms.has_value());

  // The centre took the first filing and lost the connection before the second.
  const Outgoing out = outgoing(*store);
  const AnswerOutcome outcome = apply(*store, out.epoch, answer_to(out, kStart + kMinute, 3));
  CHECK(outcome.newly_arrived == 3);
  CHECK(ticket_of_number(*store, first.number).arrived_ms == kStart + kMinute);
  CHECK(ticket_of_number(*store, first.number).status == TicketStatus::kUnverified);
  CHECK_FALSE(ticket_of_number(*store, second.number).arrived_ms.has_value());
  CHECK(ticket_of_number(*store, second.number).status == TicketStatus::kSavedHere);
  CHECK(status_of(*store).unsent_events == 1);

  const Outgoing rest = outgoing(*store);
  CHECK(rest.first_seq == Seq{4});
  CHECK(rest.records.size() == 1);
  CHECK(rest.chain_before == first.chain);
  CHECK(apply(*store, rest.epoch, answer_to(rest, kStart + 2 * kMinute)).newly_arrived == 1);
  CHECK(ticket_of_number(*store, second.number).arrived_ms == kStart + 2 * kMinute);
  CHECK_FALSE(status_of(*store).oldest_unsent_ms.has_value());
  CHECK(outgoing(*store).records.empty());
  CHECK(outgoing(*store).first_seq == Seq{5});
  CHECK(store->verify());
}

TEST_CASE("the same answer twice changes nothing the second time") {
  World world;
  const auto store = world.open();
  const FiledTicket filed = file(*store);
  const Outgoing out = outgoing(*store);
  wire::Answer answer = answer_to(out, kStart + kMinute);
  CHECK(apply(*store, out.epoch, answer).newly_arrived == 3);
  const Ticket once = ticket_of_number(*store, filed.number);
  answer.server_ms += kHour;
  CHECK(apply(*store, out.epoch, answer).newly_arrived == 0);
  CHECK(ticket_of_number(*store, filed.number) == once);
}

TEST_CASE("what the outbox hands out stays within what was asked for, and says that there is more") {
  World world;
  const auto store = world.open();
  for (int i = 0; i < 5; ++i) static_cast<void>(file(*store));
  const Outgoing all = outgoing(*store);
  CHECK(all.records.size() == 7);
  CHECK_FALSE(all.more);

  const Outgoing two = outgoing(*store, 2);
  CHECK(two.records.size() == 2);
  CHECK(two.more);
  const Outgoing exact = outgoing(*store, 7);
  CHECK(exact.records.size() == 7);
  CHECK_FALSE(exact.more);

  const Outgoing bytes = outgoing(*store, 100, 300);
  std::size_t size = 0;
  for (const auto& record : bytes.records) size += record.event.size() + record.sealed.size();
  CHECK(size <= 300);
  CHECK(bytes.more);
  // An event larger than the limit goes alone rather than never.
  CHECK(outgoing(*store, 100, 1).records.size() == 1);
  // The watermark moves: what follows is what was left.
  apply(*store, two.epoch, answer_to(two, kStart));
  CHECK(outgoing(*store).records.front() == all.records[2]);
}

TEST_CASE("an answer that does not fit this kiosk's chain changes nothing") {
  World world;
  const auto store = world.open();
  const FiledTicket filed = file(*store);
  const Outgoing out = outgoing(*store);
  const StoreStatus before = status_of(*store);
  const auto refused = [&](Epoch epoch, wire::Answer answer, ErrorCode code) {
    answer.feed = {feed_item(1, neighbour_filed(1, 1))};
    const auto outcome = store->apply_answer(epoch, answer);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == code);
    CHECK(outgoing(*store).first_seq == Seq{1});
    CHECK(status_of(*store).unsent_events == before.unsent_events);
    CHECK(status_of(*store).feed_cursor == FeedSeq{0});
    CHECK_FALSE(status_of(*store).last_contact_ms.has_value());
    CHECK_FALSE(ticket_of_number(*store, filed.number).arrived_ms.has_value());
    CHECK(store->verify());
  };
  SECTION("another hash at the watermark") {
    wire::Answer answer = answer_to(out, kStart);
    answer.chain_at[3] ^= 1;
    refused(out.epoch, answer, ErrorCode::kConflict);
  }
  SECTION("another hash before the first event") {
    wire::Answer answer = answer_to(out, kStart, 0);
    answer.chain_at[0] ^= 1;
    refused(out.epoch, answer, ErrorCode::kConflict);
  }
  SECTION("more than this kiosk has written") {
    wire::Answer answer = answer_to(out, kStart);
    answer.acknowledged = Seq{4};
    refused(out.epoch, answer, ErrorCode::kConflict);
  }
  SECTION("a number no database can hold") {
    wire::Answer answer = answer_to(out, kStart, 0);
    answer.acknowledged = Seq{0xFFFFFFFFFFFFFFFF};
    refused(out.epoch, answer, ErrorCode::kConflict);
  }
  SECTION("an epoch this kiosk never had") {
    refused(Epoch{out.epoch.value + 1}, answer_to(out, kStart), ErrorCode::kNotFound);
  }
}

TEST_CASE("a centre restored from a backup gets again what it lost, and arrivals stay written") {
  World world;
  const auto store = world.open();
  const FiledTicket filed = file(*store);
  const Outgoing out = outgoing(*store);
  apply(*store, out.epoch, answer_to(out, kStart + kMinute));
  apply(*store, out.epoch, answer_to(out, kStart + kHour, 1));  // it remembers one event only
  CHECK(outgoing(*store).first_seq == Seq{2});
  CHECK(outgoing(*store).records.size() == 2);
  CHECK(ticket_of_number(*store, filed.number).arrived_ms == kStart + kMinute);
  const Outgoing again = outgoing(*store);
  apply(*store, again.epoch, answer_to(again, kStart + 2 * kHour));
  CHECK(ticket_of_number(*store, filed.number).arrived_ms == kStart + kMinute);
  CHECK(store->verify());
}

TEST_CASE("rejects are handed on") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  const Outgoing out = outgoing(*store);
  wire::Answer answer = answer_to(out, kStart);
  answer.rejects = {{Seq{3}, "another_district"}};
  const AnswerOutcome outcome = apply(*store, out.epoch, answer);
  CHECK(outcome.rejects == answer.rejects);
}

TEST_CASE("call numbers only grow, across processes too") {
  World world;
  const Epoch epoch = status_of(*world.open()).epoch;
  CHECK(world.open()->next_call_no(epoch).value() == 1);
  const auto store = world.open();
  CHECK(store->next_call_no(epoch).value() == 2);
  REQUIRE(store->raise_call_no(epoch, 40));
  CHECK(store->next_call_no(epoch).value() == 41);
  REQUIRE(store->raise_call_no(epoch, 5));
  CHECK(store->next_call_no(epoch).value() == 42);
  CHECK(store->next_call_no(Epoch{epoch.value + 1}).error().code == ErrorCode::kNotFound);
}

// --- the feed

TEST_CASE("a neighbour's ticket and what the centre says of ours come with the feed") {
  World world;
  const auto store = world.open();
  const FiledTicket mine = file(*store);
  static_cast<void>(test::synchronise(*store, kStart + kMinute));
  const Event theirs = neighbour_filed(3, 12);
  const wire::Answer answer = feed_answer(
      *store, kStart + kHour,
      {feed_item(1, theirs, kStart - kMinute),
       feed_item(2, event_at(centre_key(1), kStart + kMinute, TicketVerified{mine.key, kOfficer})),
       feed_item(3, event_at(centre_key(2), kStart + 2 * kMinute, TicketAssigned{mine.key, kOfficer, OpdId{"pupr"}}))});
  CHECK(apply(*store, mine.key.epoch, answer).feed_applied == 3);
  CHECK(status_of(*store).feed_cursor == FeedSeq{3});
  CHECK(status_of(*store).unsent_events == 0);

  const Ticket ours = ticket_of_number(*store, mine.number);
  CHECK(ours.status == TicketStatus::kAssigned);
  CHECK(ours.opd == OpdId{"pupr"});
  const Ticket neighbours = ticket_of_number(*store, {DeviceCode{"JLA2"}, 12});
  CHECK(neighbours.arrived_ms == kStart - kMinute);
  CHECK(neighbours.status == TicketStatus::kUnverified);
  CHECK(store->verify());
}

TEST_CASE("our own filings in the feed are the ones we have") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  const Outgoing out = outgoing(*store);
  wire::Answer answer = answer_to(out, kStart + kMinute);
  for (std::size_t i = 0; i < out.records.size(); ++i) {
    answer.feed.push_back({FeedSeq{i + 1}, {test::kDevice, out.epoch, Seq{i + 1}}, out.records[i].event, kStart});
  }
  CHECK(apply(*store, out.epoch, answer).feed_applied == 3);
  CHECK(status_of(*store).events == 3);
  CHECK(status_of(*store).tickets == 1);
  CHECK(store->verify());
}

TEST_CASE("a feed item without bytes means our own event: known, it is passed; unknown, the feed waits for its bytes") {
  World world;
  const auto store = world.open();
  file(*store);
  const Outgoing out = outgoing(*store);
  const auto own = [&](std::uint64_t feed_seq, std::uint64_t seq) {
    return wire::FeedItem{FeedSeq{feed_seq}, {store->identity().device, out.epoch, Seq{seq}}, {}, kStart};
  };
  wire::Answer known = answer_to(out, kStart);
  known.feed = {own(1, out.records.size())};
  REQUIRE(store->apply_answer(out.epoch, known));
  CHECK(status_of(*store).feed_cursor == FeedSeq{1});

  const StoreStatus before = status_of(*store);
  wire::Answer unknown = answer_to(out, kStart);
  unknown.feed = {own(2, out.records.size() + 5), feed_item(3, neighbour_filed(1, 1))};
  REQUIRE(store->apply_answer(out.epoch, unknown));
  CHECK(status_of(*store).feed_cursor == FeedSeq{1});
  CHECK(status_of(*store).events == before.events);
  CHECK(status_of(*store).epoch != before.epoch);  // a new life, to which the centre sends the bytes
  CHECK(store->verify());
}

TEST_CASE("a feed seen before changes nothing, in any overlap") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  const wire::FeedItem one = feed_item(1, neighbour_filed(1, 1));
  const wire::FeedItem two = feed_item(2, neighbour_filed(2, 2));
  const wire::FeedItem three = feed_item(3, neighbour_filed(3, 3));
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {one, two})).feed_applied == 2);
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {one, two})).feed_applied == 0);
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {two, three})).feed_applied == 1);
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {two, one, three})).feed_applied == 0);
  CHECK(status_of(*store).tickets == 3);
  CHECK(status_of(*store).feed_cursor == FeedSeq{3});
}

TEST_CASE("a gap in the feed stops it there, and the next answer goes on") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  const wire::FeedItem one = feed_item(1, neighbour_filed(1, 1));
  const wire::FeedItem two = feed_item(2, neighbour_filed(2, 2));
  const wire::FeedItem three = feed_item(3, neighbour_filed(3, 3));
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {one, three})).feed_applied == 1);
  CHECK(status_of(*store).feed_cursor == FeedSeq{1});
  CHECK(status_of(*store).tickets == 1);
  CHECK(apply(*store, epoch, feed_answer(*store, kStart, {two, three})).feed_applied == 2);
  CHECK(status_of(*store).feed_cursor == FeedSeq{3});
}

TEST_CASE("what is said of a ticket before its filing comes waits visibly, and applies then in its order") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  const Event theirs = neighbour_filed(3, 12);
  apply(*store, epoch,
        feed_answer(*store, kStart,
                    {feed_item(1, event_at(centre_key(1), kStart, TicketAssigned{theirs.key, kOfficer, OpdId{"pupr"}})),
                     feed_item(2, event_at(centre_key(2), kStart + kMinute,
                                           FollowUpPublished{theirs.key, kOfficer, "Tim berangkat.", {}}))}));
  CHECK(status_of(*store).orphans == 2);
  CHECK(status_of(*store).tickets == 0);
  CHECK(store->verify());
  apply(*store, epoch, feed_answer(*store, kStart, {feed_item(3, theirs)}));
  CHECK(status_of(*store).orphans == 0);
  const Ticket ticket = ticket_of_number(*store, {DeviceCode{"JLA2"}, 12});
  CHECK(ticket.status == TicketStatus::kInProgress);
  CHECK(ticket.timeline.back().text == "Tim berangkat.");
  CHECK(store->verify());
}

TEST_CASE("an event of a kind this program does not know is kept, and the feed goes on") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  const wire::FeedItem unknown{FeedSeq{1}, centre_key(1), from_hex("0801ca0c036e6577").value(), kStart};
  CHECK(
      apply(*store, epoch, feed_answer(*store, kStart, {unknown, feed_item(2, neighbour_filed(1, 1))})).feed_applied ==
      2);
  CHECK(status_of(*store).events == 2);
  CHECK(status_of(*store).tickets == 1);
  CHECK(store->verify());
}

TEST_CASE("a feed event that cannot be read is kept and passed over, and the rest flows") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  // A role that only a newer centre knows; and bytes that are nothing at all.
  const wire::FeedItem newer{FeedSeq{1}, centre_key(1),
                             from_hex("08019a0104120218"
                                      "63")
                                 .value(),
                             kStart};
  const wire::FeedItem broken{FeedSeq{2}, centre_key(2), Bytes{0xFF, 0xFF, 0xFF}, kStart};
  const wire::Answer answer = feed_answer(*store, kStart, {newer, broken, feed_item(3, neighbour_filed(1, 1))});
  CHECK(apply(*store, epoch, answer).feed_applied == 3);
  CHECK(status_of(*store).feed_cursor == FeedSeq{3});
  CHECK(status_of(*store).events == 3);
  CHECK(status_of(*store).tickets == 1);
  CHECK(store->verify());
  REQUIRE(store->rebuild_projections());
  CHECK(status_of(*store).tickets == 1);
}

TEST_CASE("two tickets that claim one number do not stop the feed") {
  World world;
  const auto store = world.open();
  const Epoch epoch = status_of(*store).epoch;
  const wire::Answer answer = feed_answer(*store, kStart,
                                          {feed_item(1, neighbour_filed(1, 12)), feed_item(2, neighbour_filed(2, 12)),
                                           feed_item(3, neighbour_filed(3, 13))});
  CHECK(apply(*store, epoch, answer).feed_applied == 3);
  CHECK(ticket_of_number(*store, {DeviceCode{"JLA2"}, 12}).id == neighbour_filed(1, 12).key);
  CHECK(ticket_of_number(*store, {DeviceCode{"JLA2"}, 13}).id == neighbour_filed(3, 13).key);
  CHECK(store->verify());
}

}  // namespace
}  // namespace mimika
