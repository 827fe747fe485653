#include <catch2/catch.hpp>
#include <cmath>

#include "tests/ui/fakes.h"
#include "ui/widgets/focus.h"
#include "ui/widgets/text_layout.h"
#include "ui/widgets/utf8.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

float ten_wide(char32_t) {
  return 10;
}

std::vector<std::string> lines_of(std::string_view text, float width) {
  std::vector<std::string> out;
  for (const TextLine& line : break_lines(text, width, ten_wide)) {
    out.emplace_back(text.substr(line.begin, line.end - line.begin));
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Text wraps at spaces, which belong to no line") {
  CHECK(lines_of("satu dua tiga", 80) == Lines{"satu dua", "tiga"});
  CHECK(lines_of("satu dua tiga", 79) == Lines{"satu", "dua", "tiga"});
  CHECK(lines_of("satu   dua", 50) == Lines{"satu", "dua"});
  CHECK(lines_of("satu dua", 0) == Lines{"satu dua"});
}

TEST_CASE("A text exactly as wide as its place is one line") {
  CHECK(lines_of("satu dua", 80) == Lines{"satu dua"});
  CHECK(lines_of("satu dua", 79.6F) == Lines{"satu dua"});
}

TEST_CASE("A word longer than the line continues on the next and loses nothing") {
  CHECK(lines_of("abcdefghij", 40) == Lines{"abcd", "efgh", "ij"});
  CHECK(lines_of("ab cdefghijk", 40) == Lines{"ab", "cdef", "ghij", "k"});
}

TEST_CASE("Line feeds break, also at the ends") {
  CHECK(lines_of("a\nb", 100) == Lines{"a", "b"});
  CHECK(lines_of("a\n", 100) == Lines{"a", ""});
  CHECK(lines_of("\n\na", 100) == Lines{"", "", "a"});
  CHECK(lines_of("", 100) == Lines{""});
}

TEST_CASE("Lines are whole letters of UTF-8, broken bytes included") {
  CHECK(lines_of("\xC3\xA9\xC3\xA9\xC3\xA9", 20) == Lines{"\xC3\xA9\xC3\xA9", "\xC3\xA9"});
  CHECK(lines_of("a\xFF\xC3", 20) == Lines{"a\xFF", "\xC3"});
}

TEST_CASE("Every byte that is not a space or a line feed stands on exactly one line, at any width") {
  const std::string text = "Pipa  dekat jembatan\nsudah diganti, air \xC3\xA9 keluar sejakRabupagiSekali. ";
  for (float width = 10; width < 500; width += 7) {
    std::string joined;
    for (const TextLine& line : break_lines(text, width, ten_wide)) {
      CHECK((line.width <= width + 0.5F || count_letters(text.substr(line.begin, line.end - line.begin)) == 1));
      joined += text.substr(line.begin, line.end - line.begin);
    }
    std::erase(joined, ' ');
    std::string wanted = text;
    std::erase(wanted, ' ');
    std::erase(wanted, '\n');
    CHECK(joined == wanted);
  }
}

TEST_CASE("A point in a line is the nearest place between two letters") {
  const std::string text = "abc";
  const TextLine line = break_lines(text, 0, ten_wide).front();
  CHECK(byte_at(text, line, -5, ten_wide) == 0);
  CHECK(byte_at(text, line, 14, ten_wide) == 1);
  CHECK(byte_at(text, line, 16, ten_wide) == 2);
  CHECK(byte_at(text, line, 500, ten_wide) == 3);
}

TEST_CASE("Walking back over UTF-8 lands on the letters that walking forward saw") {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z\xFF\x80";
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size();) {
    begins.push_back(at);
    static_cast<void>(next_letter(text, at));
  }
  std::size_t at = text.size();
  for (auto begin = begins.rbegin(); begin != begins.rend(); ++begin) {
    at = previous_letter(text, at);
    CHECK(at == *begin);
  }
}

TEST_CASE("Cutting a rectangle gives strips that fill it, never more than is there") {
  Rect area{10, 20, 100, 200};
  CHECK(area.cut_top(50, 10) == Rect{10, 20, 100, 50});
  CHECK(area == Rect{10, 80, 100, 140});
  CHECK(area.cut_bottom(40, 10) == Rect{10, 180, 100, 40});
  CHECK(area == Rect{10, 80, 100, 90});
  CHECK(area.cut_left(30, 5) == Rect{10, 80, 30, 90});
  CHECK(area.cut_right(500) == Rect{45, 80, 65, 90});
  CHECK(area.empty());
}

TEST_CASE("Columns are whole pixels and share the width out completely") {
  const std::vector<Rect> cells = columns({0, 0, 1000, 10}, 3, 7);
  REQUIRE(cells.size() == 3);
  CHECK(cells.back().right() == 1000);
  for (const Rect& cell : cells) {
    CHECK(cell.x == std::round(cell.x));
    CHECK(cell.w == Approx((1000.0F - 14) / 3).margin(1));
  }
  CHECK(columns_that_fit(1000, 240, 20, 6) == 3);
  CHECK(columns_that_fit(100, 240, 20, 6) == 1);
  CHECK(columns_that_fit(10000, 240, 20, 6) == 6);
}

TEST_CASE("An arrow goes to the nearest target in its direction and prefers what is straight ahead") {
  const std::vector<Rect> grid_of = grid({0, 0, 300, 200}, 3, 2, 20);
  CHECK(nearest(grid_of, grid_of[0], Direction::kRight) == 1U);
  CHECK(nearest(grid_of, grid_of[1], Direction::kDown) == 4U);
  CHECK(nearest(grid_of, grid_of[5], Direction::kLeft) == 4U);
  CHECK(nearest(grid_of, grid_of[4], Direction::kUp) == 1U);
  CHECK_FALSE(nearest(grid_of, grid_of[0], Direction::kUp).has_value());
}

TEST_CASE("Body text reaches nine millimetres at the largest size and headings stay below twelve and a bit") {
  CHECK(cap_height_mm(TextStyle::kBody, TextSize::kNormal) == Approx(4.8));
  CHECK(cap_height_mm(TextStyle::kBody, TextSize::kLargest) == Approx(9.0));
  for (int size = 0; size < kTextSizes; ++size) {
    const auto at = static_cast<TextSize>(size);
    CHECK(cap_height_mm(TextStyle::kDisplay, at) <= 12.0F);
    CHECK(cap_height_mm(TextStyle::kDisplay, at) >= cap_height_mm(TextStyle::kTitle, at));
    CHECK(cap_height_mm(TextStyle::kTitle, at) >= cap_height_mm(TextStyle::kKey, at));
    CHECK(cap_height_mm(TextStyle::kKey, at) >= cap_height_mm(TextStyle::kBody, at));
  }
}

TEST_CASE("Pixels follow from the panel's width in millimetres") {
  const Metrics metrics({1920, 1080}, 344, TextSize::kNormal);
  CHECK(metrics.px(20) == Approx(112).margin(1));
  CHECK(metrics.face(TextStyle::kDisplay).px == 69);
  CHECK(metrics.face(TextStyle::kTitle).px == 58);
  CHECK(metrics.face(TextStyle::kKey).px == 46);
  CHECK(metrics.face(TextStyle::kBody).px == 37);
  CHECK(metrics.face(TextStyle::kNote).px == 27);
  CHECK(default_panel_width_mm({1280, 800}) == Approx(261));
  CHECK(default_panel_width_mm({1080, 1920}) == Approx(193.5).margin(0.1));
}

TEST_CASE("Text colours keep ten to one on their grounds, twenty to one in high contrast") {
  const Palette& c = palette_for(Contrast::kStandard);
  for (const Colour& ground : {c.paper, c.surface, c.sand, c.sago, c.select, c.sky, c.leaf, c.dawn}) {
    CHECK(contrast_ratio(c.ink, ground) >= 10.0);
  }
  CHECK(contrast_ratio(c.ink2, c.paper) >= 10.0);
  CHECK(contrast_ratio(c.clay, c.paper) >= 10.0);
  for (const Colour& ground : {c.deep, c.tool, c.sea, c.forest, c.clay}) {
    CHECK(contrast_ratio(c.on_dark, ground) >= 10.0);
  }
  CHECK(contrast_ratio(c.disabled_text, c.disabled_fill) >= 4.5);
  CHECK(contrast_ratio(c.staff2, c.paper) >= 4.5);
  const Palette& high = palette_for(Contrast::kHigh);
  CHECK(contrast_ratio(high.ink, high.paper) >= 20.0);
  CHECK(contrast_ratio(high.on_dark, high.sea) >= 20.0);
  CHECK(contrast_ratio(high.on_select, high.select) >= 20.0);
}

TEST_CASE("In low glare text colours keep twelve to one, on white without shades") {
  const Palette& c = palette_for(Contrast::kLowGlare);
  CHECK(c.paper == rgb(0xFFFFFF));
  CHECK(c.plain());
  for (const Colour& ground : {c.paper, c.surface, c.sand, c.sago, c.select, c.sky, c.leaf, c.dawn, c.tray}) {
    CHECK(contrast_ratio(c.ink, ground) >= 12.0);
    CHECK(contrast_ratio(c.ink2, ground) >= 12.0);
  }
  CHECK(contrast_ratio(c.on_select, c.select) >= 12.0);
  for (const Colour& ground : {c.deep, c.deeper, c.tool, c.sea, c.forest, c.clay}) {
    CHECK(contrast_ratio(c.on_dark, ground) >= 12.0);
  }
  CHECK(contrast_ratio(c.clay, c.paper) >= 12.0);  // what is wrong with a field
  CHECK(contrast_ratio(c.disabled_text, c.disabled_fill) >= 4.5);
  CHECK(contrast_ratio(c.line, c.paper) >= 4.5);  // outlines carry what shades carry elsewhere
}

TEST_CASE("Content longer than its region gets Up and Down keys and reaches its end with them") {
  UiWorld world;
  const Rect area{50, 50, 700, 500};
  int last = 0;
  const auto draw = [&](Ui& ui) {
    ui.scroll("list", area, [&](Flow& flow) {
      for (int i = 0; i < 20; ++i) {
        const std::string id = "row." + std::to_string(i);
        if (ui.key({.id = id, .label = "Baris"}, flow.next_mm(20)) && i == 19) {
          ++last;
        }
      }
    });
  };
  for (int i = 0; i < 4; ++i) {
    world.frame({}, draw);
  }
  CHECK(world.ui.settled());
  CHECK(world.ui.find_target("row.19") == nullptr);
  CHECK_FALSE(world.ui.find_target("list.up")->enabled);
  CHECK(world.ui.published().at("list.more") == "yes");
  for (int i = 0; i < 20 && world.ui.find_target("list.down")->enabled; ++i) {
    const Point at = world.ui.find_target("list.down")->rect.centre();
    world.frame({down(at), up(at)}, draw);
    world.frame({}, draw);
    world.frame({}, draw);
  }
  CHECK(world.ui.published().at("list.more") == "no");
  REQUIRE(world.ui.find_target("row.19") != nullptr);
  const Point at = world.ui.find_target("row.19")->rect.centre();
  world.frame({down(at), up(at)}, draw);
  world.frame({}, draw);
  CHECK(last == 1);
}

TEST_CASE("A drag moves the content, does not press what it started on, and stops at the ends") {
  UiWorld world;
  const Rect area{50, 50, 700, 500};
  int pressed_rows = 0;
  const auto draw = [&](Ui& ui) {
    ui.scroll("list", area, [&](Flow& flow) {
      for (int i = 0; i < 20; ++i) {
        pressed_rows += ui.key({.id = "row." + std::to_string(i), .label = "Baris"}, flow.next_mm(20)) ? 1 : 0;
      }
    });
  };
  for (int i = 0; i < 4; ++i) {
    world.frame({}, draw);
  }
  const float before = world.ui.find_target("row.1")->rect.y;
  world.frame({down({300, 400})}, draw);
  world.frame({moved({300, 340})}, draw);
  world.frame({up({300, 340})}, draw);
  world.frame({}, draw);
  const Target* row = world.ui.find_target("row.1");
  REQUIRE(row != nullptr);
  CHECK(row->rect.bottom() < before + 100);
  CHECK(pressed_rows == 0);
  world.frame({down({300, 200})}, draw);
  world.frame({moved({300, 4000})}, draw);
  world.frame({up({300, 4000})}, draw);
  world.frame({}, draw);
  CHECK(world.ui.find_target("row.1")->rect.y == before);
}

TEST_CASE("Moving the focus past the edge of a region brings the target into view") {
  UiWorld world;
  const auto draw = [&](Ui& ui) {
    ui.scroll("list", {50, 50, 700, 500}, [&](Flow& flow) {
      for (int i = 0; i < 20; ++i) {
        ui.key({.id = "row." + std::to_string(i), .label = "Baris " + std::to_string(i)}, flow.next_mm(20));
      }
    });
  };
  for (int i = 0; i < 4; ++i) {
    world.frame({}, draw);
  }
  for (int i = 0; i < 12; ++i) {
    world.frame({pressed(Key::kDown)}, draw);
    world.frame({}, draw);
  }
  const Target* row = world.ui.find_target("row.11");
  REQUIRE(row != nullptr);
  CHECK(row->rect.h >= world.ui.px(mm::kTarget) - 1);
}

TEST_CASE("The schedule wakes for the earliest reason, once, and sleeps without one") {
  DrawSchedule schedule;
  CHECK_FALSE(schedule.next_ms().has_value());
  schedule.request(DrawReason::kAnimation, 500);
  schedule.request(DrawReason::kClock, 300);
  schedule.request(DrawReason::kAnimation, 900);
  CHECK(schedule.next_ms() == 300);
  CHECK_FALSE(schedule.take_due(299));
  CHECK(schedule.take_due(300));
  CHECK(schedule.drawn(DrawReason::kClock) == 1);
  CHECK(schedule.next_ms() == 500);
  CHECK(schedule.take_due(600));
  CHECK_FALSE(schedule.next_ms().has_value());
}

TEST_CASE("A page without room for the largest letters is drawn in the largest that fit, the next page as asked") {
  UiWorld world;
  world.input.text_size = TextSize::kLargest;
  std::string page = "crowded";
  const auto draw = [&](Ui& ui) {
    ui.publish("screen", page);
    Rect area = ui.content();
    const float height = page == "crowded" ? ui.px(14) : ui.px(60);
    ui.text("Air bersih", area.cut_top(height), {.style = TextStyle::kTitle});
    ui.text("Dua baris\ndi tempat satu setengah", area.cut_top(page == "crowded" ? ui.px(19) : ui.px(80)), {});
  };
  for (int i = 0; i < 8; ++i) world.frame({}, draw);
  CHECK(world.ui.overflows().empty());
  CHECK(world.ui.settled());
  const TextSize fitting = world.ui.metrics().text_size();
  CHECK(fitting < TextSize::kLargest);

  page = "roomy";
  for (int i = 0; i < 4; ++i) world.frame({}, draw);
  CHECK(world.ui.metrics().text_size() == TextSize::kLargest);
  CHECK(world.ui.settled());
}
