// What the comparison with the goldens forgives and what it does not: real pictures are changed a little, each as a
// fault in the product would change them.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/screens/golden.h"
#include "tests/screens/golden_scenes.h"
#include "tests/support/temp_folder.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

struct Scene {
  Shot shot;
  std::vector<ui::PaintedTarget> targets;
  std::vector<ui::PaintedText> texts;
  float px_per_mm = 0;
};

Scene drawn(const std::string& name) {
  static Darkroom darkroom;
  for (const GoldenScene& scene : golden_scenes()) {
    if (scene.name != name) continue;
    GoldenScene first = scene;
    first.every_screenful = false;
    Scene made{darkroom.develop(first).front(), darkroom.painted().targets, darkroom.painted().texts,
               darkroom.ui().metrics().px_per_mm()};
    return made;
  }
  FAIL("no scene " << name);
  return {};
}

Picture small(const Shot& shot) {
  return shrunk(shot.width, shot.height, shot.rgba);
}

// As it lies in the repository.
Picture kept(const Shot& shot) {
  const test::TempFolder folder;
  const std::string path = folder / "golden.png";
  REQUIRE(write_golden(path, small(shot)));
  return *read_golden(path);
}

std::uint8_t* pixel(Shot& shot, int x, int y) {
  return shot.rgba.data() +
         4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(shot.width) + static_cast<std::size_t>(x));
}

// The part of the picture moves to the right; what it leaves is filled with the colour beside it.
void shift_right(Shot& shot, const ui::Rect& part, int by) {
  const auto left = static_cast<int>(part.x);
  const auto right = static_cast<int>(part.right());
  for (int y = static_cast<int>(part.y); y < static_cast<int>(part.bottom()); ++y) {
    for (int x = right - 1; x >= left; --x) std::copy_n(pixel(shot, x, y), 4, pixel(shot, x + by, y));
    for (int x = left; x < left + by; ++x) std::copy_n(pixel(shot, left - 1, y), 4, pixel(shot, x, y));
  }
}

void fill(Shot& shot, const ui::Rect& part, const std::array<std::uint8_t, 4>& colour) {
  for (int y = static_cast<int>(part.y); y < static_cast<int>(part.bottom()); ++y) {
    for (int x = static_cast<int>(part.x); x < static_cast<int>(part.right()); ++x) {
      std::ranges::copy(colour, pixel(shot, x, y));
    }
  }
}

// Letters reach below the baseline, and their edges are soft.
ui::Rect around(const ui::PaintedText& text) {
  return {text.ink.x - 2, text.ink.y - 3, text.ink.w + 4, text.ink.h * 1.4F + 6};
}

std::array<std::uint8_t, 4> colour_at(Shot& shot, float x, float y) {
  const std::uint8_t* at = pixel(shot, static_cast<int>(x), static_cast<int>(y));
  return {at[0], at[1], at[2], at[3]};
}

void recolour(Shot& shot, ui::Colour from, ui::Colour to) {
  for (std::size_t i = 0; i < shot.rgba.size(); i += 4) {
    if (shot.rgba[i] != from.r || shot.rgba[i + 1] != from.g || shot.rgba[i + 2] != from.b) continue;
    shot.rgba[i] = to.r;
    shot.rgba[i + 1] = to.g;
    shot.rgba[i + 2] = to.b;
  }
}

constexpr const char* kScenes[] = {"gallery-keys",      "gallery-fields", "gallery-keyboard_text",
                                   "gallery-keys-high", "screen-02-home", "screen-06-known"};

}  // namespace

TEST_CASE("A picture is the same as its golden after it was kept with a palette") {
  for (const char* name : kScenes) {
    INFO(name);
    const Scene scene = drawn(name);
    CHECK_FALSE(difference(kept(scene.shot), small(scene.shot)));
  }
}

TEST_CASE("A key that moved by two millimetres is found, whichever it is") {
  for (const char* name : kScenes) {
    Scene scene = drawn(name);
    const Picture golden = kept(scene.shot);
    const int by = static_cast<int>(std::lround(2 * scene.px_per_mm));
    std::size_t moved = 0;
    for (const ui::PaintedTarget& target : scene.targets) {
      const ui::Rect rect = target.visible.inset(-2);
      if (!target.reachable || rect.x < 2 ||
          rect.right() + static_cast<float>(by) >= static_cast<float>(scene.shot.width) ||
          rect.bottom() >= static_cast<float>(scene.shot.height)) {
        continue;
      }
      INFO(name << ": " << target.target.id);
      Shot changed = scene.shot;
      shift_right(changed, rect, by);
      CHECK(difference(golden, small(changed)));
      ++moved;
    }
    INFO(name);
    CHECK(moved >= 5);
  }
}

TEST_CASE("A word that is missing is found, even one of the smallest letters") {
  for (const char* name : kScenes) {
    Scene scene = drawn(name);
    const Picture golden = kept(scene.shot);
    std::size_t removed = 0;
    for (const ui::PaintedText& text : scene.texts) {
      const ui::Rect part = around(text).intersect(text.clip);
      const bool whole = part.h >= text.ink.h && part.w >= text.ink.w && part.x >= 1;
      if (!whole || text.words.find_first_not_of(" .…\u2022") == std::string::npos) continue;
      INFO(name << ": " << text.words);
      Shot changed = scene.shot;
      fill(changed, part, colour_at(changed, part.x, part.y));
      CHECK(difference(golden, small(changed)));
      ++removed;
    }
    INFO(name);
    CHECK(removed >= 5);
  }
}

TEST_CASE("A colour that became another of the palette is found") {
  const Scene scene = drawn("gallery-keys");
  const Picture golden = kept(scene.shot);
  const ui::Palette& c = ui::palette_for(ui::Contrast::kStandard);
  const std::pair<ui::Colour, ui::Colour> changes[] = {
      {c.sea, c.forest},        {c.sea, c.tool}, {c.paper, c.surface},      {c.surface, c.paper}, {c.select, c.sago},
      {c.ochre, c.mark_yellow}, {c.deep, c.ink}, {c.disabled_fill, c.sand}, {c.ink, c.ember}};
  for (const auto& [from, to] : changes) {
    INFO(int{from.r} << "," << int{from.g} << "," << int{from.b});
    Shot changed = scene.shot;
    recolour(changed, from, to);
    CHECK(changed.rgba != scene.shot.rgba);
    CHECK(difference(golden, small(changed)));
  }
}

TEST_CASE("Edges that another rasteriser draws a little softer are forgiven") {
  for (const char* name : kScenes) {
    INFO(name);
    const Scene scene = drawn(name);
    const Picture golden = kept(scene.shot);
    Shot soft = scene.shot;
    for (int y = 0; y < soft.height; ++y) {
      for (int x = 0; x + 1 < soft.width; ++x) {
        const std::uint8_t* next = pixel(soft, x + 1, y);
        std::uint8_t* here = pixel(soft, x, y);
        for (int channel = 0; channel < 3; ++channel) {
          here[channel] = static_cast<std::uint8_t>((7 * here[channel] + next[channel]) / 8);
        }
      }
    }
    CHECK(soft.rgba != scene.shot.rgba);
    CHECK_FALSE(difference(golden, small(soft)));
  }
}

TEST_CASE("A picture of another size is another picture, and where it is different is shown") {
  const Scene scene = drawn("gallery-keys");
  const Picture golden = kept(scene.shot);
  Picture lower = golden;
  lower.height -= 1;
  lower.rgb.resize(lower.rgb.size() - static_cast<std::size_t>(lower.width) * 3);
  CHECK(difference(golden, lower)->worst == 255);
  Shot changed = scene.shot;
  fill(changed, {400, 300, 60, 60}, {0, 255, 0, 255});
  const auto off = difference(golden, small(changed));
  REQUIRE(off);
  CHECK(off->x >= 380);
  CHECK(off->x < 460);
  CHECK(off->y >= 280);
  CHECK(off->y < 360);
  const Picture shown = difference_picture(golden, small(changed));
  const std::size_t middle = (static_cast<std::size_t>(330 / kGoldenShrink) * static_cast<std::size_t>(shown.width) +
                              static_cast<std::size_t>(430 / kGoldenShrink)) *
                             3;
  CHECK(shown.rgb[middle] > 150);
  CHECK(shown.rgb[middle + 1] < 60);
}

TEST_CASE("The same picture is kept as the same bytes, and a file that is none is refused") {
  const test::TempFolder folder;
  const Picture picture = small(drawn("screen-02-home").shot);
  const auto bytes = [&](const std::string& name) {
    REQUIRE(write_golden(folder / name, picture));
    std::ostringstream content;
    content << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return content.str();
  };
  CHECK(bytes("a.png") == bytes("b.png"));
  CHECK(read_golden(folder / "none.png").error().code == ErrorCode::kNotFound);
  std::ofstream(folder / "broken.png") << "no picture";
  CHECK(read_golden(folder / "broken.png").error().code == ErrorCode::kCorrupt);
}
