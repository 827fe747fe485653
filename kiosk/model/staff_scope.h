// What staff may do on a kiosk. After long powered time without word from the centre, less: an account may have been
// stolen and revoked meanwhile, and the kiosk would not know.
#pragma once

#include <cstdint>

namespace mimika {

enum class StaffScope : std::uint8_t { kFull, kNarrow };

}  // namespace mimika
