// A panel too low for what the person asked for: what gives way, and what does not.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/ui/writing_world.h"
#include "ui/widgets/painted.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

// A list of twelve rows in a region so many millimetres high.
void draw_list(UiWorld& world, float region_mm) {
  for (int i = 0; i < 4; ++i) {
    world.frame({}, [&](Ui& ui) {
      ui.scroll("list", {50, 50, 700, ui.px(region_mm)}, [&](Flow& flow) {
        for (int row = 0; row < 12; ++row) {
          ui.key({.id = "row." + std::to_string(row), .label = "Baris"}, flow.next_mm(20));
        }
      });
    });
  }
}

struct ScrollKeys {
  Rect up;
  Rect down;
};

ScrollKeys scroll_keys(const UiWorld& world) {
  const Target* up_key = world.ui.find_target("list.up");
  const Target* down_key = world.ui.find_target("list.down");
  REQUIRE(up_key != nullptr);
  REQUIRE(down_key != nullptr);
  return {up_key->rect, down_key->rect};
}

std::vector<float> sizes_of(const Painted& painted, const std::vector<std::string>& words) {
  std::vector<float> sizes;
  for (const PaintedText& text : painted.texts) {
    if (std::ranges::find(words, text.words) != words.end()) {
      sizes.push_back(text.cap_px);
    }
  }
  return sizes;
}

const std::vector<std::string> kToolWords = {"Dengar", "Bahasa", "Huruf", "Kontras", "Bantuan"};

RailView tools() {
  return {.clock = "09.24", .state = "Buka", .labels = {"Dengar", "Bahasa", "Huruf", "Kontras", "Bantuan"}};
}

}  // namespace

TEST_CASE("Up and Down of a region of any height keep the floor and their gap, edges counted") {
  for (const float region_mm : {24.0F, 26.0F, 28.0F, 29.5F, 30.0F, 34.0F, 60.0F, 120.0F}) {
    INFO(region_mm);
    UiWorld world;
    draw_list(world, region_mm);
    const auto [up_key, down_key] = scroll_keys(world);
    for (const Rect& key : {up_key, down_key}) {
      CHECK(key.w >= world.ui.px(mm::kTargetFloor));
      CHECK(key.h >= world.ui.px(mm::kTargetFloor) - 1);
      CHECK(key.bottom() <= 50 + world.ui.px(region_mm) + 1);
    }
    const float apart = std::max(down_key.x - up_key.right(), down_key.y - up_key.bottom() - world.ui.px(mm::kKeyEdge));
    CHECK(apart >= world.ui.px(mm::kGapFloor) - world.ui.px(mm::kKeyEdge));
    CHECK(world.ui.settled());
  }
}

TEST_CASE("Where they have no height one above the other, Up and Down stand side by side") {
  UiWorld world;
  draw_list(world, 26);
  const auto [up_key, down_key] = scroll_keys(world);
  CHECK(up_key.y == down_key.y);
  CHECK(up_key.right() < down_key.x);
}

TEST_CASE("A page of a low panel keeps the largest letters, and the tools beside it take what has room") {
  UiWorld world;
  world.input = {.screen_px = {1024, 600}, .panel_width_mm = 222, .text_size = TextSize::kLargest};
  Painted painted;
  world.ui.write_down(&painted);
  for (int i = 0; i < 4; ++i) {
    world.frame({}, [&](Ui& ui) {
      ui.text("Di mana?", ui.content(), {.style = TextStyle::kTitle});
      static_cast<void>(ui.rail(tools()));
    });
  }
  CHECK(world.ui.overflows().empty());
  CHECK(world.ui.metrics().text_size() == TextSize::kLargest);
  const std::vector<float> sizes = sizes_of(painted, kToolWords);
  REQUIRE(sizes.size() == kToolWords.size());
  const float normal = cap_height_mm(TextStyle::kBodyStrong, TextSize::kNormal) * world.ui.metrics().px_per_mm();
  for (const float size : sizes) {
    CHECK(size >= normal - 1);
  }
}

TEST_CASE("On a panel that is high enough the tools have the size that was asked for") {
  UiWorld world;
  world.input = {.screen_px = {1920, 1080}, .panel_width_mm = 344, .text_size = TextSize::kLarger};
  Painted painted;
  world.ui.write_down(&painted);
  world.frame({}, [&](Ui& ui) { static_cast<void>(ui.rail(tools())); });
  const std::vector<float> sizes = sizes_of(painted, {"Buka"});
  REQUIRE(sizes.size() == 1);
  CHECK(sizes.front() == Approx(world.ui.metrics().cap_height(TextStyle::kBodyStrong)));
}

TEST_CASE("The letters of the keyboard stay on their keys at every text size, tails included") {
  for (int size = 0; size < kTextSizes; ++size) {
    INFO(size);
    UiWorld world;
    world.input.text_size = static_cast<TextSize>(size);
    Painted painted;
    world.ui.write_down(&painted);
    world.frame({}, [](Ui& ui) {
      Rect area = ui.content();
      area = area.cut_bottom(ui.keyboard_least_height(KeyboardKind::kText));  // every key at its floor
      ui.keyboard(KeyboardKind::kText, area);
    });
    const Target* key = world.ui.find_target("keyboard.q");
    REQUIRE(key != nullptr);
    const auto letter = std::ranges::find(painted.texts, key->label, &PaintedText::words);
    REQUIRE(letter != painted.texts.end());
    constexpr float kTailOfCapital = 0.34F;  // how far a "q" goes below the line
    CHECK(letter->ink.bottom() + letter->cap_px * kTailOfCapital <= key->rect.bottom() + 1);
    CHECK(letter->ink.y >= key->rect.y);
  }
}

TEST_CASE("A page on which a word would be broken is drawn in smaller letters") {
  UiWorld world;
  world.input.text_size = TextSize::kLargest;
  for (int i = 0; i < 6; ++i) {
    world.frame({}, [](Ui& ui) {
      const float room = ui.px(40);
      ui.text("Pertanggungjawaban", {50, 50, room, ui.px(100)}, {.style = TextStyle::kTitle});
    });
  }
  CHECK(world.ui.metrics().text_size() == TextSize::kNormal);
}
