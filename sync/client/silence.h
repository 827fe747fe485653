// When a connection is dead though nobody has said so: an acknowledgement is owed, and for longer than some round trips
// nothing at all was heard. Pure.
//
// A link that was gone for seconds leaves the kernel's own back-off behind: measured on 600 ms, it waits up to ten
// seconds for its next attempt, which is the whole window of a link that comes and goes. A new connection takes three
// round trips, so that giving up early costs little, and giving up late may cost everything.
#pragma once

#include <cstdint>

namespace mimika::sync {

// What the kernel knows of a connection.
struct ConnectionState {
  bool established = false;
  std::uint32_t unacknowledged = 0;  // packets on their way
  std::int64_t last_heard_ms = 0;    // since anything came
  std::int64_t least_rtt_ms = 0;     // the shortest round trip so far; queues are not in it. 0: not known
};

inline constexpr std::int64_t kPatienceLeastMs = 5'000;
inline constexpr std::int64_t kPatienceMostMs = 12'000;

[[nodiscard]] std::int64_t patience_ms(std::int64_t least_rtt_ms);
// `call_ms` is how long the call has run: a connection that was idle before has heard nothing for longer.
[[nodiscard]] bool is_dead(const ConnectionState& state, std::int64_t call_ms);

}  // namespace mimika::sync
