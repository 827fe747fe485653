// When the people of an office are there. The kiosk itself takes filings at any hour.
#pragma once

#include <optional>

#include "kiosk/model/calendar.h"

namespace mimika {

// What is not set does not close. The same minute twice: open day and night.
struct OfficeHours {
  std::optional<LocalTime> from = {};
  std::optional<LocalTime> until =
      {};  // the first minute that is closed again; 0:00 is the end of the day; before `from`: open over midnight
  bool working_days_only = false;
  friend bool operator==(const OfficeHours&, const OfficeHours&) = default;
};

[[nodiscard]] bool is_open(const OfficeHours& hours, LocalDate date, LocalTime time, const WorkCalendar& calendar);

}  // namespace mimika
