// Where sound goes. Headphones and speaker stand in sdl_audio.h; tests bring outputs that they pull themselves.
#pragma once

#include <cstdint>
#include <span>

#include "kiosk/base/result.h"

namespace mimika::device {

// Fills what a device asks for: mono, kSoundRateHz. Called on the device's thread; must not wait.
class SoundFiller {
 public:
  virtual void fill(std::span<std::int16_t> out) = 0;

 protected:
  ~SoundFiller() = default;
};

class AudioOutput {
 public:
  virtual ~AudioOutput() = default;
  // Chooses a device and asks `filler` from now on. kNotFound: there is none; kConflict: it does not start.
  [[nodiscard]] virtual Status open(SoundFiller& filler) = 0;
  // After this the filler is not asked any more. Closing what is not open does nothing.
  virtual void close() = 0;
  // No longer, once the device was unplugged.
  [[nodiscard]] virtual bool alive() const = 0;
  // A device that should rather be used, the headphones, has come since: close() and open() would choose it.
  [[nodiscard]] virtual bool should_move() const = 0;
};

}  // namespace mimika::device
