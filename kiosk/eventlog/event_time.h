// Times as the event log spells them: UTC to the millisecond, "2026-11-28T13:25:01.123Z", so that a technician reads
// the files without a program and texts sort as times do.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"

namespace mimika::eventlog {

// Of the years 0 to 9999; a clock that claims another is taken as the nearest end of these.
[[nodiscard]] std::string format_time(WallMs time_ms);

// The same, or without milliseconds, or a day alone ("2026-11-28": its beginning). kInvalidInput for anything else.
[[nodiscard]] Result<WallMs> parse_time(std::string_view text);

}  // namespace mimika::eventlog
