// The decoders that read what strangers send or disks return, each as a function that must come back whatever it is
// given. libFuzzer drives them in builds with -DMIMIKA_FUZZ=ON; every build replays the seeds and some thousands of
// mutations of them.
#pragma once

#include <span>
#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::fuzz {

struct Target {
  const char* name;
  void (*run)(ByteView input);    // aborts when what it read does not come back from what it would write
  std::vector<Bytes> (*seeds)();  // good inputs to begin with
};

[[nodiscard]] std::span<const Target> targets();

}  // namespace mimika::fuzz
