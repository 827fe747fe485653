#include "kiosk/device/espeak.h"

#include <espeak-ng/speak_lib.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "kiosk/device/resampler.h"

namespace mimika::device {
namespace {

constexpr int kPieceMs = 60;  // how much is handed over at a time

// eSpeak's own words a minute count English words, and it does not go below 80; slower, words are set apart.
struct Tempo {
  double setting_per_word;  // measured: what it must be set to for one word a minute of this language
  double slowest_words;     // measured: a minute, at its slowest
};
constexpr Tempo kIndonesianTempo = {1.14, 72.8};
constexpr Tempo kEnglishTempo = {0.82, 102.3};
constexpr double kGapUnitS = 0.0353;  // one unit of the gap between words, at its slowest

constexpr std::string_view kIndonesian = "id";
constexpr std::string_view kEnglish = "en";
// Longer than what the screen shows at once, of every kind of letter and sign; said to nobody.
constexpr std::string_view kNothingInParticular =
    "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas empat belas lima "
    "belas. ";

std::atomic<bool> in_use = false;

bool speaks(std::string_view language, std::string_view which) {
  return language == which || (language.starts_with(which) && language.size() > which.size() &&
                               (language[which.size()] == '-' || language[which.size()] == '_'));
}

// Once a process, and for as long: espeak_Terminate() waits forever now and then for a thread that has nothing to do.
// The rate it speaks at; not positive when it does not start.
int start_library();

class Espeak final : public Synthesiser {
 public:
  Espeak() = default;
  Espeak(const Espeak&) = delete;
  Espeak& operator=(const Espeak&) = delete;
  ~Espeak() override {
    if (rate_hz_ != 0) in_use = false;
  }

  Status open() override {
    if (rate_hz_ != 0) return {};
    if (in_use.exchange(true)) return fail(ErrorCode::kConflict, "eSpeak is open already");
    const int rate = start_library();
    if (rate <= 0) {
      in_use = false;
      return fail(ErrorCode::kNotFound, "eSpeak does not start; its data may not be installed");
    }
    rate_hz_ = rate;
    // Another that was open before may have chosen otherwise.
    return choose(kIndonesian);
  }

  Status speak(std::string_view text, std::string_view language, double words_a_minute,
               const SampleSink& sink) override {
    if (rate_hz_ == 0) return fail(ErrorCode::kNotFound, "eSpeak is not open");
    const bool english = speaks(language, kEnglish);
    TRY(choose(english ? kEnglish : kIndonesian));
    set_tempo(english ? kEnglishTempo : kIndonesianTempo, words_a_minute);
    Resampler resampler(rate_hz_, kSoundRateHz);
    resampler_ = &resampler;
    sink_ = &sink;
    // It wants a zero at the end.
    std::vector<char, WipingAllocator<char>> words(text.begin(), text.end());
    std::replace(words.begin(), words.end(), '\0', ' ');
    words.push_back('\0');
    const espeak_ERROR code =
        espeak_Synth(words.data(), words.size(), 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, this);
    resampler_ = nullptr;
    sink_ = nullptr;
    if (code != EE_OK) return fail(ErrorCode::kInternal, "eSpeak failed with " + std::to_string(int{code}));
    return {};
  }

  static int on_samples(short* wave, int count, espeak_EVENT* event) {
    auto* const self = static_cast<Espeak*>(event->user_data);
    return self == nullptr || self->take(wave, count) ? 0 : 1;
  }

  void forget() override {
    if (rate_hz_ == 0) return;
    std::string filler;
    for (int i = 0; i < 10; ++i) filler += kNothingInParticular;
    static_cast<void>(speak(filler, kIndonesian, 240, [](SampleView) { return true; }));
  }

 private:
  Status choose(std::string_view voice) {
    if (voice == voice_) return {};
    if (espeak_SetVoiceByName(std::string(voice).c_str()) != EE_OK) {
      return fail(ErrorCode::kNotFound, "eSpeak has no voice for \"" + std::string(voice) + "\"");
    }
    voice_ = voice;
    return {};
  }

  static void set_tempo(const Tempo& tempo, double words_a_minute) {
    const int setting = static_cast<int>(std::lround(words_a_minute * tempo.setting_per_word));
    espeak_SetParameter(espeakRATE, std::clamp(setting, espeakRATE_MINIMUM, espeakRATE_MAXIMUM), 0);
    const double missing_s = 60 / words_a_minute - 60 / tempo.slowest_words;
    espeak_SetParameter(espeakWORDGAP, std::max(0, static_cast<int>(std::lround(missing_s / kGapUnitS))), 0);
  }

  bool take(const short* wave, int count) {
    if (wave == nullptr || count <= 0) return true;
    made_.clear();
    resampler_->add({wave, static_cast<std::size_t>(count)}, made_);
    const bool more = (*sink_)(made_);
    overwrite_memory(made_.data(), made_.size() * sizeof(made_.front()));
    return more;
  }

  int rate_hz_ = 0;
  std::string voice_;
  Samples made_;
  Resampler* resampler_ = nullptr;
  const SampleSink* sink_ = nullptr;
};

int start_library() {
  static const int rate = [] {
    const int started = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, kPieceMs, nullptr, espeakINITIALIZE_DONT_EXIT);
    if (started > 0) espeak_SetSynthCallback(Espeak::on_samples);
    return started;
  }();
  return rate;
}

}  // namespace

std::unique_ptr<Synthesiser> make_espeak() {
  return std::make_unique<Espeak>();
}

}  // namespace mimika::device
