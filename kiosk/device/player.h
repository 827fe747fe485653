// Plays: a recording with its position, what is being said, and the sounds without words, mixed. Callable from any one
// thread and never waits for a device: opening and closing it is done on a thread of the player's own. With no device
// there is no sound and nothing is kept for later: what was to be heard then must not be heard by the next person.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"
#include "kiosk/device/audio_output.h"
#include "kiosk/device/opus_codec.h"
#include "kiosk/device/speech_feed.h"
#include "kiosk/device/tones.h"

namespace mimika::device {

enum class PlayState {
  kIdle,
  kPlaying,
  kEnded,     // to its end
  kNoDevice,  // there was none, or it was unplugged
};

struct PlayStatus {
  PlayState state = PlayState::kIdle;
  std::int64_t position_ms = 0;
  std::int64_t duration_ms = 0;
};

enum class OutputState {
  kResting,  // closed, and opened when there is something to play
  kOpen,
  kMissing,  // the last attempt to open failed, or the device was unplugged; the next sound tries again
};

class Player final : private SoundFiller {
 public:
  static constexpr int kDefaultVolume = 60;
  static constexpr std::int64_t kTickMs = 200;  // how often an open device is looked after
  static constexpr int kIdleTicks = 150;        // half a minute without a sound closes it
  static constexpr int kStalledTicks = 10;      // a device that asks for nothing for so long is gone

  // `notify` is called, on some thread, when a recording or speech came to an end or a device went.
  Player(std::unique_ptr<AudioOutput> output, std::function<void()> notify);
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  // Opens the device ahead of the first sound, when somebody has come, and whenever Speech has something to be heard.
  void warm();
  // An Ogg Opus recording, from its beginning; replaces the one that plays. Errors as SoundReader::open; then nothing
  // plays.
  [[nodiscard]] Status play(ByteView recording);
  void stop();
  [[nodiscard]] PlayStatus status() const;
  void cue(Cue cue);
  // Samples of kSoundRateHz, beside everything else; replaces the cue or samples before.
  void play_samples(Samples samples);
  void set_volume(int percent);  // 0 to 100, clamped
  [[nodiscard]] int volume() const;
  // The next person: silence, everything overwritten, the volume as it was at first, the device closed.
  void reset();
  [[nodiscard]] OutputState output() const;

  // Where Speech pours in what is said.
  [[nodiscard]] SpeechFeed& speech() { return speech_; }

 private:
  using Lock = std::unique_lock<std::mutex>;
  void fill(std::span<std::int16_t> out) override;
  // Parts of fill(), under the lock; true when something ended.
  [[nodiscard]] bool mix(std::span<std::int16_t> out);
  [[nodiscard]] bool has_sound() const;
  void drop_sounds(PlayState now);
  void ask_for_output();
  // Parts of the thread that opens, looks after and closes the device. They give the lock away meanwhile.
  void run();
  void look_after_device(Lock& lock);
  void open_device(Lock& lock);
  void close_device(Lock& lock, OutputState now);

  const std::unique_ptr<AudioOutput> output_;  // the thread's own
  const std::function<void()> notify_;
  const std::array<Samples, 3> cues_;
  SpeechFeed speech_;

  mutable std::mutex mutex_;  // held for as long as a block is mixed, never while a device opens or closes
  std::condition_variable changed_;
  std::optional<SoundReader> recording_;
  PlayStatus status_;
  Samples effect_;
  std::size_t effect_at_ = 0;
  int volume_ = kDefaultVolume;
  bool cut_off_ = false;
  double last_ = 0;    // the latest sample that was given
  double fading_ = 0;  // that of something cut off, which dies away instead of cracking

  OutputState state_ = OutputState::kResting;
  bool wanted_ = false;
  bool rest_ = false;
  bool stopping_ = false;
  bool asked_ = false;  // fill() was called since the last tick
  int idle_ticks_ = 0;
  int stalled_ticks_ = 0;
  std::thread thread_;  // last: it starts when everything above exists
};

}  // namespace mimika::device
