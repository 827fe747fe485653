// eSpeak NG: offline, and the one free synthesiser that speaks Indonesian. Its library has one state a process, so one
// of these may be open at a time.
#pragma once

#include <memory>

#include "kiosk/device/synthesiser.h"

namespace mimika::device {

// Speaks English ("en") and Indonesian, which also reads every other language: their spellings follow its letters.
[[nodiscard]] std::unique_ptr<Synthesiser> make_espeak();

}  // namespace mimika::device
