// What one seed owns: the true time, the dice, the disks, and the account of what happened. Everything of a simulation
// draws from here and nothing from the machine, so that a seed is a whole history.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "kiosk/base/env.h"
#include "tests/support/memory_folder.h"
#include "tests/support/memory_vfs.h"

namespace mimika::sim {

inline constexpr WallMs kBeginMs = 1'795'500'000'000;  // 24 November 2026
inline constexpr std::int64_t kMinuteMs = 60'000;
inline constexpr std::int64_t kHourMs = 60 * kMinuteMs;

// splitmix64: short, and good enough for dice.
class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  bool percent(std::uint64_t chance) { return below(100) < chance; }

 private:
  std::uint64_t state_;
};

// What a history says about itself, line by line. The lines are hashed whether anyone reads them or not: two runs of a
// seed must agree in every one.
class Trace {
 public:
  std::function<void(const std::string&)> listener;
  template <typename... Args>
  void say(fmt::format_string<Args...> text, Args&&... args) {
    add(fmt::format(text, std::forward<Args>(args)...));
  }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }

 private:
  void add(const std::string& line);
  std::uint64_t hash_ = 14695981039346656037ULL;
};

struct Violation {
  std::string invariant;  // a short stable name: "saved"
  std::string text;
};

struct Universe {
  explicit Universe(std::uint64_t seed);
  ~Universe();
  Universe(const Universe&) = delete;
  Universe& operator=(const Universe&) = delete;

  void count(const std::string& what) { ++tally[what]; }
  // Throws; a history ends at the first broken promise.
  [[noreturn]] void violated(const std::string& invariant, const std::string& text) const;
  [[nodiscard]] std::string clock() const;  // "d12 07:33:20"

  Rng rng;
  WallMs now_ms = kBeginMs;
  test::MemoryFolder folder;  // the few files that do not go through SQLite
  test::MemoryVfs disks;
  Trace trace;
  std::map<std::string, std::uint64_t> tally;
};

// One machine's clocks: the true time, seen wrongly.
class SimEnv final : public Env {
 public:
  SimEnv(Universe& universe, std::uint64_t boot_base)
      : universe_(universe), boot_id_(boot_base), booted_ms_(universe.now_ms) {}
  [[nodiscard]] WallMs wall_ms() override { return universe_.now_ms + wrong_by_ms; }
  [[nodiscard]] std::int64_t monotonic_ms() override { return universe_.now_ms - booted_ms_ + 1000; }
  [[nodiscard]] std::uint64_t boot_id() override { return boot_id_; }
  void fill_random(std::span<std::uint8_t> out) override;
  void reboot();
  [[nodiscard]] WallMs true_time_of(std::int64_t monotonic_ms) const { return monotonic_ms + booted_ms_ - 1000; }

  std::int64_t wrong_by_ms = 0;

 private:
  Universe& universe_;
  std::uint64_t boot_id_;
  WallMs booted_ms_;
};

// While one lives, the crypto library takes its randomness from the universe: ephemeral keys are part of the history.
class SeededCrypto {
 public:
  explicit SeededCrypto(Rng& rng);
  ~SeededCrypto();
  SeededCrypto(const SeededCrypto&) = delete;
  SeededCrypto& operator=(const SeededCrypto&) = delete;
};

}  // namespace mimika::sim
