// When an office says that it is open.
#include "kiosk/model/office_hours.h"

#include <catch2/catch.hpp>
#include <chrono>

using namespace mimika;

namespace {

constexpr LocalDate kFriday = std::chrono::year{2026} / 11 / 27;
constexpr LocalDate kSaturday = std::chrono::year{2026} / 11 / 28;
constexpr LocalDate kMonday = std::chrono::year{2026} / 11 / 30;

}  // namespace

TEST_CASE("an office without hours is always open") {
  CHECK(is_open({}, kSaturday, {3, 0}, {}));
}

TEST_CASE("an office is open from its first minute until the one it closes at") {
  const OfficeHours hours{.from = LocalTime{8, 0}, .until = LocalTime{14, 30}};
  CHECK_FALSE(is_open(hours, kFriday, {7, 59}, {}));
  CHECK(is_open(hours, kFriday, {8, 0}, {}));
  CHECK(is_open(hours, kFriday, {14, 29}, {}));
  CHECK_FALSE(is_open(hours, kFriday, {14, 30}, {}));
}

TEST_CASE("one end alone closes one end alone") {
  CHECK(is_open({.until = LocalTime{14, 0}}, kFriday, {0, 0}, {}));
  CHECK_FALSE(is_open({.until = LocalTime{14, 0}}, kFriday, {15, 0}, {}));
  CHECK(is_open({.from = LocalTime{8, 0}}, kFriday, {23, 59}, {}));
}

TEST_CASE("an office that opens in the evening is open over midnight") {
  const OfficeHours hours{.from = LocalTime{20, 0}, .until = LocalTime{4, 0}};
  CHECK(is_open(hours, kFriday, {23, 0}, {}));
  CHECK(is_open(hours, kFriday, {3, 59}, {}));
  CHECK_FALSE(is_open(hours, kFriday, {12, 0}, {}));
}

TEST_CASE("midnight is the end of a day, and the same minute twice leaves no minute out") {
  CHECK(is_open({.from = LocalTime{8, 0}, .until = LocalTime{0, 0}}, kFriday, {23, 59}, {}));
  CHECK(is_open({.until = LocalTime{0, 0}}, kFriday, {12, 0}, {}));
  const OfficeHours round{.from = LocalTime{8, 0}, .until = LocalTime{8, 0}};
  CHECK(is_open(round, kFriday, {8, 0}, {}));
  CHECK(is_open(round, kFriday, {7, 59}, {}));
}

TEST_CASE("the night of a working day goes on into the next morning, whatever day that is") {
  const OfficeHours hours{.from = LocalTime{20, 0}, .until = LocalTime{4, 0}, .working_days_only = true};
  CHECK(is_open(hours, kSaturday, {2, 0}, {}));  // Friday's
  CHECK_FALSE(is_open(hours, kSaturday, {21, 0}, {}));
  CHECK_FALSE(is_open(hours, kMonday, {2, 0}, {}));  // Sunday's
  CHECK(is_open(hours, kMonday, {21, 0}, {}));
}

TEST_CASE("on a weekend and on a holiday an office of working days is closed") {
  const OfficeHours hours{.working_days_only = true};
  CHECK(is_open(hours, kFriday, {9, 0}, {}));
  CHECK_FALSE(is_open(hours, kSaturday, {9, 0}, {}));
  CHECK_FALSE(is_open(hours, kFriday, {9, 0}, WorkCalendar({kFriday})));
}
