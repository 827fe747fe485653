#include "kiosk/model/mark.h"

#include <algorithm>

namespace mimika {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

int calendar_days_between(LocalDate from, LocalDate to) {
  return std::max(0, static_cast<int>((sys_days(to) - sys_days(from)).count()));
}

LocalDate last_day_in_time(LocalDate arrival, const WorkCalendar& calendar, const MarkRule& rule) {
  if (rule.days == DayKind::kWorkingDays) return calendar.add_working_days(arrival, rule.limit_days);
  return sys_days(arrival) + days(rule.limit_days);
}

int days_after(LocalDate due, LocalDate today, const WorkCalendar& calendar, const MarkRule& rule) {
  return rule.days == DayKind::kWorkingDays ? calendar.working_days_between(due, today)
                                            : calendar_days_between(due, today);
}

MarkColour colour_of(const Ticket& ticket) {
  switch (ticket.status) {
    case TicketStatus::kArchived:
      return MarkColour::kGrey;
    case TicketStatus::kResolved:
      return MarkColour::kGreen;
    case TicketStatus::kInProgress:
      return MarkColour::kYellow;
    case TicketStatus::kHeld:  // a reason to wait is no answer: it does not take the red mark away
    case TicketStatus::kSavedHere:
    case TicketStatus::kUnverified:
    case TicketStatus::kVerified:
    case TicketStatus::kAssigned:
      break;
  }
  // Handing a ticket on, or holding it, does not take back the public answer it already got.
  if (ticket.first_follow_up_ms) return MarkColour::kYellow;
  return clock_start_ms(ticket) ? MarkColour::kRed : MarkColour::kGrey;
}

}  // namespace

std::optional<WallMs> clock_start_ms(const Ticket& ticket) {
  if (ticket.reopened) return ticket.reopened_ms;
  return ticket.reopened_ms ? ticket.reopened_ms : ticket.arrived_ms;
}

Mark mark_of(const Ticket& ticket, WallMs now_ms, const WorkCalendar& calendar, const MarkRule& rule) {
  Mark mark;
  mark.colour = colour_of(ticket);
  mark.held = ticket.status == TicketStatus::kHeld;
  const std::optional<WallMs> start_ms = clock_start_ms(ticket);
  if (!start_ms) return mark;

  const LocalDate arrival = local_date(*start_ms);
  const LocalDate today = local_date(now_ms);
  mark.age_days = calendar_days_between(arrival, today);
  if (mark.colour == MarkColour::kRed) {
    const LocalDate due = last_day_in_time(arrival, calendar, rule);
    mark.due = due;
    mark.late_days = days_after(due, today, calendar, rule);
  }
  return mark;
}

}  // namespace mimika
