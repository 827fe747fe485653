// What an officer works through: which list a ticket stands in, and in which order. Pure.
#pragma once

#include <cstdint>

#include "kiosk/model/mark.h"
#include "kiosk/model/ticket.h"

namespace mimika {

enum class QueueTab : std::uint8_t {
  kAll,   // everything that is not closed
  kLate,  // red past its limit
  kNew,   // nobody has looked at it yet
  kOurs,  // waits for this office: looked at and not handed over, or the person has answered
  kBack,  // came back: called solved, and opened again by the person
  kClosed,
};
inline constexpr std::size_t kQueueTabs = 6;

// A ticket can stand in several.
[[nodiscard]] bool stands_in(QueueTab tab, const Ticket& ticket, const Mark& mark);

// Whether what happened last is that the person wrote, and somebody should look.
[[nodiscard]] bool person_answered(const Ticket& ticket);

// For the order of a list: what is late longest first, then red, then the rest; within these the oldest first. Lower
// comes first. Closed tickets: the newest first.
[[nodiscard]] std::int64_t queue_order(const Ticket& ticket, const Mark& mark);

}  // namespace mimika
