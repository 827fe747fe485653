#include "kiosk/maintenance/person_checks.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mimika::maintenance;

TEST_CASE("The touch grid covers the panel with cells no smaller than a finger's target") {
  const TouchGrid grid(344, 194);
  CHECK(grid.columns() == 27);
  CHECK(grid.rows() == 15);
  CHECK(grid.missing() == grid.cells().size());
  for (const GridCell& cell : grid.cells()) {
    CHECK(cell.width_mm >= TouchGrid::kCellMm);
    CHECK(cell.height_mm >= TouchGrid::kCellMm);
  }
  CHECK(grid.cells().back().left_mm + grid.cells().back().width_mm == Approx(344));
}

TEST_CASE("The touch grid passes when every cell felt a finger, and tells how many did not") {
  TouchGrid grid(100, 50);
  for (const GridCell& cell : std::vector(grid.cells())) {
    grid.touch(cell.left_mm + cell.width_mm / 2, cell.top_mm + cell.height_mm / 2);
  }
  CHECK(grid.complete());
  CHECK(grid.finish().outcome == Outcome::kPass);
  TouchGrid half(100, 50);
  half.touch(1, 1);
  CHECK(half.finish().outcome == Outcome::kFail);
  CHECK(half.finish().facts.at(1).value == static_cast<std::int64_t>(half.cells().size()) - 1);
}

TEST_CASE("Touches off the panel, and ones that are no numbers, count for nothing") {
  TouchGrid grid(100, 50);
  grid.touch(-1, 10);
  grid.touch(100, 10);
  grid.touch(10, 50);
  grid.touch(std::nan(""), 10);
  CHECK(grid.missing() == grid.cells().size());
  TouchGrid none(0, 0);
  none.touch(0, 0);
  CHECK(none.cells().size() == 1);
  CHECK_FALSE(none.complete());
}

TEST_CASE("The colours are shown one after the other, and one spot fails them all") {
  PixelCheck check;
  CHECK(check.showing() == PanelColour::kWhite);
  CHECK(check.finish().outcome == Outcome::kSkipped);
  for (int i = 0; i < 5; ++i) check.answer(true);
  CHECK_FALSE(check.showing().has_value());
  CHECK(check.finish().outcome == Outcome::kPass);
  check.answer(false);  // nothing is shown any more
  CHECK(check.finish().outcome == Outcome::kPass);
  PixelCheck spotted;
  spotted.answer(true);
  spotted.answer(false);
  CHECK(spotted.finish().outcome == Outcome::kFail);
}

TEST_CASE("The keypad passes when all six keys were felt, and is not fitted only where none was") {
  KeypadCheck check;
  CHECK(check.finish().outcome == Outcome::kFail);
  CHECK(check.finish(false).outcome == Outcome::kNotFitted);
  for (const KeypadKey key :
       {KeypadKey::kUp, KeypadKey::kDown, KeypadKey::kLeft, KeypadKey::kRight, KeypadKey::kChoose}) {
    check.press(key);
  }
  CHECK_FALSE(check.complete());
  CHECK(check.finish(false).outcome == Outcome::kFail);
  CHECK_FALSE(check.seen(KeypadKey::kBack));
  check.press(KeypadKey::kBack);
  CHECK(check.finish().outcome == Outcome::kPass);
}

TEST_CASE("A question is asked once something was done, and what could not begin fails without one") {
  ConfirmCheck check;
  CHECK_FALSE(check.asks());
  CHECK(check.finish().outcome == Outcome::kSkipped);
  check.done();
  CHECK(check.asks());
  check.answer(Answer::kYes);
  CHECK_FALSE(check.asks());
  CHECK(check.finish().outcome == Outcome::kPass);
  check.answer(Answer::kNo);
  CHECK(check.finish().outcome == Outcome::kFail);
  check.answer(Answer::kNotFitted);
  CHECK(check.finish().outcome == Outcome::kNotFitted);
  ConfirmCheck broken;
  broken.could_not_begin("no sound device");
  CHECK_FALSE(broken.asks());
  CHECK(broken.finish().outcome == Outcome::kFail);
  CHECK(broken.finish().detail == "no sound device");
}
