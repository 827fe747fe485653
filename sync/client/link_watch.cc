#include "sync/client/link_watch.h"

#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "kiosk/base/files.h"

namespace mimika::sync {
namespace {

constexpr std::size_t kNoticeBytes = 16UZ * 1024;
constexpr int kReadsPerTurn = 64;  // a storm of notices is as good as one

bool says_something_came_up(const nlmsghdr& header, const std::uint8_t* payload, std::size_t size) {
  if (header.nlmsg_type == RTM_NEWADDR || header.nlmsg_type == RTM_NEWROUTE) return true;
  if (header.nlmsg_type != RTM_NEWLINK || size < sizeof(ifinfomsg)) return false;
  ifinfomsg link{};
  std::memcpy(&link, payload, sizeof link);
  return (link.ifi_flags & IFF_RUNNING) != 0;
}

bool holds_good_news(const std::uint8_t* bytes, std::size_t size) {
  while (size >= sizeof(nlmsghdr)) {
    nlmsghdr header{};
    std::memcpy(&header, bytes, sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > size) return false;
    if (says_something_came_up(header, bytes + NLMSG_HDRLEN, header.nlmsg_len - sizeof header)) return true;
    const std::size_t step = std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), size);
    bytes += step;
    size -= step;
  }
  return false;
}

}  // namespace

Result<LinkWatch> LinkWatch::open() {
  const int fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (fd < 0) return fail(ErrorCode::kInternal, error_from_errno(errno, "opening a netlink socket").message);
  LinkWatch watch(fd);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return fail(ErrorCode::kInternal, error_from_errno(errno, "listening to network changes").message);
  }
  return watch;
}

LinkWatch::LinkWatch(LinkWatch&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

LinkWatch& LinkWatch::operator=(LinkWatch&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}

LinkWatch::~LinkWatch() {
  if (socket_ >= 0) ::close(socket_);
}

bool LinkWatch::take_notices() {
  bool good_news = false;
  std::uint8_t buffer[kNoticeBytes];
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got > 0) {
      good_news = holds_good_news(buffer, static_cast<std::size_t>(got)) || good_news;
    } else if (got < 0 && errno == ENOBUFS) {
      good_news = true;  // notices were lost
    } else if (got == 0 || errno != EINTR) {
      break;
    }
  }
  return good_news;
}

}  // namespace mimika::sync
