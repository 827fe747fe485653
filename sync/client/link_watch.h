// Tells when this machine's network changed (a link came up, an address or a route appeared), from the kernel's
// netlink notices. No more is concluded from it than that now is a good moment to try.
#pragma once

#include "kiosk/base/result.h"

namespace mimika::sync {

class LinkWatch {
 public:
  // kInternal where the kernel refuses; synchronisation works without it, only later after an outage.
  [[nodiscard]] static Result<LinkWatch> open();
  LinkWatch(LinkWatch&& other) noexcept;
  LinkWatch& operator=(LinkWatch&& other) noexcept;
  LinkWatch(const LinkWatch&) = delete;
  LinkWatch& operator=(const LinkWatch&) = delete;
  ~LinkWatch();

  // To be polled for reading.
  [[nodiscard]] int descriptor() const { return socket_; }
  // Reads what has come, without blocking. True when something came up, or notices were lost and it may have.
  [[nodiscard]] bool take_notices();

 private:
  explicit LinkWatch(int socket) : socket_(socket) {}
  int socket_;
};

}  // namespace mimika::sync
