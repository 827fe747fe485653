// Time, randomness and the few file operations we need arrive through Env, so that a test, and the simulator, own them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika {

// Milliseconds since 1970-01-01T00:00:00Z. What the machine claims; see ClockConfidence for what it is worth.
using WallMs = std::int64_t;
inline constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

class Env {
 public:
  virtual ~Env() = default;
  [[nodiscard]] virtual WallMs wall_ms() = 0;
  // Milliseconds since this boot, never running backwards (CLOCK_BOOTTIME: it counts suspend).
  [[nodiscard]] virtual std::int64_t monotonic_ms() = 0;
  // The same for every process of one boot, another after a restart of the machine.
  [[nodiscard]] virtual std::uint64_t boot_id() = 0;
  virtual void fill_random(std::span<std::uint8_t> out) = 0;
};

// The real machine. Reads /proc/sys/kernel/random/boot_id and the kernel's random generator.
[[nodiscard]] std::unique_ptr<Env> make_system_env();

// A test's world: time stands still until it is moved, randomness comes from a seed.
class FakeEnv final : public Env {
 public:
  explicit FakeEnv(WallMs wall_ms, std::uint64_t seed = 1);
  [[nodiscard]] WallMs wall_ms() override { return wall_ms_ += reading_takes_ms_; }
  [[nodiscard]] std::int64_t monotonic_ms() override { return monotonic_ms_; }
  [[nodiscard]] std::uint64_t boot_id() override { return boot_id_; }
  void fill_random(std::span<std::uint8_t> out) override;

  void advance_ms(std::int64_t by);  // both clocks
  // Between two readings of one call some time passes, as it does in life.
  void let_readings_take_ms(std::int64_t ms) { reading_takes_ms_ = ms; }
  void set_wall_ms(WallMs to) { wall_ms_ = to; }  // the wall clock alone: a dead battery, a wrong hand
  void reboot();                                  // another boot, the monotonic clock at zero

 private:
  WallMs wall_ms_;
  std::int64_t reading_takes_ms_ = 0;
  std::int64_t monotonic_ms_ = 1000;
  std::uint64_t boot_id_ = 1;
  std::uint64_t state_;
};

template <typename Integer>
[[nodiscard]] Integer random_integer(Env& env) {
  Integer value{};
  env.fill_random({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
  return value;
}

}  // namespace mimika
