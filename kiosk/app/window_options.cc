#include "kiosk/app/window_options.h"

namespace mimika {

ui::WindowOptions window_options(const KioskOptions& options, const KioskConfig& config) {
  ui::WindowOptions window;
  window.mode = options.headless    ? ui::WindowMode::kHeadless
                : config.fullscreen ? ui::WindowMode::kFullscreen
                                    : ui::WindowMode::kWindowed;
  window.width = options.width_px.value_or(config.width_px);
  window.height = options.height_px.value_or(config.height_px);
  return window;
}

}  // namespace mimika
