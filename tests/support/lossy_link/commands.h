// The words that lossy_link understands on its standard input and what it tells in return. Knows no sockets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "tests/support/lossy_link/direction.h"

namespace mimika::lossy {

class Link {
 public:
  explicit Link(std::uint64_t seed) : up(2 * seed), down(2 * seed + 1) {}

  Direction up;    // from the near side to the far one
  Direction down;  // from the far side to the near one

  [[nodiscard]] bool is_up() const { return is_up_; }
  void switch_to(bool up);

  // Up for so long, down for so long, up again …, beginning with up at `now`.
  void start_windows(Nanoseconds up_for, Nanoseconds down_for, Nanoseconds now);
  void stop_windows() { next_switch_.reset(); }
  void obey_windows(Nanoseconds now);
  [[nodiscard]] std::optional<Nanoseconds> next_switch() const { return next_switch_; }
  [[nodiscard]] std::uint64_t windows() const { return windows_; }

  [[nodiscard]] std::optional<Nanoseconds> next_due() const;

 private:
  bool is_up_ = true;
  Nanoseconds up_for_{0};
  Nanoseconds down_for_{0};
  std::optional<Nanoseconds> next_switch_;
  std::uint64_t windows_ = 0;  // begun since start_windows()
};

// "loss=0.05" for both directions, "up.rate=64000" for one. Names: delay, jitter (ms), loss, burst, rate (bit/s),
// queue.
[[nodiscard]] Status apply_setting(Link& link, const std::string& setting);

// One line of standard input: "up", "down", "windows UP_MS DOWN_MS", "windows off", "set NAME VALUE", "stats". The
// answer is one line: "ok", the figures as JSON, or an error.
[[nodiscard]] Result<std::string> obey(Link& link, const std::string& line, Nanoseconds now);

[[nodiscard]] std::string stats_json(const Link& link);

}  // namespace mimika::lossy
