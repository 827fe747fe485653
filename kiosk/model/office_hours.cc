#include "kiosk/model/office_hours.h"

namespace mimika {
namespace {

int minute_of(LocalTime time) {
  return time.hour * 60 + time.minute;
}

}  // namespace

bool is_open(const OfficeHours& hours, LocalDate date, LocalTime time, const WorkCalendar& calendar) {
  if (hours.working_days_only && !calendar.is_working_day(date)) return false;
  const int now = minute_of(time);
  const bool begun = !hours.from || now >= minute_of(*hours.from);
  const bool going_on = !hours.until || now < minute_of(*hours.until);
  const bool over_midnight = hours.from && hours.until && minute_of(*hours.until) <= minute_of(*hours.from);
  return over_midnight ? begun || going_on : begun && going_on;
}

}  // namespace mimika
