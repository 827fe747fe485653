// Listening to the kiosk: who turns it on, what it is set to, and that the next person finds it silent.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

const Preferences& wishes(const SessionWorld& world) {
  return world.session.preferences;
}

}  // namespace

TEST_CASE("The first touch of Listen reads the page, the second opens the settings, the third closes them") {
  SessionWorld world;
  world.play(action::Start{});
  CHECK_FALSE(wishes(world).speech);
  world.play(action::Listen{});
  CHECK(wishes(world).speech);
  CHECK(world.count<effect::SpeakPage>() == 1);
  CHECK(world.session.dialog == Dialog::kNone);
  world.play(action::Listen{});
  CHECK(world.session.dialog == Dialog::kSpeech);
  CHECK(world.count<effect::SpeakPage>() == 1);
  world.play(action::Listen{});
  CHECK(world.session.dialog == Dialog::kNone);
  CHECK(wishes(world).speech);
}

TEST_CASE("Speed and loudness go step by step and stop at both ends, from half to twice the usual speed") {
  CHECK(kSpeechRates.front() == 50);
  CHECK(kSpeechRates.back() == 200);
  CHECK(kSpeechRates[kUsualSpeechRate] == 100);
  SessionWorld world;
  world.play(action::Start{}, action::Listen{}, action::Listen{});
  world.play(action::TurnKnob{action::SpeechKnob::kSlower}, action::TurnKnob{action::SpeechKnob::kLouder});
  CHECK(wishes(world).speech_rate == kUsualSpeechRate - 1);
  CHECK(wishes(world).volume == kUsualVolume + 1);
  for (int i = 0; i < 9; ++i) {
    world.play(action::TurnKnob{action::SpeechKnob::kSlower}, action::TurnKnob{action::SpeechKnob::kQuieter});
  }
  CHECK(wishes(world).speech_rate == 0);
  CHECK(wishes(world).volume == 0);
  CHECK(kVolumes.front() > 0);
  for (int i = 0; i < 9; ++i) {
    world.play(action::TurnKnob{action::SpeechKnob::kFaster}, action::TurnKnob{action::SpeechKnob::kLouder});
  }
  CHECK(wishes(world).speech_rate == kSpeechRates.size() - 1);
  CHECK(wishes(world).volume == kVolumes.size() - 1);
}

TEST_CASE("Reading again closes the settings first, so that the page behind them is read") {
  SessionWorld world;
  world.play(action::Start{}, action::Listen{}, action::Listen{}, action::ReadAgain{});
  CHECK(world.session.dialog == Dialog::kNone);
  CHECK(world.count<effect::SpeakPage>() == 2);
}

TEST_CASE("Stopping is silence at once") {
  SessionWorld world;
  world.play(action::Start{}, action::Listen{}, action::Listen{}, action::StopListening{});
  CHECK_FALSE(wishes(world).speech);
  CHECK(world.session.dialog == Dialog::kNone);
  CHECK(world.count<effect::Hush>() == 1);
}

TEST_CASE("The keypad's speak key turns reading on, and then repeats what has the focus, on the first screen as well") {
  SessionWorld world;
  world.play(action::SpeakFocus{});
  CHECK(wishes(world).speech);
  CHECK(world.count<effect::SpeakPage>() == 1);
  CHECK(world.count<effect::SpeakFocus>() == 0);
  world.play(action::SpeakFocus{});
  CHECK(world.count<effect::SpeakFocus>() == 1);
}

TEST_CASE("A question that must be answered is read again and not hidden by the settings") {
  SessionWorld world;
  world.complaint_to_review().play(action::Listen{}, action::Cancel{}, action::Listen{});
  CHECK(world.session.dialog == Dialog::kConfirmCancel);
  CHECK(world.count<effect::SpeakPage>() == 2);
  world.play(action::CloseDialog{}).pass_ms(120'000);
  REQUIRE(world.session.warning_since_ms);
  world.play(action::Listen{});
  CHECK(world.count<effect::SpeakPage>() == 3);
  CHECK(world.session.dialog == Dialog::kNone);
}

TEST_CASE("Without a loudspeaker the settings open and say so, unless the person has gone on to something else") {
  SessionWorld world;
  world.play(action::Start{}, action::Listen{}, action::SoundMissing{});
  CHECK(world.session.dialog == Dialog::kSpeech);

  SessionWorld busy;
  busy.play(action::Start{}, action::Listen{}, action::OpenHelp{}, action::SoundMissing{});
  CHECK(busy.session.dialog == Dialog::kHelp);

  SessionWorld silent;
  silent.play(action::Start{}, action::SoundMissing{});
  CHECK(silent.session.dialog == Dialog::kNone);
}

TEST_CASE("Whoever listens is here: nothing runs out while the kiosk speaks, and time starts when it is silent") {
  SessionWorld world;
  world.play(action::Start{}, action::Listen{});
  world.context.sound.speaking = true;
  world.pass_ms(600'000);
  CHECK_FALSE(world.session.warning_since_ms);
  world.context.sound.speaking = false;
  world.pass_ms(120'000);
  REQUIRE(world.session.warning_since_ms);
  world.context.sound.speaking = true;
  world.pass_ms(60'000);
  CHECK(world.session.screen == Screen::kHome);
  world.context.sound.speaking = false;
  world.pass_ms(20'000);
  CHECK(world.session.screen == Screen::kAttract);
}

TEST_CASE("The next person finds silence, the usual speed and the usual loudness") {
  SessionWorld world;
  world.play(action::Start{}, action::Listen{}, action::Listen{}, action::TurnKnob{action::SpeechKnob::kLouder},
             action::TurnKnob{action::SpeechKnob::kFaster}, action::CloseDialog{}, action::Finish{});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(wishes(world) == Preferences{});
  CHECK(world.count<effect::EndSession>() == 1);
}
