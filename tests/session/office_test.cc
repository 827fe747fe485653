// A closed office and a paused kiosk are two things.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

TEST_CASE("A kiosk in a closed office takes whoever comes") {
  SessionWorld world;
  world.context.office = OfficeState::kClosed;
  world.play(action::Start{});
  CHECK(world.session.screen == Screen::kHome);
}

TEST_CASE("A paused kiosk takes nobody new, and lets go on whoever has begun") {
  SessionWorld world;
  world.context.office = OfficeState::kPaused;
  world.play(action::Start{}, action::ChooseLanguage{Language::kEnglish});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.session.preferences.language == Language::kEnglish);
  world.context.office = OfficeState::kOpen;
  world.play(action::Start{});
  world.context.office = OfficeState::kPaused;
  world.play(action::OpenTile{action::HomeTile::kComplaint});
  CHECK(world.session.screen == Screen::kCategory);
}
