// What a kiosk can still show when it has no fonts, no drawings or no words of its own: a page in the letters that come
// with Dear ImGui. They are coarse, know ASCII only, and are always there.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "ui/platform/window.h"

namespace mimika::ui {

struct LastWords {
  std::string text;
  bool heading = false;
};

// One frame of the page into the window.
[[nodiscard]] Status draw_last_words(Window& window, const std::vector<LastWords>& words);

// Opens a window and shows the page until it is closed or `most` has passed, whichever comes first. kUnreachable when
// there is no display.
[[nodiscard]] Status show_last_words(const WindowOptions& options, const std::vector<LastWords>& words,
                                     std::chrono::milliseconds most);

}  // namespace mimika::ui
