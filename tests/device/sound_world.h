// What the tests of sound share: a voice made by the synthesiser, a microphone and a speaker that do as they are told,
// and ways to say that two sounds are the same.
#pragma once

#include <atomic>
#include <cmath>
#include <cstring>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "kiosk/device/audio_output.h"
#include "kiosk/device/capture.h"
#include "kiosk/device/espeak.h"
#include "kiosk/device/opus_codec.h"
#include "kiosk/device/resampler.h"
#include "kiosk/device/voice_recorder.h"

namespace mimika::device::test {

inline constexpr std::string_view kSentence =
    "Air di kampung kami mati sejak hari Senin. Kami harus berjalan dua jam ke sungai untuk mengambil air minum. "
    "Tolong kirim petugas untuk memperbaiki pipa yang patah di dekat sekolah.";

// At kSoundRateHz.
inline Samples spoken(std::string_view text, std::string_view language = "id", double words_a_minute = 122) {
  const auto synthesiser = make_espeak();
  Samples all;
  if (!synthesiser->open()) std::abort();
  const Status said = synthesiser->speak(text, language, words_a_minute, [&](SampleView samples) {
    all.insert(all.end(), samples.begin(), samples.end());
    return true;
  });
  if (!said) std::abort();
  return all;
}

inline Samples resampled(SampleView in, int from_hz, int to_hz) {
  Resampler resampler(from_hz, to_hz);
  Samples out;
  resampler.add(in, out);
  return out;
}

// As a microphone would give it: at kVoiceRateHz.
inline Samples voice() {
  static const Samples made = resampled(spoken(kSentence), kSoundRateHz, kVoiceRateHz);
  return made;
}

inline std::vector<std::uint8_t> floats_of(SampleView samples) {
  std::vector<std::uint8_t> out(samples.size() * sizeof(float));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float value = static_cast<float>(samples[i]) / 32'767.0F;
    std::memcpy(&out[i * sizeof(float)], &value, sizeof(value));
  }
  return out;
}

// Gives what the test hands it, on the test's thread.
class ToldMicrophone final : public CaptureSource {
 public:
  Status open(CaptureSink& sink) override {
    if (!opening) return opening;
    sink_ = &sink;
    plugged = true;
    return {};
  }
  void close() override { sink_ = nullptr; }
  [[nodiscard]] bool alive() const override { return plugged; }
  [[nodiscard]] bool is_open() const { return sink_ != nullptr; }
  void give(SampleView samples) { give_bytes(floats_of(samples)); }
  void give_bytes(ByteView bytes) {
    if (sink_ != nullptr) sink_->take(bytes);
  }

  Status opening;
  bool plugged = true;

 private:
  CaptureSink* sink_ = nullptr;
};

// Pulled by the test as a device would; opened and closed by the player's thread.
class ToldOutput final : public AudioOutput {
 public:
  Status open(SoundFiller& filler) override {
    const std::lock_guard lock(mutex_);
    ++opened;
    if (missing) return fail(ErrorCode::kNotFound, "no device");
    filler_ = &filler;
    on_headphones = headphones.load();
    plugged = true;
    return {};
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    filler_ = nullptr;
  }
  [[nodiscard]] bool alive() const override { return plugged; }
  [[nodiscard]] bool should_move() const override { return headphones && !on_headphones; }
  [[nodiscard]] bool is_open() const {
    const std::lock_guard lock(mutex_);
    return filler_ != nullptr;
  }
  // Empty when nobody fills.
  Samples pull(std::size_t count) {
    const std::lock_guard lock(mutex_);
    if (filler_ == nullptr) return {};
    Samples out(count, std::int16_t{12345});
    filler_->fill(out);
    return out;
  }

  std::atomic<int> opened = 0;
  std::atomic<bool> missing = false;
  std::atomic<bool> plugged = true;
  std::atomic<bool> headphones = false;
  std::atomic<bool> on_headphones = false;

 private:
  mutable std::mutex mutex_;
  SoundFiller* filler_ = nullptr;
};

// Asks until it is true; false after ten seconds.
inline bool comes_true(const std::function<bool()>& question) {
  for (int i = 0; i < 2000; ++i) {
    if (question()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return question();
}

// What the file says.
inline Samples decoded(ByteView file) {
  auto reader = SoundReader::open(file);
  if (!reader) return {};
  Samples all;
  Samples chunk(1000);
  while (const std::size_t count = reader->read(chunk)) {
    all.insert(all.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return all;
}

inline WipedBytes encoded(SampleView at_voice_rate) {
  auto encoder = VoiceEncoder::create();
  if (!encoder || !encoder->add(at_voice_rate)) std::abort();
  auto file = encoder->finish();
  if (!file) std::abort();
  return std::move(*file);
}

inline double energy(SampleView samples) {
  double sum = 0;
  for (const std::int16_t sample : samples) sum += static_cast<double>(sample) * sample;
  return sum;
}

// How loud each 20 ms are.
inline std::vector<double> envelope(SampleView samples, int rate_hz) {
  const auto window = static_cast<std::size_t>(rate_hz / 50);
  std::vector<double> out;
  for (std::size_t at = 0; at + window <= samples.size(); at += window) {
    out.push_back(std::sqrt(energy(samples.subspan(at, window)) / static_cast<double>(window)));
  }
  return out;
}

template <typename Numbers>
double correlation(const Numbers& a, const Numbers& b) {
  const std::size_t count = std::min(a.size(), b.size());
  if (count == 0) return 0;
  double mean_a = 0;
  double mean_b = 0;
  for (std::size_t i = 0; i < count; ++i) {
    mean_a += static_cast<double>(a[i]) / static_cast<double>(count);
    mean_b += static_cast<double>(b[i]) / static_cast<double>(count);
  }
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double da = static_cast<double>(a[i]) - mean_a;
    const double db = static_cast<double>(b[i]) - mean_b;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

// Of the two shifted against each other by up to a millisecond: resamplers differ by some samples.
inline double best_correlation(SampleView a, SampleView b) {
  constexpr std::size_t kMost = kSoundRateHz / 1000;
  double best = 0;
  for (std::size_t shift = 0; shift <= std::min({kMost, a.size(), b.size()}); ++shift) {
    best = std::max({best, correlation(a.subspan(shift), b), correlation(a, b.subspan(shift))});
  }
  return best;
}

}  // namespace mimika::device::test
