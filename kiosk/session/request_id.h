#pragma once

#include <cstdint>

#include "kiosk/base/ids.h"

namespace mimika {

// Ties a result to the question it answers: one that comes late, after its person has gone, fits nothing.
using RequestId = StrongId<struct RequestIdTag, std::uint64_t>;

}  // namespace mimika
