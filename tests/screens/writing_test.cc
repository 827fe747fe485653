// What stands above the keyboard: kampung found by letters, and names suggested while they are written.
#include <memory>

#include "kiosk/model/plain_text.h"
#include "tests/screens/views_world.h"
#include "ui/platform/display.h"
#include "ui/screens/resident/place_search.h"
#include "ui/screens/screens.h"
#include "ui/widgets/utf8.h"

using namespace mimika;
using namespace mimika::screens;
using namespace mimika::testing;

namespace {

SessionWorld& at_search(SessionWorld& world) {
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenPlaceSearch{});
  return world;
}

// A kiosk that is touched: frames drawn for real, what was touched applied to the session.
class TouchedKiosk {
 public:
  explicit TouchedKiosk(SessionWorld& world) : world_(world) {
    ui::DisplayOptions options;
    options.window.mode = ui::WindowMode::kHeadless;
    options.window.width = 1280;
    options.window.height = 800;
    options.assets_folder = MIMIKA_SOURCE_ASSETS;
    auto opened = ui::Display::open(options);
    REQUIRE(opened.has_value());
    display_ = *std::move(opened);
    ui_ = std::make_unique<ui::Ui>(display_->fonts(), display_->pictures());
    settle();
  }

  void frame(std::vector<ui::InputEvent> events) {
    now_ms_ += 16;
    ui_->schedule().take_due(now_ms_);
    std::optional<Action> action;
    display_->draw([&](ImDrawList& canvas) {
      ui_->begin_frame({.now_ms = now_ms_,
                        .screen_px = display_->window().size_px(),
                        .panel_width_mm = 261,
                        .reduce_motion = true,
                        .events = events},
                       canvas);
      action = draw_screen(world_.session, world_.context, texts(), *ui_);
      ui_->end_frame();
    });
    if (action) world_.play(*std::move(action));
  }
  void settle() {
    for (int i = 0; i < 4 || (!ui_->settled() && i < 24); ++i) frame({});
  }
  void tap(const std::string& id) {
    const ui::Target* target = ui_->find_target(id);
    INFO(id);
    REQUIRE(target != nullptr);
    const ui::Point at = target->rect.centre();
    frame({{.kind = ui::InputKind::kFingerDown, .finger = 1, .at = at},
           {.kind = ui::InputKind::kFingerUp, .finger = 1, .at = at}});
    settle();
  }
  void type(const std::string& letters) {
    for (const char letter : letters) tap(letter == ' ' ? "keyboard.space" : std::string("keyboard.") + letter);
  }
  [[nodiscard]] const ui::Ui& ui() const { return *ui_; }

 private:
  SessionWorld& world_;
  std::unique_ptr<ui::Display> display_;
  std::unique_ptr<ui::Ui> ui_;
  std::int64_t now_ms_ = 0;
};

}  // namespace

TEST_CASE("A name that is begun is offered above the keys, and one touch completes it") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::ChoosePlaceUnknown{}, action::Next{});
  TouchedKiosk kiosk(world);
  kiosk.type("di ti");
  CHECK(kiosk.ui().find_target("suggest.0") == nullptr);
  const ui::Rect key = kiosk.ui().find_target("keyboard.m")->rect;
  kiosk.type("m");
  REQUIRE(kiosk.ui().find_target("suggest.0") != nullptr);
  const std::string name = kiosk.ui().find_target("suggest.0")->label;
  CHECK(kiosk.ui().find_target("keyboard.m")->rect == key);  // no key moves under the fingers
  const ui::Rect field = kiosk.ui().find_target("story")->rect;
  CHECK(field.intersect(kiosk.ui().find_target("suggest.0")->rect).empty());
  kiosk.tap("suggest.0");
  CHECK(world.session.personal.complaint.story.view() == "Di " + name + " ");
  CHECK(kiosk.ui().find_target("suggest.0") == nullptr);
}

TEST_CASE("A kampung is found and chosen by touches alone") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}});
  TouchedKiosk kiosk(world);
  kiosk.tap("place.search");
  kiosk.type("timika");
  std::string found;
  for (const ui::Target& target : kiosk.ui().targets()) {
    if (found.empty() && target.id.starts_with("found.")) found = target.id;
  }
  REQUIRE_FALSE(found.empty());
  kiosk.tap(found);
  CHECK(world.session.screen == Screen::kPlace);
  CHECK("found." + world.session.personal.complaint.kampung->value == found);
  const ui::Target* listed = kiosk.ui().find_target("place." + world.session.personal.complaint.kampung->value);
  INFO("the chosen one stands in the list of its district");
  CHECK((listed != nullptr || kiosk.ui().find_target("places.down") != nullptr));
}

TEST_CASE("Kampung of every district are found by letters of their names, each with its district") {
  SessionWorld world;
  at_search(world);
  const District& other = *world.catalogue.find_district({"94.04.01"});
  const Kampung& wanted = other.kampung.front();
  world.play(action::SetText{TextTarget::kPlaceSearch, wanted.name});
  const PlaceSearchView view = make_place_search_view(world.session, world.context, indonesian());
  REQUIRE_FALSE(view.found.empty());
  CHECK(view.found.size() <= kMostFound);
  CHECK(view.note.empty());
  bool there = false;
  for (std::size_t i = 0; i < view.found.size(); ++i) {
    if (view.found[i].id != "found." + wanted.code.value) continue;
    there = true;
    CHECK(view.found[i].detail.find(other.name) != std::string::npos);
    CHECK(std::get<action::ChooseKampung>(view.actions[i]).kampung == wanted.code);
  }
  CHECK(there);
}

TEST_CASE("Before anything is written the search says what to do, and says so when nothing is called that") {
  SessionWorld world;
  at_search(world);
  CHECK(make_place_search_view(world.session, world.context, indonesian()).note == indonesian()("place.search.start"));
  world.play(action::SetText{TextTarget::kPlaceSearch, "xqzw"});
  const PlaceSearchView view = make_place_search_view(world.session, world.context, indonesian());
  CHECK(view.found.empty());
  CHECK(view.note == indonesian()("place.search.none"));
}

TEST_CASE("A field takes exactly the letters that the session takes") {
  for (char32_t letter = 0; letter <= 0x10FFFF; ++letter) {
    if (letter >= 0xD800 && letter <= 0xDFFF) continue;
    std::string text;
    ui::append_letter(text, letter);
    const bool written = ui::is_writable(letter) && letter != ui::kReplacement;
    const bool taken = is_writable_text(text, LineBreaks::kAllowed) && letter != U'\t' && letter != U'\r';
    if (written != taken) FAIL("U+" << std::hex << static_cast<std::uint32_t>(letter));
  }
}
