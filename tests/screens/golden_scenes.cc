#include "tests/screens/golden_scenes.h"

#include <algorithm>
#include <span>
#include <utility>

#include "kiosk/base/check.h"
#include "ui/screens/languages.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/screens.h"

namespace mimika::testing {
namespace {

constexpr std::int64_t kNowMs = 60'000;
constexpr int kMostFrames = 32;
constexpr int kMostScreenfuls = 8;
constexpr const char* kDownKey = ".down";

Texts loaded_texts() {
  auto texts = screens::load_texts(MIMIKA_LOCALE_FOLDER);
  CHECK(texts.has_value());
  return *std::move(texts);
}

struct Look {
  const char* suffix;
  Preferences preferences;
  int width;
  int height;
  std::vector<const char*> pages;
};

// Beside the standard look, in which every page is kept: what each other look changes most.
std::vector<Look> other_looks() {
  return {{"-en", {.language = Language::kEnglish}, 1280, 800, {"list", "keys", "fields", "frame", "messages"}},
          {"-high",
           {.contrast = Contrast::kHigh},
           1280,
           800,
           {"colours", "keys", "key_shapes", "tiles", "choices", "checks", "fields", "keyboard_text", "frame", "marks",
            "receipt", "icons"}},
          {"-glare", {.contrast = Contrast::kLowGlare}, 1280, 800, {"colours", "keys", "tiles", "checks", "marks"}},
          {"-largest",
           {.text_size = TextSize::kLargest},
           1280,
           800,
           {"type", "keys", "choices", "fields", "keyboard_text", "messages"}},
          {"-portrait", {}, 800, 1280, {"list", "keys", "tiles", "keyboard_text", "frame", "paths", "receipt"}},
          {"-large", {}, 1920, 1080, {"list", "keys", "paths"}},
          {"-low", {}, 1024, 600, {"keys", "keyboard_text", "lists", "dialogs"}}};
}

constexpr const char* kScreens[] = {"01-attract",         "02-home",    "03-category", "05-story",
                                    "24-voice-recording", "06-known",   "08-review",   "10-receipt",
                                    "16-track-progress",  "12-service", "18-warning"};

}  // namespace

std::vector<GoldenScene> golden_scenes() {
  std::vector<GoldenScene> scenes;
  scenes.push_back({.name = "gallery-list", .page = "list", .every_screenful = true});
  for (const std::string& page : gallery::page_names()) {
    scenes.push_back({.name = "gallery-" + page, .page = page, .every_screenful = true});
  }
  for (const std::string& dialog : gallery::dialog_names()) {
    scenes.push_back({.name = "gallery-dialog-" + dialog, .page = "dialogs", .dialog = dialog});
  }
  for (const Look& look : other_looks()) {
    for (const std::string page : look.pages) {
      scenes.push_back({.name = "gallery-" + page + look.suffix,
                        .width = look.width,
                        .height = look.height,
                        .preferences = look.preferences,
                        .page = page});
    }
  }
  // What only a finger brings about.
  const auto touched = [&](const char* what, const char* page, std::vector<std::string> taps, const char* held = "") {
    scenes.push_back(
        {.name = std::string("gallery-") + page + "-" + what, .page = page, .taps = std::move(taps), .held = held});
  };
  touched("held", "keyboard_text", {"keyboard.a", "keyboard.i"}, "keyboard.r");
  touched("digits", "keyboard_text", {"keyboard.123"});
  touched("accents", "keyboard_text", {"keyboard.accents"});
  touched("locked", "keyboard_text", {"keyboard.shift", "keyboard.shift"});
  touched("toast", "messages", {"message.toast"});
  touched("paused", "frame", {"gallery.frame.down", "gallery.frame.down", "gallery.frame.down", "rail.state.paused"});
  scenes.push_back({.name = "gallery-dialog-confirm-high",
                    .preferences = {.contrast = Contrast::kHigh},
                    .page = "dialogs",
                    .dialog = "confirm"});
  for (const std::string state : kScreens) scenes.push_back({.name = "screen-" + state, .state = state});
  for (const std::string state : {"51-staff-pin-wait", "53-staff-queue-preview", "55-staff-ticket"}) {
    scenes.push_back({.name = "screen-" + state, .width = 1920, .height = 1080, .state = state});
  }
  scenes.push_back({.name = "screen-02-home-high", .preferences = {.contrast = Contrast::kHigh}, .state = "02-home"});
  scenes.push_back({.name = "screen-02-home-portrait", .width = 1080, .height = 1920, .state = "02-home"});
  return scenes;
}

Darkroom::Darkroom() : texts_(loaded_texts()), states_(all_screen_states()), staff_states_(all_staff_states()) {
  world_.context.open_until = LocalTime{14, 0};
  world_.context.monotonic_ms += 122'000;  // the warning counts down
}

Darkroom::~Darkroom() = default;

ui::Display& Darkroom::display_of(int width, int height) {
  std::unique_ptr<ui::Display>& display = displays_[{width, height}];
  if (!display) {
    ui::DisplayOptions options;
    options.window.mode = ui::WindowMode::kHeadless;
    options.window.width = width;
    options.window.height = height;
    options.assets_folder = MIMIKA_SOURCE_ASSETS;
    auto opened = ui::Display::open(options);
    CHECK(opened.has_value());
    display = *std::move(opened);
  }
  return *display;
}

void Darkroom::draw_scene(const GoldenScene& scene) {
  if (!scene.page.empty()) {
    static_cast<void>(gallery_->draw(*ui_));
    return;
  }
  if (const auto counter = std::ranges::find(staff_states_, scene.state, &StaffState::name);
      counter != staff_states_.end()) {
    counter_.context.monotonic_ms = counter->monotonic_ms;
    counter_.context.standing = counter->standing;
    counter->session.preferences = scene.preferences;
    static_cast<void>(screens::draw_staff(counter->session, counter_.context, texts_, *ui_));
    return;
  }
  const auto found = std::ranges::find(states_, scene.state, &ScreenState::name);
  CHECK(found != states_.end());
  SessionContext context = world_.context;
  const std::vector<OfferedLanguage> offered = screens::offered_languages(texts_);
  context.languages = offered;
  found->stand_in(context);
  found->session.preferences = scene.preferences;
  static_cast<void>(screens::draw_screen(found->session, context, texts_, *ui_));
}

void Darkroom::draw_until_settled(const GoldenScene& scene, const std::vector<ui::InputEvent>& events) {
  std::span<const ui::InputEvent> now = events;
  for (int frame = 0; frame < 2 || (!ui_->settled() && frame < kMostFrames); ++frame) {
    static_cast<void>(ui_->schedule().take_due(kNowMs));
    display_->draw([&](ImDrawList& canvas) {
      ui_->begin_frame({.now_ms = kNowMs,
                        .screen_px = display_->window().size_px(),
                        .text_size = screens::text_size_of(scene.preferences),
                        .contrast = screens::contrast_of(scene.preferences),
                        .reduce_motion = true,
                        .events = now},
                       canvas);
      draw_scene(scene);
      ui_->end_frame();
    });
    now = {};
  }
  CHECK(ui_->settled());
}

// At the middle of a target of the last frame.
void Darkroom::touch(const GoldenScene& scene, const std::string& id, ui::InputKind kind) {
  const ui::Target* target = ui_->find_target(id);
  CHECK(target != nullptr);
  const std::vector<ui::InputEvent> finger = {{.kind = kind, .finger = 1, .at = target->rect.centre()}};
  draw_until_settled(scene, finger);
  draw_until_settled(scene, {});  // what it changed
}

Shot Darkroom::photograph(std::string name) {
  auto pixels = display_->window().pixels();
  CHECK(pixels.has_value());
  const ui::Size size = display_->window().size_px();
  return {std::move(name), static_cast<int>(size.w), static_cast<int>(size.h), *std::move(pixels)};
}

std::vector<Shot> Darkroom::develop(const GoldenScene& scene) {
  display_ = &display_of(scene.width, scene.height);
  ui_ = std::make_unique<ui::Ui>(display_->fonts(), display_->pictures());
  ui_->write_down(&painted_);
  gallery_ = std::make_unique<gallery::Gallery>(texts_, display_->pictures().drawing_names());
  gallery_->set_preferences(scene.preferences);
  gallery_->open_page(scene.page);
  gallery_->open_dialog(scene.dialog);
  draw_until_settled(scene, {});
  for (const std::string& id : scene.taps) {
    touch(scene, id, ui::InputKind::kFingerDown);
    touch(scene, id, ui::InputKind::kFingerUp);
  }
  if (!scene.held.empty()) touch(scene, scene.held, ui::InputKind::kFingerDown);
  std::vector<Shot> shots;
  shots.push_back(photograph(scene.name));
  // By the region's own key, as a person goes on.
  const std::string region = scene.page == "list" ? "gallery.pages" : "gallery." + scene.page;
  while (scene.every_screenful && shots.size() < kMostScreenfuls) {
    const ui::Target* down = ui_->find_target(region + kDownKey);
    if (down == nullptr || !down->enabled) break;
    touch(scene, region + kDownKey, ui::InputKind::kFingerDown);
    touch(scene, region + kDownKey, ui::InputKind::kFingerUp);
    shots.push_back(photograph(scene.name + "-" + std::to_string(shots.size() + 1)));
  }
  return shots;
}

}  // namespace mimika::testing
