#include "sync/client/link_watch.h"

#include <linux/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <thread>

namespace mimika::sync {
namespace {

bool set_loopback(bool up) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  bool done = ::ioctl(fd, SIOCGIFFLAGS, &request) == 0;
  const int flags = up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP;
  request.ifr_flags = static_cast<short>(flags);
  done = done && ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  ::close(fd);
  return done;
}

bool readable_within(int fd, int ms) {
  pollfd watched{fd, POLLIN, 0};
  return ::poll(&watched, 1, ms) == 1;
}

TEST_CASE("a quiet network says nothing") {
  auto watch = LinkWatch::open();
  REQUIRE(watch);
  REQUIRE_FALSE(watch->take_notices());
}

TEST_CASE("an interface that comes up is noticed, one that goes down is not called good news") {
  // In a network of its own, so that nothing here depends on the machine's or disturbs it. Namespaces belong to
  // threads, so a thread of its own as well.
  bool separate = false;
  bool noticed_up = false;
  bool noticed_down = false;
  std::thread([&] {
    separate = ::unshare(CLONE_NEWNET) == 0;
    auto watch = LinkWatch::open();
    if (!separate || !watch) return;
    if (!set_loopback(true)) return;
    noticed_up = readable_within(watch->descriptor(), 5'000) && watch->take_notices();
    while (readable_within(watch->descriptor(), 100)) (void)watch->take_notices();
    if (!set_loopback(false)) return;
    while (readable_within(watch->descriptor(), 200)) noticed_down = watch->take_notices() || noticed_down;
  }).join();
  if (!separate) {
    WARN("not run: making a network namespace is not allowed here");
    return;
  }
  REQUIRE(noticed_up);
  REQUIRE_FALSE(noticed_down);
}

}  // namespace
}  // namespace mimika::sync
