// Records what a person says, into memory alone and at most limits::kVoiceMs long, encoding as it goes. Belongs to one
// thread, which calls poll() some twenty times a second while it records; only take() runs on the device's thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "kiosk/base/result.h"
#include "kiosk/device/capture.h"
#include "kiosk/device/opus_codec.h"
#include "kiosk/device/sound_ring.h"

namespace mimika::device {

enum class VoiceState {
  kIdle,
  kRecording,
  kEnded,  // by itself; stop() gives what there is
};

enum class VoiceEnd {
  kNone,
  kFull,    // limits::kVoiceMs are over
  kGone,    // the microphone was unplugged, or gives nothing any more; what was said before is kept
  kFailed,  // the encoder; the log says how
};

struct VoiceStatus {
  VoiceState state = VoiceState::kIdle;
  VoiceEnd end = VoiceEnd::kNone;
  bool silent = false;  // nothing was heard for the last seconds: "we hear nothing"
  float level = 0;      // the latest, 0 to 1 as the ear judges it
  std::int64_t recorded_ms = 0;
};

struct VoiceRecording {
  WipedBytes opus;
  std::int64_t duration_ms = 0;
};

class VoiceRecorder final : private CaptureSink {
 public:
  static constexpr int kLevelsPerSecond = 20;
  static constexpr std::size_t kLevels = 64;
  static constexpr std::int64_t kSilentMs = 3000;
  static constexpr std::int64_t kStalledMs = 1500;

  explicit VoiceRecorder(std::unique_ptr<CaptureSource> source);
  ~VoiceRecorder();
  VoiceRecorder(const VoiceRecorder&) = delete;
  VoiceRecorder& operator=(const VoiceRecorder&) = delete;

  // Discards whatever there was. Errors as CaptureSource::open; what a microphone needs to start (some 50 ms where a
  // sound server stands between) is waited for.
  [[nodiscard]] Status start(std::int64_t now_ms);  // monotonic, as everywhere here
  // Takes in what the device has given.
  VoiceStatus poll(std::int64_t now_ms);
  // The latest levels, the newest last; for the bars.
  [[nodiscard]] std::span<const float> levels() const;
  // Ends the recording. kInvalidInput when it is shorter than limits::kVoiceLeastMs; then nothing is kept.
  [[nodiscard]] Result<VoiceRecording> stop(std::int64_t now_ms);
  // Ends it and overwrites what was said.
  void discard();

 private:
  void take(ByteView floats) override;
  void drain();
  [[nodiscard]] Status encode(SampleView samples);
  void measure(SampleView samples);
  void end(VoiceEnd why);

  std::unique_ptr<CaptureSource> source_;
  SoundRing ring_;
  std::atomic<std::uint64_t> lost_ = 0;  // samples for which the ring had no room
  std::optional<VoiceEncoder> encoder_;
  VoiceStatus status_;
  std::int64_t heard_ms_ = 0;  // when the device last gave anything
  std::array<float, kLevels> levels_{};
  std::size_t level_count_ = 0;
  // The window that a level is made of, and how long it has been silent.
  double energy_ = 0;
  int peak_ = 0;
  std::size_t in_window_ = 0;
  std::size_t silent_samples_ = 0;
};

}  // namespace mimika::device
