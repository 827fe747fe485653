// The mark: red, yellow, green, and late. What leads the Regent's list is decided here and nowhere else.
#pragma once

#include <optional>

#include "kiosk/model/calendar.h"
#include "kiosk/model/ticket.h"

namespace mimika {

enum class MarkColour : std::uint8_t {
  kGrey,    // archived, or not known to have arrived at the centre: no OPD can be late for it
  kRed,     // no public follow-up by the OPD yet
  kYellow,  // followed up in public: being worked on, or held with a reason
  kGreen,   // resolved
};

enum class DayKind : std::uint8_t { kWorkingDays, kCalendarDays };

// Five days is the regency's rule (assets/catalogue/clocks.json, mimika_red). Its source does not say which kind of
// day; working days are the default, as LAPOR's lapor_tindak_lanjut counts them.
struct MarkRule {
  int limit_days = 5;
  DayKind days = DayKind::kWorkingDays;
};

struct Mark {
  MarkColour colour = MarkColour::kGrey;
  bool held = false;             // with a reason to wait, in whatever colour
  std::optional<LocalDate> due;  // red only: the last day on which a follow-up is in time
  int late_days = 0;             // red only: days after `due`, counted as the rule counts; 0 = not late
  int age_days = 0;              // calendar days since the clock began
  [[nodiscard]] bool late() const { return late_days > 0; }
  friend bool operator==(const Mark&, const Mark&) = default;
};

// When the OPD's clock began: the filing's arrival at the centre, or that of the last reopening. Nothing before that.
[[nodiscard]] std::optional<WallMs> clock_start_ms(const Ticket& ticket);

// The OPD's clock runs from there, whatever the day of filing was: that day is day 0, and a ticket is late from the
// first day after `due`.
[[nodiscard]] Mark mark_of(const Ticket& ticket, WallMs now_ms, const WorkCalendar& calendar, const MarkRule& rule);

}  // namespace mimika
