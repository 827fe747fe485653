// The one pure function that turns events into tickets, the same on the kiosk and at the centre.
#pragma once

#include <optional>

#include "kiosk/model/ticket.h"

namespace mimika {

// Applies one event to its ticket.
//
// `before` is the ticket so far: empty for TicketFiled, and empty too when an event arrives before the filing it speaks
// of (then the result is empty and the caller keeps the event until its parent comes; it is never dropped).
// `arrived_ms` is when the event reached the centre, where that is known: set for every event at the centre.
//
// The centre's order counts. What a kiosk writes itself stands at the end, pending, until the feed has told its place
// (confirm_event); what the feed brings meanwhile goes before it, and the state is computed anew. So the kiosk and the
// centre come to the same ticket whoever was first.
//
// A second TicketFiled for the same ticket changes nothing. A transition that no longer applies (a follow-up on an
// archived ticket) is kept in the timeline with applied = false.
[[nodiscard]] std::optional<Ticket> apply_event(std::optional<Ticket> before, const Event& event,
                                                std::optional<WallMs> arrived_ms);

// Whether the centre counts an event of this kiosk, or has set it aside: then it stays in the timeline, not applied,
// and the state is computed without it. False: the ticket has no such entry. A filing is not refused in this way.
bool refuse_event(Ticket& ticket, const EventKey& event, bool refused);

// The centre has acknowledged the filing: "saved here" becomes "arrived". Harmless when repeated; the first time
// stands.
void mark_arrived(Ticket& ticket, WallMs arrived_ms);

// The feed has told where an event of this kiosk stands: after everything that was told before it, and before what
// waits. False: it does not wait in this ticket.
bool confirm_event(Ticket& ticket, const EventKey& event, WallMs arrived_ms);

}  // namespace mimika
