// What a finger and the arrow keys do to real widgets, frame by frame.
#include <catch2/catch.hpp>

#include "tests/ui/fakes.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

constexpr Rect kFirst{100, 100, 200, 100};
constexpr Rect kSecond{100, 220, 200, 100};

struct TwoKeys {
  int first = 0;
  int second = 0;
  void operator()(Ui& ui) {
    first += ui.key({.id = "first", .label = "Satu"}, kFirst) ? 1 : 0;
    second += ui.key({.id = "second", .label = "Dua"}, kSecond) ? 1 : 0;
  }
};

}  // namespace

TEST_CASE("A tap activates its target once, in the frame of the release") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({down(kFirst.centre()), up(kFirst.centre())}, keys);
  CHECK(keys.first == 0);
  CHECK_FALSE(world.ui.settled());
  world.frame({}, keys);
  CHECK(keys.first == 1);
  world.frame({}, keys);
  CHECK(keys.first == 1);
  CHECK(keys.second == 0);
  CHECK(world.ui.settled());
}

TEST_CASE("Pressing one target and releasing on another activates neither") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({down(kFirst.centre())}, keys);
  world.frame({moved(kSecond.centre())}, keys);
  world.frame({up(kSecond.centre())}, keys);
  world.frame({}, keys);
  CHECK(keys.first + keys.second == 0);
}

TEST_CASE("Leaving a target cancels for good, even when the finger comes back") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({down(kFirst.centre())}, keys);
  world.frame({moved({900, 700})}, keys);
  world.frame({moved(kFirst.centre())}, keys);
  world.frame({up(kFirst.centre())}, keys);
  world.frame({}, keys);
  CHECK(keys.first == 0);
}

TEST_CASE("A second finger cancels a key that is held") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({down(kFirst.centre(), 1)}, keys);
  world.frame({down(kSecond.centre(), 2)}, keys);
  world.frame({up(kFirst.centre(), 1)}, keys);
  world.frame({up(kSecond.centre(), 2)}, keys);
  world.frame({}, keys);
  CHECK(keys.first + keys.second == 0);
}

TEST_CASE("A disabled key does nothing but say why") {
  UiWorld world;
  int activated = 0;
  const auto draw = [&](Ui& ui) {
    activated += ui.key({.id = "next", .label = "Lanjut", .disabled_reason = "Pilih dulu."}, kFirst) ? 1 : 0;
  };
  world.frame({}, draw);
  CHECK_FALSE(world.ui.find_target("next")->enabled);
  world.frame({down(kFirst.centre()), up(kFirst.centre())}, draw);
  world.frame({}, draw);
  CHECK(activated == 0);
  CHECK(world.ui.published().at("toast") == "Pilih dulu.");
}

TEST_CASE("A target that vanishes under the finger is not activated when it returns") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({down(kFirst.centre())}, keys);
  world.frame({}, [](Ui&) {});
  world.frame({up(kFirst.centre())}, keys);
  world.frame({}, keys);
  CHECK(keys.first == 0);
}

TEST_CASE("What a finger hits is what the last frame showed") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  int late = 0;
  // The screen changes in the very frame in which the finger comes down: the person touched the old one.
  const auto other = [&](Ui& ui) { late += ui.key({.id = "other", .label = "Lain"}, kFirst) ? 1 : 0; };
  world.frame({down(kFirst.centre()), up(kFirst.centre())}, other);
  world.frame({}, other);
  CHECK(late == 0);
  CHECK(keys.first == 0);
}

TEST_CASE("A dialog takes the touch of everything below it, and tools drawn after it stay alive") {
  UiWorld world;
  TwoKeys below;
  int answered = 0;
  int tools = 0;
  const auto draw = [&](Ui& ui) {
    below(ui);
    DialogView view{.id = "ask", .title = "Masih di sini?", .text = "", .keys = {}};
    view.keys.push_back({.id = "ask.yes", .label = "Ya"});
    answered += ui.dialog(view) ? 1 : 0;
    tools += ui.rail({.clock = "09.24", .state = "Buka", .labels = {"a", "b", "c", "d", "e"}}) ? 1 : 0;
  };
  world.frame({}, draw);
  CHECK(world.ui.find_target("first") == nullptr);
  const Point yes = world.ui.find_target("ask.yes")->rect.centre();
  const Point tool = world.ui.find_target("tool.contrast")->rect.centre();
  world.frame({down(kFirst.centre()), up(kFirst.centre()), down(yes), up(yes), down(tool), up(tool)}, draw);
  for (int i = 0; i < 6; ++i) {
    world.frame({}, draw);
  }
  CHECK(below.first == 0);
  CHECK(answered == 1);
  CHECK(tools == 1);
}

TEST_CASE("Arrow keys first show the focus, then move it, enter activates") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({pressed(Key::kDown)}, keys);
  CHECK(world.ui.newly_focused() == "Satu");
  world.frame({pressed(Key::kEnter)}, keys);
  CHECK(keys.first == 1);
  world.frame({pressed(Key::kDown)}, keys);
  CHECK(world.ui.newly_focused() == "Dua");
  world.frame({pressed(Key::kEnter)}, keys);
  CHECK(keys.second == 1);
  world.frame({pressed(Key::kTab)}, keys);
  CHECK(world.ui.newly_focused() == "Satu");
}

TEST_CASE("A pose shows a state without a finger or a key, for what follows it in its frame alone") {
  UiWorld world;
  std::vector<Ui::Touchable> seen;
  const auto draw = [&](Ui& ui) {
    seen.clear();
    CHECK(ui.pose(Pose::kPressed) == Pose::kNone);
    seen.push_back(ui.touchable("pressed", kFirst, Role::kKey, "Satu"));
    seen.push_back(ui.touchable("disabled", {100, 400, 200, 100}, Role::kKey, "Tiga", "Belum bisa."));
    CHECK(ui.pose(Pose::kFocused) == Pose::kPressed);
    seen.push_back(ui.touchable("focused", kSecond, Role::kKey, "Dua"));
  };
  world.frame({}, draw);
  CHECK(seen[0].pressed);
  CHECK_FALSE(seen[0].focused);
  CHECK_FALSE(seen[1].pressed);  // what is disabled is never pressed
  CHECK(seen[2].focused);
  CHECK_FALSE(seen[0].activated);
  // It answers as ever, and the next frame begins without a pose.
  world.frame({down(kFirst.centre()), up(kFirst.centre())}, draw);
  world.frame({}, draw);
  CHECK(seen[0].activated);
}

TEST_CASE("Escape presses the topmost key that answers it") {
  UiWorld world;
  int back = 0;
  int no = 0;
  bool dialog = true;
  const auto draw = [&](Ui& ui) {
    back += ui.key({.id = "back", .label = "Kembali", .answers_escape = true}, kFirst) ? 1 : 0;
    if (dialog) {
      DialogView view{.id = "ask", .title = "Batal?", .text = "", .keys = {}};
      view.keys.push_back({.id = "ask.no", .label = "Tidak", .answers_escape = true});
      no += ui.dialog(view) ? 1 : 0;
    }
  };
  world.frame({}, draw);
  world.frame({pressed(Key::kEscape)}, draw);
  CHECK(no == 1);
  CHECK(back == 0);
  dialog = false;
  world.frame({}, draw);
  world.frame({pressed(Key::kEscape)}, draw);
  CHECK(back == 1);
}

TEST_CASE("The person's traces are gone after forget_person") {
  UiWorld world;
  const auto draw = [&](Ui& ui) {
    static_cast<void>(ui.field({.id = "story", .text = "rahasia", .limit_bytes = 100, .starts_active = true}, kFirst));
  };
  world.frame({}, draw);
  CHECK(world.ui.field_active("story"));
  CHECK(world.ui.published().at("story") == "rahasia");
  world.ui.forget_person();
  CHECK_FALSE(world.ui.field_active("story"));
  CHECK(world.ui.published().empty());
  CHECK(world.ui.targets().empty());
}

TEST_CASE("A text that does not fit its place is recorded, one that wraps is not") {
  UiWorld world;
  world.frame({}, [](Ui& ui) {
    ui.text("satu dua tiga empat lima", {0, 0, 200, ui.text_height("satu dua tiga empat lima", TextStyle::kBody, 200)});
  });
  CHECK(world.ui.overflows().empty());
  world.frame({}, [](Ui& ui) { ui.text("satu dua tiga empat lima", {0, 0, 200, 30}); });
  CHECK(world.ui.overflows() == std::vector<std::string>{"satu dua tiga empat lima"});
}

TEST_CASE("Nothing asks for another frame once the screen has settled") {
  UiWorld world;
  TwoKeys keys;
  world.frame({}, keys);
  world.frame({}, keys);
  CHECK_FALSE(world.ui.schedule().next_ms().has_value());
}

TEST_CASE("A page whose sizes never agree stops asking for frames, and asks again once it is touched") {
  UiWorld world;
  float length = 0;
  const auto draw = [&](Ui& ui) {
    // Too long when it was short, and short when it was too long.
    ui.scroll("restless", ui.content(), [&](Flow& flow) { static_cast<void>(flow.next(length)); });
    length = length == 0 ? 2000 : 0;
  };
  int frames = 0;
  while (frames == 0 || (!world.ui.settled() && frames < 200)) {
    world.frame({}, draw);
    ++frames;
  }
  CHECK(frames > 4);
  CHECK(frames < 60);
  world.frame({down({5, 5}), up({5, 5})}, draw);
  CHECK_FALSE(world.ui.settled());
}

TEST_CASE("A path of steps on a panel without room for it is drawn and comes to its end") {
  UiWorld world;
  world.input.screen_px = {48, 48};
  const std::vector<PathStep> steps(4, PathStep{.title = "Tersimpan", .detail = "di kios"});
  world.frame({}, [&](Ui& ui) {
    ui.path_down(steps, {0, 0, 20, 10});
    ui.path_across(steps, {0, 0, 8, 10});
  });
  SUCCEED("it came to its end");
}
