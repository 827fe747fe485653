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

TimelineEntry entry_of(const Event& event, TimelineKind kind, const Actor& actor = {}) {
  TimelineEntry entry;
  entry.event = event.key;
  entry.kind = kind;
  entry.at_ms = event.time.wall_ms;
  entry.confidence = event.time.confidence;
  entry.actor = actor;
  return entry;
}

// What the timeline says of an event. Everything that a ticket's state follows from stands in its entries.
class Telling {
 public:
  explicit Telling(const Event& event) : event_(event) {}

  using Entry = std::optional<TimelineEntry>;
  Entry operator()(const TicketVerified& p) const { return entry_of(event_, TimelineKind::kVerified, p.actor); }
  Entry operator()(const TicketAssigned& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kAssigned, p.actor);
    entry.opd = p.opd;
    return entry;
  }
  Entry operator()(const FollowUpPublished& p) const { return worded(p, TimelineKind::kFollowUp); }
  Entry operator()(const TicketResolved& p) const { return worded(p, TimelineKind::kResolved); }
  Entry operator()(const TicketHeld& p) const { return with_reason(p, TimelineKind::kHeld); }
  Entry operator()(const TicketArchived& p) const { return with_reason(p, TimelineKind::kArchived); }
  Entry operator()(const PrivateMessageAdded& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kPrivateMessage, p.actor);
    entry.sealed_text = p.sealed_text;
    return entry;
  }
  Entry operator()(const OfficeAnswered& p) const { return worded(p, TimelineKind::kOfficeAnswer); }
  Entry operator()(const MoreAsked& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kMoreAsked, p.actor);
    entry.sealed_text = p.sealed_text;
    return entry;
  }
  Entry operator()(const TicketDuplicated& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kDuplicate, p.actor);
    entry.text = format_ticket_number(p.other);
    return entry;
  }
  Entry operator()(const TicketAssisted& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kAssisted, p.actor);
    entry.text = p.day;
    return entry;
  }
  Entry operator()(const PersonReplied& p) const { return by_person(p, TimelineKind::kPersonReply); }
  Entry operator()(const TicketReopened& p) const { return by_person(p, TimelineKind::kReopened); }
  Entry operator()(const TicketRated& p) const {
    TimelineEntry entry = entry_of(event_, TimelineKind::kRated);
    entry.score = p.score;
    return entry;
  }

  // Events that say nothing about what a ticket's reader sees.
  Entry operator()(const UnknownEvent&) const { return std::nullopt; }
  Entry operator()(const DeviceStarted&) const { return std::nullopt; }
  Entry operator()(const SealStreamOpened&) const { return std::nullopt; }
  Entry operator()(const TicketFiled&) const { return std::nullopt; }
  Entry operator()(const PrivatePartRead&) const { return std::nullopt; }
  Entry operator()(const AttachmentAdded&) const { return std::nullopt; }
  Entry operator()(const SurveyAnswered&) const { return std::nullopt; }
  Entry operator()(const StaffActed&) const { return std::nullopt; }
  Entry operator()(const AnnouncementPosted&) const { return std::nullopt; }
  Entry operator()(const AnnouncementWithdrawn&) const { return std::nullopt; }

 private:
  template <typename Payload>
  TimelineEntry worded(const Payload& p, TimelineKind kind) const {
    TimelineEntry entry = entry_of(event_, kind, p.actor);
    entry.text = p.text;
    entry.sealed_text = p.sealed_text;
    return entry;
  }
  template <typename Payload>
  TimelineEntry with_reason(const Payload& p, TimelineKind kind) const {
    TimelineEntry entry = entry_of(event_, kind, p.actor);
    entry.text = p.reason;
    return entry;
  }
  template <typename Payload>
  TimelineEntry by_person(const Payload& p, TimelineKind kind) const {
    TimelineEntry entry = entry_of(event_, kind);
    entry.sealed_text = p.sealed_text;
    return entry;
  }

  const Event& event_;
};

void close(Ticket& ticket, TicketStatus status, WallMs at_ms) {
  ticket.status = status;
  ticket.closed_ms = at_ms;
}

// Nobody has answered to this yet, whatever was said before the ticket was called solved.
void reopen(Ticket& ticket, const TimelineEntry& entry) {
  ticket.status = ticket.opd ? TicketStatus::kAssigned : TicketStatus::kVerified;
  ticket.first_follow_up_ms.reset();
  ticket.closed_ms.reset();
  ticket.rating.reset();
  ticket.reopened = true;
  ticket.reopened_ms = entry.arrived_ms;
  ticket.awaits_person = false;
}

// Whether the entry counts as the ticket stands.
bool applies(const Ticket& ticket, const TimelineEntry& entry) {
  switch (entry.kind) {
    case TimelineKind::kVerified:
      return ticket.status == TicketStatus::kSavedHere || ticket.status == TicketStatus::kUnverified;
    case TimelineKind::kAssigned:
    case TimelineKind::kHeld:
    case TimelineKind::kMoreAsked:
      return !is_closed(ticket);
    case TimelineKind::kArchived:
    case TimelineKind::kDuplicate:
      // What an agency has is not closed over its head: else an office could take a red mark from the list.
      return !is_closed(ticket) && !(is_office_role(entry.actor.role) && ticket.opd);
    case TimelineKind::kFollowUp:
      return !is_closed(ticket) && ticket.opd.has_value();
    case TimelineKind::kResolved:
      // Nobody may jump from red to green in silence: resolving wants a public follow-up first.
      return !is_closed(ticket) &&
             (ticket.first_follow_up_ms.has_value() || (is_office_role(entry.actor.role) && office_settles(ticket)));
    case TimelineKind::kReopened:
      return ticket.status == TicketStatus::kResolved;
    case TimelineKind::kRated:
      return is_closed(ticket);
    case TimelineKind::kFiled:
    case TimelineKind::kArrived:
    case TimelineKind::kPrivateMessage:  // a message is possible at any time and changes no status
    case TimelineKind::kPersonReply:
    case TimelineKind::kOfficeAnswer:
    case TimelineKind::kAssisted:
      return true;
  }
  return true;
}

void apply_entry(Ticket& ticket, TimelineEntry& entry) {
  entry.applied = !entry.refused && applies(ticket, entry);
  if (!entry.applied) return;
  switch (entry.kind) {
    case TimelineKind::kVerified:
      ticket.status = TicketStatus::kVerified;
      return;
    case TimelineKind::kAssigned:
      ticket.opd = entry.opd;
      // Handing on a ticket that was already followed up does not make it red again: the public answer stands.
      if (!ticket.first_follow_up_ms) ticket.status = TicketStatus::kAssigned;
      return;
    case TimelineKind::kFollowUp:
      ticket.status = TicketStatus::kInProgress;
      ticket.reopened = false;
      if (!ticket.first_follow_up_ms) ticket.first_follow_up_ms = entry.at_ms;
      return;
    case TimelineKind::kHeld:
      ticket.status = TicketStatus::kHeld;
      return;
    case TimelineKind::kResolved:
      return close(ticket, TicketStatus::kResolved, entry.at_ms);
    case TimelineKind::kArchived:
    case TimelineKind::kDuplicate:
      return close(ticket, TicketStatus::kArchived, entry.at_ms);
    case TimelineKind::kMoreAsked:
      ticket.awaits_person = true;
      return;
    case TimelineKind::kPersonReply:
      ticket.awaits_person = false;
      return;
    case TimelineKind::kReopened:
      return reopen(ticket, entry);
    case TimelineKind::kRated:
      ticket.rating = entry.score;
      return;
    case TimelineKind::kFiled:
    case TimelineKind::kArrived:
    case TimelineKind::kPrivateMessage:
    case TimelineKind::kOfficeAnswer:
    case TimelineKind::kAssisted:
      return;
  }
}

// The state again, from the first entry on.
void refold(Ticket& ticket) {
  ticket.status = ticket.arrived_ms ? TicketStatus::kUnverified : TicketStatus::kSavedHere;
  ticket.opd.reset();
  ticket.first_follow_up_ms.reset();
  ticket.closed_ms.reset();
  ticket.reopened = false;
  ticket.reopened_ms.reset();
  ticket.rating.reset();
  ticket.awaits_person = false;
  for (TimelineEntry& entry : ticket.timeline) apply_entry(ticket, entry);
}

// Where the part ends whose order the centre has told.
std::vector<TimelineEntry>::iterator end_of_told(Ticket& ticket) {
  return std::ranges::find_if(ticket.timeline, &TimelineEntry::pending);
}

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

  auto entry = std::visit(Telling(event), event.payload);
  if (!entry) return before;
  entry->pending = !arrived_ms;
  if (entry->kind == TimelineKind::kReopened) entry->arrived_ms = arrived_ms;
  std::vector<TimelineEntry>& timeline = before->timeline;
  const auto place = entry->pending ? timeline.end() : end_of_told(*before);
  const bool last = place == timeline.end();
  timeline.insert(place, *std::move(entry));
  if (last) {
    apply_entry(*before, timeline.back());
  } else {
    refold(*before);
  }
  return before;
}

bool confirm_event(Ticket& ticket, const EventKey& event, WallMs arrived_ms) {
  const auto found = std::ranges::find_if(
      ticket.timeline, [&](const TimelineEntry& entry) { return entry.pending && entry.event == event; });
  if (found == ticket.timeline.end()) return false;
  const auto place = end_of_told(ticket);
  std::rotate(place, found, found + 1);
  place->pending = false;
  if (place->kind == TimelineKind::kReopened) place->arrived_ms = arrived_ms;
  refold(ticket);
  return true;
}

bool refuse_event(Ticket& ticket, const EventKey& event, bool refused) {
  const auto found = std::ranges::find_if(ticket.timeline, [&](const TimelineEntry& entry) {
    return entry.event == event && entry.kind != TimelineKind::kFiled && entry.kind != TimelineKind::kArrived;
  });
  if (found == ticket.timeline.end() || found->refused == refused) return found != ticket.timeline.end();
  found->refused = refused;
  refold(ticket);
  return true;
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
