// Which sticks are plugged in. A poll: asking takes a millisecond, nobody needs to know sooner than a second, and it
// works without a device manager.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::device {

struct PluggedStick {
  std::string device;  // "/dev/sdb"
  std::string model;   // as it calls itself; may be empty
  std::uint64_t bytes = 0;
  bool read_only = false;               // a switch on it
  std::vector<std::string> partitions;  // "/dev/sdb1"
  std::vector<std::string> mounted_at;  // it, or a partition of it
  bool operator==(const PluggedStick&) const = default;
};

class StickFinder {
 public:
  virtual ~StickFinder() = default;
  // Sorted by device. An empty slot of a card reader is none, and neither is whatever the system itself lies on.
  [[nodiscard]] virtual Result<std::vector<PluggedStick>> find() = 0;
};

class LinuxStickFinder final : public StickFinder {
 public:
  explicit LinuxStickFinder(std::string blocks = "/sys/block", std::string mounts = "/proc/self/mounts")
      : blocks_(std::move(blocks)), mounts_(std::move(mounts)) {}
  [[nodiscard]] Result<std::vector<PluggedStick>> find() override;

 private:
  std::string blocks_;
  std::string mounts_;
};

class FakeStickFinder final : public StickFinder {
 public:
  [[nodiscard]] Result<std::vector<PluggedStick>> find() override { return sticks; }
  std::vector<PluggedStick> sticks;
};

// The device to mount of a report: the stick itself, or its partition of that number. Empty when there is no such one.
[[nodiscard]] std::string device_of_partition(const std::string& device, std::uint32_t partition);

}  // namespace mimika::device
