// The version of the program, from CMake's project().
#pragma once

namespace mimika {

inline constexpr const char* kProgramVersion = MIMIKA_VERSION;

}  // namespace mimika
