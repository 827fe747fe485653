#include "sync/client/silence.h"

#include <algorithm>

namespace mimika::sync {
namespace {

// Lost packets are asked for again within two round trips, and again after a timeout of some three.
constexpr std::int64_t kRoundTrips = 4;
constexpr std::int64_t kQueueMs = 2'000;  // what a modem holds back

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
