// How bytes reach the centre and come back. The engine and the enrolment see only this, so that a test can be the
// network; the real one is curl_transport.h. Knows nothing of events.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::sync {

struct HttpResponse {
  int status = 0;
  Bytes body;  // at most limits::kCallBytes
  // What the application sent and received: HTTP headers and bodies, without TLS and TCP.
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  // From the first byte of the request to the first byte of the answer; connecting is not in it.
  std::int64_t upload_ms = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // One POST of `body` to a path of the centre ("/v1/sync"). Any status is a response, not an error. kUnreachable: no
  // connection, or it broke, or said nothing, or cancel() was called; kTooSlow: an answer had begun; kUnauthorised: the
  // other side could not prove that it is the centre; kTooLarge: the answer is over its limit.
  [[nodiscard]] virtual Result<HttpResponse> post(const std::string& path, ByteView body) = 0;

  // Whether the other side may have heard of the last post(): not when no connection came about.
  [[nodiscard]] virtual bool was_heard() const { return true; }

  // The next post() opens a new connection: after a link came up the old one may be dead without knowing it.
  virtual void use_fresh_connection() = 0;

  // Ends a running post() at once and makes every later one fail. The only function that another thread may call.
  virtual void cancel() = 0;
};

// Nobody is to blame but the link, as far as one can tell.
[[nodiscard]] inline bool is_of_the_link(ErrorCode code) {
  return code == ErrorCode::kUnreachable || code == ErrorCode::kTooSlow;
}

}  // namespace mimika::sync
