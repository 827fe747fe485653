// What the centre says when it does not take a request: an HTTP status and, usually, a small JSON object
// {"error": name, "message": text, "last_call_no": N,
// "newest_version": N}.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "sync/client/transport.h"

namespace mimika::sync {

struct Refusal {
  Error error;
  std::string name;  // "gap"; empty when the answer was not the centre's JSON
  // Set when the centre took the call for one it has seen before: the highest number it knows.
  std::optional<std::uint64_t> last_call_no;
  // The centre is older than the call: the newest version of the wire it speaks.
  std::optional<std::uint8_t> newest_version;
  // The centre knows another history of this life than the kiosk.
  bool chain_broken = false;
};

// For any response but 200. Never kUnreachable, whatever the status: somebody did answer, and the scheduler must give
// a failing server more rest than a missing link.
[[nodiscard]] Refusal read_refusal(const HttpResponse& response);

}  // namespace mimika::sync
