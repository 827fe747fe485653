#include "tests/sim/universe.h"

namespace mimika::sim {

std::uint64_t Rng::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

void Trace::add(const std::string& line) {
  for (const char c : line) hash_ = (hash_ ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  hash_ = (hash_ ^ 10U) * 1099511628211ULL;
  if (listener) listener(line);
}

Universe::Universe(std::uint64_t seed) : rng(seed), disks(seed) {}
Universe::~Universe() = default;

void Universe::violated(const std::string& invariant, const std::string& text) const {
  throw Violation{invariant, text};
}

std::string Universe::clock() const {
  const std::int64_t passed = now_ms - kBeginMs;
  return fmt::format("d{} {:02}:{:02}:{:02}", passed / kDayMs, passed / kHourMs % 24, passed / kMinuteMs % 60,
                     passed / 1000 % 60);
}

void SimEnv::fill_random(std::span<std::uint8_t> out) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % 8 == 0) word = universe_.rng.next();
    out[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
  }
}

void SimEnv::reboot() {
  ++boot_id_;
  booted_ms_ = universe_.now_ms;
}

}  // namespace mimika::sim
