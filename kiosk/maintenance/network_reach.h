// The steps of a connection that the system does: a name becomes an address, an address answers. TLS and what the
// centre says come from above (diagnose.h), over the same transport as the synchronisation.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/maintenance/diagnostic.h"

namespace mimika::maintenance {

struct CentreAddress {
  std::string host;  // a name or an address, IPv6 without its brackets
  std::uint16_t port = 0;
  friend bool operator==(const CentreAddress&, const CentreAddress&) = default;
};

// "https://centre.example:8443"; port 443 without one. kInvalidInput for anything else.
[[nodiscard]] Result<CentreAddress> parse_centre_url(const std::string& url);

class NetworkReach {
 public:
  virtual ~NetworkReach() = default;
  // The addresses of a name. kUnreachable: nobody knows it, or the name server was not reached; kTooSlow.
  [[nodiscard]] virtual Result<std::vector<std::string>> look_up(const std::string& host) = 0;
  // Connects and hangs up. kUnreachable, kTooSlow.
  [[nodiscard]] virtual Status connect(const std::string& address, std::uint16_t port) = 0;
};

[[nodiscard]] std::unique_ptr<NetworkReach> make_linux_reach();

// How names are looked up, so that a test can let one hang. The real one is getaddrinfo().
using NameLookup = std::function<Result<std::vector<std::string>>(const std::string& host)>;
[[nodiscard]] std::unique_ptr<NetworkReach> make_linux_reach(NameLookup lookup, std::int64_t lookup_limit_ms,
                                                             std::int64_t connect_limit_ms);

class FakeReach final : public NetworkReach {
 public:
  Result<std::vector<std::string>> look_up_now = std::vector<std::string>{"10.9.8.7"};
  Status connect_now = {};
  [[nodiscard]] Result<std::vector<std::string>> look_up(const std::string& /*host*/) override { return look_up_now; }
  [[nodiscard]] Status connect(const std::string& /*address*/, std::uint16_t /*port*/) override { return connect_now; }
};

[[nodiscard]] Finding check_name(NetworkReach& reach, const CentreAddress& centre, Env& env);
// Tries each address of the name; one that answers is enough.
[[nodiscard]] Finding check_reach(NetworkReach& reach, const CentreAddress& centre, Env& env);

}  // namespace mimika::maintenance
