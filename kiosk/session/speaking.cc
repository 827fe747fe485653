// Listening to the kiosk instead of reading it. What is said is for the screens to know (ui/widgets/spoken.h); here
// only that somebody listens, how fast and how loud.
#include <algorithm>

#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

// Where the settings would hide what must be answered, or stand over nothing, the page is read once more instead.
bool has_room_for_settings(const Session& session) {
  const bool to_answer = session.dialog == Dialog::kConfirmCancel || session.dialog == Dialog::kConfirmFinish;
  return session.screen != Screen::kAttract && !session.warning_since_ms && !session.problem && !to_answer;
}

}  // namespace

void listen(Change& change) {
  Session& session = change.session;
  if (!session.preferences.speech || !has_room_for_settings(session)) {
    session.preferences.speech = true;
    change.effects.emplace_back(effect::SpeakPage{});
    return;
  }
  session.dialog = session.dialog == Dialog::kSpeech ? Dialog::kNone : Dialog::kSpeech;
}

void read_again(Change& change) {
  Session& session = change.session;
  if (session.dialog == Dialog::kSpeech) session.dialog = Dialog::kNone;
  session.preferences.speech = true;
  change.effects.emplace_back(effect::SpeakPage{});
}

void speak_focus(Change& change) {
  const bool first = !change.session.preferences.speech;
  change.session.preferences.speech = true;
  if (first) {
    change.effects.emplace_back(effect::SpeakPage{});
  } else {
    change.effects.emplace_back(effect::SpeakFocus{});
  }
}

void turn_knob(Change& change, action::SpeechKnob knob) {
  Preferences& wishes = change.session.preferences;
  switch (knob) {
    case action::SpeechKnob::kSlower:
      wishes.speech_rate -= wishes.speech_rate > 0 ? 1 : 0;
      break;
    case action::SpeechKnob::kFaster:
      wishes.speech_rate = std::min(wishes.speech_rate + 1, kSpeechRates.size() - 1);
      break;
    case action::SpeechKnob::kQuieter:
      wishes.volume -= wishes.volume > 0 ? 1 : 0;
      break;
    case action::SpeechKnob::kLouder:
      wishes.volume = std::min(wishes.volume + 1, kVolumes.size() - 1);
      break;
  }
}

void stop_listening(Change& change) {
  Session& session = change.session;
  session.preferences.speech = false;
  if (session.dialog == Dialog::kSpeech) session.dialog = Dialog::kNone;
  change.effects.emplace_back(effect::Hush{});
}

// In words, where the person looks for the sound: the settings say what is the matter. Somebody who has begun to do
// something else meanwhile is not held up.
void sound_missing(Change& change) {
  Session& session = change.session;
  if (!session.preferences.speech || session.dialog != Dialog::kNone || !has_room_for_settings(session)) return;
  session.dialog = Dialog::kSpeech;
}

}  // namespace mimika::reducers
