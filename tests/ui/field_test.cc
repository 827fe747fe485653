// The field: where a touch puts the caret, what of a long text is shown, what "clear" takes and gives back.
#include <catch2/catch.hpp>

#include "tests/ui/writing_world.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

// The fake letters are all half an em wide; the field's padding is 4 mm, its first line 1 mm lower than its inside.
struct Grid {
  explicit Grid(const UiWorld& world, const Writing& writing) {
    const Metrics& metrics = world.ui.metrics();
    letter = static_cast<float>(metrics.face(TextStyle::kTyped).px) / 2;
    line = metrics.line_height(TextStyle::kTyped);
    left = writing.field.x + metrics.px(4);
    const bool many = writing.kind == FieldKind::kManyLines;
    top = many ? writing.field.y + metrics.px(2) + metrics.px(1) : writing.field.centre().y - line / 2;
  }
  [[nodiscard]] Point gap(int row, float column) const {
    return {left + column * letter, top + (static_cast<float>(row) + 0.5F) * line};
  }
  float letter = 0;
  float line = 0;
  float left = 0;
  float top = 0;
};

void settle(UiWorld& world, Writing& writing) {
  for (int i = 0; i < 3; ++i) {
    world.frame({}, writing);
  }
}

}  // namespace

TEST_CASE("A touch puts the caret into the nearest gap between letters") {
  UiWorld world;
  Writing writing;
  writing.text = "abcdef";
  settle(world, writing);
  const Grid grid(world, writing);
  tap_at(world, writing, grid.gap(0, 2.4F));
  tap(world, writing, "x");
  CHECK(writing.text == "abxcdef");
  tap_at(world, writing, grid.gap(0, 4.6F));
  tap(world, writing, "y");
  CHECK(writing.text == "abxcdyef");
  tap_at(world, writing, grid.gap(0, 40));
  tap(world, writing, "z");
  CHECK(writing.text == "abxcdyefz");
}

TEST_CASE("A touch puts the caret beside a letter of several bytes, never into it") {
  UiWorld world;
  Writing writing;
  writing.text = "éŋ😀ñ";
  writing.kind = FieldKind::kOneLine;
  settle(world, writing);
  const Grid grid(world, writing);
  for (const auto& [column, expected] :
       std::vector<std::pair<float, std::string>>{{0.2F, "xéŋ😀ñ"}, {1.1F, "éxŋ😀ñ"}, {2.9F, "éŋ😀xñ"}}) {
    writing.text = "éŋ😀ñ";
    settle(world, writing);
    tap_at(world, writing, grid.gap(0, column));
    world.frame({typed("x")}, writing);
    CHECK(writing.text == expected);
  }
}

TEST_CASE("A touch finds its place on wrapped lines") {
  UiWorld world;
  Writing writing;
  writing.limit = 400;
  for (int i = 0; i < 12; ++i) {
    writing.text += "jembatan ";
  }
  settle(world, writing);
  const Grid grid(world, writing);
  tap_at(world, writing, grid.gap(1, 3));
  world.frame({typed("#")}, writing);
  const std::size_t at = writing.text.find('#');
  REQUIRE(at != std::string::npos);
  CHECK(at % 9 == 3);  // the second line begins with a word
  CHECK(at > 20);
}

TEST_CASE("In a text longer than its field a touch means the line that is seen there") {
  UiWorld world;
  Writing writing;
  writing.field_height = 130;
  writing.text = "nol\nsatu\ndua\ntiga\nempat\nlima\nenam";
  settle(world, writing);
  const Grid grid(world, writing);
  // The caret is at the end, so the last lines are shown.
  const int shown = static_cast<int>((writing.field.h - 2 * world.ui.px(2)) / grid.line);
  REQUIRE(shown >= 2);
  REQUIRE(shown <= 4);
  tap_at(world, writing, grid.gap(0, 0));
  world.frame({typed("#")}, writing);
  const std::string first[] = {"", "", "\n#lima\n", "\n#empat\n", "\n#tiga\n"};
  CHECK(writing.text.find(first[shown]) != std::string::npos);
  // Touching a line that is seen does not move the text; the next touch on the same place is the same line.
  tap_at(world, writing, grid.gap(0, 0));
  world.frame({typed("%")}, writing);
  CHECK(writing.text.find("%#") != std::string::npos);
}

TEST_CASE("A field that becomes active by a touch keeps showing what was touched") {
  UiWorld world;
  std::string other;
  std::string text = "nol\nsatu\ndua\ntiga\nempat\nlima\nenam";
  Rect field;
  const auto draw = [&](Ui& ui) {
    Rect area = ui.content();
    ui.keyboard(KeyboardKind::kText, area);
    Rect upper = area.cut_top(100, 20);
    if (auto changed = ui.field({.id = "other", .text = other, .limit_bytes = 100, .starts_active = true}, upper)) {
      other = *changed;
    }
    field = {area.x, area.y, area.w, 130};
    FieldView view{.id = "story", .text = text, .limit_bytes = 100};
    view.kind = FieldKind::kManyLines;
    if (auto changed = ui.field(view, field)) {
      text = *changed;
    }
  };
  world.frame({}, draw);
  world.frame({}, draw);
  const Point at{field.x + world.ui.px(4) + 1, field.y + world.ui.px(3) + 10};
  world.frame({down(at), up(at)}, draw);
  world.frame({}, draw);
  world.frame({typed("#")}, draw);
  CHECK(text.starts_with("#nol"));
  CHECK(other.empty());
}

TEST_CASE("Up and Down keep to their column, and at the text's ends go to its ends") {
  UiWorld world;
  Writing writing;
  writing.text = "satu dua\nx\ntiga empat";
  settle(world, writing);
  const Grid grid(world, writing);
  tap_at(world, writing, grid.gap(0, 6));
  tap(world, writing, "down");
  tap(world, writing, "down");
  world.frame({typed("#")}, writing);
  CHECK(writing.text == "satu dua\nx\ntiga e#mpat");
  tap(world, writing, "up");
  world.frame({typed("%")}, writing);
  CHECK(writing.text == "satu dua\nx%\ntiga e#mpat");
  tap(world, writing, "up");
  tap(world, writing, "up");
  world.frame({typed("^")}, writing);
  CHECK(writing.text == "^satu dua\nx%\ntiga e#mpat");
}

TEST_CASE("A field of one line has no keys for up and down") {
  UiWorld world;
  Writing writing;
  writing.kind = FieldKind::kOneLine;
  settle(world, writing);
  CHECK(world.ui.find_target("keyboard.up") == nullptr);
  CHECK(world.ui.find_target("keyboard.left") != nullptr);
}

TEST_CASE("Clear empties the field, and undo brings every letter back") {
  UiWorld world;
  Writing writing;
  writing.text = "Sudah tiga minggu.\nÉwa.";
  settle(world, writing);
  tap(world, writing, "clear");
  CHECK(writing.text.empty());
  CHECK(world.ui.find_target("keyboard.clear") == nullptr);
  CHECK(world.ui.find_target("keyboard.undo")->label == "Kembalikan");
  world.now_ms += 60'000;
  tap(world, writing, "left");
  tap(world, writing, "undo");
  CHECK(writing.text == "Sudah tiga minggu.\nÉwa.");
  CHECK(world.ui.find_target("keyboard.undo") == nullptr);
  world.frame({typed("!")}, writing);
  CHECK(writing.text == "Sudah tiga minggu.\nÉwa.!");
}

TEST_CASE("Once something else was typed, what was cleared is gone") {
  UiWorld world;
  Writing writing;
  writing.text = "rahasia";
  settle(world, writing);
  tap(world, writing, "clear");
  tap(world, writing, "a");
  CHECK(world.ui.find_target("keyboard.undo") == nullptr);
  tap(world, writing, "backspace");
  CHECK(writing.text.empty());
  CHECK(world.ui.find_target("keyboard.undo") == nullptr);
}

TEST_CASE("What was cleared goes with the person, and with the screen") {
  const bool person = GENERATE(false, true);
  UiWorld world;
  Writing writing;
  writing.text = "rahasia";
  settle(world, writing);
  tap(world, writing, "clear");
  REQUIRE(world.ui.find_target("keyboard.undo") != nullptr);
  if (person) {
    world.ui.forget_person();
  } else {
    world.frame({}, [](Ui&) {});
  }
  settle(world, writing);
  CHECK(world.ui.find_target("keyboard.undo") == nullptr);
}

TEST_CASE("An empty field has nothing to clear, and the key says so") {
  UiWorld world;
  Writing writing;
  settle(world, writing);
  CHECK_FALSE(world.ui.find_target("keyboard.clear")->enabled);
  tap(world, writing, "clear");
  CHECK(world.ui.published().at("toast") == "Belum ada tulisan.");
}

TEST_CASE("What is written is whole only when the finger is lifted on its key") {
  UiWorld world;
  Writing writing;
  writing.text = "jembata";
  settle(world, writing);
  const Point at = world.ui.find_target("keyboard.n")->rect.centre();
  world.frame({down(at)}, writing);
  CHECK(writing.text == "jembata");
  CHECK(world.ui.published().at("story") == "jembata");
  world.frame({moved({400, 100})}, writing);
  world.frame({up({400, 100})}, writing);
  settle(world, writing);
  CHECK(writing.text == "jembata");
}

TEST_CASE("A pressed letter stands in the field in the same frame") {
  UiWorld world;
  Writing writing;
  writing.text = "jembata";
  settle(world, writing);
  world.fonts.drawn.clear();
  const Point at = world.ui.find_target("keyboard.n")->rect.centre();
  world.frame({down(at)}, writing);
  const std::u32string drawn = world.fonts.drawn;
  CHECK(drawn.find(U"jembatan") != std::u32string::npos);
  world.fonts.drawn.clear();
  world.frame({moved({400, 100})}, writing);
  CHECK(world.fonts.drawn.find(U"jembatan") == std::u32string::npos);
}
