#include "ui/platform/display.h"

#include <imgui.h>

#include <vector>

#include "ui/platform/png.h"

namespace mimika::ui {

Result<std::unique_ptr<Display>> Display::open(const DisplayOptions& options) {
  std::unique_ptr<Display> display(new Display());
  TRY_ASSIGN(display->window_, Window::open(options.window));
  SDL_Renderer& renderer = display->window_->renderer();
  TRY_ASSIGN(display->fonts_, GlyphCache::open(renderer, font_folders(options.font_folder)));
  TRY_ASSIGN(display->pictures_, PictureCache::open(renderer, options.assets_folder + "/icons", options.cache_folder));
  display->renderer_ = std::make_unique<DrawListRenderer>(renderer);
  display->canvas_ = std::make_unique<Canvas>();
  display->fade_ = std::make_unique<CrossFade>(renderer);
  return display;
}

void Display::draw(const std::function<void(ImDrawList&)>& paint, std::int64_t now_ms) {
  // Only between frames, because the draw list refers to textures.
  fonts_->trim();
  pictures_->trim();
  paint(canvas_->begin(window_->size_px()));
  shown_ = &canvas_->finish();
  renderer_->render(*shown_);
  fade_->paint(now_ms);
  window_->present();
}

Status Display::screenshot(const std::string& path) {
  if (fade_->running()) {
    fade_->end();
    if (shown_ != nullptr) renderer_->render(*shown_);
    window_->present();
  }
  TRY_ASSIGN(const std::vector<std::uint8_t> rgba, window_->pixels());
  const Size size = window_->size_px();
  return write_png(path, static_cast<int>(size.w), static_cast<int>(size.h), rgba);
}

}  // namespace mimika::ui
