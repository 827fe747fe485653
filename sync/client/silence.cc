#include "sync/client/silence.h"

#include <algorithm>

namespace mimika::sync {
namespace {

// A lost packet is sent again after two round trips, after some three more, and after six, each as long as the queue
// makes it. At 600 ms and a fifth lost each way, sound connections were silent for 5.5 s.
constexpr std::int64_t kRoundTrips = 8;
constexpr std::int64_t kQueueMs = 1'500;  // what a modem may hold back

}  // namespace

std::int64_t patience_ms(std::int64_t least_rtt_ms) {
  if (least_rtt_ms <= 0) return kPatienceMostMs;
  return std::clamp(kRoundTrips * least_rtt_ms + kQueueMs, kPatienceLeastMs, kPatienceMostMs);
}

bool is_dead(const ConnectionState& state, std::int64_t call_ms) {
  if (!state.established || state.unacknowledged == 0) return false;
  return std::min(state.last_heard_ms, call_ms) > patience_ms(state.least_rtt_ms);
}

}  // namespace mimika::sync
