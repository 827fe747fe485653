#include "sync/client/silence.h"

#include <catch2/catch.hpp>

namespace mimika::sync {
namespace {

constexpr std::int64_t kLongCall = 60'000;

ConnectionState waiting(std::int64_t last_heard_ms, std::int64_t least_rtt_ms) {
  return {.established = true, .unacknowledged = 5, .last_heard_ms = last_heard_ms, .least_rtt_ms = least_rtt_ms};
}

TEST_CASE("a connection that hears nothing for some round trips while it waits is dead") {
  REQUIRE_FALSE(is_dead(waiting(6'200, 600), kLongCall));
  REQUIRE(is_dead(waiting(6'400, 600), kLongCall));
}

TEST_CASE("patience grows with the distance, between five seconds and twelve") {
  REQUIRE(patience_ms(1) == kPatienceLeastMs);
  REQUIRE(patience_ms(40) == kPatienceLeastMs);
  REQUIRE(patience_ms(800) == 7'900);
  REQUIRE(patience_ms(1'500) == kPatienceMostMs);
  REQUIRE(patience_ms(9'000) == kPatienceMostMs);
  REQUIRE(patience_ms(0) == kPatienceMostMs);  // nothing was measured yet
}

TEST_CASE("a connection that waits for nothing may be as silent as it likes") {
  ConnectionState idle = waiting(600'000, 600);
  idle.unacknowledged = 0;
  REQUIRE_FALSE(is_dead(idle, kLongCall));
}

TEST_CASE("a connection that was idle before the call gets its time from the call's beginning") {
  REQUIRE_FALSE(is_dead(waiting(80'000, 600), 0));
  REQUIRE_FALSE(is_dead(waiting(80'000, 600), 6'300));
  REQUIRE(is_dead(waiting(80'000, 600), 6'301));
}

TEST_CASE("connecting has limits of its own") {
  ConnectionState knocking = waiting(60'000, 0);
  knocking.established = false;
  REQUIRE_FALSE(is_dead(knocking, kLongCall));
}

}  // namespace
}  // namespace mimika::sync
