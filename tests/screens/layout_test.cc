// Every screen, drawn for real on every panel we ship, in both languages, at every text size and contrast: no text is
// cut, every target lies on the panel, is large enough for a finger, and has an id of its own.
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
  int most_smaller;  // pages of some 400 that are drawn in smaller letters than were asked for, see ui/widgets/fit.cc
};
constexpr Panel kPanels[] = {
    {1280, 800, 261.0F, 8}, {1920, 1080, 344.0F, 4}, {1080, 1920, 193.0F, 6}, {1024, 600, 222.0F, 160}};

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

void check_targets(const ui::Ui& ui, const Panel& panel) {
  std::set<std::string> ids;
  const float floor_px = ui.px(ui::mm::kTargetFloor) - 1.5F;
  for (const ui::Target& target : ui.targets()) {
    INFO(target.id << " " << ui.metrics().to_mm(target.rect.w) << " x " << ui.metrics().to_mm(target.rect.h) << " mm");
    CHECK(ids.insert(target.id).second);
    CHECK(target.rect.x >= -0.5F);
    CHECK(target.rect.y >= -0.5F);
    CHECK(target.rect.right() <= static_cast<float>(panel.width) + 0.5F);
    CHECK(target.rect.bottom() <= static_cast<float>(panel.height) + 0.5F);
    CHECK(target.rect.w >= floor_px);
    CHECK(target.rect.h >= floor_px);
    CHECK_FALSE(target.label.empty());
  }
}

}  // namespace

TEST_CASE("Nothing is clipped and everything can be touched, on every panel, in every language and size") {
  const std::size_t at = GENERATE(0U, 1U, 2U, 3U);
  const Panel& panel = kPanels[at];
  const auto display = open_display(panel);
  SessionWorld world;
  world.context.open_until = LocalTime{14, 0};
  world.context.monotonic_ms += 122'000;
  int smaller = 0;
  std::string which;
  for (ScreenState& state : all_screen_states()) {
    world.context.standing = state.standing;
    ui::Ui ui(display->fonts(), display->pictures());
    for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
      for (int size = 0; size < kTextSizes; ++size) {
        state.session.preferences = {.language = language, .text_size = static_cast<TextSize>(size)};
        draw(*display, ui, state.session, world.context, panel);
        INFO(state.name << " at " << panel.width << "x" << panel.height << ", " << language_code(language)
                        << ", text size " << size);
        for (const std::string& words : ui.overflows()) {
          INFO("does not fit: " << words);
          CHECK(false);
        }
        check_targets(ui, panel);
        if (static_cast<int>(ui.metrics().text_size()) != size) {
          ++smaller;
          which += state.name + " ";
        }
      }
    }
  }
  INFO("pages on " << panel.width << " px in a smaller text than was asked for: " << which);
  CHECK(smaller <= panel.most_smaller);
}

TEST_CASE("High contrast has the same targets as the standard one") {
  const Panel& panel = kPanels[0];
  const auto display = open_display(panel);
  SessionWorld world;
  world.context.monotonic_ms += 122'000;
  for (ScreenState& state : all_screen_states()) {
    world.context.standing = state.standing;
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
  const Panel& panel = kPanels[0];
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
  const Panel& panel = kPanels[0];
  const auto display = open_display(panel);
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  ui::Ui ui(display->fonts(), display->pictures());
  draw(*display, ui, world.session, world.context, panel);
  CHECK(ui.published().at("screen") == "receipt");
  CHECK(ui.published().at("receipt.number").starts_with("JLA1-0417-"));
  CHECK(ui.published().at("receipt.code") == "4827109355612048");
}
