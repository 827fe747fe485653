// When the kiosk cannot show itself because a part of the program is missing: what is wrong and what to do.
#pragma once

#include "kiosk/app/kiosk.h"

namespace mimika {

// On the screen for a minute, or until the window is closed; then the program ends and whoever watches over it starts
// it again. Without a display, on standard error.
void say_last_words(const KioskOptions& options, const Error& error);

}  // namespace mimika
