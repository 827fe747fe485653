// What was refused is counted, for the technician; it never stops anything.
#include "kiosk/store/refusals.h"

#include <string>

#include "kiosk/base/limits.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::answer_to;
using test::centre_key;
using test::event_at;
using test::feed_answer;
using test::feed_item;
using test::file;
using test::kMinute;
using test::kOfficer;
using test::kStart;
using test::neighbour_filed;
using test::outgoing;
using test::status_of;
using test::World;

std::vector<RefusalCount> refusals(Store& store) {
  auto counts = store.refusals();
  REQUIRE(counts);
  return *std::move(counts);
}

TEST_CASE("refusals are counted by kind and reason, with the last time, also over a restart") {
  World world;
  {
    const auto store = world.open();
    CHECK(refusals(*store).empty());
    store->note_refusal(RefusedWhat::kAnswer, "wrong_signature");
    world.env.advance_ms(kMinute);
    store->note_refusal(RefusedWhat::kAnswer, "wrong_signature");
    store->note_refusal(RefusedWhat::kStickFile, "wrong_signature");
  }
  CHECK(refusals(*world.open()) ==
        std::vector<RefusalCount>{{RefusedWhat::kAnswer, "wrong_signature", 2, kStart + kMinute},
                                  {RefusedWhat::kStickFile, "wrong_signature", 1, kStart + kMinute}});
}

TEST_CASE("a reason becomes a short plain name, whatever the network sent") {
  World world;
  const auto store = world.open();
  store->note_refusal(RefusedWhat::kCall, "Gap!\n<b>");
  store->note_refusal(RefusedWhat::kCall, std::string(10'000, 'x'));
  store->note_refusal(RefusedWhat::kCall, "");
  const auto counts = refusals(*store);
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].reason == "_ap___b_");
  CHECK(counts[1].reason == "unnamed");
  CHECK(counts[2].reason == std::string(limits::kRefusalReasonBytes, 'x'));
}

TEST_CASE("whoever invents reasons fills no disk: past the limit they are counted together") {
  World world;
  const auto store = world.open();
  constexpr std::uint64_t kInvented = limits::kRefusalReasons + 50;
  for (std::uint64_t i = 0; i < kInvented; ++i) store->note_refusal(RefusedWhat::kCall, "r" + std::to_string(i));
  store->note_refusal(RefusedWhat::kCall, "r3");
  std::uint64_t all = 0;
  std::uint64_t other = 0;
  const auto counts = refusals(*store);
  for (const RefusalCount& count : counts) {
    all += count.times;
    if (count.reason == "other") other = count.times;
  }
  CHECK(counts.size() == limits::kRefusalReasons + 1);
  CHECK(other == 50);
  CHECK(all == kInvented + 1);
}

TEST_CASE("staff are told for a week, and not of what a link or a stick does") {
  World world;
  const auto store = world.open();
  const auto lately = [&] { return store->outbox_status().value().refused_lately; };
  store->note_refusal(RefusedWhat::kAnswer, kTooSlowRefusal);
  store->note_refusal(RefusedWhat::kAnswer, kWrongCertificateRefusal);
  store->note_refusal(RefusedWhat::kStickFile, "damaged");
  store->note_refusal(RefusedWhat::kCarriedBundle, "unknown_device");
  CHECK_FALSE(lately());
  store->note_refusal(RefusedWhat::kAnswer, "forged_policy");
  CHECK(lately());
  world.env.advance_ms(kRefusalShownDays * kDayMs - kMinute);
  CHECK(lately());
  world.env.advance_ms(2 * kMinute);
  CHECK_FALSE(lately());
}

TEST_CASE("own events that the centre set aside are kept with its reason, until the feed shows that they count") {
  World world;
  const auto store = world.open();
  const FiledTicket filed = file(*store);
  const Outgoing out = outgoing(*store);
  wire::Answer answer = answer_to(out, kStart);
  // One of ours, told twice; and one that this kiosk never wrote.
  answer.rejects = {{filed.key.seq, "another_district"}, {filed.key.seq, "another_district"}, {Seq{999}, "odd"}};
  REQUIRE(store->apply_answer(out.epoch, answer));
  CHECK(store->set_aside_events().value() == std::vector<SetAsideCount>{{"another_district", 1, kStart}});
  CHECK(store->outbox_status().value().set_aside_lately);
  CHECK_FALSE(store->outbox_status().value().refused_lately);

  const auto events = test::decoded(out);
  const wire::FeedItem counts_after_all = feed_item(1, events.at(filed.key.seq.value - 1));
  REQUIRE(store->apply_answer(out.epoch, feed_answer(*store, kStart, {counts_after_all})));
  CHECK(store->set_aside_events().value().empty());
  CHECK_FALSE(store->outbox_status().value().set_aside_lately);
}

TEST_CASE("an ACK on a stick that tells this kiosk's life differently is counted as the stick's") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  const Outgoing out = outgoing(*store);
  wire::Answer honest = answer_to(out, kStart);
  wire::Ack ack;
  ack.device = test::kDevice;
  ack.version = 1;
  ack.news.server_ms = kStart;
  wire::LifeAck life;
  life.epoch = out.epoch;
  life.acknowledged = honest.acknowledged;
  life.chain_at = honest.chain_at;
  std::string expected;
  SECTION("more than it wrote") {
    life.acknowledged.value += 1;
    expected = "acknowledges_unknown";
  }
  SECTION("another chain") {
    life.chain_at[0] ^= 1;
    expected = "another_chain";
  }
  ack.lives = {life};
  REQUIRE(store->apply_ack(ack));
  REQUIRE(refusals(*store).size() == 1);
  CHECK(refusals(*store).front().what == RefusedWhat::kStickFile);
  CHECK(refusals(*store).front().reason == expected);
}

TEST_CASE("a stick that comes late, with a policy known by now and a feed further on, has told no lie") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  wire::Ack ack;
  ack.device = test::kDevice;
  ack.version = 1;
  ack.news.server_ms = kStart;
  ack.news.feed = {feed_item(5, neighbour_filed(1, 1))};
  REQUIRE(store->apply_ack(ack));
  CHECK(status_of(*store).feed_cursor == FeedSeq{0});
  CHECK(refusals(*store).empty());
}

TEST_CASE("a refusal that cannot be written down stops nothing") {
  World world;
  const auto store = world.open();
  world.run("CREATE TRIGGER full BEFORE INSERT ON refusal BEGIN SELECT RAISE(ABORT, 'no'); END");
  store->note_refusal(RefusedWhat::kAnswer, "wrong_signature");
  static_cast<void>(file(*store));
  CHECK(status_of(*store).tickets == 1);
  CHECK(refusals(*store).empty());
}

}  // namespace
}  // namespace mimika
