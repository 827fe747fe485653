// The sounds without words, made at start: no files, nobody's rights.
#pragma once

#include "kiosk/device/sound.h"

namespace mimika::device {

enum class Cue {
  kClick,    // a key was touched
  kChime,    // somebody is asked whether they are still there
  kShutter,  // a picture was taken
};

[[nodiscard]] Samples make_cue(Cue cue);

}  // namespace mimika::device
