#include "tests/support/lossy_link/network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mimika::lossy {
namespace {

constexpr const char* kOwnNamespace = "/proc/self/ns/net";
constexpr const char* kDevice = "link0";
constexpr std::uint8_t kIpVersion4 = 4;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

std::unexpected<Error> failed(const std::string& what) {
  const int reason = errno;
  const bool refused = reason == EPERM || reason == EACCES || reason == ENOENT;
  return fail(refused ? ErrorCode::kUnauthorised : ErrorCode::kInternal, what + ": " + std::strerror(reason));
}

ifreq request_for(const char* device) {
  ifreq request{};
  std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
  return request;
}

Status set_address(int socket, unsigned long what, const std::string& address) {
  ifreq request = request_for(kDevice);
  sockaddr_in wanted{};
  wanted.sin_family = AF_INET;
  if (::inet_pton(AF_INET, address.c_str(), &wanted.sin_addr) != 1) {
    return fail(ErrorCode::kInvalidInput, "not an IPv4 address: " + address);
  }
  std::memcpy(&request.ifr_addr, &wanted, sizeof wanted);
  if (::ioctl(socket, what, &request) != 0) return failed("giving " + address + " to the device");
  return {};
}

Status bring_up(int socket, const char* device) {
  ifreq request = request_for(device);
  if (::ioctl(socket, SIOCGIFFLAGS, &request) != 0) return failed("asking for the device's flags");
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
  if (::ioctl(socket, SIOCSIFFLAGS, &request) != 0) return failed("bringing the device up");
  return {};
}

Result<int> open_tun() {
  Descriptor tun(::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (tun.get() < 0) return failed("opening the TUN driver");
  ifreq request = request_for(kDevice);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (::ioctl(tun.get(), TUNSETIFF, &request) != 0) return failed("making a TUN device");
  return tun.release();
}

Status configure(const SideOptions& options) {
  const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return failed("opening a socket");
  TRY(set_address(socket.get(), SIOCSIFADDR, options.address));
  TRY(set_address(socket.get(), SIOCSIFDSTADDR, options.peer));
  TRY(bring_up(socket.get(), "lo"));
  return bring_up(socket.get(), kDevice);
}

}  // namespace

Result<Side> Side::open(const SideOptions& options) {
  const Descriptor home(::open(kOwnNamespace, O_RDONLY | O_CLOEXEC));
  if (home.get() < 0) return failed("opening the own namespace");
  if (::unshare(CLONE_NEWNET) != 0) return failed("making a network namespace");
  Descriptor inside(::open(kOwnNamespace, O_RDONLY | O_CLOEXEC));
  Result<int> tun = open_tun();
  const Status configured = tun ? configure(options) : Status{};
  // Back home whatever happened; a socket and a device stay where they were made.
  if (::setns(home.get(), CLONE_NEWNET) != 0) return failed("going back to the own namespace");
  if (!tun) return std::unexpected(std::move(tun).error());
  Side side(inside.release(), *tun);
  if (!configured) return std::unexpected(configured.error());
  return side;
}

Side::Side(Side&& other) noexcept
    : namespace_(std::exchange(other.namespace_, -1)), tun_(std::exchange(other.tun_, -1)) {}

Side::~Side() {
  if (tun_ >= 0) ::close(tun_);
  if (namespace_ >= 0) ::close(namespace_);
}

std::optional<Packet> Side::read_packet() const {
  for (;;) {
    Packet packet(kMtu);
    const ssize_t got = ::read(tun_, packet.data(), packet.size());
    if (got <= 0) return std::nullopt;
    packet.resize(static_cast<std::size_t>(got));
    // The kernel's own questions for IPv6 neighbours are no traffic of anybody's.
    if (packet[0] >> 4 == kIpVersion4) return packet;
  }
}

void Side::write_packet(const Packet& packet) const {
  // A namespace that refuses a packet loses it, as a network does.
  [[maybe_unused]] const ssize_t wrote = ::write(tun_, packet.data(), packet.size());
}

}  // namespace mimika::lossy
