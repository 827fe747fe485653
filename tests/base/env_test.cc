#include "kiosk/base/env.h"

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>

namespace mimika {
namespace {

TEST_CASE("a fake world stands still until it is moved") {
  FakeEnv env(1'700'000'000'000);
  const std::int64_t monotonic = env.monotonic_ms();
  CHECK(env.wall_ms() == 1'700'000'000'000);
  CHECK(env.wall_ms() == 1'700'000'000'000);

  env.advance_ms(250);
  CHECK(env.wall_ms() == 1'700'000'000'250);
  CHECK(env.monotonic_ms() == monotonic + 250);
}

TEST_CASE("a fake wall clock can be wrong while the monotonic one goes on") {
  FakeEnv env(1'700'000'000'000);
  const std::int64_t monotonic = env.monotonic_ms();
  env.set_wall_ms(0);
  CHECK(env.wall_ms() == 0);
  CHECK(env.monotonic_ms() == monotonic);
}

TEST_CASE("a fake reboot is another boot, its monotonic clock at zero") {
  FakeEnv env(1'700'000'000'000);
  const std::uint64_t boot = env.boot_id();
  CHECK(env.boot_id() == boot);
  env.reboot();
  CHECK(env.boot_id() != boot);
  CHECK(env.monotonic_ms() == 0);
  CHECK(env.wall_ms() == 1'700'000'000'000);
}

TEST_CASE("fake randomness is its seed's, and no two draws are alike") {
  const auto draw = [](FakeEnv& env) {
    std::array<std::uint8_t, 16> bytes{};
    env.fill_random(bytes);
    return bytes;
  };
  FakeEnv one(0, 7);
  FakeEnv same(0, 7);
  FakeEnv other(0, 8);
  const auto first = draw(one);
  CHECK(first == draw(same));
  CHECK(first != draw(other));
  CHECK(first != draw(one));
}

TEST_CASE("the real machine has a boot, clocks that move and randomness") {
  const auto env = make_system_env();
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  CHECK(env->wall_ms() >= now);
  CHECK(env->wall_ms() - now < 60'000);
  const std::int64_t before = env->monotonic_ms();
  CHECK(before > 0);
  CHECK(env->monotonic_ms() >= before);
  CHECK(env->boot_id() != 0);
  CHECK(env->boot_id() == make_system_env()->boot_id());

  std::set<std::uint64_t> drawn;
  for (int i = 0; i < 100; ++i) drawn.insert(random_integer<std::uint64_t>(*env));
  CHECK(drawn.size() == 100);
}

}  // namespace
}  // namespace mimika
