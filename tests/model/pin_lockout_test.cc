#include "kiosk/model/pin_lockout.h"

#include <catch2/catch.hpp>

namespace mimika {

TEST_CASE("the wait doubles from a quarter of a minute to an hour") {
  CHECK(pin_wait_ms(0) == 0);
  CHECK(pin_wait_ms(1) == 15'000);
  CHECK(pin_wait_ms(2) == 30'000);
  CHECK(pin_wait_ms(8) == 1'920'000);
  CHECK(pin_wait_ms(9) == 3'600'000);
  CHECK(pin_wait_ms(14) == 3'600'000);
  CHECK(pin_wait_ms(4'000'000'000U) == 3'600'000);
}

TEST_CASE("fifteen wrong PINs lock, however slowly they come") {
  PinTries tries;
  std::int64_t now = 1000;
  for (std::uint32_t i = 1; i <= kWrongPinsToLock; ++i) {
    CHECK_FALSE(is_locked(tries));
    tries = with_one_more(tries, 7, now);
    CHECK(tries.wrong == i);
    CHECK(wait_left_ms(tries, now) == pin_wait_ms(i));
    now += 10 * kLongestPinWaitMs;
    CHECK(wait_left_ms(tries, now) == 0);
  }
  CHECK(is_locked(tries));
  CHECK(with_one_more(tries, 7, now).wrong == kWrongPinsToLock);
}

TEST_CASE("a restart of the machine shortens no wait and forgets no try") {
  const PinTries before = with_one_more({6, 7, 0}, 7, 500'000);
  const PinTries after = in_boot(before, 8, 2'000);
  CHECK(after.wrong == before.wrong);
  CHECK(after.boot_id == 8);
  CHECK(wait_left_ms(after, 2'000) == pin_wait_ms(before.wrong));
  CHECK(in_boot(after, 8, 900'000) == after);
  CHECK(in_boot(PinTries{}, 8, 2'000) == PinTries{});
}

}  // namespace mimika
