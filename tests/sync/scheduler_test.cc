#include "sync/client/scheduler.h"

#include <catch2/catch.hpp>
#include <set>

namespace mimika::sync {
namespace {

constexpr std::int64_t kStart = 1'000'000;

struct Clock {
  FakeEnv env{0, 3};
  SchedulerOptions options;
  Scheduler scheduler{options, env, kStart};
  std::int64_t now_ms = kStart;

  // Waits until the next round is due and lets it end this way; says how long the wait was.
  std::int64_t wait_and_finish(RoundOutcome outcome) {
    const std::int64_t waited = scheduler.due_ms() - now_ms;
    now_ms = std::max(now_ms, scheduler.due_ms());
    scheduler.started();
    scheduler.finished(outcome, now_ms);
    return waited;
  }
  [[nodiscard]] std::int64_t wait() const { return scheduler.due_ms() - now_ms; }
};

TEST_CASE("the first round is due at once") {
  Clock clock;
  REQUIRE(clock.wait() == 0);
  REQUIRE_FALSE(clock.scheduler.wants_fresh_connection());
}

TEST_CASE("an idle kiosk asks for the feed about once a minute, never at the same beat as the others") {
  Clock clock;
  std::set<std::int64_t> waits;
  clock.wait_and_finish(RoundOutcome::kDone);
  for (int i = 0; i < 200; ++i) waits.insert(clock.wait_and_finish(RoundOutcome::kDone));
  REQUIRE(*waits.begin() >= 48'000);
  REQUIRE(*waits.rbegin() <= 60'000);
  REQUIRE(waits.size() > 150);
}

TEST_CASE("a round that ended at its limit goes on at once") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kMore);
  REQUIRE(clock.wait() == 0);
}

TEST_CASE("a connection that breaks is opened anew at once, once") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kDone);
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  REQUIRE(clock.wait() == 0);
  REQUIRE(clock.scheduler.wants_fresh_connection());
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  REQUIRE(clock.wait() > 0);
}

TEST_CASE("a link that breaks again and again, and brings something home each time, is never waited for") {
  Clock clock;
  for (int i = 0; i < 10; ++i) {
    REQUIRE(clock.wait_and_finish(RoundOutcome::kBroken) == 0);
    REQUIRE(clock.scheduler.wants_fresh_connection());
  }
  REQUIRE(clock.wait_and_finish(RoundOutcome::kUnreachable) == 0);
  REQUIRE(clock.wait_and_finish(RoundOutcome::kUnreachable) == 0);  // the one more that is free
  REQUIRE(clock.wait() > 0);
  REQUIRE(clock.wait() <= 5'000);
}

TEST_CASE("without a link it is tried again soon, then less often, at most twenty seconds apart") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  for (const std::int64_t most : {5'000, 10'000, 20'000, 20'000, 20'000}) {
    const std::int64_t wait = clock.wait_and_finish(RoundOutcome::kUnreachable);
    REQUIRE(wait >= most / 2);
    REQUIRE(wait <= most);
  }
}

TEST_CASE("a failing centre is left alone twice as long each time, at most five minutes") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kRefused);
  for (const std::int64_t most : {10'000, 20'000, 40'000, 80'000, 160'000, 300'000, 300'000}) {
    const std::int64_t wait = clock.wait_and_finish(RoundOutcome::kRefused);
    REQUIRE(wait >= most / 2);
    REQUIRE(wait <= most);
  }
  SECTION("also after a thousand failures") {
    for (int i = 0; i < 1'000; ++i) {
      const std::int64_t wait = clock.wait_and_finish(RoundOutcome::kRefused);
      REQUIRE(wait >= 150'000);
      REQUIRE(wait <= 300'000);
    }
  }
  SECTION("one success ends it") {
    clock.wait_and_finish(RoundOutcome::kDone);
    clock.wait_and_finish(RoundOutcome::kRefused);
    REQUIRE(clock.wait() <= 10'000);
  }
}

TEST_CASE("kiosks that failed together do not come back together") {
  std::set<std::int64_t> waits;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    FakeEnv env(0, seed);
    Scheduler scheduler({}, env, kStart);
    for (int i = 0; i < 6; ++i) scheduler.finished(RoundOutcome::kRefused, kStart);
    waits.insert(scheduler.due_ms() / 1'000);
  }
  REQUIRE(waits.size() > 40);
}

TEST_CASE("something filed is sent at once when all is well") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kDone);
  clock.now_ms += 10;
  clock.scheduler.nudge(Nudge::kFiled, clock.now_ms);
  REQUIRE(clock.wait() == 0);
}

TEST_CASE("filing without a link tries again, but no more than once a second") {
  Clock clock;
  for (int i = 0; i < 6; ++i) clock.wait_and_finish(RoundOutcome::kUnreachable);
  clock.now_ms += 10;
  clock.scheduler.nudge(Nudge::kFiled, clock.now_ms);
  REQUIRE(clock.wait() == 990);
  clock.now_ms += 5'000;
  clock.scheduler.nudge(Nudge::kFiled, clock.now_ms);
  REQUIRE(clock.wait() <= 0);
}

TEST_CASE("filing does not shorten the rest of a failing centre") {
  Clock clock;
  for (int i = 0; i < 4; ++i) clock.wait_and_finish(RoundOutcome::kRefused);
  const std::int64_t due = clock.scheduler.due_ms();
  clock.now_ms += 10;
  clock.scheduler.nudge(Nudge::kFiled, clock.now_ms);
  REQUIRE(clock.scheduler.due_ms() == due);
}

TEST_CASE("a link that comes up is used at once, on a fresh connection, and forgives earlier failures") {
  Clock clock;
  for (int i = 0; i < 9; ++i) clock.wait_and_finish(RoundOutcome::kUnreachable);
  clock.now_ms += 10;
  clock.scheduler.nudge(Nudge::kLinkUp, clock.now_ms);
  REQUIRE(clock.wait() == 0);
  REQUIRE(clock.scheduler.wants_fresh_connection());
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  REQUIRE(clock.wait() <= 5'000);
}

TEST_CASE("a link that comes up does not let anybody storm a failing centre") {
  Clock clock;
  for (int i = 0; i < 9; ++i) clock.wait_and_finish(RoundOutcome::kRefused);
  clock.scheduler.nudge(Nudge::kLinkUp, clock.now_ms);
  REQUIRE(clock.wait() == 10'000);
  REQUIRE(clock.scheduler.wants_fresh_connection());
}

TEST_CASE("notices about a network that works mean one more round, a second later") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kDone);
  clock.scheduler.nudge(Nudge::kLinkUp, clock.now_ms);
  clock.scheduler.nudge(Nudge::kLinkUp, clock.now_ms);
  REQUIRE(clock.wait() == 1'000);
}

TEST_CASE("a person who asks is not made to wait") {
  Clock clock;
  const RoundOutcome outcome = GENERATE(RoundOutcome::kDone, RoundOutcome::kUnreachable, RoundOutcome::kRefused);
  for (int i = 0; i < 5; ++i) clock.wait_and_finish(outcome);
  clock.scheduler.nudge(Nudge::kAsked, clock.now_ms);
  REQUIRE(clock.wait() == 0);
}

TEST_CASE("a nudge never delays a round that is due") {
  Clock clock;
  clock.wait_and_finish(RoundOutcome::kUnreachable);
  clock.now_ms = clock.scheduler.due_ms() + 5;
  for (const Nudge why : {Nudge::kFiled, Nudge::kLinkUp, Nudge::kAsked}) {
    clock.scheduler.nudge(why, clock.now_ms);
    REQUIRE(clock.wait() <= 0);
  }
}

}  // namespace
}  // namespace mimika::sync
