// What a thrown list does, by itself and under a finger.
#include "ui/widgets/fling.h"

#include <catch2/catch.hpp>

#include "tests/ui/fakes.h"

using namespace mimika::ui;
using namespace mimika::testing;

namespace {

constexpr float kPxPerMm = 5;

// A list of forty keys in a region of 600 pixels.
struct List {
  int activated = 0;
  void operator()(Ui& ui) {
    ui.scroll("list", {100, 100, 800, 600}, [&](Flow& flow) {
      for (int i = 0; i < 40; ++i) {
        const std::string id = "row" + std::to_string(i);
        activated += ui.key({.id = id, .label = id}, flow.next(100)) ? 1 : 0;
      }
    });
  }
};

// Lets go of the list while it moves up.
void throw_it(UiWorld& world, List& list) {
  float y = 600;
  world.frame({down({400, y})}, list);
  for (int i = 0; i < 6; ++i) {
    y -= 40;
    world.frame({moved({400, y})}, list);
  }
  world.frame({up({400, y})}, list);
}

// Frames until nothing asks for one; -1 when that never comes.
int frames_to_rest(UiWorld& world, List& list) {
  for (int frames = 0; frames < 1000; ++frames) {
    if (!world.ui.schedule().next_ms().has_value()) {
      return frames;
    }
    world.frame({}, list);
  }
  return -1;
}

std::string top_row(const UiWorld& world) {
  std::string top;
  float least = 1e6F;
  for (const Target& target : world.ui.targets()) {
    if (target.id.starts_with("row") && target.rect.y < least) {
      least = target.rect.y;
      top = target.id;
    }
  }
  return top;
}

}  // namespace

TEST_CASE("A throw slows down and ends, wherever the frames fall") {
  const std::int64_t frame_ms = GENERATE(8, 16, 33, 50);
  Fling fling;
  for (std::int64_t ms = 0; ms <= 96; ms += 16) {
    fling.drag(32, ms);
  }
  fling.release(100, kPxPerMm);
  REQUIRE(fling.rolling());
  float way = 0;
  float last = 1e6F;
  std::int64_t ms = 100;
  while (fling.rolling() && ms < 20'000) {
    ms += frame_ms;
    const float step = fling.step(ms, kPxPerMm);
    CHECK(step > 0);
    CHECK(step <= last + 0.01F);
    last = step;
    way += step;
  }
  CHECK_FALSE(fling.rolling());
  CHECK(ms < 4000);
  CHECK(way == Approx(660).margin(60));
  CHECK(fling.step(ms + 100, kPxPerMm) == 0);
}

TEST_CASE("A finger that rested before it left, or hardly moved, throws nothing") {
  Fling rested;
  rested.drag(200, 0);
  rested.release(90, kPxPerMm);
  CHECK_FALSE(rested.rolling());
  Fling slow;
  slow.drag(1, 0);
  slow.drag(1, 16);
  slow.release(32, kPxPerMm);
  CHECK_FALSE(slow.rolling());
  Fling none;
  none.release(10, kPxPerMm);
  CHECK_FALSE(none.rolling());
}

TEST_CASE("A digitiser that jumps throws no faster than a hand") {
  Fling fling;
  fling.drag(1e7F, 0);
  fling.release(1, kPxPerMm);
  CHECK(fling.step(17, kPxPerMm) < Fling::kMostMmPerS * kPxPerMm * 0.017F);
}

TEST_CASE("A thrown list rolls on and comes to rest, after which no frame is drawn") {
  UiWorld world;
  List list;
  world.frame({}, list);
  world.frame({}, list);
  throw_it(world, list);
  const std::string released = top_row(world);
  const int frames = frames_to_rest(world, list);
  CHECK(frames > 10);
  CHECK(frames < 250);
  CHECK(top_row(world) != released);
  CHECK(list.activated == 0);
  CHECK_FALSE(world.ui.schedule().next_ms().has_value());
}

TEST_CASE("With reduced motion a list stays where the finger left it") {
  UiWorld world;
  world.input.reduce_motion = true;
  List list;
  world.frame({}, list);
  world.frame({}, list);
  throw_it(world, list);
  const std::string released = top_row(world);
  CHECK(frames_to_rest(world, list) <= 2);
  CHECK(top_row(world) == released);
}

TEST_CASE("A touch stops what rolls and presses nothing; the next one does") {
  UiWorld world;
  List list;
  world.frame({}, list);
  world.frame({}, list);
  throw_it(world, list);
  world.frame({}, list);
  world.frame({down({400, 400})}, list);
  const std::string stopped = top_row(world);
  world.frame({up({400, 400})}, list);
  CHECK(frames_to_rest(world, list) <= 2);
  CHECK(top_row(world) == stopped);
  CHECK(list.activated == 0);
  world.frame({down({400, 400}), up({400, 400})}, list);
  world.frame({}, list);
  CHECK(list.activated == 1);
}

TEST_CASE("A list that was thrown to its end stops there") {
  UiWorld world;
  List list;
  world.frame({}, list);
  world.frame({}, list);
  for (int i = 0; i < 12; ++i) {
    throw_it(world, list);
    CHECK(frames_to_rest(world, list) >= 0);
  }
  CHECK(world.ui.published().at("list.more") == "no");
  CHECK_FALSE(world.ui.find_target("list.down")->enabled);
}
