#include "kiosk/maintenance/network_reach.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/time_limit.h"

namespace mimika::maintenance {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

struct AddressListDelete {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, AddressListDelete>;

Result<AddressList> resolve(const std::string& host, const char* port, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* list = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), port, &hints, &list); error != 0) {
    return fail(ErrorCode::kUnreachable, "looking up " + host + ": " + ::gai_strerror(error));
  }
  return AddressList(list);
}

Result<std::vector<std::string>> look_up_by_system(const std::string& host) {
  TRY_ASSIGN(const AddressList list, resolve(host, nullptr, AI_ADDRCONFIG));
  std::vector<std::string> addresses;
  for (const addrinfo* at = list.get(); at != nullptr; at = at->ai_next) {
    char text[NI_MAXHOST];
    if (::getnameinfo(at->ai_addr, at->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0) {
      addresses.emplace_back(text);
    }
  }
  if (addresses.empty()) return fail(ErrorCode::kUnreachable, host + " has no address");
  return addresses;
}

Status finish_connecting(int fd, std::int64_t limit_ms, const std::string& doing) {
  pollfd waiting{fd, POLLOUT, 0};
  const int ready = ::poll(&waiting, 1, static_cast<int>(limit_ms));
  if (ready == 0) return fail(ErrorCode::kTooSlow, doing + ": no answer in " + std::to_string(limit_ms) + " ms");
  int error = ready < 0 ? errno : 0;
  socklen_t size = sizeof error;
  if (ready > 0 && ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  if (error != 0) return fail(ErrorCode::kUnreachable, error_from_errno(error, doing).message);
  return {};
}

class LinuxReach final : public NetworkReach {
 public:
  LinuxReach(NameLookup lookup, std::int64_t lookup_limit_ms, std::int64_t connect_limit_ms)
      : lookup_(std::move(lookup)), lookup_limit_ms_(lookup_limit_ms), connect_limit_ms_(connect_limit_ms) {}

  Result<std::vector<std::string>> look_up(const std::string& host) override {
    return with_time_limit<std::vector<std::string>>(lookup_limit_ms_, "looking up " + host,
                                                     [lookup = lookup_, host] { return lookup(host); });
  }

  Status connect(const std::string& address, std::uint16_t port) override {
    const std::string doing = "connecting to " + address + " port " + std::to_string(port);
    TRY_ASSIGN(const AddressList list, resolve(address, std::to_string(port).c_str(), AI_NUMERICHOST | AI_NUMERICSERV));
    const FileDescriptor fd(::socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.valid()) return fail(ErrorCode::kUnreachable, error_from_errno(errno, doing).message);
    if (::connect(fd.get(), list->ai_addr, list->ai_addrlen) == 0) return {};
    if (errno != EINPROGRESS) return fail(ErrorCode::kUnreachable, error_from_errno(errno, doing).message);
    return finish_connecting(fd.get(), connect_limit_ms_, doing);
  }

 private:
  NameLookup lookup_;
  std::int64_t lookup_limit_ms_;
  std::int64_t connect_limit_ms_;
};

bool is_numeric_address(const std::string& host) {
  in6_addr buffer{};
  return ::inet_pton(AF_INET, host.c_str(), &buffer) == 1 || ::inet_pton(AF_INET6, host.c_str(), &buffer) == 1;
}

}  // namespace

Result<CentreAddress> parse_centre_url(const std::string& url) {
  const auto refuse = [&] { return fail(ErrorCode::kInvalidInput, "no https address: " + url); };
  constexpr std::string_view kScheme = "https://";
  if (!url.starts_with(kScheme)) return refuse();
  std::string rest = url.substr(kScheme.size());
  rest = rest.substr(0, rest.find('/'));
  CentreAddress address{"", kHttpsPort};
  std::string port;
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string::npos) return refuse();
    address.host = rest.substr(1, end - 1);
    port = rest.substr(end + 1);
  } else {
    const std::size_t colon = rest.find(':');
    address.host = rest.substr(0, colon);
    if (colon != std::string::npos) port = rest.substr(colon);
  }
  if (address.host.empty()) return refuse();
  if (port.empty()) return address;
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), address.port);
  if (port.front() != ':' || error != std::errc() || end != port.data() + port.size() || address.port == 0) {
    return refuse();
  }
  return address;
}

std::unique_ptr<NetworkReach> make_linux_reach() {
  return make_linux_reach(look_up_by_system, limits::kNameLookupMs, limits::kReachMs);
}

std::unique_ptr<NetworkReach> make_linux_reach(NameLookup lookup, std::int64_t lookup_limit_ms,
                                               std::int64_t connect_limit_ms) {
  return std::make_unique<LinuxReach>(std::move(lookup), lookup_limit_ms, connect_limit_ms);
}

Finding check_name(NetworkReach& reach, const CentreAddress& centre, Env& env) {
  if (is_numeric_address(centre.host))
    return {Outcome::kPass, {}, "the centre is known by its address; there is no name"};
  const std::int64_t began = env.monotonic_ms();
  const auto addresses = reach.look_up(centre.host);
  const Fact took{"took", env.monotonic_ms() - began, Unit::kMilliseconds};
  if (!addresses) return {Outcome::kFail, {took}, addresses.error().message};
  return {Outcome::kPass, {took, {"addresses", static_cast<std::int64_t>(addresses->size()), Unit::kCount}}, ""};
}

Finding check_reach(NetworkReach& reach, const CentreAddress& centre, Env& env) {
  std::vector<std::string> addresses = {centre.host};
  if (!is_numeric_address(centre.host)) {
    auto found = reach.look_up(centre.host);
    if (!found) return {Outcome::kFail, {}, found.error().message};
    addresses = *std::move(found);
  }
  const std::int64_t began = env.monotonic_ms();
  std::string why;
  for (const std::string& address : addresses) {
    const Status connected = reach.connect(address, centre.port);
    const Fact took{"took", env.monotonic_ms() - began, Unit::kMilliseconds};
    if (connected) return {Outcome::kPass, {took}, ""};
    why = connected.error().message;
    // All of them share one patience: a name may have many addresses.
    if (took.value > limits::kReachMs) break;
  }
  return {Outcome::kFail, {{"took", env.monotonic_ms() - began, Unit::kMilliseconds}}, why};
}

}  // namespace mimika::maintenance
