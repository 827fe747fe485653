#include "kiosk/device/stick_finder.h"

#include <unistd.h>

#include "kiosk/device/stick_mount.h"
#include "tests/device/stick_world.h"

namespace mimika::device {
namespace {

struct FakeSystem {
  FakeSystem() {
    disk("sda", "0", 1000);
    disk("sdb", "1", 2048);
    disk("sdc", "1", 0);
    disk("sr0", "1", 100);
    disk("mmcblk0", "1", 4096);
    for (const char* part : {"sdb/sdb1", "sdb/sdb2", "mmcblk0/mmcblk0p1"}) fact(std::string(part) + "/partition", "1");
    fact("sdb/device/vendor", "SanDisk ");
    fact("sdb/device/model", "Ultra\x1b[");
    fact("sdb/ro", "1");
    std::ofstream(folder / "mounts") << "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/my\\040stick vfat rw 0 0\n"
                                     << "/dev/mmcblk0p1 /boot/firmware vfat rw 0 0\nbroken\n";
  }
  void disk(const std::string& name, const std::string& removable, std::uint64_t sectors) {
    fact(name + "/removable", removable);
    fact(name + "/size", std::to_string(sectors));
  }
  void fact(const std::string& path, const std::string& text) {
    const std::filesystem::path full = folder / ("block/" + path);
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << text << "\n";
  }
  test::TempFolder folder;
};

TEST_CASE("sticks are found with their partitions and where they are mounted, and nothing else is called one") {
  const FakeSystem system;
  LinuxStickFinder finder(system.folder / "block", system.folder / "mounts");
  const auto found = finder.find();
  REQUIRE(found);
  // sda stays where it is, sdc is an empty slot, sr0 a drive for discs, and from mmcblk0 the machine starts.
  REQUIRE(found->size() == 1);
  const PluggedStick& stick = found->at(0);
  CHECK(stick.device == "/dev/sdb");
  CHECK(stick.model == "SanDisk Ultra\\x1b[");
  CHECK(stick.bytes == 2048 * 512);
  CHECK(stick.read_only);
  CHECK(stick.partitions == std::vector<std::string>{"/dev/sdb1", "/dev/sdb2"});
  CHECK(stick.mounted_at == std::vector<std::string>{"/media/my stick"});
  CHECK_FALSE(LinuxStickFinder(system.folder / "gone", "").find());
  CHECK(device_of_partition("/dev/sdb", 0) == "/dev/sdb");
  CHECK(device_of_partition("/dev/sdb", 2) == "/dev/sdb2");
  CHECK(device_of_partition("/dev/mmcblk0", 1) == "/dev/mmcblk0p1");
}

TEST_CASE("a stick is mounted where nothing on it can run, and is free to be pulled afterwards") {
  test::StickImages images;
  const auto image = images.make("ext4");
  if (!image) return;
  if (::geteuid() != 0 || test::shell("losetup -f") != 0) {
    WARN("left out: no right to mount");
    return;
  }
  const std::string name = images.folder / "loop";
  REQUIRE(test::shell("true") == 0);
  REQUIRE(std::system(("losetup -f --show " + *image + " > " + name).c_str()) == 0);
  std::string loop;
  std::getline(std::ifstream(name) >> std::ws, loop);
  const StickReport report = images.inspect(loop);
  CHECK(report.verdict == StickVerdict::kUsable);
  LinuxStickMount mount(images.folder / "mounted");
  {
    auto mounted = mount.mount(loop, report, StickAccess::kReadAndWrite);
    if (mounted) {
      const std::string folder = (*mounted)->folder();
      CHECK(std::filesystem::exists(folder + "/a.txt"));
      std::ofstream(folder + "/run") << "#!/bin/sh\n";
      std::filesystem::permissions(folder + "/run", std::filesystem::perms::owner_all);
      CHECK(test::shell(folder + "/run") != 0);
      CHECK_FALSE(std::ifstream(folder + "/passwd").good());  // a link
      CHECK(images.inspect(loop).dirty);
      CHECK((*mounted)->unmount());
      CHECK((*mounted)->unmount());
      CHECK_FALSE(std::filesystem::exists(folder));
      CHECK_FALSE(images.inspect(loop).dirty);
    } else {
      WARN("left out: " + mounted.error().message);
    }
    StickReport hostile = report;
    hostile.verdict = StickVerdict::kHostile;
    CHECK_FALSE(mount.mount(loop, hostile, StickAccess::kRead));
  }
  CHECK(test::shell("losetup -d " + loop) == 0);
}

}  // namespace
}  // namespace mimika::device
