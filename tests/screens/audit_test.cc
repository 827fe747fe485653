// The audit itself: each fault, made on purpose, is found; and what is right is not.
#include "tests/screens/audit.h"

#include <catch2/catch.hpp>

#include "tests/screens/focus_walk.h"
#include "tests/screens/views_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

const ui::Metrics kMetrics({1280, 800}, 261, ui::TextSize::kNormal);
const ui::Palette& kColours = ui::palette_for(ui::Contrast::kStandard);
constexpr ui::Rect kScreen{0, 0, 1280, 800};

float px(float length_mm) {
  return kMetrics.px(length_mm);
}

ui::PaintedTarget target(std::string id, ui::Rect rect, ui::Role role = ui::Role::kKey) {
  ui::PaintedTarget made;
  made.target = {.id = std::move(id), .rect = rect, .role = role, .label = "Lanjut"};
  made.visible = rect;
  return made;
}

// Two keys and a line of words, all as they should be.
ui::Painted sound_frame() {
  ui::Painted frame;
  frame.shapes.push_back({kScreen, kColours.paper, kScreen});
  frame.targets.push_back(target("a", {100, 100, px(40), px(20)}));
  frame.targets.push_back(target("b", {100 + px(43), 100, px(40), px(20)}));
  frame.texts.push_back({.words = "Ada air",
                         .ink = {100, 300, 300, px(4.8F)},
                         .cap_px = px(4.8F),
                         .colour = kColours.ink,
                         .clip = kScreen,
                         .shapes = 1});
  return frame;
}

std::vector<std::string> found(const ui::Painted& frame, double picture_ratio = 21) {
  const AuditRules rules{
      .picture_contrast = [&](const auto&, const auto&, auto, const auto&) { return picture_ratio; }};
  std::vector<std::string> words;
  for (const Fault& fault : faults_of(frame, kMetrics, kColours, rules)) {
    words.push_back(fault.where + ": " + fault.what);
  }
  return words;
}

std::string only_fault(const ui::Painted& frame) {
  const std::vector<std::string> words = found(frame);
  CAPTURE(words);
  REQUIRE(words.size() == 1);
  return words.front();
}

}  // namespace

TEST_CASE("A frame as it should be has no fault") {
  CHECK(found(sound_frame()).empty());
}

TEST_CASE("The audit finds targets that are too small, too low for a main key, too close, or one over the other") {
  ui::Painted frame = sound_frame();
  frame.targets[0].target.rect.h = frame.targets[0].visible.h = px(12);
  CHECK(only_fault(frame) == "a: 12.0 mm high, less than 12.7");

  frame = sound_frame();
  frame.targets[0].primary = true;
  frame.targets[0].target.rect.h = frame.targets[0].visible.h = px(18);
  CHECK(only_fault(frame).find("a main key or tile") != std::string::npos);

  frame = sound_frame();
  frame.targets[1].target.rect.x = frame.targets[1].visible.x = 100 + px(41.5F);
  CHECK(only_fault(frame).find("mm apart") != std::string::npos);

  frame = sound_frame();
  frame.targets[1].target.rect.x = frame.targets[1].visible.x = 100 + px(30);
  CHECK(only_fault(frame) == "a and b: overlap");
}

TEST_CASE("The audit finds targets that stand out of the screen, have no words, or share an id") {
  ui::Painted frame = sound_frame();
  frame.targets[1].target.rect.x = frame.targets[1].visible.x = 1279 - px(38);
  CHECK(only_fault(frame) == "b: stands out of the screen");

  frame = sound_frame();
  frame.targets[1].target.label.clear();
  CHECK(only_fault(frame) == "b: has no words to be spoken");

  frame = sound_frame();
  frame.targets[1].target.id = "a";
  CHECK(only_fault(frame) == "a: its id stands twice");
}

TEST_CASE("What has been scrolled away is no fault, but its size is still judged") {
  ui::Painted frame = sound_frame();
  ui::PaintedTarget& away = frame.targets[1];
  away.scroll = "list";
  away.target.rect.y = 2000;
  away.visible = {};
  away.reachable = false;
  CHECK(found(frame).empty());
  away.target.rect.h = px(10);
  CHECK(only_fault(frame) == "b: 10.0 mm high, less than 12.7");
}

TEST_CASE("The audit finds words that are small, cut, broken, covered, or over other words") {
  ui::Painted frame = sound_frame();
  frame.texts[0].cap_px = px(4.2F);
  CHECK(only_fault(frame).find("capitals of") != std::string::npos);

  frame = sound_frame();
  frame.texts[0].clip = {100, 250, 200, 200};
  CHECK(only_fault(frame).find("is cut at the edge") != std::string::npos);

  frame = sound_frame();
  frame.texts[0].broken_word = true;
  CHECK(only_fault(frame) == "Ada air: ends in the middle of a word");

  frame = sound_frame();
  frame.shapes.push_back({{200, 290, 20, 40}, kColours.sea, kScreen});
  CHECK(only_fault(frame) == "Ada air: is painted over");

  frame = sound_frame();
  frame.texts.push_back(frame.texts[0]);
  frame.texts[1].words = "Baru";
  CHECK(only_fault(frame) == "Ada air: lies over \"Baru\"");
}

TEST_CASE("Contrast is judged on every ground that a part of the words stands on") {
  ui::Painted frame = sound_frame();
  frame.texts[0].colour = ui::rgb(0x777777);
  CHECK(only_fault(frame).find("contrast of") != std::string::npos);

  // Half on paper, half on a dark key: the worse half counts.
  frame = sound_frame();
  frame.shapes.push_back({{250, 290, 400, 60}, kColours.sea, kScreen});
  frame.texts[0].shapes = 2;
  CHECK(only_fault(frame).find("contrast of") != std::string::npos);

  frame = sound_frame();
  frame.shapes[0].picture = ui::PictureRequest{};
  CHECK(found(frame, 12).empty());
  CHECK(found(frame, 8).size() == 1);

  frame = sound_frame();
  frame.shapes.clear();
  CHECK(only_fault(frame) == "Ada air: stands on no ground");
}

TEST_CASE("A diamond is a ground only where it is one") {
  ui::Painted frame = sound_frame();
  frame.shapes[0].colour = kColours.ink;
  frame.shapes.push_back({{0, 0, 600, 600}, kColours.select, kScreen});
  frame.shapes[1].corners = {{300, 0}, {600, 300}, {300, 600}, {0, 300}};
  frame.texts[0].shapes = 2;
  frame.texts[0].ink = {270, 290, 60, px(4.8F)};
  CHECK(found(frame).empty());
  frame.texts[0].ink = {20, 200, 60, px(4.8F)};
  CHECK(only_fault(frame).find("contrast of") != std::string::npos);
}

TEST_CASE("Words seen through a veil have the contrast of both") {
  CHECK(through({}, ui::rgb(0x123456)) == ui::rgb(0x123456));
  CHECK(through({{255, 255, 255, 255}}, ui::rgb(0)) == ui::rgb(0xFFFFFF));
  CHECK(through({{255, 255, 255, 128}}, ui::rgb(0)) == ui::rgb(0x808080));
}
