// A kiosk whose battery is dead, and what the centre makes of its times.
#include "kiosk/model/clock_estimate.h"
#include "sync/central/store/clocks.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

constexpr std::int64_t kHour = 3'600'000;

struct ClockWorld : test::JoinedWorld {
  ClockWorld() {
    kiosk_env = &kiosk;
    open();
  }
  void pass(std::int64_t ms) {
    kiosk.advance_ms(ms);
    centre.env.advance_ms(ms);
  }
  // The power was gone for so long, and with it the time.
  void lose_power(std::int64_t ms) {
    kiosk.reboot();
    kiosk.set_wall_ms(0);
    centre.env.advance_ms(ms);
    open();
  }
  [[nodiscard]] TimeRange estimate(const TicketId& ticket) {
    const auto range = central::when_happened(centre.database(), ticket);
    REQUIRE(range);
    REQUIRE(*range);
    return **range;
  }

  FakeEnv kiosk{0, 77};
};

TEST_CASE("what a boot filed before its first call has the centre's time once it has called", "[joined]") {
  ClockWorld world;
  const WallMs filed_at = world.centre.env.wall_ms();
  const TicketId ticket = world.file();
  world.pass(5 * kHour);
  REQUIRE(world.round());
  CHECK(world.estimate(ticket) == TimeRange{filed_at, filed_at});
  // And what comes later in the same boot.
  world.pass(3 * kHour);
  const WallMs later = world.centre.env.wall_ms();
  const TicketId second = world.file();
  world.pass(kHour);
  REQUIRE(world.round());
  CHECK(world.estimate(second) == TimeRange{later, later});
}

TEST_CASE("a boot without a call lies between the calls around it", "[joined]") {
  ClockWorld world;
  world.file();
  REQUIRE(world.round());
  const WallMs last_call = world.centre.env.wall_ms();
  world.pass(2 * kHour);
  world.lose_power(20 * kHour);
  world.pass(kHour);
  const WallMs filed_at = world.centre.env.wall_ms();
  const TicketId ticket = world.file();
  world.pass(kHour);
  world.lose_power(30 * kHour);
  const WallMs booted = world.centre.env.wall_ms();
  world.file();
  world.pass(kHour);
  REQUIRE(world.round());
  const TimeRange range = world.estimate(ticket);
  CHECK(range.earliest_ms == last_call + kHour);
  CHECK(range.latest_ms == booted);
  CHECK((range.earliest_ms <= filed_at && filed_at <= range.latest_ms));
}

TEST_CASE("the ticket's page says by whose clock it was filed, and how surely", "[joined]") {
  ClockWorld world;
  auto browser = test::browser_of(world.centre, "siti", Role::kSuperAdmin);
  const TicketId exact = world.file();
  REQUIRE(world.round());
  CHECK(test::contains(browser.get(test::ticket_path_of(exact)).body, "menurut jam pusat; jam kios belum pasti"));
  world.pass(2 * kHour);
  world.lose_power(20 * kHour);
  const TicketId between = world.file();
  world.pass(kHour);
  world.lose_power(30 * kHour);
  world.file();
  REQUIRE(world.round());
  browser.log_in("siti");  // days have passed
  const std::string page = browser.get(test::ticket_path_of(between)).body;
  const std::size_t said = page.find("antara ");
  REQUIRE(said != std::string::npos);
  CHECK(page.find("(jam kios belum pasti)", said) - said < 100);
}

}  // namespace
}  // namespace mimika
