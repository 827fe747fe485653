#include "ui/widgets/script.h"

#include <catch2/catch.hpp>

#include "tests/ui/fakes.h"

using namespace mimika;
using namespace mimika::ui;
using namespace mimika::testing;

namespace {

// Fingers go into the next frame's events; answers are kept.
class ScriptedWorld final : public ScriptWorld {
 public:
  Status finger(InputKind kind, Point at) override {
    events.push_back(testing::finger(kind, at));
    return {};
  }
  Status key(Key key) override {
    events.push_back(pressed(key));
    return {};
  }
  bool page_turns() override { return turning_looks > 0 && turning_looks-- > 0; }
  Status screenshot(const std::string& name) override {
    screenshots.push_back(name);
    return {};
  }
  std::string screen_name() override { return screen; }
  void answer(const std::string& line) override { answers.push_back(line); }

  std::vector<InputEvent> events;
  std::vector<std::string> screenshots;
  std::vector<std::string> answers;
  std::string screen = "home";
  int turning_looks = 0;  // that find the page still turning
};

struct Screen {
  std::string text;
  int taps = 0;
  bool late_key = false;
  void operator()(Ui& ui) {
    Rect area = ui.content();
    ui.keyboard(KeyboardKind::kText, area);
    if (ui.key({.id = "go", .label = "Mulai"}, area.cut_top(100, 20))) {
      ++taps;
    }
    if (late_key) {
      ui.key({.id = "late", .label = "Nanti"}, area.cut_right(150, 20));
    }
    FieldView view{.id = "story", .text = text, .limit_bytes = 400, .starts_active = true};
    view.kind = FieldKind::kManyLines;
    if (auto changed = ui.field(view, area)) {
      text = *changed;
    }
  }
};

void play(UiWorld& world, ScriptedWorld& scripted, ScriptPlayer& player, Screen& screen, int frames = 400) {
  for (int i = 0; i < frames && !player.finished(); ++i) {
    const std::vector<InputEvent> events = std::exchange(scripted.events, {});
    world.frame(events, screen);
    player.step(world.ui, world.now_ms);
  }
}

std::vector<std::string> run(const std::vector<std::string>& lines, Screen& screen, int* exit_code = nullptr,
                             OnScriptError on_error = OnScriptError::kStop) {
  UiWorld world;
  ScriptedWorld scripted;
  ScriptPlayer player(scripted, on_error);
  for (const std::string& line : lines) {
    player.feed(line);
  }
  player.end_of_input();
  play(world, scripted, player, screen);
  CHECK(player.finished());
  if (exit_code != nullptr) {
    *exit_code = player.exit_code();
  }
  return scripted.answers;
}

using Answers = std::vector<std::string>;

}  // namespace

TEST_CASE("Lines of a script are read, and what is wrong with one is said") {
  CHECK_FALSE(parse_script_line("  # a remark")->has_value());
  CHECK_FALSE(parse_script_line("")->has_value());
  const auto wait = **parse_script_line(" wait  screen:home 250 ");
  CHECK(wait.verb == ScriptVerb::kWait);
  CHECK(wait.argument == "screen:home");
  CHECK(wait.ms == 250);
  CHECK((**parse_script_line("tap-at 10 20.5")).at == Point{10, 20.5F});
  CHECK((**parse_script_line("type Air mati.\\nLama")).argument == "Air mati.\nLama");
  CHECK((**parse_script_line("key escape")).key == Key::kEscape);
  for (const char* bad : {"dance", "tap", "tap a b", "tap-at 1", "tap-at x 1", "sleep -5", "sleep soon", "key moon",
                          "wait go soon", "type ", "quit now"}) {
    INFO(bad);
    CHECK_FALSE(parse_script_line(bad).has_value());
  }
}

TEST_CASE("A script taps, types with capitals, digits and lines, reads values and ends") {
  Screen screen;
  int exit_code = -1;
  const Answers answers = run({"wait go", "tap go", "type Air mati 3 hari, di SP2!\\nTolong.", "read story",
                               "read keyboard.kind", "screenshot after", "quit", "tap never"},
                              screen, &exit_code);
  CHECK(screen.taps == 1);
  CHECK(screen.text == "Air mati 3 hari, di SP2!\nTolong.");
  CHECK(exit_code == 0);
  REQUIRE(answers.size() == 7);
  CHECK(answers[0] == "ok wait go");
  CHECK(answers[3] == "ok Air mati 3 hari, di SP2!\\nTolong.");
  CHECK(answers[4] == "ok text");
  CHECK(answers[6] == "ok quit");
}

TEST_CASE("No picture is taken while one page fades into another") {
  UiWorld world;
  ScriptedWorld scripted;
  scripted.turning_looks = 5;
  ScriptPlayer player(scripted, OnScriptError::kStop);
  player.feed("screenshot page");
  player.end_of_input();
  Screen screen;
  play(world, scripted, player, screen, 5);
  CHECK(scripted.screenshots.empty());
  play(world, scripted, player, screen);
  CHECK(scripted.screenshots == std::vector<std::string>{"page"});
}

TEST_CASE("A failing command ends a script from a file, and its program fails") {
  Screen screen;
  int exit_code = -1;
  const Answers answers = run({"tap nowhere", "tap go"}, screen, &exit_code);
  CHECK(answers == Answers{"error tap nowhere: no target nowhere on screen home"});
  CHECK(exit_code == 1);
  CHECK(screen.taps == 0);
}

TEST_CASE("On standard input a failing command is answered and the next one played") {
  Screen screen;
  int exit_code = -1;
  const Answers answers = run({"dance", "tap go"}, screen, &exit_code, OnScriptError::kGoOn);
  REQUIRE(answers.size() == 2);
  CHECK(answers[0] == "error dance: no command is called dance");
  CHECK(answers[1] == "ok tap go");
  CHECK(screen.taps == 1);
  CHECK(exit_code == 0);
}

TEST_CASE("Waiting ends when the target comes, and fails after its time") {
  UiWorld world;
  ScriptedWorld scripted;
  ScriptPlayer player(scripted, OnScriptError::kGoOn);
  Screen screen;
  player.feed("wait late 10000");
  play(world, scripted, player, screen, 20);
  CHECK(scripted.answers.empty());
  CHECK(player.next_ms().has_value());
  screen.late_key = true;
  play(world, scripted, player, screen, 5);
  CHECK(scripted.answers == Answers{"ok wait late 10000"});
  player.feed("wait screen:receipt 100");
  play(world, scripted, player, screen, 20);
  REQUIRE(scripted.answers.size() == 2);
  CHECK(scripted.answers[1] == "error wait screen:receipt 100: not there after 100 ms; the screen is home");
}

TEST_CASE("The list of targets names each with its place") {
  Screen screen;
  const Answers answers = run({"targets"}, screen);
  REQUIRE(answers.size() > 30);
  CHECK(answers.back() == "ok " + std::to_string(answers.size() - 1) + " targets");
  CHECK(std::ranges::any_of(answers, [](const std::string& line) {
    return line.starts_with("target go ") && line.ends_with(" key enabled");
  }));
}

TEST_CASE("Typing what the keyboard cannot type says which letter") {
  Screen screen;
  const Answers answers = run({"type a\xC5\x82"}, screen);
  CHECK(answers == Answers{"error type a\xC5\x82: this keyboard cannot type \"\xC5\x82\""});
}

TEST_CASE("A script types letters with accents, signs and capitals through whatever page they stand on") {
  Screen screen;
  const std::string words = "Éwa ñu-ŊA (1) ë. Ya";
  const Answers answers = run({"type " + words}, screen);
  CHECK(answers == Answers{"ok type " + words});
  CHECK(screen.text == words);
}
