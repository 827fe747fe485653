// The idle warning: when it comes, what stays usable, how often it can be answered, and what is left at the end.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

TEST_CASE("That unsaved words are gone is told on the first screen, to whoever still stands there") {
  SessionWorld world;
  world.session.last_activity_ms = -1'000'000;  // the machine has been up for a while before the program
  world.act(action::DraftLost{}).act(action::Tick{});
  CHECK(world.session.dialog == Dialog::kDraftLost);
  SECTION("and put away by touch") {
    world.act(action::CloseDialog{});
    CHECK(world.session.dialog == Dialog::kNone);
    CHECK(world.session.screen == Screen::kAttract);
  }
  SECTION("nobody who comes much later reads it") {
    world.pass_ms(world.context.limits.idle_ms + 1);
    CHECK(world.session.dialog == Dialog::kNone);
  }
  SECTION("a visit that has begun meanwhile is not disturbed") {
    world.play(action::CloseDialog{}, action::Start{}, action::DraftLost{});
    CHECK(world.session.dialog == Dialog::kNone);
  }
}

TEST_CASE("The warning comes after two minutes without a touch, with a sound, and the end twenty seconds later") {
  SessionWorld world;
  world.play(action::Start{});
  world.pass_ms(119'999);
  CHECK_FALSE(world.session.warning_since_ms);
  world.pass_ms(1);
  REQUIRE(world.session.warning_since_ms);
  CHECK(world.count<effect::Chime>() == 1);
  CHECK(seconds_left(world.session, world.context) == 20);
  world.pass_ms(19'999);
  CHECK(seconds_left(world.session, world.context) == 1);
  CHECK(world.session.screen == Screen::kHome);
  world.pass_ms(1);
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.count<effect::EndSession>() == 1);
}

TEST_CASE("A touch on nothing keeps the session awake") {
  SessionWorld world;
  world.play(action::Start{}).pass_ms(119'000);
  world.play(action::Touched{}).pass_ms(119'000);
  CHECK_FALSE(world.session.warning_since_ms);
}

TEST_CASE("Nothing runs out on the first screen") {
  SessionWorld world;
  world.pass_ms(3'600'000);
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.effects.empty());
}

TEST_CASE("What somebody changed on the first screen and left is put back for the next person") {
  SessionWorld world;
  world.play(action::ProblemRaised{{ErrorCode::kStorageFailed, "journal.db"}}, action::NextLanguage{},
             action::NextTextSize{}, action::NextContrast{}, action::OpenHelp{});
  world.pass_ms(119'000);
  CHECK(world.session.preferences != Preferences{});
  world.pass_ms(1'000);
  CHECK(world.session.preferences == Preferences{});
  CHECK(world.session.dialog == Dialog::kNone);
  CHECK(world.session.problem);
  CHECK(world.count<effect::Chime>() == 0);
}

TEST_CASE("Nothing runs out while the kiosk is saving, and the person's time starts when it is done") {
  SessionWorld world;
  world.complaint_to_review().play(action::ToggleConsent{}, action::Save{});
  world.pass_ms(600'000);
  CHECK(world.session.screen == Screen::kSaving);
  world.play(action::FilingFailed{world.last<effect::FileTicket>().id, ErrorCode::kStorageFailed});
  world.pass_ms(100'000);
  CHECK_FALSE(world.session.warning_since_ms);
}

TEST_CASE("The warning can be answered ten times in a row, then the session ends") {
  SessionWorld world;
  world.play(action::Start{});
  for (int i = 0; i < 10; ++i) {
    world.pass_ms(120'000);
    REQUIRE(world.session.warning_since_ms);
    world.play(action::StillHere{});
    REQUIRE(world.session.screen == Screen::kHome);
  }
  world.pass_ms(120'000);
  CHECK(world.session.screen == Screen::kAttract);
}

TEST_CASE("Doing something between two warnings starts the count again") {
  SessionWorld world;
  world.play(action::Start{});
  for (int i = 0; i < 25; ++i) {
    world.pass_ms(120'000);
    REQUIRE(world.session.warning_since_ms);
    world.play(action::StillHere{}, action::OpenTile{action::HomeTile::kComplaint}, action::Back{});
  }
  CHECK(world.session.screen == Screen::kHome);
}

TEST_CASE("The tools stay usable during the warning and give time to read it") {
  SessionWorld world;
  world.complaint_to_review().pass_ms(120'000);
  world.pass_ms(15'000);
  world.play(action::NextLanguage{}, action::NextTextSize{}, action::NextContrast{});
  CHECK(world.session.preferences.language == Language::kEnglish);
  CHECK(world.session.preferences.text_size == TextSize::kLarge);
  CHECK(world.session.preferences.contrast == Contrast::kHigh);
  REQUIRE(world.session.warning_since_ms);
  CHECK(seconds_left(world.session, world.context) == 20);
}

TEST_CASE("What lies under the warning cannot be touched") {
  SessionWorld world;
  world.complaint_to_review().play(action::ToggleConsent{}).pass_ms(120'000);
  const Personal before = world.session.personal;
  world.play(action::Save{}, action::Back{}, action::Cancel{}, action::SetText{TextTarget::kStory, "x"});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.session.personal == before);
  CHECK(world.count<effect::FileTicket>() == 0);
}

TEST_CASE("The warning can be answered with finished: the session ends at once") {
  SessionWorld world;
  world.complaint_to_review().pass_ms(120'000).play(action::EndNow{});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.session.personal == Personal{});
}

TEST_CASE("Ending is not offered without a warning") {
  SessionWorld world;
  world.complaint_to_review().play(action::EndNow{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("The limits are configurable") {
  SessionWorld world;
  world.context.limits = {.idle_ms = 300'000, .answer_ms = 60'000, .extensions = 12};
  world.play(action::Start{}).pass_ms(299'000);
  CHECK_FALSE(world.session.warning_since_ms);
  world.pass_ms(1'000);
  CHECK(seconds_left(world.session, world.context) == 60);
}

TEST_CASE("A frame is asked for at each minute of the clock, each second of the countdown, and not otherwise") {
  SessionWorld world;
  CHECK(ms_until_next_tick(world.session, world.context) == 60'000);
  world.context.wall_ms += 20'500;
  CHECK(ms_until_next_tick(world.session, world.context) == 39'500);
  world.play(action::Start{}).pass_ms(120'000);
  REQUIRE(world.session.warning_since_ms);
  CHECK(ms_until_next_tick(world.session, world.context) == 1'000);
  world.context.monotonic_ms += 300;
  CHECK(ms_until_next_tick(world.session, world.context) == 700);
}

TEST_CASE("A clock that jumps does not end a session: only time since the boot counts") {
  SessionWorld world;
  world.complaint_to_review();
  world.context.wall_ms -= 86'400'000'000;
  world.act(action::Tick{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(ms_until_next_tick(world.session, world.context) > 0);
}
