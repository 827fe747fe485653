#include "kiosk/model/mark.h"

#include <catch2/catch.hpp>

#include "tests/model/model_world.h"

namespace mimika {
namespace {

using test::at;
using test::date;
using test::iso;

const LocalDate kTuesday = date(2026, 11, 24);

Ticket arrived(LocalDate day, TicketStatus status = TicketStatus::kAssigned) {
  Ticket ticket;
  ticket.status = status;
  ticket.filed_ms = at(day, 8);
  ticket.arrived_ms = at(day, 9);
  return ticket;
}

Mark mark_on(const Ticket& ticket, LocalDate day, const MarkRule& rule = MarkRule{}) {
  return mark_of(ticket, at(day, 12), test::real_catalogue().work_calendar(), rule);
}

TEST_CASE("a ticket that arrived on a Tuesday is due the Tuesday after and late on the Wednesday") {
  const Ticket ticket = arrived(kTuesday);
  const Mark on_time = mark_on(ticket, date(2026, 12, 1));
  CHECK(on_time.colour == MarkColour::kRed);
  REQUIRE(on_time.due.has_value());
  CHECK(iso(*on_time.due) == "2026-12-01");
  CHECK_FALSE(on_time.late());
  CHECK(on_time.age_days == 7);

  const Mark late = mark_on(ticket, date(2026, 12, 2));
  CHECK(late.late());
  CHECK(late.late_days == 1);
  CHECK(late.age_days == 8);
}

TEST_CASE("the mark turns late at local midnight, not at UTC midnight") {
  const Ticket ticket = arrived(kTuesday);
  const WorkCalendar calendar = test::real_catalogue().work_calendar();
  const WallMs midnight = start_of_day_ms(date(2026, 12, 2));
  CHECK_FALSE(mark_of(ticket, midnight - 1, calendar, MarkRule{}).late());
  CHECK(mark_of(ticket, midnight, calendar, MarkRule{}).late());
}

TEST_CASE("the day of arrival is day 0 at whatever hour it arrived") {
  Ticket ticket = arrived(kTuesday);
  ticket.arrived_ms = at(kTuesday, 23, 59);
  CHECK(iso(*mark_on(ticket, kTuesday).due) == "2026-12-01");
  ticket.arrived_ms = at(kTuesday, 0, 0);
  CHECK(iso(*mark_on(ticket, kTuesday).due) == "2026-12-01");
}

TEST_CASE("the agency's clock runs from arrival, however long the ticket lay on the kiosk") {
  Ticket ticket = arrived(kTuesday);
  ticket.filed_ms = at(date(2026, 9, 1), 8);
  const Mark mark = mark_on(ticket, kTuesday);
  CHECK(mark.age_days == 0);
  CHECK_FALSE(mark.late());
  CHECK(iso(*mark.due) == "2026-12-01");
}

TEST_CASE("closed days push the last day in time back") {
  CHECK(iso(*mark_on(arrived(date(2026, 3, 10)), date(2026, 3, 10)).due) == "2026-03-17");  // just before them
  CHECK(iso(*mark_on(arrived(date(2026, 3, 11)), date(2026, 3, 11)).due) == "2026-03-25");
  CHECK(iso(*mark_on(arrived(date(2026, 3, 20)), date(2026, 3, 20)).due) == "2026-03-31");  // arrived within them
  CHECK(iso(*mark_on(arrived(date(2026, 3, 25)), date(2026, 3, 25)).due) == "2026-04-01");  // just after
  CHECK(iso(*mark_on(arrived(date(2026, 2, 3)), date(2026, 2, 3)).due) == "2026-02-11");    // over 5 February
}

TEST_CASE("nobody becomes late while the offices are closed") {
  const Ticket ticket = arrived(date(2026, 3, 10));  // due on Tuesday 17 March
  CHECK(mark_on(ticket, date(2026, 3, 24)).late_days == 0);
  CHECK(mark_on(ticket, date(2026, 3, 25)).late_days == 1);
}

TEST_CASE("by calendar days weekends and closed days count") {
  const MarkRule rule{.limit_days = 5, .days = DayKind::kCalendarDays};
  const Ticket ticket = arrived(kTuesday);
  CHECK(iso(*mark_on(ticket, kTuesday, rule).due) == "2026-11-29");
  CHECK_FALSE(mark_on(ticket, date(2026, 11, 29), rule).late());
  CHECK(mark_on(ticket, date(2026, 11, 30), rule).late_days == 1);
  CHECK(mark_on(arrived(date(2026, 3, 17)), date(2026, 3, 25), rule).late_days == 3);
}

TEST_CASE("the limit is data") {
  const MarkRule rule{.limit_days = 2, .days = DayKind::kWorkingDays};
  CHECK(iso(*mark_on(arrived(kTuesday), kTuesday, rule).due) == "2026-11-26");
}

TEST_CASE("every status has its colour") {
  const auto colour = [](TicketStatus status) { return mark_on(arrived(kTuesday, status), kTuesday).colour; };
  CHECK(colour(TicketStatus::kUnverified) == MarkColour::kRed);
  CHECK(colour(TicketStatus::kVerified) == MarkColour::kRed);
  CHECK(colour(TicketStatus::kAssigned) == MarkColour::kRed);
  CHECK(colour(TicketStatus::kInProgress) == MarkColour::kYellow);
  CHECK(colour(TicketStatus::kResolved) == MarkColour::kGreen);
  CHECK(colour(TicketStatus::kArchived) == MarkColour::kGrey);
}

TEST_CASE("holding a ticket that nobody has answered in public leaves it red, and late in its time") {
  Ticket ticket = arrived(kTuesday, TicketStatus::kHeld);
  ticket.first_follow_up_ms.reset();
  CHECK(mark_on(ticket, kTuesday).colour == MarkColour::kRed);
  CHECK(mark_on(ticket, date(2027, 2, 1)).late());
  CHECK(mark_on(ticket, date(2027, 2, 1)).held);
  ticket.first_follow_up_ms = at(kTuesday, 9);
  CHECK(mark_on(ticket, date(2027, 2, 1)).colour == MarkColour::kYellow);
  CHECK_FALSE(mark_on(ticket, date(2027, 2, 1)).late());
}

TEST_CASE("a held ticket says that it is held") {
  CHECK(mark_on(arrived(kTuesday, TicketStatus::kHeld), kTuesday).held);
  CHECK_FALSE(mark_on(arrived(kTuesday, TicketStatus::kInProgress), kTuesday).held);
}

TEST_CASE("only red tickets have a last day and can be late") {
  const LocalDate long_after = date(2027, 2, 1);
  for (const TicketStatus status : {TicketStatus::kInProgress, TicketStatus::kResolved, TicketStatus::kArchived}) {
    const Mark mark = mark_on(arrived(kTuesday, status), long_after);
    CHECK_FALSE(mark.due.has_value());
    CHECK_FALSE(mark.late());
  }
  CHECK(mark_on(arrived(kTuesday), long_after).late());
}

TEST_CASE("a ticket resolved after its last day is green and no longer late") {
  Ticket ticket = arrived(kTuesday, TicketStatus::kResolved);
  ticket.first_follow_up_ms = at(date(2026, 12, 20), 9);
  ticket.closed_ms = at(date(2026, 12, 21), 9);
  const Mark mark = mark_on(ticket, date(2026, 12, 21));
  CHECK(mark.colour == MarkColour::kGreen);
  CHECK(mark.late_days == 0);
}

TEST_CASE("a ticket not known to have arrived is grey: no agency can be late for it") {
  Ticket ticket = arrived(kTuesday, TicketStatus::kSavedHere);
  ticket.arrived_ms.reset();
  const Mark mark = mark_on(ticket, date(2027, 2, 1));
  CHECK(mark.colour == MarkColour::kGrey);
  CHECK(mark.age_days == 0);
  CHECK_FALSE(mark.late());
}

TEST_CASE("handing on a ticket that was followed up does not make it red again") {
  Ticket ticket = arrived(kTuesday, TicketStatus::kAssigned);
  ticket.first_follow_up_ms = at(date(2026, 11, 25), 9);
  CHECK(mark_on(ticket, date(2026, 12, 20)).colour == MarkColour::kYellow);
}

TEST_CASE("an arrival in the future, by a wrong clock, has no age and is not late") {
  const Mark mark = mark_on(arrived(date(2030, 1, 1)), kTuesday);
  CHECK(mark.age_days == 0);
  CHECK_FALSE(mark.late());
}

}  // namespace
}  // namespace mimika
