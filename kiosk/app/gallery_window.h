// mimika-kiosk --gallery: the style guide in the kiosk's window. Reads fonts, drawings and words alone: no data folder,
// no journal, no devices, no network; and writes nothing but what a script photographs.
#pragma once

#include "kiosk/app/kiosk.h"

namespace mimika {

// Until the window is closed, a signal arrives or the script ends; the process's exit code. Fails where nothing can be
// shown: no display, no fonts, no drawings, no words.
[[nodiscard]] Result<int> show_gallery(const KioskOptions& options);

}  // namespace mimika
