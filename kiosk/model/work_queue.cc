#include "kiosk/model/work_queue.h"

#include <algorithm>

namespace mimika {
namespace {

bool by_person(TimelineKind kind) {
  return kind == TimelineKind::kPersonReply || kind == TimelineKind::kReopened;
}

// What happened last that anybody must react to.
bool person_spoke_last(const Ticket& ticket) {
  for (auto entry = ticket.timeline.rbegin(); entry != ticket.timeline.rend(); ++entry) {
    if (entry->kind == TimelineKind::kArrived || entry->kind == TimelineKind::kRated) continue;
    return by_person(entry->kind);
  }
  return false;
}

}  // namespace

bool person_answered(const Ticket& ticket) {
  return !is_closed(ticket) && person_spoke_last(ticket);
}

bool stands_in(QueueTab tab, const Ticket& ticket, const Mark& mark) {
  const bool closed = is_closed(ticket);
  switch (tab) {
    case QueueTab::kAll:
      return !closed;
    case QueueTab::kLate:
      return !closed && mark.late();
    case QueueTab::kNew:
      return ticket.status == TicketStatus::kSavedHere || ticket.status == TicketStatus::kUnverified;
    case QueueTab::kOurs:
      return !closed && !ticket.awaits_person &&
             (person_spoke_last(ticket) || (ticket.status == TicketStatus::kVerified && !ticket.opd));
    case QueueTab::kBack:
      return !closed && ticket.reopened;
    case QueueTab::kClosed:
      return closed;
  }
  return false;
}

std::int64_t queue_order(const Ticket& ticket, const Mark& mark) {
  // A day is 86,400,000 ms: classes are further apart than any time.
  constexpr std::int64_t kClass = std::int64_t{1} << 50;
  if (is_closed(ticket)) return 4 * kClass - ticket.closed_ms.value_or(ticket.filed_ms);
  if (mark.late()) return -std::int64_t{std::min(mark.late_days, 9999)} * (std::int64_t{1} << 35);
  const std::int64_t rank = mark.colour == MarkColour::kRed || mark.colour == MarkColour::kGrey ? 1 : 2;
  return rank * kClass + std::clamp<std::int64_t>(ticket.filed_ms, 0, kClass - 1);
}

}  // namespace mimika
