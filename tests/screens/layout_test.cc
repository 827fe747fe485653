// Every screen drawn for real, and what holds between two of its states; sizes, places and colours are the audit's
// (audit.h).
#include <memory>
#include <set>

#include "tests/screens/views_world.h"
#include "ui/platform/display.h"
#include "ui/screens/screens.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

struct Panel {
  int width;
  int height;
  float mm;
};
constexpr Panel kUsual{1280, 800, 261.0F};

std::unique_ptr<ui::Display> open_display(const Panel& panel) {
  ui::DisplayOptions options;
  options.window.mode = ui::WindowMode::kHeadless;
  options.window.width = panel.width;
  options.window.height = panel.height;
  options.assets_folder = MIMIKA_SOURCE_ASSETS;
  auto display = ui::Display::open(options);
  REQUIRE(display.has_value());
  return *std::move(display);
}

void draw(ui::Display& display, ui::Ui& ui, const Session& session, const SessionContext& context, const Panel& panel) {
  constexpr int kLeastFrames = 4;
  constexpr int kMostFrames = 24;  // the first ones learn how long the content is and which text size fits
  for (int frame = 0; frame < kLeastFrames || (!ui.settled() && frame < kMostFrames); ++frame) {
    ui.schedule().take_due(frame);
    display.draw([&](ImDrawList& canvas) {
      ui.begin_frame({.now_ms = frame,
                      .screen_px = display.window().size_px(),
                      .panel_width_mm = panel.mm,
                      .text_size = screens::text_size_of(session.preferences),
                      .contrast = screens::contrast_of(session.preferences),
                      .reduce_motion = true},
                     canvas);
      CHECK_FALSE(screens::draw_screen(session, context, texts(), ui).has_value());
      ui.end_frame();
    });
  }
}

}  // namespace

TEST_CASE("High contrast has the same targets as the standard one") {
  const Panel& panel = kUsual;
  const auto display = open_display(panel);
  SessionWorld world;
  world.context.monotonic_ms += 122'000;
  for (ScreenState& state : all_screen_states()) {
    state.stand_in(world.context);
    ui::Ui ui(display->fonts(), display->pictures());
    draw(*display, ui, state.session, world.context, panel);
    std::set<std::string> standard;
    for (const ui::Target& target : ui.targets()) standard.insert(target.id);
    state.session.preferences.contrast = Contrast::kHigh;
    draw(*display, ui, state.session, world.context, panel);
    std::set<std::string> high;
    for (const ui::Target& target : ui.targets()) high.insert(target.id);
    INFO(state.name);
    CHECK(standard == high);
    CHECK(ui.overflows().empty());
  }
}

TEST_CASE("The warning leaves the tools alive and nothing else of the screen below") {
  const Panel& panel = kUsual;
  const auto display = open_display(panel);
  SessionWorld world;
  world.complaint_to_review("Rahasia seorang warga").pass_ms(121'000);
  ui::Ui ui(display->fonts(), display->pictures());
  draw(*display, ui, world.session, world.context, panel);
  CHECK(ui.find_target("warning.stay") != nullptr);
  CHECK(ui.find_target("warning.finish") != nullptr);
  CHECK(ui.find_target("tool.language") != nullptr);
  CHECK(ui.find_target("review.save") == nullptr);
  for (const auto& [key, value] : ui.published()) {
    INFO(key);
    CHECK(value.find("Rahasia") == std::string::npos);
  }
}

TEST_CASE("Scripts learn number, code and status from what a screen publishes") {
  const Panel& panel = kUsual;
  const auto display = open_display(panel);
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  ui::Ui ui(display->fonts(), display->pictures());
  draw(*display, ui, world.session, world.context, panel);
  CHECK(ui.published().at("screen") == "receipt");
  CHECK(ui.published().at("receipt.number").starts_with("JLA1-0417-"));
  CHECK(ui.published().at("receipt.code") == "4827109355612048");
}
