// A network namespace with one TUN device in it, made and held by this process: when the process ends, however it ends,
// both are gone, unless another process still lives inside. Nothing has a name on the machine, so nothing is left
// behind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "tests/support/lossy_link/direction.h"

namespace mimika::lossy {

inline constexpr int kMtu = 1500;

struct SideOptions {
  std::string address;  // IPv4, of this side
  std::string peer;     // of the other one
};

class Side {
 public:
  // kUnauthorised: this process has no right to make namespaces or TUN devices.
  [[nodiscard]] static Result<Side> open(const SideOptions& options);
  Side(Side&& other) noexcept;
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
  Side& operator=(Side&&) = delete;
  ~Side();

  [[nodiscard]] int tun() const { return tun_; }
  // nsenter --net=/proc/<this process>/fd/<number> runs a program inside.
  [[nodiscard]] int namespace_descriptor() const { return namespace_; }

  // The next IPv4 packet that a program in the namespace sent; empty when there is none.
  [[nodiscard]] std::optional<Packet> read_packet() const;
  void write_packet(const Packet& packet) const;

 private:
  Side(int network_namespace, int tun) : namespace_(network_namespace), tun_(tun) {}
  int namespace_;
  int tun_;
};

}  // namespace mimika::lossy
