#include "sync/client/engine.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "kiosk/base/limits.h"
#include "tests/sync/kiosk_world.h"

namespace mimika::test {
namespace {

constexpr Epoch kCentreEpoch{7};

Actor officer() {
  return {"lo", "Petugas", Role::kLiaison, {}};
}

TEST_CASE("what was filed arrives, and the answer says so") {
  KioskWorld world;
  world.file(3);
  REQUIRE(world.ticket(world.last_ticket).status == TicketStatus::kSavedHere);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.status().last_contact_ms == kMorning);
  REQUIRE(world.report.arrived == 5);  // the boot, the seal stream, three filings
  REQUIRE(world.centre.stored_in_all() == 5);
  REQUIRE(world.ticket(world.last_ticket).arrived_ms == kMorning);
  REQUIRE(world.ticket(world.last_ticket).status == TicketStatus::kUnverified);
  REQUIRE(world.report.bytes_sent > 0);
  REQUIRE(world.report.bytes_received > 0);
  REQUIRE(world.store->verify());
}

TEST_CASE("with nothing to say one call is made, for the feed") {
  KioskWorld world;
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 1);
  REQUIRE(world.report.records == 0);
  REQUIRE(world.report.arrived == 0);
  REQUIRE(world.status().last_contact_ms == kMorning);
}

TEST_CASE("the convenient form does one round") {
  KioskWorld world;
  world.file(1);
  const auto report = sync::sync_once(*world.store, world.centre, world.device_key, world.env);
  REQUIRE(report);
  REQUIRE(report->arrived == 3);
  world.centre.next(Fault::kNoLink);
  const auto none = sync::sync_once(*world.store, world.centre, world.device_key, world.env);
  REQUIRE_FALSE(none);
  REQUIRE(none.error().code == ErrorCode::kUnreachable);
}

TEST_CASE("an answer lost after the centre stored costs one repetition and no duplicate") {
  KioskWorld world;
  world.file(4);
  world.centre.next(Fault::kAnswerLost);
  const Status first = world.engine->run(world.report);
  REQUIRE(first.error().code == ErrorCode::kUnreachable);
  REQUIRE(world.report.arrived == 0);
  const std::size_t had = world.centre.stored_in_all();
  REQUIRE(had > 0);
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);  // we cannot know

  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.centre.stored_in_all() == 6);
  REQUIRE(world.centre.stored_again() == had);
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
}

TEST_CASE("a connection cut in the middle keeps what the centre stored") {
  KioskWorld world;
  world.file(6);
  REQUIRE(world.engine->run(world.report));
  world.file(6);
  world.centre.next(Fault::kCutHalfway);
  REQUIRE_FALSE(world.engine->run(world.report));
  world.require_honest();
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.centre.stored_in_all() == 14);
}

TEST_CASE("an answer that does not verify marks nothing as arrived") {
  const auto [fault, code] = GENERATE(table<Fault, ErrorCode>({{Fault::kWrongSigner, ErrorCode::kUnauthorised},
                                                               {Fault::kAnswerChanged, ErrorCode::kUnauthorised},
                                                               {Fault::kAnswerCut, ErrorCode::kCorrupt}}));
  KioskWorld world;
  world.file(2);
  world.centre.next(fault);
  const Status result = world.engine->run(world.report);
  REQUIRE_FALSE(result);
  REQUIRE(result.error().code == code);
  REQUIRE(world.report.arrived == 0);
  REQUIRE(world.status().unsent_events == 4);
  REQUIRE_FALSE(world.status().last_contact_ms);
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
}

TEST_CASE("the answer to another call is refused although the centre signed it") {
  KioskWorld world;
  world.file(1);
  REQUIRE(world.engine->run(world.report));
  world.file(1);
  world.centre.next(Fault::kAnswerOfBefore);
  const Status result = world.engine->run(world.report);
  REQUIRE(result.error().code == ErrorCode::kConflict);
  REQUIRE(result.error().message.find("the answer is for call") != std::string::npos);
  REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);
  REQUIRE(world.status().unsent_events == 1);
}

TEST_CASE("a call taken for a replay is made once more under a higher number") {
  KioskWorld world;
  world.file(1);
  const Epoch epoch = world.status().epoch;
  world.centre.raise_last_call_no(epoch, 500);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 2);
  REQUIRE(world.status().unsent_events == 0);
  const auto number = world.store->next_call_no(epoch);
  REQUIRE(number);
  REQUIRE(*number == 502);
}

TEST_CASE("a centre that calls everything a replay is not asked for ever") {
  KioskWorld world;
  world.file(1);
  world.centre.answer_calls_with(409, R"({"error":"replayed_call","last_call_no":12})");
  const Status result = world.engine->run(world.report);
  REQUIRE(result.error().code == ErrorCode::kConflict);
  REQUIRE(world.report.calls == 2);
}

TEST_CASE("what a restored centre has lost goes up again") {
  KioskWorld world;
  world.file(8);
  REQUIRE(world.engine->run(world.report));
  const Epoch epoch = world.status().epoch;
  REQUIRE(world.centre.stored(epoch) == 10);
  const auto lost = GENERATE(0, 4, 9);
  world.centre.forget_after(epoch, Seq{static_cast<std::uint64_t>(lost)});

  SECTION("with nothing new to say") {}
  SECTION("with new events after a gap") {
    world.file(2);
  }
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.centre.stored(epoch) == world.status().events);
  REQUIRE(world.store->verify());
}

TEST_CASE("a refusal for a broken chain is unsigned, so a signed answer is asked for before anything is concluded") {
  KioskWorld world;
  world.file(2);
  REQUIRE(world.engine->run(world.report));
  const Epoch epoch = world.status().epoch;
  world.file(2);
  SECTION("the refusal alone changes nothing") {
    world.centre.answer_calls_with(409, R"({"error":"broken_chain","message":"not ours"})");
    const Status result = world.engine->run(world.report);
    REQUIRE(result.error().code == ErrorCode::kConflict);
    REQUIRE(world.report.calls == 2);
    world.centre.answer_normally();
    REQUIRE(world.engine->run(world.report));
    REQUIRE(world.status().epoch == epoch);
    REQUIRE(world.status().unsent_events == 0);
  }
  SECTION("the signed answer is handed to the store") {
    world.centre.change_history(epoch);
    const Status result = world.engine->run(world.report);
    REQUIRE(result.error().code == ErrorCode::kConflict);
    REQUIRE(world.report.calls == 2);
    REQUIRE(world.report.arrived == 0);
    REQUIRE_FALSE(world.ticket(world.last_ticket).arrived_ms);

    // Nothing of the old life is called arrived, and what is filed from now on does not wait behind it.
    world.file(1);
    REQUIRE(world.last_ticket.epoch != epoch);
    REQUIRE(world.engine->run(world.report));
    REQUIRE(world.ticket(world.last_ticket).arrived_ms);
    REQUIRE(world.status().disputed_events == 2);
  }
}

// The kiosk begins a new life because somebody lied about the one before; what had come of that one, and was lost when
// the centre was restored, is known to nobody but this kiosk.
TEST_CASE("what a restored centre has lost of a former life goes up again, and the dispute is over") {
  KioskWorld world;
  world.file(3);
  REQUIRE(world.engine->run(world.report));
  const Epoch former = world.status().epoch;
  world.centre.lie_once([](wire::Answer& answer) { answer.acknowledged.value += 1'000; });
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.status().epoch != former);
  world.centre.forget_after(former, Seq{2});

  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.centre.stored(former) == 5);
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.status().disputed_events == 0);
  // Once a day is enough.
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 1);
  world.centre.forget_after(former, Seq{1});
  world.env.advance_ms(sync::kFormerLivesPauseMs);
  // A link that breaks while it asks has not used up the day.
  world.centre.next(Fault::kNone);
  world.centre.next(Fault::kNoLink);
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.centre.stored(former) == 5);
}

TEST_CASE("each former life may have called under numbers that this database has lost") {
  KioskWorld world;
  std::vector<Epoch> former;
  for (int life = 0; life < 2; ++life) {
    world.file(1);
    REQUIRE(world.engine->run(world.report));
    former.push_back(world.status().epoch);
    world.centre.lie_once([](wire::Answer& answer) { answer.acknowledged.value += 1'000; });
    REQUIRE_FALSE(world.engine->run(world.report));
  }
  world.file(1);
  for (const Epoch epoch : former) world.centre.raise_last_call_no(epoch, 1'000);
  world.env.advance_ms(sync::kFormerLivesPauseMs);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().disputed_events == 0);
}

TEST_CASE("a life that the centre knows differently stays in dispute however often it is asked, and counts once") {
  KioskWorld world;
  world.file(2);
  REQUIRE(world.engine->run(world.report));
  const Epoch former = world.status().epoch;
  world.file(1);
  world.centre.change_history(former);
  REQUIRE_FALSE(world.engine->run(world.report));
  for (int day = 0; day < 3; ++day) {
    REQUIRE(world.engine->run(world.report));
    REQUIRE(world.status().disputed_events == 1);
    world.env.advance_ms(sync::kFormerLivesPauseMs);
  }
  const auto refusals = world.store->refusals();
  REQUIRE(refusals);
  REQUIRE(std::ranges::count(*refusals, std::string("another_chain"), &RefusalCount::reason) == 1);
  for (const RefusalCount& count : *refusals) REQUIRE(count.times == 1);
}

TEST_CASE("a centre that stores nothing is given up after the second call") {
  KioskWorld world;
  world.file(2);
  world.centre.next(Fault::kStoresNothing, 10);
  const Status result = world.engine->run(world.report);
  REQUIRE(result.error().code == ErrorCode::kConflict);
  REQUIRE(world.report.calls == 2);
}

TEST_CASE("the feed comes page by page, and repetitions in it change nothing") {
  KioskWorld world;
  world.file(1);
  world.centre.feed_repeats = GENERATE(false, true);
  world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{1}}, TicketVerified{world.last_ticket, officer()});
  world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{2}},
                           TicketAssigned{world.last_ticket, officer(), OpdId{"pupr"}});
  for (std::uint64_t i = 3; i <= 10; ++i) {
    world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{i}},
                             FollowUpPublished{world.last_ticket, officer(), "Kami datang.", {}});
  }
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.feed_applied == 10);
  REQUIRE(world.status().feed_cursor == FeedSeq{10});
  REQUIRE(world.ticket(world.last_ticket).status == TicketStatus::kInProgress);
  REQUIRE(world.ticket(world.last_ticket).timeline.size() == 12);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.feed_applied == 0);
  REQUIRE(world.ticket(world.last_ticket).timeline.size() == 12);
  REQUIRE(world.store->verify());
}

TEST_CASE("a gap in the feed is waited for, never jumped over") {
  KioskWorld world;
  world.file(1);
  for (std::uint64_t i = 1; i <= 9; ++i) {
    world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{i}},
                             FollowUpPublished{world.last_ticket, officer(), "Kami datang.", {}});
  }
  world.centre.feed_skip = 5;
  const Status stuck = world.engine->run(world.report);
  REQUIRE_FALSE(stuck);
  REQUIRE(stuck.error().code == ErrorCode::kConflict);
  REQUIRE(world.report.calls < 8);
  REQUIRE(world.status().feed_cursor == FeedSeq{4});
  REQUIRE(world.status().unsent_events == 0);  // the way up is not blocked by the way down

  world.centre.feed_skip = 0;
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().feed_cursor == FeedSeq{9});
}

TEST_CASE("events the centre set aside are reported, and the rest flows") {
  KioskWorld world;
  world.file(3);
  world.centre.reject(Seq{4}, "another_district");
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.rejects == std::vector<wire::Reject>{{Seq{4}, "another_district"}});
  REQUIRE(world.status().unsent_events == 0);
}

TEST_CASE("a thousand filings go in one call") {
  KioskWorld world;
  world.file(1'000);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 1);
  REQUIRE(world.centre.stored_in_all() == world.status().events);
}

TEST_CASE("after breaks batches begin small, and double while calls go through") {
  KioskWorld world;
  world.file(1'000);
  constexpr int kBreaks = 6;
  for (int i = 0; i < kBreaks; ++i) {
    if (i > 0) world.centre.next(Fault::kNone);  // the call that asks
    world.centre.next(Fault::kNoLink);
    REQUIRE_FALSE(world.engine->run(world.report));
  }
  const std::vector<std::size_t>& sizes = world.centre.batch_sizes();
  const std::size_t first = sizes.size() + 1;  // after one that asks
  REQUIRE(world.engine->run(world.report));
  REQUIRE(sizes.size() >= first + 4);
  REQUIRE(sizes.size() < first + 8);
  for (std::size_t i = first + 1; i + 1 < sizes.size(); ++i) {
    REQUIRE(sizes[i] > sizes[i - 1]);
    REQUIRE(sizes[i] <= 3 * sizes[i - 1]);
  }
  REQUIRE(world.centre.stored_in_all() == world.status().events);
}

TEST_CASE("whatever failed, the next call asks with one frame, and batches go on at half") {
  KioskWorld world;
  world.file(60);
  REQUIRE(world.engine->run(world.report));
  const std::size_t grown = world.engine->batch().frames();
  REQUIRE(grown >= 8);
  world.file(60);
  world.centre.next(GENERATE(Fault::kNoLink, Fault::kServerError, Fault::kTooLarge, Fault::kAnswerLost));
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.engine->batch().frames() == 1);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.engine->batch().frames() <= grown);
  REQUIRE(world.status().unsent_events == 0);
}

TEST_CASE("whatever a lost answer had carried, no more than one frame is sent again") {
  KioskWorld world;
  world.file(400);
  world.centre.next(GENERATE(Fault::kAnswerLost, Fault::kCutHalfway, Fault::kAnswerCut, Fault::kWrongSigner));
  REQUIRE_FALSE(world.engine->run(world.report));
  const std::uint64_t sent = world.report.records;
  REQUIRE(world.centre.stored_again() == 0);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(sent > 100);
  REQUIRE(world.centre.stored_again() <= limits::kFrameEvents);
  REQUIRE(world.status().unsent_events == 0);
}

TEST_CASE("with an older centre the newest version of the wire is spoken that both know") {
  KioskWorld world;
  world.centre.newest_version = wire::kOldestVersion;
  world.file(3);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 2);
  REQUIRE(world.engine->version() == wire::kOldestVersion);
  REQUIRE(world.status().unsent_events == 0);
  world.file(1);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 1);  // it need not be told twice
}

TEST_CASE("a centre that speaks nothing this kiosk knows is not asked for ever") {
  KioskWorld world;
  world.file(1);
  const std::string newest = GENERATE("0", "2", "3", "255", "-1", "\"1\"", "1.5", "99999999999999999999");
  world.centre.answer_calls_with(400, R"({"error":"newer_version","newest_version":)" + newest + "}");
  const Status result = world.engine->run(world.report);
  REQUIRE(result.error().code == ErrorCode::kNewerVersion);
  REQUIRE(world.report.calls == 1);
  REQUIRE(world.engine->version() == wire::kNewestVersion);
}

TEST_CASE("private parts are written with a dictionary once the centre has said that it can read it") {
  KioskWorld world;
  world.centre.dictionary = GENERATE(0U, 1U, 100U);
  world.file(1);
  REQUIRE(world.engine->run(world.report));
  const auto size_of_next = [&] {
    world.file(1);
    const auto outgoing = world.store->outgoing(1, 100'000);
    REQUIRE(outgoing);
    REQUIRE(outgoing->records.size() == 1);
    REQUIRE(world.engine->run(world.report));
    return outgoing->records.front().sealed.size();
  };
  if (world.centre.dictionary == 0) {
    REQUIRE(size_of_next() > 50);
  } else {
    REQUIRE(size_of_next() < 45);
  }
}

TEST_CASE("calls for which there was no link say nothing about the batch") {
  KioskWorld world;
  world.file(60);
  world.centre.heard = false;
  world.centre.next(Fault::kNoLink, 5);
  for (int i = 0; i < 5; ++i) REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.engine->batch().frames() == sync::kTextFramesFirst);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 1);
  REQUIRE(world.status().unsent_events == 0);
}

TEST_CASE("a failed poll with nothing to send says nothing about the batch") {
  KioskWorld world;
  world.file(60);
  REQUIRE(world.engine->run(world.report));
  const std::size_t grown = world.engine->batch().frames();
  world.centre.next(Fault::kNoLink);
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.engine->batch().frames() == grown);
}

TEST_CASE("on a slow link no call takes much longer than a minute, and with photos than twenty seconds") {
  KioskWorld world;
  world.centre.ms_per_kilobyte = 1'000;  // 8 kbit/s
  world.file(400);
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.status().unsent_events == 0);
  REQUIRE(world.engine->batch().max_bytes() <= 61 * 1024);
  REQUIRE(world.engine->batch().max_part_bytes() <= 21 * 1024);
}

TEST_CASE("a round ends at its limit and says that there is more") {
  KioskWorld world;
  world.file(1);
  world.centre.feed_page = 1;
  const auto count = static_cast<std::uint64_t>(sync::kCallsPerRound + 20);
  for (std::uint64_t i = 1; i <= count; ++i) {
    world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{i}},
                             FollowUpPublished{world.last_ticket, officer(), "Kami datang.", {}});
  }
  REQUIRE(world.engine->run(world.report));
  REQUIRE(world.report.more);
  REQUIRE(world.report.calls == sync::kCallsPerRound);
  REQUIRE(world.engine->run(world.report));
  REQUIRE_FALSE(world.report.more);
  REQUIRE(world.status().feed_cursor == FeedSeq{count});
}

TEST_CASE("progress before a failure is kept and reported") {
  KioskWorld world;
  world.file(5);
  world.centre.feed_page = 3;
  for (std::uint64_t i = 1; i <= 9; ++i) {
    world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{i}},
                             FollowUpPublished{world.last_ticket, officer(), "Kami datang.", {}});
  }
  world.centre.next(Fault::kNone, 2);
  world.centre.next(Fault::kNoLink);
  REQUIRE_FALSE(world.engine->run(world.report));
  REQUIRE(world.report.calls == 3);
  REQUIRE(world.report.arrived > 0);
  REQUIRE(world.report.arrived == world.centre.stored_in_all());
  REQUIRE(world.report.feed_applied == 6);
}

// Story: a kiosk files all day over a link that fails in every way we know, in random order, while the centre answers
// people, loses its database now and then, and takes calls for replays. When the link is good again everything is
// there once, and at no moment was something called arrived that was not.
TEST_CASE("whatever fails in whatever order, kiosk and centre converge") {
  const auto seed = GENERATE(range(1U, 13U));
  CAPTURE(seed);
  KioskWorld world(seed);
  std::mt19937 random(seed);
  const auto draw = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
  const Fault faults[] = {Fault::kNoLink,      Fault::kCutHalfway,     Fault::kAnswerLost,    Fault::kAnswerCut,
                          Fault::kWrongSigner, Fault::kAnswerOfBefore, Fault::kStoresNothing, Fault::kServerError,
                          Fault::kTooLarge,    Fault::kAnswerChanged};
  int filed = 0;
  std::uint64_t centre_seq = 0;
  bool restored = false;
  world.file(1);
  ++filed;
  for (int step = 0; step < 120; ++step) {
    const int count = draw(4);
    world.file(count);
    filed += count;
    if (draw(3) == 0) {
      world.centre.put_in_feed({kCentreDevice, kCentreEpoch, Seq{++centre_seq}},
                               FollowUpPublished{world.last_ticket, officer(), "Kami datang.", {}});
    }
    if (draw(2) == 0) {
      world.centre.next(Fault::kNone, draw(3));
      world.centre.next(faults[draw(static_cast<int>(std::size(faults)))]);
    }
    if (draw(20) == 0) world.centre.raise_last_call_no(world.status().epoch, 1'000U * static_cast<unsigned>(step + 1));
    if (draw(40) == 0) {
      const std::size_t had = world.centre.stored(world.status().epoch);
      world.centre.forget_after(world.status().epoch, Seq{had / 2});
      restored = true;
    }
    world.env.advance_ms(1'000 * draw(600));
    (void)world.engine->run(world.report);
    if (!restored) world.require_honest();
  }
  world.centre.heal();
  REQUIRE(world.engine->run(world.report));
  const StoreStatus status = world.status();
  REQUIRE(status.unsent_events == 0);
  REQUIRE(status.feed_cursor.value == centre_seq);
  REQUIRE(status.tickets == static_cast<std::uint64_t>(filed));
  REQUIRE(world.centre.stored_in_all() == status.events - centre_seq);
  REQUIRE(world.ticket(world.last_ticket).arrived_ms);
  const Status verified = world.store->verify();
  INFO((verified ? std::string() : verified.error().message));
  REQUIRE(verified);
}

}  // namespace
}  // namespace mimika::test
