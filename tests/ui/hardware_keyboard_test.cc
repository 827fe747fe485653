// Keys of plastic, and whatever pretends to be one: the same field, the same limits.
#include <catch2/catch.hpp>

#include "tests/ui/writing_world.h"

using namespace mimika::ui;
using namespace mimika::testing;

TEST_CASE("A hardware keyboard types into the same field") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  world.frame({typed("\xC3\x89tik"), pressed(Key::kBackspace)}, writing);
  CHECK(writing.text == "\xC3\x89ti");
  world.frame({pressed(Key::kHome), pressed(Key::kDelete), pressed(Key::kEnd), typed("!")}, writing);
  CHECK(writing.text == "ti!");
  world.frame({pressed(Key::kEnter), typed("b")}, writing);
  CHECK(writing.text == "ti!\nb");
}

TEST_CASE("The arrows of somebody who types move the caret along the text, and at its edge the focus") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  world.frame({typed("dua")}, writing);
  world.frame({pressed(Key::kLeft)}, writing);
  world.frame({typed("#")}, writing);
  CHECK(writing.text == "du#a");
  world.frame({pressed(Key::kRight)}, writing);
  CHECK_FALSE(world.ui.newly_focused().has_value());
  world.frame({pressed(Key::kRight)}, writing);
  CHECK(world.ui.newly_focused().has_value());
}

TEST_CASE("Down leads from a story of many lines to the keyboard below it, wherever the caret stands") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  world.frame({typed("satu\ndua\ntiga"), pressed(Key::kHome)}, writing);
  world.frame({pressed(Key::kUp)}, writing);  // nothing lies above: it is only seen where the person stands
  CHECK(world.ui.newly_focused() == std::optional<std::string>(""));  // the field of this test has no label
  world.frame({pressed(Key::kDown)}, writing);
  REQUIRE(world.ui.newly_focused().has_value());
  CHECK(world.ui.newly_focused() != std::optional<std::string>(""));
}

TEST_CASE("Once the focus has left the field, the arrows stay with the focus until something is typed again") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  world.frame({typed("satu")}, writing);
  world.frame({pressed(Key::kDown)}, writing);
  world.frame({pressed(Key::kUp)}, writing);
  CHECK(world.ui.newly_focused() == std::optional<std::string>(""));
  world.frame({pressed(Key::kLeft), typed("#")}, writing);
  CHECK(writing.text == "satu#");
  world.frame({pressed(Key::kLeft)}, writing);
  world.frame({typed("%")}, writing);
  CHECK(writing.text == "satu%#");
}

TEST_CASE("Home and End stay on their line") {
  UiWorld world;
  Writing writing;
  writing.text = "satu\ndua";
  world.frame({}, writing);
  world.frame({pressed(Key::kHome), typed("#")}, writing);
  CHECK(writing.text == "satu\n#dua");
  world.frame({pressed(Key::kEnd), typed("%")}, writing);
  CHECK(writing.text == "satu\n#dua%");
}

TEST_CASE("The arrows of a keypad, which writes no letters, move the focus") {
  UiWorld world;
  Writing writing;
  writing.text = "satu";
  world.frame({}, writing);
  world.frame({pressed(Key::kUp)}, writing);
  CHECK(world.ui.newly_focused().has_value());
}

TEST_CASE("Enter on a focused field does not move the caret to where no finger was") {
  UiWorld world;
  Writing writing;
  writing.text = "satu dua tiga";
  world.frame({}, writing);
  for (int i = 0; i < 200 && world.ui.newly_focused() != std::optional<std::string>(""); ++i) {
    world.frame({pressed(Key::kTab)}, writing);  // the field of this test has no label
  }
  REQUIRE(world.ui.newly_focused() == std::optional<std::string>(""));
  world.frame({pressed(Key::kEnter)}, writing);
  world.frame({typed("!")}, writing);
  CHECK(writing.text == "satu dua tiga!");
}

TEST_CASE("A megabyte at once is cut to the field's limit") {
  UiWorld world;
  Writing writing;
  writing.limit = 4000;
  world.frame({}, writing);
  world.frame({typed(std::string(1 << 20, 'a'))}, writing);
  CHECK(writing.text == std::string(4000, 'a'));
  world.frame({typed(std::string(1 << 20, 'b'))}, writing);
  CHECK(writing.text == std::string(4000, 'a'));
}

TEST_CASE("A thousand bursts in one frame are cut to the limit as well") {
  UiWorld world;
  Writing writing;
  writing.limit = 100;
  world.frame({}, writing);
  const std::vector<InputEvent> burst(1000, typed("ŋŋŋŋŋŋŋŋŋŋ"));
  world.frame(burst, writing);
  CHECK(writing.text.size() == 100);
}

TEST_CASE("Text for no field is dropped, and does not turn up in the next one") {
  UiWorld world;
  world.frame({}, [](Ui&) {});
  world.frame({typed("rahasia")}, [](Ui&) {});
  Writing writing;
  world.frame({}, writing);
  world.frame({}, writing);
  CHECK(writing.text.empty());
}

TEST_CASE("Letters of four bytes are kept whole or not at all") {
  UiWorld world;
  Writing writing;
  writing.limit = 10;
  world.frame({}, writing);
  world.frame({typed("\U0001F41F\U0001F41F\U0001F41F")}, writing);
  CHECK(writing.text == "\U0001F41F\U0001F41F");
  world.frame({pressed(Key::kBackspace)}, writing);
  CHECK(writing.text == "\U0001F41F");
}

TEST_CASE("Damaged and invisible letters are refused, what stands between them is kept") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  for (const char* bad : {"\xFF",
                          "\xC3",
                          "\xE2\x82",
                          "\xED\xA0\x80",
                          "\xC0\xAF",
                          "\xE0\x80\xAF",
                          "\xF4\x90\x80\x80",
                          "\xF0\x80\x80\xAF",
                          "\x1B",
                          "\x07",
                          "\t",
                          "\x7F",
                          "\u200B",
                          "\u200D",
                          "\u2060",
                          "\uFEFF",
                          "\u202E",
                          "\u2066",
                          "\u200F",
                          "\u061C",
                          "\u00AD",
                          "\u2028",
                          "\u0085",
                          "\U000E0041",
                          "\uFE0F",
                          "\uE000",
                          "\uFFFF"}) {
    writing.text.clear();
    world.frame({typed(std::string("a") + bad + "b")}, writing);
    INFO(bad);
    CHECK(writing.text == "ab");
  }
}

TEST_CASE("A line feed goes into a story and not into a field of one line") {
  UiWorld world;
  Writing writing;
  writing.kind = FieldKind::kOneLine;
  world.frame({}, writing);
  world.frame({typed("satu\r\ndua")}, writing);
  CHECK(writing.text == "satudua");
}
