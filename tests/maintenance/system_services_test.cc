// Clock, zone and power over a real bus, as dbusmock plays the services.
#include "kiosk/maintenance/system_services.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/maintenance/mock_bus.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

bool missing(const test::MockBus& bus) {
  if (!bus.available()) WARN("dbus-daemon or python3-dbusmock is not installed");
  return !bus.available();
}

}  // namespace

TEST_CASE("Timedated tells and takes the zone, and the clock by hand while time servers are asked") {
  test::MockBus bus;
  if (missing(bus)) return;
  bus.play("timedated", "org.freedesktop.timedate1", R"({"Timezone": "Etc/UTC", "NTP": true})");
  const auto time = open_timedated(bus.address());
  REQUIRE(time.has_value());
  CHECK((*time)->state()->zone == "Etc/UTC");
  CHECK((*time)->state()->from_network);
  REQUIRE((*time)->set_zone(kZoneOfMimika).has_value());
  CHECK((*time)->state()->zone == kZoneOfMimika);
  REQUIRE((*time)->set_clock(1'795'000'000'000).has_value());
  CHECK((*time)->state()->from_network);
  const std::string heard = bus.heard();
  CHECK(heard.find("SetTime 1795000000000000 False False") != std::string::npos);
  CHECK(heard.find("SetNTP False") < heard.find("SetTime "));
}

TEST_CASE("A zone that leaves the folder of zones, or is none, is refused before anybody is asked") {
  FakeTimeSettings fake;
  for (const char* wrong : {"", "/etc/passwd", "Asia/Jayapura;", "a b", "../etc/passwd"}) {
    INFO(wrong);
    CHECK_FALSE(fake.set_zone(wrong).has_value());
  }
  CHECK_FALSE(fake.set_zone(std::string(65, 'A')).has_value());
  CHECK(fake.set_zone("America/Argentina/ComodRivadavia").has_value());
  CHECK(fake.set_zone("Etc/GMT+9").has_value());
}

TEST_CASE("Logind is told to restart and to switch off") {
  test::MockBus bus;
  if (missing(bus)) return;
  bus.play("logind", "org.freedesktop.login1");
  const auto power = open_logind(bus.address());
  REQUIRE(power.has_value());
  REQUIRE((*power)->restart().has_value());
  REQUIRE((*power)->power_off().has_value());
  CHECK(bus.heard().find("Reboot False") != std::string::npos);
  CHECK(bus.heard().find("PowerOff False") != std::string::npos);
}

TEST_CASE("On a bus without these services that is said") {
  const test::MockBus bus;
  if (missing(bus)) return;
  CHECK((*open_timedated(bus.address()))->state().error().code == ErrorCode::kUnreachable);
  CHECK((*open_logind(bus.address()))->power_off().error().code == ErrorCode::kUnreachable);
  CHECK(open_timedated("unix:path=/nowhere/bus").error().code == ErrorCode::kUnreachable);
}

TEST_CASE("A clock set by hand is vouched for until the machine is started again, and the centre's word is better") {
  const test::TempFolder folder;
  FakeEnv env(1'795'000'000'000);
  const std::string place = folder / "maintenance";
  CHECK(clock_confidence(ClockConfidence::kUnknown, place, env) == ClockConfidence::kUnknown);
  REQUIRE(note_clock_set_by_hand(place, env).has_value());
  CHECK(clock_confidence(ClockConfidence::kUnknown, place, env) == ClockConfidence::kSetByHand);
  CHECK(clock_confidence(ClockConfidence::kSynced, place, env) == ClockConfidence::kSynced);
  CHECK(clock_confidence(ClockConfidence::kRanBackwards, place, env) == ClockConfidence::kRanBackwards);
  env.reboot();
  CHECK(clock_confidence(ClockConfidence::kUnknown, place, env) == ClockConfidence::kUnknown);
}
