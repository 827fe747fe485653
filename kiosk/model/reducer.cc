#include "kiosk/model/reducer.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace mimika {
namespace {

Ticket file_ticket(const Event& event, const TicketFiled& filed) {
  Ticket ticket;
  ticket.id = event.key;
  ticket.number = filed.number;
  ticket.kind = filed.kind;
  ticket.confidentiality = filed.confidentiality;
  ticket.district = filed.district;
  ticket.category = filed.category;
  ticket.service = filed.service;
  ticket.kampung = filed.kampung;
  ticket.receipt_key = filed.receipt_key;
  ticket.filed_ms = event.time.wall_ms;
  ticket.filed_confidence = event.time.confidence;
  ticket.timeline.push_back({.event = event.key,
                             .kind = TimelineKind::kFiled,
                             .at_ms = event.time.wall_ms,
                             .confidence = event.time.confidence,
                             .actor = {},
                             .opd = {},
                             .text = {},
                             .sealed_text = {},
                             .applied = true});
  return ticket;
}

bool is_closed(const Ticket& ticket) {
  return ticket.status == TicketStatus::kResolved || ticket.status == TicketStatus::kArchived;
}

TimelineEntry entry_of(const Event& event, TimelineKind kind, const Actor& actor) {
  TimelineEntry entry;
  entry.event = event.key;
  entry.kind = kind;
  entry.at_ms = event.time.wall_ms;
  entry.confidence = event.time.confidence;
  entry.actor = actor;
  return entry;
}

// One overload a payload: changes the ticket, returns what the timeline says about it.
class Transition {
 public:
  Transition(Ticket& ticket, const Event& event) : ticket_(ticket), event_(event) {}

  std::optional<TimelineEntry> operator()(const TicketVerified& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kVerified, p.actor);
    entry.applied = ticket_.status == TicketStatus::kSavedHere || ticket_.status == TicketStatus::kUnverified;
    if (entry.applied) ticket_.status = TicketStatus::kVerified;
    return entry;
  }

  std::optional<TimelineEntry> operator()(const TicketAssigned& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kAssigned, p.actor);
    entry.opd = p.opd;
    entry.applied = !is_closed(ticket_);
    if (entry.applied) {
      ticket_.opd = p.opd;
      // Handing on a ticket that was already followed up does not make it red again: the public answer stands.
      if (!ticket_.first_follow_up_ms) ticket_.status = TicketStatus::kAssigned;
    }
    return entry;
  }

  std::optional<TimelineEntry> operator()(const FollowUpPublished& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kFollowUp, p.actor);
    entry.text = p.text;
    entry.sealed_text = p.sealed_text;
    entry.applied = !is_closed(ticket_) && ticket_.opd.has_value();
    if (entry.applied) {
      ticket_.status = TicketStatus::kInProgress;
      if (!ticket_.first_follow_up_ms) ticket_.first_follow_up_ms = event_.time.wall_ms;
    }
    return entry;
  }

  std::optional<TimelineEntry> operator()(const TicketHeld& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kHeld, p.actor);
    entry.text = p.reason;
    entry.applied = !is_closed(ticket_);
    if (entry.applied) ticket_.status = TicketStatus::kHeld;
    return entry;
  }

  std::optional<TimelineEntry> operator()(const TicketResolved& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kResolved, p.actor);
    entry.text = p.text;
    entry.sealed_text = p.sealed_text;
    // Nobody may jump from red to green in silence: resolving wants a public follow-up first.
    entry.applied = !is_closed(ticket_) && ticket_.first_follow_up_ms.has_value();
    if (entry.applied) close(TicketStatus::kResolved);
    return entry;
  }

  std::optional<TimelineEntry> operator()(const TicketArchived& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kArchived, p.actor);
    entry.text = p.reason;
    entry.applied = !is_closed(ticket_);
    if (entry.applied) close(TicketStatus::kArchived);
    return entry;
  }

  std::optional<TimelineEntry> operator()(const PrivateMessageAdded& p) {
    TimelineEntry entry = entry_of(event_, TimelineKind::kPrivateMessage, p.actor);
    entry.sealed_text = p.sealed_text;
    return entry;  // a message to the person is possible at any time and changes no status
  }

  // Events that say nothing about what a ticket's reader sees.
  std::optional<TimelineEntry> operator()(const UnknownEvent&) { return std::nullopt; }
  std::optional<TimelineEntry> operator()(const DeviceStarted&) { return std::nullopt; }
  std::optional<TimelineEntry> operator()(const SealStreamOpened&) { return std::nullopt; }
  std::optional<TimelineEntry> operator()(const TicketFiled&) { return std::nullopt; }
  std::optional<TimelineEntry> operator()(const PrivatePartRead&) { return std::nullopt; }
  std::optional<TimelineEntry> operator()(const AttachmentAdded&) { return std::nullopt; }

 private:
  void close(TicketStatus status) {
    ticket_.status = status;
    ticket_.closed_ms = event_.time.wall_ms;
  }

  Ticket& ticket_;
  const Event& event_;
};

bool already_applied(const Ticket& ticket, const EventKey& key) {
  return std::any_of(ticket.timeline.begin(), ticket.timeline.end(), [&](const TimelineEntry& entry) {
    return entry.event == key && entry.kind != TimelineKind::kArrived;
  });
}

}  // namespace

std::optional<Ticket> apply_event(std::optional<Ticket> before, const Event& event, std::optional<WallMs> arrived_ms) {
  if (const auto* filed = std::get_if<TicketFiled>(&event.payload)) {
    if (!before) before = file_ticket(event, *filed);
    if (arrived_ms) mark_arrived(*before, *arrived_ms);
    return before;
  }
  if (!before || already_applied(*before, event.key)) return before;

  if (auto entry = std::visit(Transition(*before, event), event.payload)) {
    before->timeline.push_back(std::move(*entry));
  }
  return before;
}

void mark_arrived(Ticket& ticket, WallMs arrived_ms) {
  if (ticket.arrived_ms) return;
  ticket.arrived_ms = arrived_ms;
  if (ticket.status == TicketStatus::kSavedHere) ticket.status = TicketStatus::kUnverified;

  TimelineEntry entry;
  entry.event = ticket.id;
  entry.kind = TimelineKind::kArrived;
  entry.at_ms = arrived_ms;
  entry.confidence = ClockConfidence::kSynced;
  // Arrival belongs right after filing, also when the centre's later events were seen first.
  const auto after_filing = ticket.timeline.empty() ? ticket.timeline.begin() : ticket.timeline.begin() + 1;
  ticket.timeline.insert(after_filing, std::move(entry));
}

}  // namespace mimika
