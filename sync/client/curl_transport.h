// The Transport over libcurl: HTTPS with TLS 1.3 or newer to one address, trusting the centre's own certificate
// authority and no other. One connection is kept and used again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sync/client/transport.h"

namespace mimika::sync {

struct TransportOptions {
  std::string url;     // "https://host:port"; nothing but https is ever spoken
  std::string ca_pem;  // the authority pinned at enrolment
  // The rest are limits of patience. A satellite link of 1.5 s a round trip that loses a third of its packets still
  // connects within 20 s; who sends less than 100 bytes a second for 30 s is not sending.
  std::int64_t connect_timeout_ms = 20'000;
  std::int64_t call_timeout_ms = 60'000;  // and a second more for every kSlowestBytesPerSecond of the body
  std::int64_t low_speed_bytes_per_second = 100;
  std::int64_t low_speed_seconds = 30;
  // TCP_USER_TIMEOUT, which counts from the first repetition on, also while others are acknowledged: on a link that
  // loses a fifth, eight seconds of it ended connections that were alive. silence.h knows better and is sooner.
  std::int64_t user_timeout_ms = 30'000;
};

// 9.6 kbit/s with a third lost: slower than this we do not wait for.
inline constexpr std::int64_t kSlowestBytesPerSecond = 600;

// What has gone over the wire so far, for benchmarks and the technician.
struct Traffic {
  std::uint64_t calls = 0;
  std::uint64_t connections = 0;
  std::uint64_t application_sent = 0;  // HTTP headers and bodies
  std::uint64_t application_received = 0;
  std::uint64_t socket_sent = 0;  // the TCP payload, TLS and its handshakes included; without retransmissions
  std::uint64_t socket_received = 0;
};

class CurlTransport final : public Transport {
 public:
  // kInvalidInput: the address is not https, or there is no authority to trust.
  [[nodiscard]] static Result<std::unique_ptr<CurlTransport>> open(const TransportOptions& options);
  ~CurlTransport() override;

  [[nodiscard]] Result<HttpResponse> post(const std::string& path, ByteView body) override;
  [[nodiscard]] bool was_heard() const override;
  void use_fresh_connection() override;
  void cancel() override;

  [[nodiscard]] Traffic traffic() const;

 private:
  struct State;
  explicit CurlTransport(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mimika::sync
