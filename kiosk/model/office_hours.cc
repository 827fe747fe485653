#include "kiosk/model/office_hours.h"

namespace mimika {
namespace {

constexpr int kMinutesOfDay = 24 * 60;

int minute_of(LocalTime time) {
  return time.hour * 60 + time.minute;
}

}  // namespace

bool is_open(const OfficeHours& hours, LocalDate date, LocalTime time, const WorkCalendar& calendar) {
  const auto works = [&](LocalDate day) { return !hours.working_days_only || calendar.is_working_day(day); };
  const int now = minute_of(time);
  const int from = hours.from ? minute_of(*hours.from) : 0;
  const int until = hours.until && minute_of(*hours.until) > 0 ? minute_of(*hours.until) : kMinutesOfDay;
  if (from < until) return works(date) && now >= from && now < until;
  // Over midnight: what is open before `until` began the day before.
  if (now >= from) return works(date);
  return now < until && works(std::chrono::sys_days{date} - std::chrono::days{1});
}

}  // namespace mimika
