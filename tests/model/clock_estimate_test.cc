#include "kiosk/model/clock_estimate.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

namespace mimika {
namespace {

constexpr WallMs kNoon = 1'795'500'000'000;
constexpr WallMs kHour = 3'600'000;
const TimeRange kKnown{kNoon - 100 * kHour, kNoon + 100 * kHour};

EventTime at(std::uint32_t boot, std::int64_t monotonic_ms) {
  return {0, monotonic_ms, boot, ClockConfidence::kUnknown};
}

TEST_CASE("an event of a boot in which a call arrived has an exact time, before the call and after it") {
  const std::vector<ClockAnchor> anchors = {{3, 5 * kHour, kNoon, AnchorKind::kExact}};
  CHECK(estimate_time(at(3, 4 * kHour), anchors, kKnown) == TimeRange{kNoon - kHour, kNoon - kHour});
  CHECK(estimate_time(at(3, 7 * kHour), anchors, kKnown) == TimeRange{kNoon + 2 * kHour, kNoon + 2 * kHour});
}

TEST_CASE("the nearest of several calls counts, for an oscillator strays") {
  const std::vector<ClockAnchor> anchors = {{3, 0, kNoon, AnchorKind::kExact},
                                            {3, 24 * kHour, kNoon + 24 * kHour + 4'000, AnchorKind::kExact}};
  CHECK(estimate_time(at(3, 23 * kHour), anchors, kKnown).earliest_ms == kNoon + 23 * kHour + 4'000);
}

TEST_CASE("an event of another boot lies between the calls around it") {
  const std::vector<ClockAnchor> anchors = {{3, 5 * kHour, kNoon, AnchorKind::kExact},
                                            {6, kHour, kNoon + 20 * kHour, AnchorKind::kExact}};
  // Boot 5 began after the first and had run for half an hour; boot 6 had not begun.
  const TimeRange range = estimate_time(at(5, kHour / 2), anchors, kKnown);
  CHECK(range == TimeRange{kNoon + kHour / 2, kNoon + 19 * kHour});
}

TEST_CASE("a stick bounds an event on one side alone") {
  const std::vector<ClockAnchor> written = {{3, 5 * kHour, kNoon, AnchorKind::kNotLater}};
  CHECK(estimate_time(at(3, 4 * kHour), written, kKnown) == TimeRange{kKnown.earliest_ms, kNoon - kHour});
  const std::vector<ClockAnchor> heard = {{3, 5 * kHour, kNoon, AnchorKind::kNotEarlier}};
  CHECK(estimate_time(at(3, 6 * kHour), heard, kKnown) == TimeRange{kNoon + kHour, kKnown.latest_ms});
  CHECK(estimate_time(at(4, kHour), heard, kKnown) == TimeRange{kNoon + kHour, kKnown.latest_ms});
  CHECK(estimate_time(at(2, kHour), heard, kKnown) == kKnown);
}

TEST_CASE("without an anchor, or with one that cannot be, what is known stays") {
  CHECK(estimate_time(at(3, 0), {}, kKnown) == kKnown);
  const std::vector<ClockAnchor> lies = {{2, 0, kNoon + 5000 * kHour, AnchorKind::kExact}};
  CHECK(estimate_time(at(3, 0), lies, kKnown) == kKnown);
  const std::vector<ClockAnchor> late = {{3, 0, kNoon + 5000 * kHour, AnchorKind::kExact}};
  CHECK(estimate_time(at(3, 0), late, kKnown).latest_ms == kKnown.latest_ms);
}

TEST_CASE("a monotonic time without measure is no time") {
  const std::vector<ClockAnchor> anchors = {{3, kHour, kNoon, AnchorKind::kExact}};
  CHECK(estimate_time(at(3, std::numeric_limits<std::int64_t>::min()), anchors, kKnown) == kKnown);
  CHECK(estimate_time(at(3, std::numeric_limits<std::int64_t>::max()), anchors, kKnown) == kKnown);
}

TEST_CASE("whatever honest anchors there are, the true time is never outside") {
  CHECK(rc::check("the true time lies in the range", [] {
    // Boots one after the other with pauses between; anchors and the event at any of their moments.
    const auto pick = [](std::int64_t limit) { return *rc::gen::inRange<std::int64_t>(0, limit); };
    std::vector<WallMs> began;
    WallMs now = kNoon;
    for (int boot = 0; boot < 5; ++boot) {
      now += pick(50 * kHour);
      began.push_back(now);
      now += 10 * kHour;
    }
    const auto moment = [&](std::uint32_t& boot, std::int64_t& monotonic) {
      boot = static_cast<std::uint32_t>(pick(5));
      monotonic = pick(10 * kHour);
      return began[boot] + monotonic;
    };
    std::vector<ClockAnchor> anchors(static_cast<std::size_t>(pick(6)));
    for (ClockAnchor& anchor : anchors) {
      const WallMs truth = moment(anchor.boot, anchor.monotonic_ms);
      anchor.kind = static_cast<AnchorKind>(pick(3));
      if (anchor.kind == AnchorKind::kExact) anchor.server_ms = truth;
      if (anchor.kind == AnchorKind::kNotLater) anchor.server_ms = truth + pick(30 * kHour);
      if (anchor.kind == AnchorKind::kNotEarlier) anchor.server_ms = truth - pick(30 * kHour);
    }
    EventTime event;
    const WallMs truth = moment(event.boot, event.monotonic_ms);
    const TimeRange range = estimate_time(event, anchors, {kNoon, kNoon + 500 * kHour});
    RC_ASSERT(range.earliest_ms <= truth);
    RC_ASSERT(truth <= range.latest_ms);
  }));
}

}  // namespace
}  // namespace mimika
