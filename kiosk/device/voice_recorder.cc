#include "kiosk/device/voice_recorder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika::device {
namespace {

constexpr std::int64_t kRingMs = 4000;  // how long the screen may be busy before anything is lost
constexpr std::size_t kVoiceSamples = samples_in(limits::kVoiceMs, kVoiceRateHz);
constexpr std::size_t kWindowSamples = kVoiceRateHz / VoiceRecorder::kLevelsPerSecond;
constexpr std::size_t kSilentSamples = samples_in(VoiceRecorder::kSilentMs, kVoiceRateHz);
// -66 dB: below it a microphone is muted, broken or not a microphone. A quiet room through a cheap one is at -55.
constexpr int kSilencePeak = 16;
constexpr double kQuietestDb = -54;  // drawn as nothing; 0 dB is drawn full
constexpr double kFullScale = 32'767;

std::int16_t sample_of(float value) {
  // Drivers have been seen to give both.
  if (!std::isfinite(value)) return 0;
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * static_cast<float>(kFullScale)));
}

float level_of(double energy, std::size_t samples) {
  const double rms = std::sqrt(energy / static_cast<double>(samples)) / kFullScale;
  if (rms <= 0) return 0;
  return static_cast<float>(std::clamp(1 - 20 * std::log10(rms) / kQuietestDb, 0.0, 1.0));
}

}  // namespace

VoiceRecorder::VoiceRecorder(std::unique_ptr<CaptureSource> source)
    : source_(std::move(source)), ring_(samples_in(kRingMs, kVoiceRateHz)) {}

VoiceRecorder::~VoiceRecorder() {
  discard();
}

Status VoiceRecorder::start(std::int64_t now_ms) {
  discard();
  TRY_ASSIGN(VoiceEncoder encoder, VoiceEncoder::create());
  TRY(source_->open(*this));
  encoder_ = std::move(encoder);
  status_ = {.state = VoiceState::kRecording};
  heard_ms_ = now_ms;
  return {};
}

void VoiceRecorder::take(ByteView floats) {
  std::array<std::int16_t, 256> block;
  while (floats.size() >= sizeof(float)) {
    std::size_t count = 0;
    for (; count < block.size() && floats.size() >= sizeof(float); ++count) {
      float value = 0;
      std::memcpy(&value, floats.data(), sizeof(value));
      block[count] = sample_of(value);
      floats = floats.subspan(sizeof(value));
    }
    const std::size_t taken = ring_.push(SampleView(block).first(count));
    if (taken < count) lost_ += count - taken;
  }
  overwrite_memory(block.data(), sizeof(block));
}

VoiceStatus VoiceRecorder::poll(std::int64_t now_ms) {
  if (status_.state != VoiceState::kRecording) return status_;
  // Asked before what it gave is taken in, so that its last words are not missed.
  const bool alive = source_->alive();
  const std::int64_t before = status_.recorded_ms;
  drain();
  if (status_.state != VoiceState::kRecording) return status_;
  if (status_.recorded_ms != before) heard_ms_ = now_ms;
  if (!alive || now_ms - heard_ms_ >= kStalledMs) end(VoiceEnd::kGone);
  return status_;
}

void VoiceRecorder::drain() {
  std::array<std::int16_t, kWindowSamples> block;
  while (status_.state == VoiceState::kRecording) {
    const std::size_t count = ring_.pull(block);
    if (count == 0) break;
    const Status encoded = encode(SampleView(block).first(count));
    if (!encoded) {
      log_error("sound", "the recording ends: {}", encoded.error().message);
      end(VoiceEnd::kFailed);
    }
  }
  overwrite_memory(block.data(), sizeof(block));
}

Status VoiceRecorder::encode(SampleView samples) {
  samples = samples.first(std::min(samples.size(), kVoiceSamples - static_cast<std::size_t>(encoder_->samples())));
  TRY(encoder_->add(samples));
  status_.recorded_ms = encoder_->duration_ms();
  measure(samples);
  if (status_.recorded_ms >= limits::kVoiceMs) end(VoiceEnd::kFull);
  return {};
}

void VoiceRecorder::measure(SampleView samples) {
  for (const std::int16_t sample : samples) {
    energy_ += static_cast<double>(sample) * sample;
    peak_ = std::max(peak_, std::abs(int{sample}));
    if (++in_window_ < kWindowSamples) continue;
    silent_samples_ = peak_ < kSilencePeak ? silent_samples_ + in_window_ : 0;
    status_.silent = silent_samples_ >= kSilentSamples;
    status_.level = level_of(energy_, in_window_);
    if (level_count_ == levels_.size()) {
      std::shift_left(levels_.begin(), levels_.end(), 1);
      --level_count_;
    }
    levels_[level_count_++] = status_.level;
    energy_ = 0;
    peak_ = 0;
    in_window_ = 0;
  }
}

std::span<const float> VoiceRecorder::levels() const {
  return std::span(levels_).first(level_count_);
}

void VoiceRecorder::end(VoiceEnd why) {
  source_->close();
  status_.state = VoiceState::kEnded;
  status_.end = why;
  status_.level = 0;
}

Result<VoiceRecording> VoiceRecorder::stop(std::int64_t now_ms) {
  if (status_.state == VoiceState::kIdle) return fail(ErrorCode::kInvalidInput, "nothing is being recorded");
  if (status_.state == VoiceState::kRecording) {
    source_->close();
    poll(now_ms);
  }
  VoiceRecording recording{.opus = {}, .duration_ms = status_.recorded_ms};
  Status finished;
  if (recording.duration_ms < limits::kVoiceLeastMs) {
    finished = fail(ErrorCode::kInvalidInput, "the recording is too short to hold a word");
  } else if (auto opus = encoder_->finish()) {
    recording.opus = std::move(*opus);
  } else {
    finished = fail_with(opus.error(), "ending the recording");
  }
  discard();
  TRY(finished);
  return recording;
}

void VoiceRecorder::discard() {
  source_->close();
  // What nobody took in is overwritten by taking it.
  std::array<std::int16_t, kWindowSamples> rest;
  while (ring_.pull(rest) > 0) {
  }
  overwrite_memory(rest.data(), sizeof(rest));
  if (const std::uint64_t lost = lost_.exchange(0); lost > 0) {
    log_warning("sound", "{} ms of a recording were lost, the screen being busy", ms_of(lost, kVoiceRateHz));
  }
  encoder_.reset();
  status_ = {};
  levels_ = {};
  level_count_ = 0;
  energy_ = 0;
  peak_ = 0;
  in_window_ = 0;
  silent_samples_ = 0;
}

}  // namespace mimika::device
