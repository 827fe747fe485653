// Whether the disk keeps what it is given: a file of random bytes, written, synced, dropped from the cache, read back
// and compared. A worn card often still answers reads while it quietly loses what is written.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/maintenance/machine.h"

namespace mimika::maintenance {

// limits::kProbeBytes in a file of its own below `folder`, which is gone again when this returns, and at the next probe
// where a power cut came between. Storage errors as everywhere; other bytes than were written are no error but `same`.
[[nodiscard]] Result<ProbeReading> write_and_read_back(const std::string& folder, Env& env);

}  // namespace mimika::maintenance
