#include "kiosk/model/calendar.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>
#include <set>
#include <vector>

#include "tests/model/model_world.h"

namespace mimika {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using test::at;
using test::date;
using test::iso;

WorkCalendar calendar_2026() {
  return test::real_catalogue().work_calendar();
}

LocalDate next_day(LocalDate day) {
  return sys_days(day) + days(1);
}

TEST_CASE("the local day begins at 15:00 UTC") {
  constexpr WallMs kFifteenUtc = 1'795'532'400'000;  // 2026-11-24T15:00:00Z
  CHECK(iso(local_date(kFifteenUtc)) == "2026-11-25");
  CHECK(iso(local_date(kFifteenUtc - 1)) == "2026-11-24");
  CHECK(start_of_day_ms(date(2026, 11, 25)) == kFifteenUtc);
  CHECK(local_time(kFifteenUtc) == LocalTime{.hour = 0, .minute = 0});
  CHECK(local_time(kFifteenUtc - 1) == LocalTime{.hour = 23, .minute = 59});
}

TEST_CASE("moments before 1970 fall on the right local day too") {
  CHECK(iso(local_date(0)) == "1970-01-01");
  CHECK(local_time(0) == LocalTime{.hour = 9, .minute = 0});
  CHECK(iso(local_date(-9 * 3'600'000LL)) == "1970-01-01");
  CHECK(iso(local_date(-9 * 3'600'000LL - 1)) == "1969-12-31");
}

TEST_CASE("what a broken clock claims beyond the years we know is taken as their edge") {
  CHECK(local_date(std::numeric_limits<WallMs>::max()).ok());
  CHECK(local_date(std::numeric_limits<WallMs>::min()).ok());
  CHECK(static_cast<int>(local_date(std::numeric_limits<WallMs>::min()).year()) == 1);
}

TEST_CASE("18 to 24 March 2026 has five closed weekdays running, with a weekend between") {
  const WorkCalendar calendar = calendar_2026();
  for (unsigned day = 18; day <= 24; ++day) CHECK_FALSE(calendar.is_working_day(date(2026, 3, day)));
  CHECK(calendar.is_working_day(date(2026, 3, 17)));
  CHECK(calendar.is_working_day(date(2026, 3, 25)));
  CHECK(iso(calendar.add_working_days(date(2026, 3, 17), 1)) == "2026-03-25");
  CHECK(iso(calendar.add_working_days(date(2026, 3, 17), 5)) == "2026-03-31");
  CHECK(calendar.working_days_between(date(2026, 3, 17), date(2026, 3, 24)) == 0);
  CHECK(calendar.working_days_between(date(2026, 3, 17), date(2026, 3, 25)) == 1);
}

TEST_CASE("5 February is closed in the land of Papua") {
  const WorkCalendar calendar = calendar_2026();
  CHECK_FALSE(calendar.is_working_day(date(2026, 2, 5)));
  CHECK(iso(calendar.add_working_days(date(2026, 2, 4), 1)) == "2026-02-06");
}

TEST_CASE("counting starts after the first day, whether or not it is a working day") {
  const WorkCalendar calendar = calendar_2026();
  CHECK(iso(calendar.add_working_days(date(2026, 11, 24), 0)) == "2026-11-24");
  CHECK(iso(calendar.add_working_days(date(2026, 11, 28), 0)) == "2026-11-28");  // a Saturday stays
  CHECK(iso(calendar.add_working_days(date(2026, 11, 28), 1)) == "2026-11-30");
  CHECK(iso(calendar.add_working_days(date(2026, 11, 24), 5)) == "2026-12-01");
}

TEST_CASE("the count runs across the end of the year with Christmas closed") {
  const WorkCalendar known = calendar_2026();
  CHECK(iso(known.add_working_days(date(2026, 12, 23), 4)) == "2026-12-31");
  CHECK(known.working_days_between(date(2026, 12, 23), date(2026, 12, 31)) == 4);

  SECTION("New Year 2027 counts while its decree is not in the list") {
    CHECK(iso(known.add_working_days(date(2026, 12, 23), 5)) == "2027-01-01");
  }
  SECTION("and is left out once it is") {
    const WorkCalendar complete({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)});
    CHECK(iso(complete.add_working_days(date(2026, 12, 23), 5)) == "2027-01-04");
    CHECK(complete.working_days_between(date(2026, 12, 23), date(2027, 1, 4)) == 5);
  }
}

TEST_CASE("the leap day is a day like any other") {
  const WorkCalendar calendar;
  CHECK(iso(calendar.add_working_days(date(2028, 2, 28), 1)) == "2028-02-29");
  CHECK(iso(calendar.add_working_days(date(2028, 2, 29), 1)) == "2028-03-01");
  CHECK(iso(local_date(at(date(2028, 2, 29), 23, 59))) == "2028-02-29");
}

TEST_CASE("there are no working days between a day and one not after it") {
  const WorkCalendar calendar = calendar_2026();
  CHECK(calendar.working_days_between(date(2026, 11, 24), date(2026, 11, 24)) == 0);
  CHECK(calendar.working_days_between(date(2026, 11, 24), date(2026, 11, 1)) == 0);
}

TEST_CASE("working days between dates thousands of years apart are counted at once") {
  CHECK(WorkCalendar().working_days_between(date(1, 1, 1), date(9999, 12, 31)) > 2'000'000);
}

TEST_CASE("counting by weeks agrees with counting day by day, whatever is closed") {
  const bool holds = rc::check([](std::vector<std::uint8_t> closed_offsets) {
    const LocalDate start = date(2026, 1, 1);
    std::set<LocalDate> closed;
    for (const std::uint8_t offset : closed_offsets) closed.insert(LocalDate(sys_days(start) + days(offset)));
    const WorkCalendar calendar(closed);
    const LocalDate from = sys_days(start) + days(*rc::gen::inRange(0, 200));
    const LocalDate to = sys_days(from) + days(*rc::gen::inRange(0, 120));
    int counted = 0;
    for (LocalDate day = from; day < to;) {
      day = next_day(day);
      if (calendar.is_working_day(day)) ++counted;
    }
    RC_ASSERT(calendar.working_days_between(from, to) == counted);
  });
  CHECK(holds);
}

TEST_CASE("adding n working days passes exactly n of them and ends on one") {
  const bool holds = rc::check([] {
    const WorkCalendar calendar = calendar_2026();
    const LocalDate from = sys_days(date(2025, 12, 1)) + days(*rc::gen::inRange(0, 500));
    const int count = *rc::gen::inRange(1, 367);
    const LocalDate to = calendar.add_working_days(from, count);
    RC_ASSERT(calendar.working_days_between(from, to) == count);
    RC_ASSERT(calendar.is_working_day(to));
  });
  CHECK(holds);
}

}  // namespace
}  // namespace mimika
