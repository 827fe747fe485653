// What the kiosk lets be heard: what is on the screen, in words, and the chime before a visit ends. Owns the player,
// which recordings are played by as well, and the speech that pours into it. For the screen's thread alone; never waits
// for a device, and with none there is silence.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/device/player.h"
#include "kiosk/device/sdl_audio.h"
#include "kiosk/device/speech.h"
#include "kiosk/session/session.h"
#include "ui/screens/announcer.h"
#include "ui/widgets/spoken.h"

namespace mimika {

struct SoundOptions {
  device::OutputNames outputs;
  std::string recordings;  // assets/speech
};

class Sounds {
 public:
  // `wake` is called on some thread when something ended or the device came or went; it must outlive this.
  Sounds(SoundOptions options, std::function<void()> wake);
  Sounds(const Sounds&) = delete;
  Sounds& operator=(const Sounds&) = delete;

  // --- where frames go while somebody listens
  // What the next frame is to write its words into; nullptr while nobody listens.
  [[nodiscard]] ui::Spoken* ear(const Preferences& wishes) { return wishes.speech ? &heard_ : nullptr; }
  void saw_frame() { announcer_.saw(heard_); }
  // The last frame stays for now: says what is new in it.
  void frames_settled(const Text& text);

  // --- what a session asks for
  void follow(const Session& session);
  void speak_page();
  void speak_focus();
  void hush();
  void chime();
  // The person is gone, and every word of theirs with them.
  void forget_person();

  [[nodiscard]] SoundState state() const;
  // Once, after somebody asked to hear something and there was nothing to hear it from.
  [[nodiscard]] bool take_missing();
  // Pieces made into sound since the start, for scripts and tests.
  [[nodiscard]] std::uint64_t said() const { return said_; }
  [[nodiscard]] device::Player& player() { return player_; }

 private:
  std::atomic<bool> reported_ = false;  // the player has something to tell; before it, which calls back
  device::Player player_;
  device::Speech speech_;  // after the player, which it pours into
  screens::Announcer announcer_;
  ui::Spoken heard_;
  bool asked_ = false;  // and not yet heard
  bool quiet_ = false;  // somebody else is heard, or listened to
  std::uint64_t said_ = 0;
};

}  // namespace mimika
