// The microphone, the headphones and the speaker, through SDL's audio. Between open() and close() alone: SDL looks for
// devices ten times a second while its audio is started, and a kiosk that nobody uses must sleep.
#pragma once

#include <memory>
#include <string>

#include "kiosk/device/audio_output.h"
#include "kiosk/device/capture.h"

namespace mimika::device {

// A piece of the device's name as the system tells it; empty: the system's choice. A microphone that is named and not
// there is missing: another one would be pointed elsewhere.
[[nodiscard]] std::unique_ptr<CaptureSource> make_microphone(std::string name);

struct OutputNames {
  std::string headphones;  // a piece of the name; used whenever it is there. Empty: the kiosk has none
  std::string speaker;     // empty, or not there: the system's choice
};
[[nodiscard]] std::unique_ptr<AudioOutput> make_output(OutputNames names);

}  // namespace mimika::device
