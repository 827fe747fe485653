// Days as the regency counts them: local dates in WIT (UTC+9, no daylight saving), working days with its list of closed
// days. Pure arithmetic; the list comes from assets/catalogue/holidays.json.
#pragma once

#include <chrono>
#include <set>

#include "kiosk/base/env.h"

namespace mimika {

using LocalDate = std::chrono::year_month_day;

// Papua keeps Waktu Indonesia Timur, nine hours ahead of UTC all year.
inline constexpr std::chrono::hours kWitOffset{9};

// Years 1 to 9999; what a broken clock claims beyond them is taken as their first or last day.
[[nodiscard]] LocalDate local_date(WallMs at_ms);

// Hours and minutes of the local day.
struct LocalTime {
  int hour = 0;    // 0-23
  int minute = 0;  // 0-59
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};
[[nodiscard]] LocalTime local_time(WallMs at_ms);

// The first millisecond of that local date.
[[nodiscard]] WallMs start_of_day_ms(LocalDate date);

class WorkCalendar {
 public:
  WorkCalendar() = default;
  explicit WorkCalendar(std::set<LocalDate> closed) : closed_(std::move(closed)) {}

  // Monday to Friday and not on the list of closed days (national and regional holidays, cuti bersama).
  [[nodiscard]] bool is_working_day(LocalDate date) const;

  // The date `days` working days after `from`; `from` itself is day 0 whether or not it is a working day. 0 returns
  // `from`. `days` from 0 to 366.
  [[nodiscard]] LocalDate add_working_days(LocalDate from, int days) const;

  // Working days in (from, to]; 0 when `to` is not after `from`.
  [[nodiscard]] int working_days_between(LocalDate from, LocalDate to) const;

 private:
  std::set<LocalDate> closed_;
};

}  // namespace mimika
