#include "sync/central/cli/serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "kiosk/base/ascii.h"
#include "kiosk/base/log.h"
#include "sync/central/http/server.h"
#include "sync/central/site.h"
#include "sync/central/tls/authority.h"

namespace mimika::central {
namespace {

constexpr std::size_t kNameBytes = 64;

// Names go into the certificate's text form, where a comma or a colon would mean something else.
bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= kNameBytes && std::all_of(name.begin(), name.end(), [](char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '.' || c == '-' || c == ':';
  });
}

}  // namespace

Result<ListenAddress> parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return fail(ErrorCode::kInvalidInput, "--listen takes ADDRESS:PORT, not " + text);
  ListenAddress listen;
  listen.address = text.substr(0, colon);
  if (listen.address.size() > 2 && listen.address.front() == '[' && listen.address.back() == ']') {
    listen.address = listen.address.substr(1, listen.address.size() - 2);
  }
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, listen.port);
  if (problem != std::errc() || stop != end) {
    return fail(ErrorCode::kInvalidInput, "--listen takes ADDRESS:PORT, not " + text);
  }
  return listen;
}

Status serve(Env& env, Catalogue catalogue, const ServeOptions& options) {
  TRY_ASSIGN(const ListenAddress listen, parse_listen(options.listen));
  std::vector<std::string> names = options.names;
  if (listen.address != "0.0.0.0" && listen.address != "::") names.push_back(listen.address);
  for (const std::string& name : names) {
    if (!is_name(name)) return fail(ErrorCode::kInvalidInput, "not a host name or address: " + name);
  }
  TRY_ASSIGN(DataFolder folder, open_data_folder(env, options.data));
  TRY_ASSIGN(const tls::ServerIdentity identity, tls::prepare_server_identity(folder.path, names));
  TRY_ASSIGN(const auto site, CentralSite::open(env, std::move(folder), std::move(catalogue)));
  TRY_ASSIGN(const auto server,
             http::Server::open(*site, {listen.address, listen.port, identity.certificate_path, identity.key_path}));
  const bool v6 = listen.address.find(':') != std::string::npos;
  const std::string shown = v6 ? "[" + listen.address + "]" : listen.address;
  fmt::print("mimika-central listens on https://{}:{}\n", shown, server->port());
  std::fflush(stdout);
  server->run(true);
  log_info("central", "stopped");
  flush_log();
  return {};
}

}  // namespace mimika::central
