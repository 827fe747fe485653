#include "ui/platform/svg.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "kiosk/base/files.h"

using namespace mimika;
using namespace mimika::ui;

namespace {

constexpr const char* kIcon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"  fill="none" stroke="#0D2426" stroke-width="5">)"
    R"(<rect x="22" y="6" width="20" height="32" rx="10" fill="#D3E6E5"/><path d="M1 2" fill="#0D2426"/></svg>)";

}  // namespace

TEST_CASE("Tinting turns ink into the tint and light fills into a veil of it") {
  const std::string tinted = with_tint(kIcon, {255, 255, 255});
  CHECK(tinted.find("#0D2426") == std::string::npos);
  CHECK(tinted.find("#D3E6E5") == std::string::npos);
  CHECK(tinted.find(R"(stroke="#FFFFFF")") != std::string::npos);
  CHECK(tinted.find(R"(fill="#FFFFFF" fill-opacity="0.3"/>)") != std::string::npos);
  CHECK(tinted.find(R"(<path d="M1 2" fill="#FFFFFF"/>)") != std::string::npos);
  CHECK(tinted.find(R"(fill="none")") != std::string::npos);
}

TEST_CASE("A light stroke is tinted too, without a veil") {
  CHECK(with_tint(R"(<path stroke="#fff"/>)", {1, 2, 3}) == R"(<path stroke="#010203"/>)");
  CHECK(with_tint("a # b #12", {1, 2, 3}) == "a # b #12");
}

TEST_CASE("The root element tells what a drawing shows and how it is fitted") {
  const auto frame =
      read_svg_frame(R"(<svg viewBox="0 -10 260.5 220" preserveAspectRatio="xMidYMax slice"><rect width="5"/></svg>)");
  REQUIRE(frame.has_value());
  CHECK(frame->box.y == -10);
  CHECK(frame->box.w == Approx(260.5));
  CHECK(frame->own_fit == Fit::kSlice);
  CHECK(frame->own_anchor_y == 1.0F);
  CHECK(read_svg_frame(kIcon)->own_fit == Fit::kMeet);
  for (const char* bad : {"", "<png/>", "<svg>", R"(<svg viewBox="0 0 0 5">)", R"(<svg viewBox="a b c d">)",
                          R"(<svg viewBox="1 2">)", R"(<svg data-viewBox="0 0 1 1">)"}) {
    INFO(bad);
    CHECK_FALSE(read_svg_frame(bad).has_value());
  }
}

TEST_CASE("Slice cuts the surplus about the anchor, meet shows what lies around") {
  SvgFrame frame{.box = {0, 0, 200, 100}, .own_fit = Fit::kSlice, .own_anchor_x = 0.5F, .own_anchor_y = 1.0F};
  ViewBox part = visible_part(frame, Fit::kOwn, 0, 0, 100, 100);
  CHECK(part.x == 50);
  CHECK(part.w == 100);
  CHECK(part.h == 100);
  part = visible_part(frame, Fit::kOwn, 0, 0, 400, 100);
  CHECK(part.y == 50);
  CHECK(part.h == 50);
  part = visible_part(frame, Fit::kMeet, 0.5F, 0.5F, 100, 100);
  CHECK(part.y == -50);
  CHECK(part.h == 200);
  part = visible_part(frame, Fit::kSlice, 1.0F, 0.5F, 100, 100);
  CHECK(part.x == 100);
}

TEST_CASE("A new viewport replaces size, box and fit and leaves the drawing as it was") {
  const auto svg = with_viewport(
      R"(<?xml?><svg width="44" height="44" viewBox="0 0 64 64" preserveAspectRatio="none"><rect width="9"/></svg>)",
      {1, 2, 3, 4}, 30, 40);
  REQUIRE(svg.has_value());
  CHECK(svg->find(R"(width="30" height="40" viewBox="1.0000 2.0000 3.0000 4.0000")") != std::string::npos);
  CHECK(svg->find("preserveAspectRatio") == std::string::npos);
  CHECK(svg->find(R"(width="44")") == std::string::npos);
  CHECK(svg->find(R"(<rect width="9"/>)") != std::string::npos);
}

TEST_CASE("Every drawing in the assets can be read, and icons share one grid") {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(MIMIKA_SOURCE_ASSETS "/icons")) {
    if (entry.path().extension() != ".svg") {
      continue;
    }
    INFO(entry.path());
    const auto file = read_file(entry.path().string(), 1024UL * 1024);
    REQUIRE(file.has_value());
    const auto frame = read_svg_frame(std::string(file->begin(), file->end()));
    REQUIRE(frame.has_value());
    if (entry.path().parent_path().filename() == "icons") {
      CHECK(frame->box.w == 64);
      CHECK(frame->box.h == 64);
    }
    ++count;
  }
  CHECK(count > 100);
}
