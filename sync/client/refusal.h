// Why a call came to nothing. Either the centre does not take it: an HTTP status and, usually, a small JSON object
// {"error": name, "message": text, "last_call_no": N, "newest_version": N}. Or this kiosk does not take the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/store/refusals.h"
#include "sync/client/transport.h"

namespace mimika::sync {

struct Refusal {
  Error error;
  RefusedWhat what = RefusedWhat::kCall;
  // "gap"; "http_404" when it was not the centre's JSON. Empty: nothing was refused, the link or a disk failed.
  std::string name;
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

// What this kiosk does not take, by its name.
[[nodiscard]] Refusal refused_here(Error error, std::string name);
// The same of what a Transport, or decode_answer(), said: the name comes with the code.
[[nodiscard]] Refusal transport_refusal(Error error);
[[nodiscard]] Refusal answer_refusal(Error error);

}  // namespace mimika::sync
