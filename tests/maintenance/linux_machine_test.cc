// The readers of /proc and /sys, over made-up trees: what is there, what is missing, and what is nonsense.
#include "kiosk/maintenance/linux_machine.h"

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/maintenance/write_probe.h"
#include "tests/maintenance/made_up_tree.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

struct World {
  test::MadeUpTree tree;
  FakeEnv env{1'795'000'000'000};
  std::unique_ptr<Machine> machine = make_linux_machine(env, tree.root());
};

}  // namespace

TEST_CASE("A machine without any of the parts says so of each") {
  World world;
  CHECK(world.machine->wear().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->temperatures().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->rtc().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->supplies().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->links().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->watchdog().error().code == ErrorCode::kNotFound);
  CHECK(world.machine->memory().error().code == ErrorCode::kNotFound);
}

TEST_CASE("The space is that of the folder's own disk, and a folder that is missing is an error") {
  World world;
  const auto space = world.machine->space(world.tree.root());
  REQUIRE(space.has_value());
  CHECK(space->total_bytes > 0);
  CHECK(space->free_bytes <= space->total_bytes);
  CHECK_FALSE(world.machine->space(world.tree.root() + "/nowhere").has_value());
}

TEST_CASE("An eMMC tells its life in tenths, and the worse of its two kinds of memory counts") {
  World world;
  world.tree.write("sys/block/mmcblk0/device/life_time", "0x02 0x05\n");
  world.tree.write("sys/block/mmcblk0/device/pre_eol_info", "0x02\n");
  world.tree.write("sys/block/sda/device/model", "a disk that says nothing of its life\n");
  const auto wear = world.machine->wear();
  REQUIRE(wear.has_value());
  REQUIRE(wear->size() == 1);
  CHECK(wear->front().device == "mmcblk0");
  CHECK(wear->front().used_percent == 50);
  CHECK(wear->front().reserve_state == 2);
}

TEST_CASE("An eMMC that does not tell its life counts as one that says nothing, and nonsense is not believed") {
  World world;
  world.tree.write("sys/block/mmcblk0/device/life_time", "0x00 0x00\n");
  CHECK(world.machine->wear().error().code == ErrorCode::kNotFound);
  for (const char* nonsense : {"0x0c 0x01\n", "seven\n", "0xzz\n", "0x-1\n"}) {
    INFO(nonsense);
    world.tree.write("sys/block/mmcblk0/device/life_time", nonsense);
    CHECK(world.machine->wear().error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("The memory is read from meminfo, and one that makes no sense is refused") {
  World world;
  world.tree.write("proc/meminfo", "MemTotal:        2048000 kB\nMemFree:  1000 kB\nMemAvailable:    1024000 kB\n");
  const auto memory = world.machine->memory();
  REQUIRE(memory.has_value());
  CHECK(memory->total_bytes == 2'048'000ULL * 1024);
  CHECK(memory->available_bytes == 1'024'000ULL * 1024);
  world.tree.write("proc/meminfo", "MemTotal:  10 kB\nMemAvailable: 20 kB\n");
  CHECK(world.machine->memory().error().code == ErrorCode::kCorrupt);
  world.tree.write("proc/meminfo", "nothing\n");
  CHECK(world.machine->memory().error().code == ErrorCode::kCorrupt);
}

TEST_CASE("Temperatures come from zones and chips, each with what is critical for it") {
  World world;
  world.tree.write("sys/class/thermal/thermal_zone0/temp", "51234\n");
  world.tree.write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
  world.tree.write("sys/class/thermal/thermal_zone0/trip_point_0_type", "passive\n");
  world.tree.write("sys/class/thermal/thermal_zone0/trip_point_0_temp", "80000\n");
  world.tree.write("sys/class/thermal/thermal_zone0/trip_point_1_type", "critical\n");
  world.tree.write("sys/class/thermal/thermal_zone0/trip_point_1_temp", "110000\n");
  world.tree.write("sys/class/hwmon/hwmon0/name", "nvme\n");
  world.tree.write("sys/class/hwmon/hwmon0/temp1_input", "40000\n");
  world.tree.write("sys/class/hwmon/hwmon0/temp1_crit", "84850\n");
  const auto found = world.machine->temperatures();
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 2);
  CHECK(found->at(0).sensor == "cpu-thermal");
  CHECK(found->at(0).critical_milli_celsius == 110'000);
  CHECK(found->at(1).milli_celsius == 40'000);
  CHECK(found->at(1).critical_milli_celsius == 84'850);
  world.tree.write("sys/class/hwmon/hwmon0/temp1_input", "hot\n");
  CHECK(world.machine->temperatures().error().code == ErrorCode::kCorrupt);
}

TEST_CASE("The clock chip tells its time, and its battery where it can") {
  World world;
  world.tree.write("sys/class/rtc/rtc0/since_epoch", "1795000000\n");
  auto rtc = world.machine->rtc();
  REQUIRE(rtc.has_value());
  CHECK(rtc->since_epoch_s == 1'795'000'000);
  CHECK_FALSE(rtc->battery_microvolts.has_value());
  world.tree.write("sys/class/rtc/rtc0/battery_voltage", "2950000\n");
  CHECK(world.machine->rtc()->battery_microvolts == 2'950'000);
  world.tree.write("sys/class/rtc/rtc0/battery_voltage", "full\n");
  CHECK(world.machine->rtc().error().code == ErrorCode::kCorrupt);
}

TEST_CASE("Supplies are told apart, and the battery of a keyboard is none of the kiosk's") {
  World world;
  world.tree.write("sys/class/power_supply/AC/type", "Mains\n");
  world.tree.write("sys/class/power_supply/AC/online", "1\n");
  world.tree.write("sys/class/power_supply/ups0/type", "UPS\n");
  world.tree.write("sys/class/power_supply/ups0/capacity", "83\n");
  world.tree.write("sys/class/power_supply/ups0/status", "Charging\n");
  world.tree.write("sys/class/power_supply/keyboard/type", "Battery\n");
  world.tree.write("sys/class/power_supply/keyboard/scope", "Device\n");
  const auto supplies = world.machine->supplies();
  REQUIRE(supplies.has_value());
  REQUIRE(supplies->size() == 2);
  CHECK(supplies->at(0).kind == SupplyKind::kMains);
  CHECK(supplies->at(0).online == true);
  CHECK(supplies->at(1).kind == SupplyKind::kUps);
  CHECK(supplies->at(1).percent == 83);
  world.tree.write("sys/class/power_supply/ups0/capacity", "410\n");
  CHECK(world.machine->supplies().error().code == ErrorCode::kCorrupt);
}

TEST_CASE("Only interfaces that are devices count as links") {
  World world;
  world.tree.write("sys/class/net/lo/carrier", "1\n");
  world.tree.make_folder("sys/class/net/eth0/device");
  world.tree.write("sys/class/net/eth0/carrier", "0\n");
  world.tree.make_folder("sys/class/net/wlan0/device");
  world.tree.make_folder("sys/class/net/wlan0/wireless");
  world.tree.write("sys/class/net/wlan0/carrier", "1\n");
  const auto links = world.machine->links();
  REQUIRE(links.has_value());
  REQUIRE(links->size() == 2);
  CHECK_FALSE(links->at(0).carrier);
  CHECK_FALSE(links->at(0).wireless);
  CHECK(links->at(1).carrier);
  CHECK(links->at(1).wireless);
}

TEST_CASE("Addresses are this kiosk's own, and the way out is the default route") {
  World world;
  world.tree.write("proc/net/fib_trie",
                   "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n"
                   "        |-- 127.0.0.1\n           /32 host LOCAL\n"
                   "        |-- 192.168.1.0\n           /24 link UNICAST\n"
                   "        |-- 192.168.1.20\n           /32 host LOCAL\n"
                   "Local:\n        |-- 192.168.1.20\n           /32 host LOCAL\n");
  auto addresses = world.machine->addresses();
  REQUIRE(addresses.has_value());
  CHECK(addresses->addresses == std::vector<std::string>{"192.168.1.20"});
  CHECK_FALSE(addresses->default_route);
  world.tree.write("proc/net/route", "Iface\tDestination\tGateway\neth0\t00000000\t0101A8C0\n");
  CHECK(world.machine->addresses()->default_route);
}

TEST_CASE("The watchdog tells whether it is switched on") {
  World world;
  world.tree.write("sys/class/watchdog/watchdog0/identity", "Broadcom BCM2835 Watchdog timer\n");
  world.tree.write("sys/class/watchdog/watchdog0/state", "active\n");
  world.tree.write("sys/class/watchdog/watchdog0/timeout", "15\n");
  const auto dog = world.machine->watchdog();
  REQUIRE(dog.has_value());
  CHECK(dog->active);
  CHECK(dog->timeout_s == 15);
}

TEST_CASE("The write-back probe reads what it wrote and leaves nothing behind") {
  World world;
  const auto probe = world.machine->probe(world.tree.root());
  REQUIRE(probe.has_value());
  CHECK(probe->same);
  CHECK(probe->write_bytes_per_s > 0);
  CHECK(std::filesystem::is_empty(world.tree.root()));
}

TEST_CASE("The write-back probe does not follow a link, and a folder that is missing is an error") {
  World world;
  world.tree.write("precious", "kept");
  std::filesystem::create_symlink(world.tree.root() + "/precious", world.tree.root() + "/write-probe");
  CHECK_FALSE(world.machine->probe(world.tree.root()).has_value());
  CHECK(std::filesystem::file_size(world.tree.root() + "/precious") == 4);
  CHECK(world.machine->probe(world.tree.root() + "/nowhere").error().code == ErrorCode::kNotFound);
}
