// What an answer brings a kiosk besides its acknowledgement: the feed or the states of tickets, and documents, within
// the bytes it asked for. Private to this folder.
#pragma once

#include "sync/central/store/database.h"
#include "sync/central/store/devices.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// How much of it at once.
struct NewsLimits {
  std::size_t bytes;  // of the feed or of states, and of documents in what these leave
  std::size_t feed_items;
  std::uint64_t states_behind;  // a kiosk further behind than so many items is told how tickets are
  bool own_bytes;               // with the bytes of the kiosk's own events: a restored one needs them
};
// Over a link, with the bytes that the kiosk asked for.
[[nodiscard]] NewsLimits link_limits(const wire::CallHeader& header);
// In a file.
[[nodiscard]] NewsLimits stick_limits();

// In one unchanging view of the database.
[[nodiscard]] Status add_news(Database& database, const Device& device, const wire::CallHeader& header,
                              const NewsLimits& most, wire::Answer& answer);

}  // namespace mimika::central
