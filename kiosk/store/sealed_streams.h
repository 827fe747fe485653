// The two ratchets a process seals with, and when they must give way to new ones.
#pragma once

#include "kiosk/store/store.h"

namespace mimika {

struct Store::Sealed {
  Epoch epoch;
  Seq stream;  // of the SealStreamOpened event
  std::uint32_t boot = 0;
  std::uint32_t policy_version = 0;  // whose key it is sealed to
  std::int64_t opened_monotonic_ms = 0;
  crypto::SealStream centre;
  crypto::SealStream office;
};

}  // namespace mimika
