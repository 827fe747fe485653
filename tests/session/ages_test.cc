// How long ago something was: coarse, steady between two minutes, and nothing at all without a clock to trust.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

constexpr WallMs kMinuteMs = 60'000;
constexpr WallMs kHourMs = 60 * kMinuteMs;

}  // namespace

TEST_CASE("An age is told in minutes under an hour, then in hours, then in days") {
  const auto [ago, unit, count] = GENERATE(table<WallMs, AgeUnit, long>({
      {0, AgeUnit::kMinutes, 0},
      {59 * kMinuteMs, AgeUnit::kMinutes, 59},
      {kHourMs, AgeUnit::kHours, 1},
      {kDayMs - kMinuteMs, AgeUnit::kHours, 23},
      {kDayMs, AgeUnit::kDays, 1},
      {400 * kDayMs, AgeUnit::kDays, 400},
  }));
  SessionWorld world;
  CHECK(age_of(world.context.wall_ms - ago, world.context) == Age{unit, count});
}

TEST_CASE("Within a minute of the clock no age changes") {
  SessionWorld world;
  const WallMs start = world.context.wall_ms;
  const WallMs then = start - 7 * kMinuteMs - 31'000;
  const auto at_start = age_of(then, world.context);
  for (world.context.wall_ms = start; world.context.wall_ms < start + kMinuteMs; world.context.wall_ms += 1'000) {
    CHECK(age_of(then, world.context) == at_start);
  }
  CHECK(age_of(then, world.context) != at_start);
}

TEST_CASE("A clock that nobody vouched for tells no age") {
  const auto clock = GENERATE(ClockConfidence::kUnknown, ClockConfidence::kRanBackwards);
  SessionWorld world;
  world.context.clock = clock;
  CHECK_FALSE(age_of(world.context.wall_ms - kHourMs, world.context));
}

TEST_CASE("What lies a little ahead is now; what lies far ahead is not known") {
  SessionWorld world;
  CHECK(age_of(world.context.wall_ms + 2 * kMinuteMs, world.context) == Age{AgeUnit::kMinutes, 0});
  CHECK_FALSE(age_of(world.context.wall_ms + kHourMs, world.context));
}
