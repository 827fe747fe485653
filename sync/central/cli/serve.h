// mimika-central without a command: serve until asked to stop.
#pragma once

#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"

namespace mimika::central {

struct ServeOptions {
  std::string data;
  std::string listen = "127.0.0.1:8443";  // address:port, an IPv6 address in brackets
  std::vector<std::string> names;         // further names and addresses of the certificate
};

// Returns after a graceful stop. Prints one line with the address once it answers.
[[nodiscard]] Status serve(Env& env, Catalogue catalogue, const ServeOptions& options);

struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};
[[nodiscard]] Result<ListenAddress> parse_listen(const std::string& text);

}  // namespace mimika::central
