// One direction of a bad link, as a calculation: when does a packet that is handed in now come out at the other end, if
// it does? A queue, then a line of a certain rate, then the air in which packets get lost, then the distance. A lost
// packet has used the line, as on a real link. Knows no sockets and asks no clock; the same seed loses the same
// packets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <vector>

namespace mimika::lossy {

using Nanoseconds = std::chrono::nanoseconds;  // since any moment; every call on one object uses the same
using Packet = std::vector<std::uint8_t>;

struct LinkSettings {
  double delay_ms = 0;   // half of the round trip
  double jitter_ms = 0;  // added to it, evenly between 0 and this; packets stay in order
  double loss = 0;       // share of the packets lost in the air, on average
  double burst = 1;      // how many packets in a row a loss takes on average (Gilbert-Elliott); 1: independent losses
  double rate_bps = 0;   // bits a second, headers included; 0: no limit
  double queue_bytes = 65536;  // what may wait for the line; more is dropped. Without a rate nothing waits
};

struct Count {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;  // of IP packets, headers included
  void add(std::size_t size) {
    ++packets;
    bytes += size;
  }
};

struct DirectionCounts {
  Count passed;
  Count lost;           // in the air
  Count queue_dropped;  // no room before the line
  Count down_dropped;   // while the link was down, or on its way when it went down
};

class Direction {
 public:
  explicit Direction(std::uint64_t seed) : random_(seed) {}

  void set(const LinkSettings& settings);
  [[nodiscard]] const LinkSettings& settings() const { return settings_; }
  [[nodiscard]] const DirectionCounts& counts() const { return counts_; }
  // How far behind its time the latest packet came out: what the machine, not the link, has added.
  [[nodiscard]] Nanoseconds worst_lateness() const { return worst_lateness_; }

  void take_in(Packet packet, Nanoseconds now, bool link_up);
  [[nodiscard]] std::optional<Nanoseconds> next_due() const;
  // The next packet whose time has come; call until empty.
  [[nodiscard]] std::optional<Packet> take_out(Nanoseconds now);
  // Everything on the way is gone, also what waits for the line.
  void cut();

 private:
  struct OnTheWay {
    Packet packet;
    Nanoseconds due;
  };
  bool air_loses_one();

  LinkSettings settings_;
  DirectionCounts counts_;
  std::mt19937_64 random_;
  bool in_burst_ = false;
  Nanoseconds line_free_at_{0};
  Nanoseconds last_due_{0};
  Nanoseconds worst_lateness_{0};
  std::deque<OnTheWay> on_the_way_;
};

}  // namespace mimika::lossy
