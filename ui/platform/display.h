// Everything a program needs to show frames: window, letters, drawings, renderer.
//
//   TRY_ASSIGN(auto display, Display::open(options));
//   Ui ui(display->fonts(), display->pictures());
//   for (;;) {
//     WindowEvents events = display->window().wait(…until ui.schedule().next_ms());
//     display->draw(ui, frame_input, [&] { action = draw_screen(view, ui); });
//   }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "ui/platform/canvas.h"
#include "ui/platform/cross_fade.h"
#include "ui/platform/glyphs.h"
#include "ui/platform/pictures.h"
#include "ui/platform/renderer.h"
#include "ui/platform/window.h"

struct ImDrawData;

namespace mimika::ui {

struct DisplayOptions {
  WindowOptions window;
  std::string assets_folder;      // holds icons/
  std::string font_folder = {};   // searched first when not empty
  std::string cache_folder = {};  // keeps large drawings rasterised for the next start, when not empty
};

class Display {
 public:
  // An error names what is missing: the display, the fonts, the drawings.
  [[nodiscard]] static Result<std::unique_ptr<Display>> open(const DisplayOptions& options);

  [[nodiscard]] Window& window() { return *window_; }
  [[nodiscard]] GlyphCache& fonts() { return *fonts_; }
  [[nodiscard]] PictureCache& pictures() { return *pictures_; }
  [[nodiscard]] const RenderCounts& counts() const { return renderer_->counts(); }

  // One frame: `paint` fills the canvas, which is then rendered and shown. now_ms: monotonic; matters during a fade.
  void draw(const std::function<void(ImDrawList&)>& paint, std::int64_t now_ms = 0);

  // What is shown now fades while the next frames are drawn: at next_ms() of the fade, until there is none.
  [[nodiscard]] CrossFade& fade() { return *fade_; }

  // The last drawn frame as a PNG file, whole: a fade ends. To be called in the same turn as draw(), before a drawing
  // that stands in the frame is replaced. kStorageFailed, kUnreachable.
  [[nodiscard]] Status screenshot(const std::string& path);

 private:
  Display() = default;

  std::unique_ptr<Window> window_;
  std::unique_ptr<GlyphCache> fonts_;
  std::unique_ptr<PictureCache> pictures_;
  std::unique_ptr<DrawListRenderer> renderer_;
  std::unique_ptr<Canvas> canvas_;
  std::unique_ptr<CrossFade> fade_;
  const ImDrawData* shown_ = nullptr;  // the canvas keeps it until the next frame
};

}  // namespace mimika::ui
