// Mounting a stick that was inspected, with nothing on it that could run, name a device or lead elsewhere.
#pragma once

#include <memory>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/device/stick_report.h"

namespace mimika::device {

enum class StickAccess : std::uint8_t { kRead, kReadAndWrite };

// Unmounted when it goes; unmount() says whether all of it reached the stick.
class MountedStick {
 public:
  virtual ~MountedStick() = default;
  [[nodiscard]] virtual const std::string& folder() const = 0;
  // Afterwards it may be pulled. A second call does nothing.
  [[nodiscard]] virtual Status unmount() = 0;
};

class StickMount {
 public:
  virtual ~StickMount() = default;
  // kUnauthorised without the right to mount, kNotFound when the device is gone or this system knows no such file
  // system, kStorageReadOnly, kInvalidInput for a report that may not be mounted so.
  [[nodiscard]] virtual Result<std::unique_ptr<MountedStick>> mount(const std::string& device,
                                                                    const StickReport& report, StickAccess access) = 0;
};

// mount(2) with the kernel's drivers: vfat, exfat and ext4. Where the kernel has no exfat, mount.exfat-fuse of
// exfat-fuse; there the same is forbidden, but for links, which exFAT has none of.
class LinuxStickMount final : public StickMount {
 public:
  // `place` is the folder it appears in; it is made, and removed again.
  explicit LinuxStickMount(std::string place) : place_(std::move(place)) {}
  [[nodiscard]] Result<std::unique_ptr<MountedStick>> mount(const std::string& device, const StickReport& report,
                                                            StickAccess access) override;

 private:
  std::string place_;
};

// A folder that is there already: given by hand, or a test's.
class FolderAsStick final : public StickMount {
 public:
  explicit FolderAsStick(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Result<std::unique_ptr<MountedStick>> mount(const std::string& device, const StickReport& report,
                                                            StickAccess access) override;

 private:
  std::string folder_;
};

}  // namespace mimika::device
