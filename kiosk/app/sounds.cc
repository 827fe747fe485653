#include "kiosk/app/sounds.h"

#include <utility>

#include "kiosk/base/wipe.h"
#include "kiosk/device/espeak.h"
#include "kiosk/session/queries.h"

namespace mimika {

Sounds::Sounds(SoundOptions options, std::function<void()> wake)
    : player_(device::make_output(std::move(options.outputs)),
              [this, wake = std::move(wake)] {
                reported_ = true;
                wake();
              }),
      speech_(player_, device::make_espeak(), {.recordings = std::move(options.recordings)}) {}

void Sounds::frames_settled(const Text& text) {
  std::vector<screens::Utterance> said = announcer_.settled(heard_, text);
  if (said.empty() || quiet_) return;
  std::vector<device::SpeechPiece> pieces;
  pieces.reserve(said.size());
  for (const screens::Utterance& piece : said) {
    pieces.push_back({.message_id = piece.message_id,
                      .text = piece.words,
                      .kept = piece.message_id.empty() ? device::Kept::kNo : device::Kept::kYes});
  }
  speech_.say(pieces, text.language());
  said_ += pieces.size();
  for (screens::Utterance& piece : said) wipe(piece.words);
}

void Sounds::follow(const Session& session) {
  const Preferences& wishes = session.preferences;
  // The kiosk neither talks into a recording nor over a voice that plays.
  quiet_ = microphone_use(session) != MicrophoneUse::kOff || voice_to_play(session) != nullptr;
  if (quiet_ && speech_.speaking()) speech_.hush();
  speech_.set_rate(kSpeechRates.at(wishes.speech_rate));
  player_.set_volume(kVolumes.at(wishes.volume));
}

void Sounds::speak_page() {
  asked_ = true;
  player_.warm();  // it opens while the frame is drawn
  announcer_.ask_for_page();
}

void Sounds::speak_focus() {
  asked_ = true;
  player_.warm();
  announcer_.ask_for_focus();
}

void Sounds::hush() {
  asked_ = false;
  speech_.hush();
  announcer_.forget();
  heard_.wipe();
}

void Sounds::chime() {
  player_.cue(device::Cue::kChime);
}

void Sounds::forget_person() {
  hush();
  speech_.reset();
  player_.reset();
}

SoundState Sounds::state() const {
  return {.missing = player_.output() == device::OutputState::kMissing, .speaking = speech_.speaking()};
}

bool Sounds::take_missing() {
  if (!reported_.exchange(false)) return false;
  const device::OutputState now = player_.output();
  if (now == device::OutputState::kOpen) asked_ = false;
  return now == device::OutputState::kMissing && std::exchange(asked_, false);
}

}  // namespace mimika
