#include "tests/support/lossy_link/direction.h"

#include <algorithm>
#include <utility>

namespace mimika::lossy {
namespace {

constexpr double kBitsPerByte = 8;
constexpr double kNsPerMs = 1e6;
constexpr double kNsPerSecond = 1e9;

Nanoseconds from_ns(double ns) {
  return Nanoseconds(static_cast<std::int64_t>(ns));
}

double chance(std::mt19937_64& random) {
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

void Direction::set(const LinkSettings& settings) {
  settings_ = settings;
}

// Two states: everything passes, or everything is lost. The mean stay in the second is `burst` packets, and the way
// into it as likely as makes `loss` of all packets fall into it.
bool Direction::air_loses_one() {
  const double fall = chance(random_);
  if (settings_.burst <= 1) return fall < settings_.loss;
  if (settings_.loss >= 1) return true;
  const double leave = 1 / settings_.burst;
  const double enter = leave * settings_.loss / (1 - settings_.loss);
  in_burst_ = in_burst_ ? fall >= leave : fall < enter;
  return in_burst_;
}

void Direction::take_in(Packet packet, Nanoseconds now, bool link_up) {
  const std::size_t size = packet.size();
  if (!link_up) return counts_.down_dropped.add(size);
  Nanoseconds sent = now;
  if (settings_.rate_bps > 0) {
    const Nanoseconds begins = std::max(now, line_free_at_);
    const double waiting =
        static_cast<double>((begins - now).count()) / kNsPerSecond * settings_.rate_bps / kBitsPerByte;
    if (waiting + static_cast<double>(size) > settings_.queue_bytes) return counts_.queue_dropped.add(size);
    sent = begins + from_ns(static_cast<double>(size) * kBitsPerByte / settings_.rate_bps * kNsPerSecond);
    line_free_at_ = sent;
  }
  if (air_loses_one()) return counts_.lost.add(size);
  const double distance_ms = settings_.delay_ms + settings_.jitter_ms * chance(random_);
  last_due_ = std::max(last_due_, sent + from_ns(distance_ms * kNsPerMs));
  on_the_way_.push_back({std::move(packet), last_due_});
}

std::optional<Nanoseconds> Direction::next_due() const {
  if (on_the_way_.empty()) return std::nullopt;
  return on_the_way_.front().due;
}

std::optional<Packet> Direction::take_out(Nanoseconds now) {
  if (on_the_way_.empty() || on_the_way_.front().due > now) return std::nullopt;
  worst_lateness_ = std::max(worst_lateness_, now - on_the_way_.front().due);
  Packet packet = std::move(on_the_way_.front().packet);
  on_the_way_.pop_front();
  counts_.passed.add(packet.size());
  return packet;
}

void Direction::cut() {
  for (const OnTheWay& packet : on_the_way_) counts_.down_dropped.add(packet.packet.size());
  on_the_way_.clear();
  line_free_at_ = Nanoseconds{0};
}

}  // namespace mimika::lossy
