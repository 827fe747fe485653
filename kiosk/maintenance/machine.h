// What the machine tells about itself, as numbers. The Linux part is linux_machine.h; FakeMachine is a test's, and
// what a screen is tried with where there is no such hardware.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::maintenance {

struct SpaceReading {
  std::uint64_t total_bytes = 0;
  std::uint64_t free_bytes = 0;  // for those who are not the administrator
};

// Of one eMMC. Others do not tell the system.
struct WearReading {
  std::string device;                // "mmcblk0"
  int used_percent = 0;              // of its life, rounded up to tens as the device says it; 110: over
  std::optional<int> reserve_state;  // 1 normal, 2 four fifths of the spare blocks are used, 3 nine tenths
};

struct ProbeReading {
  std::int64_t write_bytes_per_s = 0;  // fsync included
  std::int64_t read_bytes_per_s = 0;
  std::int64_t sync_ms = 0;
  bool same = false;  // what was read is what was written
};

struct MemoryReading {
  std::uint64_t total_bytes = 0;
  std::uint64_t available_bytes = 0;
};

struct TemperatureReading {
  std::string sensor;
  std::int64_t milli_celsius = 0;
  std::optional<std::int64_t> critical_milli_celsius;  // where the machine switches itself off
};

struct RtcReading {
  std::int64_t since_epoch_s = 0;
  std::optional<std::int64_t> battery_microvolts;
};

enum class SupplyKind : std::uint8_t { kMains, kBattery, kUps, kOther };
struct SupplyReading {
  std::string name;
  SupplyKind kind = SupplyKind::kOther;
  std::optional<bool> online;
  std::optional<int> percent;
  std::string status;  // "Discharging", as the kernel says it
};

struct LinkReading {
  std::string name;  // "eth0"
  bool carrier = false;
  bool wireless = false;
};

struct AddressReading {
  std::vector<std::string> addresses;  // without those of the machine itself
  bool default_route = false;
};

struct WatchdogReading {
  std::string identity;
  bool active = false;
  std::int64_t timeout_s = 0;
};

// kNotFound means that the machine has no such part; any other error that it could not be read.
class Machine {
 public:
  virtual ~Machine() = default;
  [[nodiscard]] virtual Result<SpaceReading> space(const std::string& folder) = 0;
  [[nodiscard]] virtual Result<std::vector<WearReading>> wear() = 0;
  // Writes a file in `folder`, waits for the disk, reads it back from the disk and takes it away again.
  [[nodiscard]] virtual Result<ProbeReading> probe(const std::string& folder) = 0;
  [[nodiscard]] virtual Result<MemoryReading> memory() = 0;
  [[nodiscard]] virtual Result<std::vector<TemperatureReading>> temperatures() = 0;
  [[nodiscard]] virtual Result<RtcReading> rtc() = 0;
  [[nodiscard]] virtual Result<std::vector<SupplyReading>> supplies() = 0;
  [[nodiscard]] virtual Result<std::vector<LinkReading>> links() = 0;
  [[nodiscard]] virtual Result<AddressReading> addresses() = 0;
  [[nodiscard]] virtual Result<WatchdogReading> watchdog() = 0;
};

// Says what it was told to say; at first a machine where all is well.
class FakeMachine final : public Machine {
 public:
  Result<SpaceReading> space_now = SpaceReading{32'000'000'000, 20'000'000'000};
  Result<std::vector<WearReading>> wear_now = std::vector<WearReading>{{"mmcblk0", 10, 1}};
  Result<ProbeReading> probe_now = ProbeReading{30'000'000, 80'000'000, 12, true};
  Result<MemoryReading> memory_now = MemoryReading{2'000'000'000, 1'200'000'000};
  Result<std::vector<TemperatureReading>> temperatures_now =
      std::vector<TemperatureReading>{{"cpu-thermal", 48'000, 110'000}};
  Result<RtcReading> rtc_now = RtcReading{1'795'000'000, 3'000'000};
  Result<std::vector<SupplyReading>> supplies_now =
      std::vector<SupplyReading>{{"ac", SupplyKind::kMains, true, std::nullopt, ""}};
  Result<std::vector<LinkReading>> links_now = std::vector<LinkReading>{{"eth0", true, false}};
  Result<AddressReading> addresses_now = AddressReading{{"192.168.1.20"}, true};
  Result<WatchdogReading> watchdog_now = WatchdogReading{"fake", true, 60};

  [[nodiscard]] Result<SpaceReading> space(const std::string& /*folder*/) override { return space_now; }
  [[nodiscard]] Result<std::vector<WearReading>> wear() override { return wear_now; }
  [[nodiscard]] Result<ProbeReading> probe(const std::string& /*folder*/) override { return probe_now; }
  [[nodiscard]] Result<MemoryReading> memory() override { return memory_now; }
  [[nodiscard]] Result<std::vector<TemperatureReading>> temperatures() override { return temperatures_now; }
  [[nodiscard]] Result<RtcReading> rtc() override { return rtc_now; }
  [[nodiscard]] Result<std::vector<SupplyReading>> supplies() override { return supplies_now; }
  [[nodiscard]] Result<std::vector<LinkReading>> links() override { return links_now; }
  [[nodiscard]] Result<AddressReading> addresses() override { return addresses_now; }
  [[nodiscard]] Result<WatchdogReading> watchdog() override { return watchdog_now; }
};

}  // namespace mimika::maintenance
