// How far a kiosk has come with the states of tickets: the last ticket it holds, in their order, and the feed number
// from which the first page was told. It travels in the call's header, so that paging survives any cut.
#pragma once

#include "kiosk/base/bytes.h"
#include "kiosk/base/ids.h"

namespace mimika::wire {

struct StatesMark {
  FeedSeq base;    // events up to it are in every page: the feed goes on after it
  TicketId after;  // of the ticket that came last
  friend bool operator==(const StatesMark&, const StatesMark&) = default;
};

[[nodiscard]] Bytes encode_states_mark(const StatesMark& mark);
[[nodiscard]] Result<StatesMark> decode_states_mark(ByteView bytes);  // kCorrupt

}  // namespace mimika::wire
