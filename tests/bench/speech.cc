// How long it takes from say() to the first sample that the device is given: whole screens' words, never said before
// and said before. Through SDL, whose driver comes from the environment.
//
//   bench_speech COUNT < texts     one screen a line; prints one JSON object
#include "kiosk/device/speech.h"

#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "kiosk/base/log.h"
#include "kiosk/device/espeak.h"
#include "kiosk/device/sdl_audio.h"

namespace mimika::device {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLongest = std::chrono::seconds(5);

// Stands between the player and the device, and notes when the first sound passes. What eSpeak begins a sentence with
// is not quite zero, so anything that is no silence counts.
class WatchedOutput final : public AudioOutput, private SoundFiller {
 public:
  explicit WatchedOutput(std::unique_ptr<AudioOutput> real) : real_(std::move(real)) {}
  Status open(SoundFiller& filler) override {
    filler_ = &filler;
    return real_->open(*this);
  }
  void close() override { real_->close(); }
  [[nodiscard]] bool alive() const override { return real_->alive(); }
  [[nodiscard]] bool should_move() const override { return real_->should_move(); }

  void begin() {
    begun_ = Clock::now().time_since_epoch().count();
    waiting_ = true;
  }
  // Negative: nothing came.
  double first_ms() {
    const auto end = Clock::now() + kLongest;
    while (waiting_ && Clock::now() < end) std::this_thread::sleep_for(std::chrono::microseconds(200));
    if (waiting_) return -1;
    return std::chrono::duration<double, std::milli>(Clock::duration(heard_ - begun_)).count();
  }

 private:
  void fill(std::span<std::int16_t> out) override {
    filler_->fill(out);
    if (!waiting_ || std::all_of(out.begin(), out.end(), [](std::int16_t sample) { return sample == 0; })) return;
    heard_ = Clock::now().time_since_epoch().count();
    waiting_ = false;
  }

  std::unique_ptr<AudioOutput> real_;
  SoundFiller* filler_ = nullptr;
  std::atomic<bool> waiting_ = false;
  std::atomic<Clock::rep> begun_ = 0;
  std::atomic<Clock::rep> heard_ = 0;
};

double percentile(std::vector<double> samples, double share) {
  std::sort(samples.begin(), samples.end());
  return samples[std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())))];
}

struct Bench {
  WatchedOutput* output = nullptr;
  std::unique_ptr<Player> player;
  std::unique_ptr<Speech> speech;
  int pauses = 0;

  Bench() {
    auto watched = std::make_unique<WatchedOutput>(make_output({}));
    output = watched.get();
    player = std::make_unique<Player>(std::move(watched), [] {});
    speech = std::make_unique<Speech>(*player, make_espeak(), SpeechOptions{});
  }
  double say(const std::string& text, const char* language, Kept kept) {
    const SpeechPiece piece{.message_id = {}, .text = text, .kept = kept};
    output->begin();
    speech->say({&piece, 1}, language);
    return output->first_ms();
  }
  // Until nothing is heard any more of what was said; and at another place between two questions of the device.
  void hush() {
    speech->hush();
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + pauses++ * 7 % 22));
  }
};

int run(std::size_t count, const std::vector<std::string>& texts) {
  Bench bench;
  // With everything still to be started: eSpeak, and the device.
  const double very_first = bench.say(texts.front(), "id", Kept::kNo);
  bench.hush();
  std::vector<double> cold;
  std::vector<double> kept;
  for (std::size_t turn = 0; turn < count; ++turn) {
    // The number makes it a text nobody has said.
    const std::string text = std::to_string(turn) + ". " + texts[turn % texts.size()];
    const char* const language = turn % 4 == 3 ? "en" : "id";
    cold.push_back(bench.say(text, language, Kept::kYes));
    bench.hush();
    kept.push_back(bench.say(text, language, Kept::kYes));
    bench.hush();
  }
  const auto silent = std::count_if(cold.begin(), cold.end(), [](double ms) { return ms < 0; }) +
                      std::count_if(kept.begin(), kept.end(), [](double ms) { return ms < 0; });
  std::printf(
      "{\"very_first_ms\": %.1f, \"cold_ms_p50\": %.1f, \"cold_ms_p99\": %.1f, \"again_ms_p50\": %.1f, "
      "\"again_ms_p99\": %.1f, \"screens\": %zu, \"silent\": %td}\n",
      very_first, percentile(cold, 0.50), percentile(cold, 0.99), percentile(kept, 0.50), percentile(kept, 0.99), count,
      silent);
  return 0;
}

}  // namespace
}  // namespace mimika::device

int main(int argc, char** argv) {
  std::vector<std::string> texts;
  for (std::string line; std::getline(std::cin, line);) texts.push_back(line);
  if (argc != 2 || texts.empty() || std::atoi(argv[1]) < 1) {
    std::fprintf(stderr, "usage: bench_speech COUNT < texts\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  return mimika::device::run(static_cast<std::size_t>(std::atoi(argv[1])), texts);
}
