// A centre that lies, or that somebody else plays: each lie is refused under its name and counted, what is good of the
// answer is taken where docs/wire.md says so, and the next round goes as if nothing had been.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <utility>

#include "sync/client/refusal.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/policy.h"
#include "tests/sync/kiosk_world.h"

namespace mimika::test {
namespace {

constexpr DeviceId kNeighbour{18};
constexpr Epoch kNeighbourEpoch{5};
const DistrictCode kElsewhere{"94.04.01"};

std::uint64_t times(KioskWorld& world, RefusedWhat what, const std::string& reason) {
  const auto refusals = world.store->refusals();
  REQUIRE(refusals);
  for (const RefusalCount& count : *refusals) {
    if (count.what == what && count.reason == reason) return count.times;
  }
  return 0;
}

std::uint64_t times_in_all(KioskWorld& world) {
  std::uint64_t all = 0;
  const auto refusals = world.store->refusals();
  REQUIRE(refusals);
  for (const RefusalCount& count : *refusals) all += count.times;
  return all;
}

wire::FeedItem item(std::uint64_t feed_seq, std::uint64_t seq, const EventPayload& payload) {
  Event event;
  event.key = {kNeighbour, kNeighbourEpoch, Seq{seq}};
  event.time.wall_ms = kMorning;
  event.payload = payload;
  return {FeedSeq{feed_seq}, event.key, wire::encode_event(event), kMorning};
}

TicketFiled filing(const DistrictCode& district, std::uint32_t counter) {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA2"}, counter};
  filed.district = district;
  filed.category = CategoryId{"jalan"};
  return filed;
}

// After a lie: nothing that was filed is lost or called arrived without cause, and an honest centre finds all well.
void require_goes_on(KioskWorld& world) {
  world.require_honest();
  REQUIRE(world.store->verify());
  const std::uint64_t refused = times_in_all(world);
  world.file(1);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(times_in_all(world) == refused);
}

TEST_CASE("what is not the centre's answer to this call is refused whole, by name") {
  const auto [fault, name] = GENERATE(table<Fault, std::string>({{Fault::kWrongSigner, "wrong_signature"},
                                                                 {Fault::kAnswerChanged, "wrong_signature"},
                                                                 {Fault::kAnswerCut, "malformed"},
                                                                 {Fault::kAnswerOfBefore, "another_call"},
                                                                 {Fault::kAnswerOlder, "another_version"}}));
  KioskWorld world;
  world.file(1);
  REQUIRE(world.engine->run(world.report));
  REQUIRE_FALSE(world.status().refused_lately);
  world.file(1);
  world.centre.next(fault, 2);
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(times(world, RefusedWhat::kAnswer, name) == 2);
  REQUIRE(times_in_all(world) == 2);
  REQUIRE(world.status().refused_lately);
  require_goes_on(world);
}

TEST_CASE("an acknowledgement of what was never written is refused whole, by name") {
  const auto lie = GENERATE(std::uint64_t{1}, 1'000'000, ~std::uint64_t{0} - 10);
  KioskWorld world;
  world.file(2);
  world.centre.lie_once([lie](wire::Answer& answer) {
    answer.acknowledged.value += lie;
    answer.feed = {item(1, 1, filing(DistrictCode{"94.04.06"}, 1))};
  });
  const Status result = world.engine->run(world.report);
  REQUIRE(result.error().code == ErrorCode::kConflict);
  REQUIRE(times(world, RefusedWhat::kAnswer, "acknowledges_unknown") == 1);
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(world.status().feed_cursor == FeedSeq{0});
  require_goes_on(world);
}

TEST_CASE("a chain that is not this kiosk's is refused whole, by name") {
  KioskWorld world;
  world.file(2);
  world.centre.lie_once([](wire::Answer& answer) { answer.chain_at[3] ^= 1; });
  REQUIRE(world.engine->run(world.report).error().code == ErrorCode::kConflict);
  REQUIRE(times(world, RefusedWhat::kAnswer, "another_chain") == 1);
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);
  require_goes_on(world);
}

TEST_CASE("the feed of another district is passed over, the rest of the answer is taken") {
  KioskWorld world;
  world.file(1);
  SECTION("its filings") {
    world.centre.lie_once([](wire::Answer& answer) {
      answer.feed = {item(1, 1, filing(kElsewhere, 1)), item(2, 2, filing(DistrictCode{"94.04.06"}, 2))};
    });
    REQUIRE(world.engine->run(world.report));
    REQUIRE(world.status().feed_cursor == FeedSeq{2});
    REQUIRE(world.store->find_ticket({DeviceCode{"JLA2"}, 2}).value());
  }
  SECTION("its tickets as they are") {
    world.centre.lie_once([](wire::Answer& answer) {
      for (const std::uint32_t counter : {1U, 2U}) {
        Ticket ticket;
        ticket.id = {kNeighbour, kNeighbourEpoch, Seq{counter}};
        ticket.number = {DeviceCode{"JLA2"}, counter};
        ticket.district = counter == 1 ? kElsewhere : DistrictCode{"94.04.06"};
        ticket.category = CategoryId{"jalan"};
        ticket.status = TicketStatus::kUnverified;
        answer.states.push_back({FeedSeq{counter}, wire::encode_ticket(ticket)});
      }
      answer.states_until = FeedSeq{2};
    });
    REQUIRE(world.engine->run(world.report));
    REQUIRE(world.store->find_ticket({DeviceCode{"JLA2"}, 2}).value());
  }
  REQUIRE_FALSE(world.store->find_ticket({DeviceCode{"JLA2"}, 1}).value());
  REQUIRE(times(world, RefusedWhat::kAnswer, "another_district") == 1);
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
  require_goes_on(world);
}

TEST_CASE("a feed with a gap, with this kiosk's events told otherwise, or that nobody can read, harms nothing else") {
  KioskWorld world;
  world.file(1);
  SECTION("a gap") {
    world.centre.lie_once([](wire::Answer& answer) {
      answer.feed = {item(1, 1, filing(DistrictCode{"94.04.06"}, 1)), item(3, 2, filing(DistrictCode{"94.04.06"}, 2))};
    });
    REQUIRE(world.engine->run(world.report));
    REQUIRE(times(world, RefusedWhat::kAnswer, "feed_gap") == 1);
    REQUIRE(world.status().feed_cursor == FeedSeq{1});
  }
  SECTION("our own event with other bytes") {
    const TicketId mine = world.last_ticket;
    world.centre.lie_once([mine](wire::Answer& answer) {
      wire::FeedItem other = item(1, 1, filing(DistrictCode{"94.04.06"}, 1));
      other.key = mine;
      answer.feed = {other};
    });
    REQUIRE(world.engine->run(world.report));
    REQUIRE(times(world, RefusedWhat::kAnswer, "event_differs") == 1);
  }
  SECTION("bytes that are nothing") {
    world.centre.lie_once([](wire::Answer& answer) {
      answer.feed = {item(1, 1, filing(DistrictCode{"94.04.06"}, 1))};
      answer.feed.front().event = Bytes{0xFF, 0xFF, 0xFF};
    });
    REQUIRE(world.engine->run(world.report));
    REQUIRE(times(world, RefusedWhat::kAnswer, "unreadable_event") == 1);
    REQUIRE(world.status().feed_cursor == FeedSeq{1});
  }
  REQUIRE(times_in_all(world) == 1);
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
  require_goes_on(world);
}

TEST_CASE("an old policy and a forged one are refused by name, and the rest of the answer is taken") {
  KioskWorld world;
  world.file(1);
  wire::Policy policy;
  policy.issued_ms = kMorning;
  policy.verify_key = world.centre.verify_key();
  policy.box_key = FakeCentre::box().public_key();
  policy.version = 3;
  const Bytes good = wire::encode_policy(policy, world.centre.signing_key());
  world.centre.lie_once([&](wire::Answer& answer) { answer.policy = good; });
  REQUIRE(world.engine->run(world.report));
  REQUIRE(times_in_all(world) == 0);

  policy.version = 2;
  const Bytes old = wire::encode_policy(policy, world.centre.signing_key());
  policy.version = 9;
  const Bytes forged = wire::encode_policy(policy, crypto::SigningKey::generate(world.env));
  const auto [bytes, name] =
      GENERATE_REF(table<Bytes, std::string>({{old, "old_policy"}, {forged, "forged_policy"}, {{1}, "forged_policy"}}));
  world.file(1);
  world.centre.lie_once([&, lie = bytes](wire::Answer& answer) { answer.policy = lie; });
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(times(world, RefusedWhat::kAnswer, name) == 1);
  REQUIRE(world.store->centre_keys().value().policy_version == 3);
  require_goes_on(world);
}

TEST_CASE("a centre that takes nothing although it says that it did is named") {
  KioskWorld world;
  world.file(2);
  world.centre.next(Fault::kStoresNothing, 2);
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(times(world, RefusedWhat::kAnswer, "no_progress") == 1);
  require_goes_on(world);
}

TEST_CASE("what the centre refuses is counted by its name; a link or a centre in trouble refuses nothing") {
  KioskWorld world;
  world.file(1);
  SECTION("a refusal") {
    world.centre.next(Fault::kTooLarge);
    REQUIRE_FALSE(world.engine->run(world.report));
    REQUIRE(times(world, RefusedWhat::kCall, "too_large") == 1);
  }
  SECTION("somebody else's server") {
    world.centre.answer_calls_with(404, "<html>Selamat datang di hotel</html>");
    REQUIRE_FALSE(world.engine->run(world.report));
    REQUIRE(times(world, RefusedWhat::kCall, "http_404") == 1);
    world.centre.answer_normally();
  }
  SECTION("trouble") {
    world.centre.next(Fault::kServerError);
    world.centre.next(Fault::kNoLink);
    world.centre.next(Fault::kAnswerLost);
    for (int i = 0; i < 3; ++i) REQUIRE_FALSE(world.engine->run(world.report));
    REQUIRE(times_in_all(world) == 0);
  }
  require_goes_on(world);
}

TEST_CASE("what a transport refuses has a name, and what the link does has none") {
  const auto name = [](ErrorCode code) { return sync::transport_refusal({code, ""}).name; };
  REQUIRE(name(ErrorCode::kUnauthorised) == "wrong_certificate");
  REQUIRE(name(ErrorCode::kTooLarge) == "too_large");
  REQUIRE(name(ErrorCode::kTooSlow) == "too_slow");
  REQUIRE(name(ErrorCode::kUnreachable).empty());
}

}  // namespace
}  // namespace mimika::test
