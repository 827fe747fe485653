// Reads a medium that nobody trusts and says what is on it. Runs in the process of stick_probe_main.cc alone: the
// libraries below are well kept, but they take their numbers from whoever wrote the stick.
#pragma once

#include <cstdint>

#include "kiosk/device/stick_report.h"

namespace mimika::device {

// `descriptor` is open for reading. Opens nothing else and never writes.
[[nodiscard]] StickReport probe_stick(int descriptor, std::uint64_t medium_bytes, bool read_only);

}  // namespace mimika::device
