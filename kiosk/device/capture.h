// Where a voice comes from. The microphone stands in sdl_audio.h; tests bring sources that fail in ways a machine
// without a microphone cannot.
#pragma once

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::device {

// Takes what a device gives: 32-bit floats in the machine's order, mono, kVoiceRateHz, -1 to 1 where the driver is
// right. Called on the device's thread; must not wait.
class CaptureSink {
 public:
  virtual void take(ByteView floats) = 0;

 protected:
  ~CaptureSink() = default;
};

class CaptureSource {
 public:
  virtual ~CaptureSource() = default;
  // Gives to `sink` from now on. kNotFound: no microphone; kConflict: there is one, and another program has it or it
  // does not start.
  [[nodiscard]] virtual Status open(CaptureSink& sink) = 0;
  // After this `sink` is not called any more. Closing what is not open does nothing.
  virtual void close() = 0;
  // No longer, once the device was unplugged.
  [[nodiscard]] virtual bool alive() const = 0;
};

}  // namespace mimika::device
