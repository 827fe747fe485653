#include <catch2/catch.hpp>
#include <set>

#include "tests/ui/fakes.h"
#include "ui/widgets/key_map.h"
#include "ui/widgets/text_buffer.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

// A story field over the keyboard; the session is the string.
struct Writing {
  std::string text;
  std::size_t limit = 200;
  FieldKind kind = FieldKind::kManyLines;
  KeyboardKind keyboard = KeyboardKind::kText;
  bool enter = false;

  void operator()(Ui& ui) {
    Rect area = ui.content();
    ui.keyboard(keyboard, area);
    FieldView view{.id = "story", .text = text, .limit_bytes = limit, .starts_active = true};
    view.kind = kind;
    if (auto changed = ui.field(view, area)) {
      text = *changed;
    }
    enter = ui.enter_pressed();
  }
};

void tap(UiWorld& world, Writing& writing, const std::string& key) {
  const Target* target = world.ui.find_target("keyboard." + key);
  REQUIRE(target != nullptr);
  const Point at = target->rect.centre();
  world.frame({down(at), up(at)}, writing);
  world.frame({}, writing);
}

void tap_all(UiWorld& world, Writing& writing, const std::string& keys) {
  for (const char key : keys) {
    tap(world, writing, key == ' ' ? "space" : key == '.' ? "dot" : std::string(1, key));
  }
}

}  // namespace

TEST_CASE("A sentence begins with a capital and goes on small") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  tap_all(world, writing, "air mati. sudah lama");
  CHECK(writing.text == "Air mati. Sudah lama");
}

TEST_CASE("The shift key turns the capital off where one is expected and on where none is") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  tap(world, writing, "shift");
  tap_all(world, writing, "di ");
  tap(world, writing, "shift");
  tap_all(world, writing, "jila");
  CHECK(writing.text == "di Jila");
}

TEST_CASE("Digits and signs are one key away") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  tap(world, writing, "123");
  tap_all(world, writing, "42");
  tap(world, writing, "slash");
  tap(world, writing, "123");
  tap_all(world, writing, "a");
  CHECK(writing.text == "42/a");
}

TEST_CASE("The caret moves by whole letters, and typing goes where it stands") {
  UiWorld world;
  Writing writing;
  writing.text = "caf\xC3\xA9";
  world.frame({}, writing);
  tap(world, writing, "left");
  tap(world, writing, "s");
  CHECK(writing.text == "cafs\xC3\xA9");
  tap(world, writing, "right");
  tap(world, writing, "backspace");
  CHECK(writing.text == "cafs");
}

TEST_CASE("Backspace repeats while it is held, and its release does not erase once more") {
  UiWorld world;
  Writing writing;
  writing.text = "0123456789";
  world.frame({}, writing);
  const Point at = world.ui.find_target("keyboard.backspace")->rect.centre();
  world.frame({down(at)}, writing);
  CHECK(writing.text.size() == 10);
  world.now_ms += 700;
  world.frame({}, writing);
  CHECK(writing.text.size() == 9);
  CHECK(world.ui.schedule().next_ms().has_value());
  world.now_ms += 100;
  world.frame({}, writing);
  world.now_ms += 100;
  world.frame({}, writing);
  CHECK(writing.text.size() == 7);
  world.frame({up(at)}, writing);
  world.frame({}, writing);
  CHECK(writing.text.size() == 7);
}

TEST_CASE("Typing stops at the limit") {
  UiWorld world;
  Writing writing;
  writing.limit = 3;
  world.frame({}, writing);
  tap_all(world, writing, "abcd");
  CHECK(writing.text == "Abc");
}

TEST_CASE("Enter begins a new line in a story and is an answer in a field of one line") {
  UiWorld world;
  Writing writing;
  writing.text = "a";
  world.frame({}, writing);
  tap(world, writing, "enter");
  CHECK(writing.text == "a\n");
  CHECK_FALSE(writing.enter);

  UiWorld other;
  Writing line;
  line.kind = FieldKind::kOneLine;
  other.frame({}, line);
  const Point at = other.ui.find_target("keyboard.enter")->rect.centre();
  other.frame({down(at)}, line);
  other.frame({up(at)}, line);
  CHECK(line.enter);
  CHECK(line.text.empty());
}

TEST_CASE("A hardware keyboard types into the same field") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  world.frame({{.kind = InputKind::kText, .text = "\xC3\x89tik"}, pressed(Key::kBackspace)}, writing);
  CHECK(writing.text == "\xC3\x89ti");
  world.frame({pressed(Key::kHome), pressed(Key::kDelete), pressed(Key::kEnd), {.kind = InputKind::kText, .text = "!"}},
              writing);
  CHECK(writing.text == "ti!");
}

TEST_CASE("The keyboard never covers the field, and its keys keep the floor, on every panel") {
  struct Panel {
    Size px;
    float mm;
  };
  for (const Panel& panel :
       {Panel{{1280, 800}, 261}, Panel{{1920, 1080}, 344}, Panel{{1080, 1920}, 193}, Panel{{1024, 600}, 222}}) {
    UiWorld world;
    world.input.screen_px = panel.px;
    world.input.panel_width_mm = panel.mm;
    Writing writing;
    world.frame({}, writing);
    world.frame({}, writing);
    const Rect field = world.ui.find_target("story")->rect;
    for (const Target& target : world.ui.targets()) {
      INFO(panel.px.w << " " << target.id);
      if (target.id != "story") {
        CHECK(field.intersect(target.rect).empty());
        CHECK(world.ui.metrics().to_mm(target.rect.w) >= mm::kTargetFloor - 0.3F);
        CHECK(world.ui.metrics().to_mm(target.rect.h) >= mm::kTargetFloor - 0.3F);
      }
    }
    CHECK(world.ui.overflows().empty());
  }
}

TEST_CASE("Every map's rows are equally wide, its ids unique, its keys inside the tray and apart") {
  for (const KeyboardKind kind : {KeyboardKind::kText, KeyboardKind::kDigits, KeyboardKind::kCode}) {
    for (const KeyboardLayer layer : {KeyboardLayer::kLower, KeyboardLayer::kUpper, KeyboardLayer::kDigits}) {
      const std::vector<MapRow> map = key_map(kind, layer);
      std::set<std::string> ids;
      for (const MapRow& row : map) {
        float width = row.indent;
        for (const MapKey& key : row.keys) {
          width += key.span;
          CHECK(ids.insert(key.id).second);
        }
        CHECK(width == Approx(map_width(map)));
      }
      const Rect tray{10, 20, 1000, 400};
      const std::vector<PlacedKey> placed = place_keys(map, tray, 12);
      for (std::size_t i = 0; i < placed.size(); ++i) {
        CHECK(tray.inset(-1).intersect(placed[i].rect) == placed[i].rect);
        for (std::size_t j = i + 1; j < placed.size(); ++j) {
          CHECK(placed[i].rect.inset(-5.5F).intersect(placed[j].rect.inset(-5.5F)).empty());
        }
      }
    }
  }
}

TEST_CASE("Every letter a map shows is found again by what it types") {
  CHECK(find_key(KeyboardKind::kText, "a")->layer == KeyboardLayer::kLower);
  CHECK(find_key(KeyboardKind::kText, "A")->layer == KeyboardLayer::kUpper);
  CHECK(find_key(KeyboardKind::kText, "7")->layer == KeyboardLayer::kDigits);
  CHECK(find_key(KeyboardKind::kText, " ")->id == "space");
  CHECK(find_key(KeyboardKind::kCode, "-")->id == "hyphen");
  CHECK_FALSE(find_key(KeyboardKind::kDigits, "a").has_value());
  CHECK_FALSE(find_key(KeyboardKind::kText, "\xC3\xA9").has_value());
}

TEST_CASE("A text buffer refuses control letters and broken bytes, and never splits a letter") {
  TextBuffer buffer("a\xC3\xA9", 2, 10);
  CHECK(buffer.caret() == 1);
  CHECK_FALSE(buffer.insert("\x1B\x07\xFF"));
  CHECK(buffer.text() == "a\xC3\xA9");
  CHECK(buffer.insert("b\nc"));
  CHECK(buffer.text() == "ab\nc\xC3\xA9");
  TextBuffer full("12345678", 8, 9);
  CHECK_FALSE(full.insert("\xC3\xA9"));
  CHECK(full.insert("9"));
  CHECK_FALSE(full.erase_after());
  full.to_start();
  CHECK_FALSE(full.erase_before());
}

TEST_CASE("A capital is expected at the start, after the end of a sentence and on a new line only") {
  CHECK(starts_sentence("", 0));
  CHECK(starts_sentence("Air mati. ", 10));
  CHECK(starts_sentence("Kenapa?  ", 9));
  CHECK(starts_sentence("a\n", 2));
  CHECK_FALSE(starts_sentence("Air ", 4));
  CHECK_FALSE(starts_sentence("Jl.", 3));
  CHECK_FALSE(starts_sentence("Air mati. Sudah", 12));
}
