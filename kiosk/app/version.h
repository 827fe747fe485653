// The version of the program, from CMake's project(), and when it was built.
#pragma once

#include "kiosk/base/env.h"

namespace mimika {

inline constexpr const char* kProgramVersion = MIMIKA_VERSION;

// UTC, of the newest change it was built from: no clock that shows less is right.
[[nodiscard]] WallMs program_built_ms();

}  // namespace mimika
