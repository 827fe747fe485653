#include <catch2/catch.hpp>
#include <set>

#include "tests/ui/writing_world.h"
#include "ui/widgets/key_map.h"
#include "ui/widgets/text_buffer.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

constexpr KeyboardKind kKinds[] = {KeyboardKind::kText, KeyboardKind::kDigits, KeyboardKind::kPhone,
                                   KeyboardKind::kCode};
constexpr KeyboardLayer kLayers[] = {KeyboardLayer::kLower, KeyboardLayer::kUpper, KeyboardLayer::kDigits,
                                     KeyboardLayer::kAccents, KeyboardLayer::kAccentsUpper};

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

TEST_CASE("The keyboard never covers the field, and its keys keep the floor, on every panel") {
  const auto kind = GENERATE(KeyboardKind::kText, KeyboardKind::kDigits, KeyboardKind::kPhone, KeyboardKind::kCode);
  const auto size = GENERATE(TextSize::kNormal, TextSize::kLarge, TextSize::kLarger, TextSize::kLargest);
  struct Panel {
    Size px;
    float mm;
  };
  for (const Panel& panel : {Panel{{1280, 800}, 261}, Panel{{1920, 1080}, 344}, Panel{{1080, 1920}, 193},
                             Panel{{1024, 600}, 222}, Panel{{800, 1280}, 163}}) {
    UiWorld world;
    world.input.screen_px = panel.px;
    world.input.panel_width_mm = panel.mm;
    world.input.text_size = size;
    Writing writing;
    writing.keyboard = kind;
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
  const FieldLines lines = GENERATE(FieldLines::kOne, FieldLines::kMany);
  const KeyboardWidth across = GENERATE(KeyboardWidth::kWide, KeyboardWidth::kNarrow);
  for (const KeyboardKind kind : kKinds) {
    for (const KeyboardLayer layer : kLayers) {
      const std::vector<MapRow> map = key_map(kind, layer, lines, across);
      std::set<std::string> ids;
      for (const MapRow& row : map) {
        float width = row.indent + row.tail;
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

TEST_CASE("A narrow keyboard types what a wide one does, under the same names") {
  const auto ids = [](KeyboardKind kind, KeyboardLayer layer, KeyboardWidth width) {
    std::set<std::string> all;
    for (const MapRow& row : key_map(kind, layer, FieldLines::kMany, width)) {
      for (const MapKey& key : row.keys) {
        all.insert(key.id + "=" + key.typed);
      }
    }
    return all;
  };
  for (const KeyboardKind kind : kKinds) {
    for (const KeyboardLayer layer : kLayers) {
      CHECK(ids(kind, layer, KeyboardWidth::kWide) == ids(kind, layer, KeyboardWidth::kNarrow));
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
  CHECK(find_key(KeyboardKind::kText, "é")->layer == KeyboardLayer::kAccents);
  CHECK(find_key(KeyboardKind::kText, "Ŋ")->layer == KeyboardLayer::kAccentsUpper);
  CHECK(find_key(KeyboardKind::kPhone, "+")->id == "plus");
  CHECK_FALSE(find_key(KeyboardKind::kDigits, "+").has_value());
  CHECK_FALSE(find_key(KeyboardKind::kText, "ł").has_value());
}

TEST_CASE("From every page every letter is reached, in at most three touches") {
  for (const KeyboardKind kind : kKinds) {
    for (const KeyboardLayer goal : kLayers) {
      for (const MapRow& row : key_map(kind, goal)) {
        for (const MapKey& wanted : row.keys) {
          for (const KeyboardLayer from : kLayers) {
            if (wanted.act != KeyAct::kType) {
              continue;
            }
            KeyboardLayer layer = from;
            std::string key;
            int touches = 0;
            do {
              key = next_key_towards(kind, layer, wanted.typed).value_or("");
              // What the page keys and shift do, as keyboard.cc does it.
              if (key == "123") {
                layer = layer == KeyboardLayer::kDigits ? KeyboardLayer::kLower : KeyboardLayer::kDigits;
              } else if (key == "accents") {
                layer = is_accents(layer) ? KeyboardLayer::kLower : KeyboardLayer::kAccents;
              } else if (key == "shift") {
                layer = layer == KeyboardLayer::kLower     ? KeyboardLayer::kUpper
                        : layer == KeyboardLayer::kUpper   ? KeyboardLayer::kLower
                        : layer == KeyboardLayer::kAccents ? KeyboardLayer::kAccentsUpper
                                                           : KeyboardLayer::kAccents;
              }
              ++touches;
            } while ((key == "123" || key == "accents" || key == "shift") && touches < 5);
            INFO(wanted.typed << " from " << layer_name(from));
            CHECK(touches <= 3);
            CHECK_FALSE(key.empty());
          }
        }
      }
    }
  }
}

TEST_CASE("The letters of local names are all there, small and large") {
  for (const char* letter : {"é", "è", "ê", "ë", "ñ", "ö", "ü", "á", "à", "í", "ó", "ú", "ç", "ŋ",
                             "É", "È", "Ê", "Ë", "Ñ", "Ö", "Ü", "Á", "À", "Í", "Ó", "Ú", "Ç", "Ŋ"}) {
    INFO(letter);
    CHECK(find_key(KeyboardKind::kText, letter).has_value());
  }
}

TEST_CASE("A letter with an accent is two touches, and the ordinary letters are back after it") {
  UiWorld world;
  Writing writing;
  world.frame({}, writing);
  tap(world, writing, "accents");
  CHECK(world.ui.published().at("keyboard.layer") == "accents_upper");
  tap(world, writing, "e_acute");
  tap_all(world, writing, "wa");
  tap(world, writing, "accents");
  tap(world, writing, "n_tilde");
  CHECK(writing.text == "Éwañ");
  tap(world, writing, "accents");
  tap(world, writing, "accents");
  tap(world, writing, "a");
  CHECK(writing.text == "Éwaña");
}

TEST_CASE("Two touches lock the capitals until a third") {
  UiWorld world;
  Writing writing;
  writing.text = "di ";
  world.frame({}, writing);
  tap(world, writing, "shift");
  CHECK(world.ui.published().at("keyboard.shift") == "on");
  tap(world, writing, "shift");
  CHECK(world.ui.published().at("keyboard.shift") == "locked");
  tap_all(world, writing, "rt");
  tap(world, writing, "accents");
  tap(world, writing, "e_grave");
  tap(world, writing, "123");
  tap(world, writing, "7");
  tap(world, writing, "123");
  tap(world, writing, "a");
  tap(world, writing, "shift");
  CHECK(world.ui.published().at("keyboard.shift") == "off");
  tap(world, writing, "b");
  CHECK(writing.text == "di RTÈ7Ab");
}

TEST_CASE("Two quick touches lock where a capital was expected anyway, two slow ones do not") {
  UiWorld quick;
  Writing writing;
  quick.frame({}, writing);
  tap(quick, writing, "shift");
  tap(quick, writing, "shift");
  CHECK(quick.ui.published().at("keyboard.shift") == "locked");

  UiWorld slow;
  Writing other;
  slow.frame({}, other);
  tap(slow, other, "shift");
  CHECK(slow.ui.published().at("keyboard.shift") == "off");
  slow.now_ms += 2000;
  tap(slow, other, "shift");
  CHECK(slow.ui.published().at("keyboard.shift") == "on");
}

TEST_CASE("The lock of one field is not the next one's, nor the next person's") {
  UiWorld world;
  Writing writing;
  writing.text = "a";
  world.frame({}, writing);
  tap(world, writing, "shift");
  tap(world, writing, "shift");
  REQUIRE(world.ui.published().at("keyboard.shift") == "locked");
  world.ui.forget_person();
  world.frame({}, writing);
  CHECK(world.ui.published().at("keyboard.shift") == "off");
}

TEST_CASE("A telephone number may begin with a plus, and digits stand in the telephone's order") {
  UiWorld world;
  Writing writing;
  writing.keyboard = KeyboardKind::kPhone;
  writing.kind = FieldKind::kOneLine;
  world.frame({}, writing);
  world.frame({}, writing);
  tap(world, writing, "plus");
  tap_all(world, writing, "62812");
  CHECK(writing.text == "+62812");
  CHECK(world.ui.find_target("keyboard.1")->rect.y < world.ui.find_target("keyboard.7")->rect.y);
  CHECK(world.ui.find_target("keyboard.8")->rect.x == world.ui.find_target("keyboard.0")->rect.x);
}

TEST_CASE("A key that is held erases one letter, waits, and then hurries") {
  UiWorld world;
  Writing writing;
  writing.text = std::string(60, 'x');
  world.frame({}, writing);
  const Point at = world.ui.find_target("keyboard.backspace")->rect.centre();
  world.frame({down(at)}, writing);
  const std::int64_t pressed_ms = world.now_ms;
  while (world.now_ms < pressed_ms + 470) {
    world.frame({}, writing);
  }
  CHECK(writing.text.size() == 60);
  CHECK(world.ui.schedule().next_ms().has_value());
  const auto erased_in = [&](std::int64_t ms) {
    const std::size_t before = writing.text.size();
    for (const std::int64_t until = world.now_ms + ms; world.now_ms < until;) {
      world.frame({}, writing);
    }
    return before - writing.text.size();
  };
  const std::size_t first = erased_in(500);
  CHECK(first >= 3);
  CHECK(first <= 6);
  erased_in(500);
  const std::size_t later = erased_in(500);
  CHECK(later > first + 2);
  const std::size_t left = writing.text.size();
  world.frame({up(at)}, writing);
  world.frame({}, writing);
  CHECK(writing.text.size() == left);
}

TEST_CASE("A held key stops when the finger leaves it, and when a second finger comes") {
  const bool second = GENERATE(false, true);
  UiWorld world;
  Writing writing;
  writing.text = std::string(60, 'x');
  world.frame({}, writing);
  const Point at = world.ui.find_target("keyboard.backspace")->rect.centre();
  world.frame({down(at)}, writing);
  for (int i = 0; i < 60; ++i) {
    world.frame({}, writing);
  }
  const std::size_t left = writing.text.size();
  REQUIRE(left < 60);
  world.frame({second ? down({400, 600}, 2) : moved({400, 100})}, writing);
  for (int i = 0; i < 60; ++i) {
    world.frame({}, writing);
  }
  world.frame({up(at), up({400, 600}, 2)}, writing);
  world.frame({}, writing);
  world.frame({}, writing);
  CHECK(writing.text.size() == left);
}

TEST_CASE("A held caret key goes on to the beginning and stays there") {
  UiWorld world;
  Writing writing;
  writing.text = "satu dua";
  world.frame({}, writing);
  const Point at = world.ui.find_target("keyboard.left")->rect.centre();
  world.frame({down(at)}, writing);
  for (int i = 0; i < 150; ++i) {
    world.frame({}, writing);
  }
  world.frame({up(at)}, writing);
  tap(world, writing, "x");
  CHECK(writing.text == "Xsatu dua");
}

TEST_CASE("A letter key that is held writes its letter once") {
  UiWorld world;
  Writing writing;
  writing.text = "a";
  world.frame({}, writing);
  const Point at = world.ui.find_target("keyboard.b")->rect.centre();
  world.frame({down(at)}, writing);
  for (int i = 0; i < 100; ++i) {
    world.frame({}, writing);
  }
  world.frame({up(at)}, writing);
  world.frame({}, writing);
  CHECK(writing.text == "ab");
}

TEST_CASE("A second finger never doubles a letter, in whatever order the fingers are lifted") {
  UiWorld world;
  Writing writing;
  writing.text = "a";
  world.frame({}, writing);
  const Point b = world.ui.find_target("keyboard.b")->rect.centre();
  const Point n = world.ui.find_target("keyboard.n")->rect.centre();
  world.frame({down(b, 1), down(n, 2), up(b, 1), up(n, 2)}, writing);
  for (int i = 0; i < 6; ++i) {
    world.frame({}, writing);
  }
  world.frame({down(b, 1), down(b, 2), up(b, 2), up(b, 1)}, writing);
  for (int i = 0; i < 6; ++i) {
    world.frame({}, writing);
  }
  CHECK(writing.text == "a");
  tap(world, writing, "c");
  CHECK(writing.text == "ac");
}
