#include "ui/widgets/touch.h"

#include <catch2/catch.hpp>

#include "tests/ui/fakes.h"

using namespace mimika::ui;
using namespace mimika::testing;

TEST_CASE("A press and a release that arrive together are two steps") {
  TouchMachine touch(10);
  touch.feed(down({5, 5}));
  touch.feed(up({5, 5}));
  CHECK(touch.step().step == TouchStep::kPress);
  CHECK(touch.pending());
  const TouchOutcome release = touch.step();
  CHECK(release.step == TouchStep::kRelease);
  CHECK_FALSE(release.dragged);
  CHECK_FALSE(touch.pending());
  CHECK(touch.step().step == TouchStep::kNone);
}

TEST_CASE("Two quick taps in one frame stay two taps") {
  TouchMachine touch(10);
  for (int i = 0; i < 2; ++i) {
    touch.feed(down({5, 5}));
    touch.feed(up({5, 5}));
  }
  CHECK(touch.step().step == TouchStep::kPress);
  CHECK(touch.step().step == TouchStep::kRelease);
  CHECK(touch.step().step == TouchStep::kPress);
  CHECK(touch.step().step == TouchStep::kRelease);
}

TEST_CASE("A second finger cancels, and lifting either does not release") {
  TouchMachine touch(10);
  touch.feed(down({5, 5}, 1));
  CHECK(touch.step().step == TouchStep::kPress);
  touch.feed(down({50, 50}, 2));
  CHECK(touch.step().step == TouchStep::kCancel);
  touch.feed(up({5, 5}, 1));
  touch.feed(up({50, 50}, 2));
  CHECK(touch.step().step == TouchStep::kNone);
  touch.feed(down({5, 5}, 3));
  CHECK(touch.step().step == TouchStep::kPress);
}

TEST_CASE("Nothing starts while a finger of a cancelled touch still lies on the glass") {
  TouchMachine touch(10);
  touch.feed(down({5, 5}, 1));
  touch.feed(down({6, 6}, 2));
  CHECK(touch.step().step == TouchStep::kPress);
  CHECK(touch.step().step == TouchStep::kCancel);
  touch.feed(up({5, 5}, 1));
  touch.feed(down({7, 7}, 3));
  touch.feed(up({7, 7}, 3));
  CHECK(touch.step().step == TouchStep::kNone);
  touch.feed(up({6, 6}, 2));
  touch.feed(down({7, 7}, 4));
  CHECK(touch.step().step == TouchStep::kPress);
}

TEST_CASE("A finger that trembles within the slop still taps") {
  TouchMachine touch(10);
  touch.feed(down({100, 100}));
  touch.feed(moved({104, 103}));
  touch.feed(moved({97, 101}));
  touch.feed(up({98, 101}));
  CHECK(touch.step().step == TouchStep::kPress);
  const TouchOutcome release = touch.step();
  CHECK(release.step == TouchStep::kRelease);
  CHECK_FALSE(release.dragged);
}

TEST_CASE("Past the slop it is a drag, reported as one movement a frame from where the finger was pressed") {
  TouchMachine touch(10);
  touch.feed(down({100, 100}));
  CHECK(touch.step().step == TouchStep::kPress);
  touch.feed(moved({100, 112}));
  touch.feed(moved({100, 140}));
  const TouchOutcome drag = touch.step();
  CHECK(drag.step == TouchStep::kDrag);
  CHECK(drag.delta == Point{0, 40});
  touch.feed(moved({100, 145}));
  touch.feed(up({100, 145}));
  CHECK(touch.step().delta == Point{0, 5});
  const TouchOutcome release = touch.step();
  CHECK(release.step == TouchStep::kRelease);
  CHECK(release.dragged);
}

TEST_CASE("A lost window cancels and forgets every finger") {
  TouchMachine touch(10);
  touch.feed(down({5, 5}));
  CHECK(touch.step().step == TouchStep::kPress);
  touch.feed(finger(InputKind::kFingerLost, {}));
  CHECK(touch.step().step == TouchStep::kCancel);
  touch.feed(down({5, 5}));
  CHECK(touch.step().step == TouchStep::kPress);
}

TEST_CASE("More events than the queue holds cancel everything instead of growing") {
  TouchMachine touch(10);
  touch.feed(down({5, 5}));
  CHECK(touch.step().step == TouchStep::kPress);
  for (std::size_t i = 0; i <= TouchMachine::kQueue; ++i) {
    touch.feed(up({5, 5}, static_cast<std::int64_t>(i + 10)));
  }
  CHECK(touch.step().step == TouchStep::kCancel);
  CHECK_FALSE(touch.pending());
}
