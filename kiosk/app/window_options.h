// The window that the options and the configuration ask for: the kiosk's, and that of its last words.
#pragma once

#include "kiosk/app/config.h"
#include "kiosk/app/kiosk.h"
#include "ui/platform/window.h"

namespace mimika {

// What was given on the command line goes before the configuration.
[[nodiscard]] ui::WindowOptions window_options(const KioskOptions& options, const KioskConfig& config);

}  // namespace mimika
