#include "kiosk/base/env.h"

#include <sys/random.h>
#include <time.h>

#include <cstring>

#include "kiosk/base/ascii.h"
#include "kiosk/base/check.h"
#include "kiosk/base/files.h"

namespace mimika {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kNsPerMs = 1'000'000;

std::int64_t read_clock_ms(clockid_t id) {
  timespec now{};
  CHECK(clock_gettime(id, &now) == 0);
  return now.tv_sec * kMsPerSecond + now.tv_nsec / kNsPerMs;
}

std::uint64_t read_boot_id() {
  // A UUID such as "1b4e28ba-2fa1-11d2-…": its first 16 hexadecimal digits are enough to tell boots apart.
  const auto text = read_file("/proc/sys/kernel/random/boot_id", 64);
  if (!text) return 0;
  std::uint64_t id = 0;
  int digits = 0;
  for (const char c : as_text(*text)) {
    if (c == '-' || c == '\n') continue;
    const int value = is_digit(c) ? c - '0' : c - 'a' + 10;
    id = (id << 4) | static_cast<std::uint64_t>(value & 15);
    if (++digits == 16) break;
  }
  return id;
}

class SystemEnv final : public Env {
 public:
  WallMs wall_ms() override { return read_clock_ms(CLOCK_REALTIME); }
  std::int64_t monotonic_ms() override { return read_clock_ms(CLOCK_BOOTTIME); }
  std::uint64_t boot_id() override { return boot_id_; }
  void fill_random(std::span<std::uint8_t> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t got = getrandom(out.data() + done, out.size() - done, 0);
      if (got < 0 && errno == EINTR) continue;
      CHECK(got > 0);
      done += static_cast<std::size_t>(got);
    }
  }

 private:
  std::uint64_t boot_id_ = read_boot_id();
};

}  // namespace

std::unique_ptr<Env> make_system_env() {
  return std::make_unique<SystemEnv>();
}

FakeEnv::FakeEnv(WallMs wall_ms, std::uint64_t seed) : wall_ms_(wall_ms), state_(seed) {}

void FakeEnv::fill_random(std::span<std::uint8_t> out) {
  for (std::uint8_t& byte : out) {
    // splitmix64: short, and good enough for a test's dice.
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    byte = static_cast<std::uint8_t>((z ^ (z >> 31)) >> 24);
  }
}

void FakeEnv::advance_ms(std::int64_t by) {
  wall_ms_ += by;
  monotonic_ms_ += by;
}

void FakeEnv::reboot() {
  ++boot_id_;
  monotonic_ms_ = 0;
}

}  // namespace mimika
