// When what is carried for others goes on to the centre: after this kiosk's own, and never in the way of it. A bundle
// goes in one piece, up to 4 MiB, so that a link which breaks too often for it must not be kept busy with trying.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "kiosk/base/env.h"
#include "sync/client/courier.h"

namespace mimika::sync {

// After a link that broke or a centre in trouble: doubled each time, until a bundle gets through.
inline constexpr std::int64_t kForwardPauseFirstMs = 5 * 60'000;
inline constexpr std::int64_t kForwardPauseMostMs = 6 * 3'600'000;
// A bundle that the centre told to wait is offered again: the one before it may have come by another way.
inline constexpr std::int64_t kForwardWaitingMs = 3'600'000;

class Forwarding {
 public:
  // Both must outlive it. An empty folder: nothing is carried.
  Forwarding(std::string folder, DeviceId self, Transport& transport, Env& env);

  // To be called after each round of this kiosk's own that went well. Comes back between two bundles when `go_on` is
  // false. What it returns counts this run alone.
  ForwardReport run(const std::function<bool()>& go_on);

 private:
  Transport& transport_;
  Env& env_;
  bool carries_;
  Courier courier_;  // ACKs come from the centre itself here, so that no key of it is needed
  std::int64_t due_ms_ = 0;
  std::int64_t pause_ms_ = kForwardPauseFirstMs;
  std::int64_t ask_again_ms_ = 0;
};

}  // namespace mimika::sync
