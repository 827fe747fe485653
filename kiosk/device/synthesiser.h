// Makes speech of words. The real one stands in espeak.h; tests bring one that is slow or fails.
#pragma once

#include <functional>
#include <string_view>

#include "kiosk/base/result.h"
#include "kiosk/device/sound.h"

namespace mimika::device {

// Takes the next samples, at kSoundRateHz; false: no more are wanted.
using SampleSink = std::function<bool(SampleView samples)>;

// Belongs to one thread.
class Synthesiser {
 public:
  virtual ~Synthesiser() = default;
  // Before the first words; may take some ten milliseconds.
  [[nodiscard]] virtual Status open() = 0;
  // Hands samples to `sink` as they are made. `words_a_minute` are words as people count them, in that language.
  [[nodiscard]] virtual Status speak(std::string_view text, std::string_view language, double words_a_minute,
                                     const SampleSink& sink) = 0;
  // Overwrites what it still holds of the words it spoke.
  virtual void forget() = 0;
};

}  // namespace mimika::device
