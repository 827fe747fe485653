// The real renderer, headless: what is drawn, pixel by pixel, and what happens when something is missing.
#include <imgui.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "ui/platform/display.h"
#include "ui/platform/line_reader.h"
#include "ui/platform/texture.h"
#include "ui/widgets/ui.h"

using namespace mimika;
using namespace mimika::ui;

namespace {

DisplayOptions headless(int width = 640, int height = 400) {
  DisplayOptions options;
  options.window.mode = WindowMode::kHeadless;
  options.window.width = width;
  options.window.height = height;
  options.assets_folder = MIMIKA_SOURCE_ASSETS;
  return options;
}

std::unique_ptr<Display> open_display(int width = 640, int height = 400) {
  auto display = Display::open(headless(width, height));
  REQUIRE(display.has_value());
  return *std::move(display);
}

struct Picture {
  std::vector<std::uint8_t> rgba;
  int width = 0;
  [[nodiscard]] Colour at(int x, int y) const {
    const std::uint8_t* pixel =
        rgba.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    return {pixel[0], pixel[1], pixel[2], pixel[3]};
  }
};

template <typename Draw>
Picture drawn(Display& display, Draw&& draw) {
  Ui ui(display.fonts(), display.pictures());
  display.draw([&](ImDrawList& canvas) {
    ui.begin_frame({.now_ms = 1, .screen_px = display.window().size_px()}, canvas);
    ui.fill(ui.screen(), rgb(0xFFFFFF));
    draw(ui);
    ui.end_frame();
  });
  auto pixels = display.window().pixels();
  REQUIRE(pixels.has_value());
  return {*std::move(pixels), static_cast<int>(display.window().size_px().w)};
}

void draw_everything(Ui& ui) {
  Rect area = ui.content();
  ui.key({.id = "a", .label = "Lanjut", .icon = "next", .kind = KeyKind::kPrimary}, area.cut_top(110, 20));
  ui.tile({.id = "b", .label = "Air bersih", .picture = "pictures/category-air"}, area.cut_left(200, 20));
  ui.band(area.cut_top(20));
  ui.mark(MarkKind::kLate, area.cut_top(60));
}

}  // namespace

TEST_CASE("A filled rectangle covers exactly its pixels") {
  const auto display = open_display();
  const Picture picture = drawn(*display, [](Ui& ui) { ui.fill({10, 20, 30, 40}, rgb(0x0A3D4D)); });
  CHECK(picture.at(10, 20) == rgb(0x0A3D4D));
  CHECK(picture.at(39, 59) == rgb(0x0A3D4D));
  CHECK(picture.at(9, 20) == rgb(0xFFFFFF));
  CHECK(picture.at(40, 20) == rgb(0xFFFFFF));
  CHECK(picture.at(10, 60) == rgb(0xFFFFFF));
}

TEST_CASE("A rounded rectangle is empty at its corners, full at its edges' middles, and soft between") {
  const auto display = open_display();
  const Picture picture = drawn(*display, [](Ui& ui) { ui.round({100, 100, 80, 60}, 20, rgb(0x000000)); });
  CHECK(picture.at(100, 100) == rgb(0xFFFFFF));
  CHECK(picture.at(179, 159) == rgb(0xFFFFFF));
  CHECK(picture.at(140, 100) == rgb(0x000000));
  CHECK(picture.at(100, 130) == rgb(0x000000));
  CHECK(picture.at(140, 130) == rgb(0x000000));
  int grey = 0;
  for (int x = 100; x < 120; ++x) {
    const int value = picture.at(x, 103).r;
    grey += value > 0 && value < 255 ? 1 : 0;
  }
  CHECK(grey >= 1);
}

TEST_CASE("A translucent colour is blended once, without seams between the parts of a shape") {
  const auto display = open_display();
  const Picture picture = drawn(*display, [](Ui& ui) { ui.round({100, 100, 80, 60}, 20, Colour{0, 0, 0, 128}); });
  const Colour middle = picture.at(140, 130);
  CHECK(middle.r == Approx(127).margin(2));
  CHECK(picture.at(120, 130) == middle);
  CHECK(picture.at(119, 130) == middle);
  CHECK(picture.at(140, 119) == middle);
  CHECK(picture.at(140, 120) == middle);
}

TEST_CASE("Letters are drawn in their colour, in the place that was measured for them") {
  const auto display = open_display();
  Size size;
  const Picture picture = drawn(*display, [&](Ui& ui) {
    size = ui.measure("Mimika", TextStyle::kBody);
    ui.text("Mimika", {50, 50, 400, 60}, {.colour = rgb(0x6E230E)});
  });
  bool exact = false;
  int left = 640;
  int right = 0;
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 640; ++x) {
      const Colour pixel = picture.at(x, y);
      exact = exact || pixel == rgb(0x6E230E);
      if (!(pixel == rgb(0xFFFFFF))) {
        left = std::min(left, x);
        right = std::max(right, x);
        CHECK(y >= 50);
        CHECK(y < 110);
      }
    }
  }
  CHECK(exact);
  CHECK(left >= 50);
  CHECK(right <= 50 + static_cast<int>(size.w));
  CHECK(right > 50 + static_cast<int>(size.w * 0.9F));
}

TEST_CASE("Icons take their tint, scenes keep their colours and get round corners") {
  const auto display = open_display();
  const Picture picture = drawn(*display, [](Ui& ui) {
    ui.icon("stop", {10, 10, 64, 64}, rgb(0x15432F));
    ui.picture("pictures/category-air", {200, 10, 200, 160}, Fit::kOwn, 24);
  });
  bool tinted = false;
  for (int i = 10; i < 74; ++i) {
    tinted = tinted || picture.at(i, 42) == rgb(0x15432F);
  }
  CHECK(tinted);
  CHECK(picture.at(200, 10) == rgb(0xFFFFFF));
  CHECK(picture.at(399, 169) == rgb(0xFFFFFF));
  CHECK(picture.at(204, 40) == rgb(0xE6F0EC));  // sky, above the pipe
}

TEST_CASE("The same frame gives the same pixels, run after run") {
  std::vector<std::uint8_t> first;
  for (int run = 0; run < 2; ++run) {
    const auto display = open_display(1280, 800);
    Picture picture = drawn(*display, draw_everything);
    if (run == 0) {
      first = std::move(picture.rgba);
    } else {
      CHECK(picture.rgba == first);
    }
  }
}

TEST_CASE("A common screen is made of fills and copies, with hardly a triangle") {
  const auto display = open_display(1280, 800);
  static_cast<void>(drawn(*display, draw_everything));
  CHECK(display->counts().fills > 10);
  CHECK(display->counts().copies > 20);
  CHECK(display->counts().triangles == 0);
}

TEST_CASE("An image the program brings is shown until the person is forgotten") {
  const auto display = open_display();
  std::vector<std::uint8_t> red(16 * 16 * 4, 0);
  for (std::size_t i = 0; i < red.size(); i += 4) {
    red[i] = 200;
    red[i + 3] = 255;
  }
  display->pictures().put_image("photo", 16, 16, red);
  const auto draw = [](Ui& ui) { ui.picture("image/photo", {10, 10, 100, 100}, Fit::kSlice); };
  CHECK(drawn(*display, draw).at(60, 60) == Colour{200, 0, 0, 255});
  display->pictures().forget_images();
  CHECK(drawn(*display, draw).at(60, 60) == rgb(0xFFFFFF));
}

TEST_CASE("A missing drawing leaves its place empty and the frame whole") {
  const auto display = open_display();
  const Picture picture = drawn(*display, [](Ui& ui) {
    ui.picture("pictures/nowhere", {10, 10, 100, 100});
    ui.fill({200, 10, 10, 10}, rgb(0x000000));
  });
  CHECK(picture.at(60, 60) == rgb(0xFFFFFF));
  CHECK(picture.at(205, 15) == rgb(0x000000));
}

TEST_CASE("Missing fonts, missing drawings and a missing display are errors in words") {
  DisplayOptions options = headless();
  options.assets_folder = "/nowhere";
  auto display = Display::open(options);
  REQUIRE_FALSE(display.has_value());
  CHECK(display.error().code == ErrorCode::kNotFound);
  CHECK(display.error().message.find("/nowhere/icons/icons") != std::string::npos);

  const auto window = Window::open(headless().window);
  REQUIRE(window.has_value());
  const auto fonts = GlyphCache::open((*window)->renderer(), {"/nowhere"});
  REQUIRE_FALSE(fonts.has_value());
  CHECK(fonts.error().message.find("fonts-inter") != std::string::npos);
}

TEST_CASE("Fingers and keys pushed through SDL's queue come back as input, at the same place") {
  const auto display = open_display();
  Window& window = display->window();
  static_cast<void>(window.wait(0));
  REQUIRE(window.push_finger(InputKind::kFingerDown, {123, 45}).has_value());
  REQUIRE(window.push_finger(InputKind::kFingerUp, {123, 45}).has_value());
  REQUIRE(window.push_key(Key::kBackTab).has_value());
  const WindowEvents events = window.wait(1000);
  REQUIRE(events.input.size() == 3);
  CHECK(events.input[0].kind == InputKind::kFingerDown);
  CHECK(events.input[0].at.x == Approx(123).margin(0.01));
  CHECK(events.input[0].at.y == Approx(45).margin(0.01));
  CHECK(events.input[1].kind == InputKind::kFingerUp);
  CHECK(events.input[2].key == Key::kBackTab);
}

TEST_CASE("A worker thread ends the wait") {
  const auto display = open_display();
  Window& window = display->window();
  static_cast<void>(window.wait(0));
  std::thread worker([&window] { window.wake(); });
  WindowEvents events = window.wait(10'000);
  worker.join();
  CHECK(events.woken);
  events = window.wait(1);
  CHECK_FALSE(events.woken);
  CHECK(events.input.empty());
}

TEST_CASE("A screenshot is a PNG file, and two of one frame are the same bytes") {
  const auto display = open_display();
  static_cast<void>(drawn(*display, draw_everything));
  const auto folder = std::filesystem::temp_directory_path();
  const std::string first = (folder / "mimika-ui-test-1.png").string();
  const std::string second = (folder / "mimika-ui-test-2.png").string();
  REQUIRE(display->screenshot(first).has_value());
  REQUIRE(display->screenshot(second).has_value());
  CHECK(std::filesystem::file_size(first) > 1000);
  CHECK(std::filesystem::file_size(first) == std::filesystem::file_size(second));
  std::filesystem::remove(first);
  std::filesystem::remove(second);
  CHECK_FALSE(display->screenshot("/nowhere/picture.png").has_value());
}

TEST_CASE("Letters of many sizes are let go of when their pages grow over the limit") {
  const auto display = open_display();
  for (std::uint16_t px = 20; px < 200; px = static_cast<std::uint16_t>(px + 4)) {
    for (char32_t letter = U'A'; letter <= U'z'; ++letter) {
      static_cast<void>(display->fonts().glyph({Weight::kBold, px}, letter));
    }
  }
  const std::size_t grown = display->fonts().pages();
  display->fonts().trim();
  CHECK(grown > display->fonts().pages());
}

TEST_CASE("In high contrast nothing that is written in ink stands on a light ground") {
  const auto display = open_display();
  Ui ui(display->fonts(), display->pictures());
  for (const Contrast contrast : {Contrast::kStandard, Contrast::kHigh}) {
    display->draw([&](ImDrawList& canvas) {
      ui.begin_frame({.now_ms = 1, .screen_px = display->window().size_px(), .contrast = contrast}, canvas);
      ui.fill(ui.screen(), ui.colours().paper);
      ui.panel({100, 100, 400, 200}, ui.colours().sago);
      ui.labelled_row({.label = "Tentang", .value = "Air bersih", .icon = "drop", .ground = rgb(0xD3E6E5)},
                      {100, 320, 400, 70});
      ui.end_frame();
    });
    const Palette& palette = palette_for(contrast);
    const auto pixels = display->window().pixels();
    REQUIRE(pixels.has_value());
    const Picture picture{*pixels, 640};
    CHECK(contrast_ratio(palette.ink, picture.at(300, 250)) > 7);  // the panel
    CHECK(contrast_ratio(palette.ink, picture.at(105, 355)) > 7);  // the square under the row's icon
  }
}

TEST_CASE("A script file is read to its end, without a last line feed too") {
  const auto path = std::filesystem::temp_directory_path() / "mimika-ui-test.script";
  {
    FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fputs("tap a\n\nquit", file);
    std::fclose(file);
  }
  auto reader = LineReader::open(path.string(), [] {});
  REQUIRE(reader.has_value());
  std::vector<std::string> lines;
  for (bool ended = false; !ended;) {
    LineReader::Taken taken = (*reader)->take();
    lines.insert(lines.end(), taken.lines.begin(), taken.lines.end());
    ended = taken.ended;
    std::this_thread::yield();
  }
  CHECK(lines == std::vector<std::string>{"tap a", "", "quit"});
  std::filesystem::remove(path);
  CHECK_FALSE(LineReader::open("/nowhere/script", [] {}).has_value());
}
