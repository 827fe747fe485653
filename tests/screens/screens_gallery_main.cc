// Photographs every screen of a visit, headless: screens_gallery --out FOLDER [--size 1280x800] [--panel-mm 261]
// [--language id] [--text-size 0] [--contrast standard|high|low] [--only 05]. For looking at, not for comparing.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "kiosk/base/check.h"
#include "kiosk/device/recorded_camera.h"
#include "tests/screens/screen_states.h"
#include "tests/screens/staff_states.h"
#include "ui/platform/display.h"
#include "ui/screens/languages.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/screens.h"

using namespace mimika;

namespace {

std::map<std::string, std::string> options_of(int count, char** words) {
  std::map<std::string, std::string> options = {
      {"--out", "gallery"}, {"--size", "1280x800"},     {"--panel-mm", "0"}, {"--language", "id"},
      {"--text-size", "0"}, {"--contrast", "standard"}, {"--only", ""}};
  for (int i = 1; i + 1 < count; i += 2) {
    if (!options.contains(words[i])) {
      std::fprintf(stderr, "no option %s\n", words[i]);
      std::exit(2);
    }
    options[words[i]] = words[i + 1];
  }
  return options;
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  const std::string size = options.at("--size");
  ui::DisplayOptions display_options;
  display_options.window.mode = ui::WindowMode::kHeadless;
  display_options.window.width = std::stoi(size);
  display_options.window.height = std::stoi(size.substr(size.find('x') + 1));
  display_options.assets_folder = MIMIKA_SOURCE_ASSETS;
  auto display = ui::Display::open(display_options);
  if (!display) {
    std::fprintf(stderr, "%s\n", display.error().message.c_str());
    return 1;
  }
  const auto texts = screens::load_texts(MIMIKA_LOCALE_FOLDER);
  if (!texts) {
    std::fprintf(stderr, "%s\n", texts.error().message.c_str());
    return 1;
  }
  std::filesystem::create_directories(options.at("--out"));
  // What a camera would see, and the photos that were made of it.
  const device::Image seen = device::draw_sample_picture({.width = 960, .height = 540});
  for (const char* name : {"camera", "photo-1", "photo-2", "photo-3", "case-7-1-2002"}) {
    (*display)->pictures().put_image(name, seen.size.width, seen.size.height, seen.rgba.view());
  }

  const testing::SessionWorld world;
  SessionContext context = world.context;
  context.open_until = LocalTime{14, 0};
  context.monotonic_ms = world.context.monotonic_ms + 122'000;
  int overflowing = 0;
  const auto photograph = [&](const std::string& name, const Preferences& preferences,
                              const std::function<void(ui::Ui&)>& draw) {
    ui::Ui ui((*display)->fonts(), (*display)->pictures());
    // The first frames learn how long the content is, the last one is the picture.
    constexpr int kFrames = 24;
    for (int frame = 0; frame < kFrames; ++frame) {
      ui.schedule().take_due(1'060 * frame);
      (*display)->draw([&](ImDrawList& canvas) {
        ui.begin_frame({.now_ms = 1'060 * frame,
                        .screen_px = (*display)->window().size_px(),
                        .panel_width_mm = std::stof(options.at("--panel-mm")),
                        .text_size = screens::text_size_of(preferences),
                        .contrast = screens::contrast_of(preferences),
                        .reduce_motion = true},
                       canvas);
        draw(ui);
        ui.end_frame();
      });
    }
    for (const std::string& words_cut : ui.overflows()) {
      std::printf("%s: does not fit: %s\n", name.c_str(), words_cut.c_str());
      ++overflowing;
    }
    const Status saved = (*display)->screenshot(options.at("--out") + "/" + name + ".png");
    if (!saved) {
      std::fprintf(stderr, "%s\n", saved.error().message.c_str());
      std::exit(1);
    }
  };
  const auto wish = [&](Preferences& preferences) {
    const auto code = std::ranges::find(kLanguageCodes, options.at("--language"));
    if (code != kLanguageCodes.end()) preferences.language = static_cast<Language>(code - kLanguageCodes.begin());
    preferences.text_size = static_cast<TextSize>(std::stoi(options.at("--text-size")));
    if (options.at("--contrast") == "high") preferences.contrast = Contrast::kHigh;
    if (options.at("--contrast") == "low") preferences.contrast = Contrast::kLowGlare;
  };
  for (testing::ScreenState& state : testing::all_screen_states()) {
    if (!state.name.starts_with(options.at("--only"))) continue;
    context.languages = state.languages.empty() ? screens::offered_languages(*texts) : state.languages;
    wish(state.session.preferences);
    state.stand_in(context);
    photograph(state.name, state.session.preferences,
               [&](ui::Ui& ui) { static_cast<void>(screens::draw_screen(state.session, context, *texts, ui)); });
  }
  testing::StaffWorld counter;
  for (testing::StaffState& state : testing::all_staff_states()) {
    if (!state.name.starts_with(options.at("--only"))) continue;
    counter.context.monotonic_ms = state.monotonic_ms;
    counter.context.office = state.office;
    counter.context.standing = state.standing;
    wish(state.session.preferences);
    photograph(state.name, state.session.preferences,
               [&](ui::Ui& ui) { static_cast<void>(screens::draw_staff(state.session, counter.context, *texts, ui)); });
  }
  std::printf("%d texts do not fit\n", overflowing);
  return 0;
}
