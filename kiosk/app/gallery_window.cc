#include "kiosk/app/gallery_window.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "kiosk/app/window_options.h"
#include "kiosk/base/env.h"
#include "ui/gallery/gallery.h"
#include "ui/screens/languages.h"

namespace mimika {
namespace {

constexpr int kMostFramesAtOnce = 24;  // as the kiosk's own loop: a page may be tried in four text sizes

class GalleryWindow {
 public:
  static Result<std::unique_ptr<GalleryWindow>> open(const KioskOptions& options);
  int run();

 private:
  GalleryWindow() : env_(make_system_env()) {}
  [[nodiscard]] std::int64_t now_ms() const { return env_->monotonic_ms(); }
  bool draw_once(std::span<const ui::InputEvent> events);  // true: it led to something
  void draw_until_settled(std::span<const ui::InputEvent> events);
  void turn_page();
  [[nodiscard]] std::optional<std::int64_t> next_frame_ms() const;
  [[nodiscard]] std::optional<std::int64_t> sleep_ms() const;

  std::unique_ptr<Env> env_;
  std::optional<Texts> texts_;
  std::unique_ptr<ui::Display> display_;
  std::unique_ptr<ui::Ui> ui_;
  std::unique_ptr<gallery::Gallery> gallery_;
  std::string page_ = {};                     // as it was drawn last
  std::unique_ptr<ui::ScriptRunner> script_;  // last: its thread wakes the window
};

Result<std::unique_ptr<GalleryWindow>> GalleryWindow::open(const KioskOptions& options) {
  std::unique_ptr<GalleryWindow> window(new GalleryWindow());
  TRY_ASSIGN(window->texts_, screens::load_texts(options.locale_folder));
  ui::DisplayOptions display;
  display.window = window_options(options, {});
  display.assets_folder = options.assets;
  display.font_folder = options.font_folder;
  TRY_ASSIGN(window->display_, ui::Display::open(display));
  window->ui_ = std::make_unique<ui::Ui>(window->display_->fonts(), window->display_->pictures());
  window->gallery_ = std::make_unique<gallery::Gallery>(*window->texts_, window->display_->pictures().drawing_names());
  if (options.script) {
    TRY_ASSIGN(window->script_, ui::ScriptRunner::open(*options.script, *window->display_,
                                                       [raw = window.get()] { return raw->gallery_->screen_name(); }));
  }
  return window;
}

// One page fades into the next, as a screen of the kiosk does.
void GalleryWindow::turn_page() {
  std::string page = gallery_->screen_name();
  if (page == page_) return;
  if (!page_.empty() && !gallery_->reduce_motion()) {
    display_->fade().begin(now_ms());
  } else {
    display_->fade().end();
  }
  page_ = std::move(page);
}

std::optional<std::int64_t> GalleryWindow::next_frame_ms() const {
  const auto asked = ui_->schedule().next_ms();
  const auto fading = display_->fade().next_ms();
  return asked && fading ? std::min(*asked, *fading) : asked ? asked : fading;
}

bool GalleryWindow::draw_once(std::span<const ui::InputEvent> events) {
  bool changed = false;
  static_cast<void>(ui_->schedule().take_due(now_ms()));
  turn_page();
  display_->draw(
      [&](ImDrawList& canvas) {
        ui_->begin_frame({.now_ms = now_ms(),
                          .screen_px = display_->window().size_px(),
                          .text_size = gallery_->text_size(),
                          .contrast = gallery_->contrast(),
                          .reduce_motion = gallery_->reduce_motion(),
                          .events = events},
                         canvas);
        changed = gallery_->draw(*ui_);
        ui_->end_frame();
      },
      now_ms());
  return changed;
}

void GalleryWindow::draw_until_settled(std::span<const ui::InputEvent> events) {
  for (int frame = 0; frame < kMostFramesAtOnce; ++frame) {
    const bool changed = draw_once(events);
    events = {};
    const auto due = ui_->schedule().next_ms();
    if (!changed && (!due || *due > now_ms())) return;
  }
}

std::optional<std::int64_t> GalleryWindow::sleep_ms() const {
  std::optional<std::int64_t> until = next_frame_ms();
  if (script_ && script_->next_ms()) until = std::min(until.value_or(*script_->next_ms()), *script_->next_ms());
  if (!until) return std::nullopt;
  return std::max<std::int64_t>(*until - now_ms(), 0);
}

int GalleryWindow::run() {
  draw_until_settled({});
  for (;;) {
    const ui::WindowEvents events = display_->window().wait(sleep_ms());
    if (events.quit) return 0;
    const auto due = next_frame_ms();
    if (events.exposed || !events.input.empty() || (due && *due <= now_ms())) {
      if (!events.input.empty()) display_->fade().end();  // nobody waits for a movement
      draw_until_settled(events.input);
    }
    if (script_) {
      script_->step(*ui_, now_ms());
      if (script_->finished()) return script_->exit_code();
    }
  }
}

}  // namespace

Result<int> show_gallery(const KioskOptions& options) {
  TRY_ASSIGN(const std::unique_ptr<GalleryWindow> window, GalleryWindow::open(options));
  return window->run();
}

}  // namespace mimika
