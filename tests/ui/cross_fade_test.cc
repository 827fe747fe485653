// One screen gives way to another, pixel by pixel in the real renderer.
#include <imgui.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "ui/platform/display.h"
#include "ui/widgets/ui.h"

using namespace mimika;
using namespace mimika::ui;

namespace {

constexpr Colour kOld = rgb(0x000000);
constexpr Colour kNew = rgb(0xFFFFFF);

class FadingDisplay {
 public:
  FadingDisplay() {
    DisplayOptions options;
    options.window.mode = WindowMode::kHeadless;
    options.window.width = 320;
    options.window.height = 200;
    options.assets_folder = MIMIKA_SOURCE_ASSETS;
    auto display = Display::open(options);
    REQUIRE(display.has_value());
    display_ = *std::move(display);
    ui_ = std::make_unique<Ui>(display_->fonts(), display_->pictures());
  }

  [[nodiscard]] Display& display() { return *display_; }
  void draw(Colour colour, std::int64_t now_ms) {
    display_->draw(
        [&](ImDrawList& canvas) {
          ui_->begin_frame({.now_ms = now_ms, .screen_px = display_->window().size_px()}, canvas);
          ui_->fill(ui_->screen(), colour);
          ui_->end_frame();
        },
        now_ms);
  }
  // Of the pixel in the middle.
  [[nodiscard]] int brightness() {
    const auto pixels = display_->window().pixels();
    REQUIRE(pixels.has_value());
    return (*pixels)[4 * (100 * 320 + 160)];
  }

 private:
  std::unique_ptr<Display> display_;
  std::unique_ptr<Ui> ui_;
};

}  // namespace

TEST_CASE("a page gives way to the next one within the time of a fade, and shows some of it at once") {
  FadingDisplay world;
  world.draw(kOld, 1'000);
  world.display().fade().begin(1'000);
  world.draw(kNew, 1'000);
  const int at_once = world.brightness();
  CHECK(at_once > 10);
  CHECK(at_once < 60);
  CHECK(world.display().fade().next_ms() == 1'000 + kFadeFrameMs);
  world.draw(kNew, 1'000 + kFadeMs / 2);
  CHECK(world.brightness() > 120);
  CHECK(world.brightness() < 200);
  world.draw(kNew, 1'000 + kFadeMs);
  CHECK(world.brightness() == 255);
  CHECK_FALSE(world.display().fade().running());
  CHECK_FALSE(world.display().fade().next_ms().has_value());
}

TEST_CASE("whoever touches the screen meanwhile sees the page whole") {
  FadingDisplay world;
  world.draw(kOld, 1'000);
  world.display().fade().begin(1'000);
  world.draw(kNew, 1'000);
  world.display().fade().end();
  world.draw(kNew, 1'016);
  CHECK(world.brightness() == 255);
}

TEST_CASE("a fade that begins in the middle of another one starts from what is shown") {
  FadingDisplay world;
  world.draw(kOld, 1'000);
  world.display().fade().begin(1'000);
  world.draw(kNew, 1'080);
  const int half = world.brightness();
  world.display().fade().begin(1'080);
  world.draw(kOld, 1'080);
  CHECK(world.brightness() < half);
  CHECK(world.brightness() > half / 2);
}

TEST_CASE("a screenshot shows the page, not the fade") {
  FadingDisplay world;
  world.draw(kOld, 1'000);
  world.display().fade().begin(1'000);
  world.draw(kNew, 1'000);
  const std::string path = "cross-fade-shot.png";
  REQUIRE(world.display().screenshot(path).has_value());
  CHECK(world.brightness() == 255);
  CHECK_FALSE(world.display().fade().running());
  std::remove(path.c_str());
}

TEST_CASE("a clock that jumps ends a fade") {
  FadingDisplay world;
  world.draw(kOld, 1'000);
  world.display().fade().begin(1'000);
  world.draw(kNew, 1);
  CHECK(world.brightness() == 255);
  CHECK_FALSE(world.display().fade().running());
}
