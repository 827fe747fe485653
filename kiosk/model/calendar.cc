#include "kiosk/model/calendar.h"

#include <algorithm>

#include "kiosk/base/check.h"

namespace mimika {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

constexpr int kMaxWorkingDays = 366;
constexpr int kDaysPerWeek = 7;
constexpr int kWorkdaysPerWeek = 5;

// A broken clock may claim anything; a year has only 16 bits. Everything outside these dates is shown as the nearest.
constexpr LocalDate kEarliest{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
constexpr LocalDate kLatest{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

sys_time<milliseconds> local_clock(WallMs at_ms) {
  constexpr WallMs earliest = milliseconds(sys_days(kEarliest).time_since_epoch()).count();
  constexpr WallMs latest = milliseconds(sys_days(kLatest).time_since_epoch()).count();
  return sys_time<milliseconds>(milliseconds(std::clamp(at_ms, earliest, latest))) + kWitOffset;
}

bool is_weekend(sys_days date) {
  const std::chrono::weekday weekday(date);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

LocalDate local_date(WallMs at_ms) {
  return floor<days>(local_clock(at_ms));
}

LocalTime local_time(WallMs at_ms) {
  const auto clock = local_clock(at_ms);
  const std::chrono::hh_mm_ss of_day(clock - floor<days>(clock));
  return {.hour = static_cast<int>(of_day.hours().count()), .minute = static_cast<int>(of_day.minutes().count())};
}

WallMs start_of_day_ms(LocalDate date) {
  const sys_time<milliseconds> midnight = sys_days(date) - kWitOffset;
  return midnight.time_since_epoch().count();
}

bool WorkCalendar::is_working_day(LocalDate date) const {
  return !is_weekend(sys_days(date)) && !closed_.contains(date);
}

LocalDate WorkCalendar::add_working_days(LocalDate from, int days_to_add) const {
  CHECK(days_to_add >= 0 && days_to_add <= kMaxWorkingDays);
  sys_days day(from);
  // The walk ends: only finitely many days are on the list of closed days.
  for (int left = days_to_add; left > 0;) {
    day += days(1);
    if (is_working_day(day)) --left;
  }
  return day;
}

int WorkCalendar::working_days_between(LocalDate from, LocalDate to) const {
  const sys_days first(from);
  const sys_days last(to);
  if (last <= first) return 0;

  // Counted by weeks rather than day by day: a date from a broken clock may lie thousands of years away.
  const auto span = static_cast<int>((last - first).count());
  int count = span / kDaysPerWeek * kWorkdaysPerWeek;
  for (int i = 0; i < span % kDaysPerWeek; ++i) {
    if (!is_weekend(last - days(i))) ++count;
  }
  for (auto closed = closed_.upper_bound(from); closed != closed_.end() && *closed <= to; ++closed) {
    if (!is_weekend(sys_days(*closed))) --count;
  }
  return count;
}

}  // namespace mimika
