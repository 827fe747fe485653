// What an answer brings a kiosk besides its acknowledgement: the feed or the states of tickets, and documents, within
// the bytes it asked for. Private to this folder.
#pragma once

#include "sync/central/store/database.h"
#include "sync/central/store/devices.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// In one unchanging view of the database.
[[nodiscard]] Status add_news(Database& database, const Device& device, const wire::CallHeader& header,
                              wire::Answer& answer);

}  // namespace mimika::central
