// Tickets whole, for kiosks too far behind to be told their history.
#pragma once

#include <vector>

#include "sync/central/store/database.h"
#include "sync/wire/envelope.h"
#include "sync/wire/states_mark.h"

namespace mimika::central {

[[nodiscard]] Status note_feed_seq(Database& database, const TicketId& ticket, FeedSeq feed_seq);

struct StatesPage {
  std::vector<wire::TicketState> states;
  FeedSeq until;  // with the last page: the feed goes on after this; 0: more pages follow
};
// The tickets of a district about which the feed says something after `cursor`, in the order of their ids, after
// `mark`. At least one, and about `max_bytes`.
[[nodiscard]] Result<StatesPage> read_states(Database& database, const DistrictCode& district, FeedSeq cursor,
                                             const wire::StatesMark& mark, std::size_t max_bytes);

}  // namespace mimika::central
