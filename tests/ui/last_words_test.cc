// The page a kiosk shows when it has no fonts.
#include "ui/platform/last_words.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace mimika;
using namespace mimika::ui;

namespace {

std::size_t bright_pixels(const std::vector<std::uint8_t>& rgba, std::size_t from_row, std::size_t to_row,
                          std::size_t width) {
  std::size_t bright = 0;
  for (std::size_t i = from_row * width; i < to_row * width; ++i) bright += rgba[4 * i] > 200 ? 1U : 0U;
  return bright;
}

}  // namespace

TEST_CASE("The last words stand on the page in letters a person can read, at any size of the window") {
  const auto [width, height] = GENERATE(std::pair{1280, 800}, std::pair{1080, 1920}, std::pair{640, 480});
  WindowOptions options;
  options.mode = WindowMode::kHeadless;
  options.width = width;
  options.height = height;
  const auto window = Window::open(options);
  REQUIRE(window.has_value());
  const std::string sentence = "Ada bagian program kios yang hilang atau rusak. Teknisi: pasang ulang program kios.";
  REQUIRE(draw_last_words(**window, {{"Kios tidak bisa dibuka", true}, {sentence, false}, {sentence, false}}));
  const auto pixels = (*window)->pixels();
  REQUIRE(pixels.has_value());
  const auto columns = static_cast<std::size_t>(width);
  const auto rows = static_cast<std::size_t>(height);
  CHECK(bright_pixels(*pixels, 0, rows, columns) > 3000);
  // Nothing was cut off at the bottom.
  CHECK(bright_pixels(*pixels, rows - 20, rows, columns) == 0);
}

TEST_CASE("The last words give way after their time") {
  WindowOptions options;
  options.mode = WindowMode::kHeadless;
  CHECK(show_last_words(options, {{"Kios", true}}, std::chrono::milliseconds(20)));
}
