// Lines of the event log, which anybody with the disk in hand may have written, and the text log on its way out.
#pragma once

#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::fuzz {

void run_event_line(ByteView input);
void run_scrub(ByteView input);

[[nodiscard]] std::vector<Bytes> seeds_of_event_line();
[[nodiscard]] std::vector<Bytes> seeds_of_scrub();

}  // namespace mimika::fuzz
