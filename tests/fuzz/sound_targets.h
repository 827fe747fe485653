// Recordings, which come back from a disk or from a stick: as files, and as packets in whole pages.
#pragma once

#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::fuzz {

void run_sound(ByteView input);
void run_sound_packets(ByteView input);

[[nodiscard]] std::vector<Bytes> seeds_of_sound();
[[nodiscard]] std::vector<Bytes> seeds_of_sound_packets();

}  // namespace mimika::fuzz
