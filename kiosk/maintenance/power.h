// Restart and shut down: first everything of ours is brought to rest, in steps, each timed; then the machine is told.
// The whole stays under limits::kShutdownLimitMs, because whoever shuts a kiosk down stands there with a hand at the
// switch.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"

namespace mimika::maintenance {

// On a kiosk systemd-logind (system_services.h).
class PowerControl {
 public:
  virtual ~PowerControl() = default;
  [[nodiscard]] virtual Status restart() = 0;
  [[nodiscard]] virtual Status power_off() = 0;
};

class FakePowerControl final : public PowerControl {
 public:
  int restarts = 0;
  int power_offs = 0;
  [[nodiscard]] Status restart() override { return ++restarts, Status{}; }
  [[nodiscard]] Status power_off() override { return ++power_offs, Status{}; }
};

enum class ShutdownStep : std::uint8_t { kStopSync, kCloseStore, kCloseEventLog, kSyncDisks };
[[nodiscard]] std::string_view shutdown_step_name(ShutdownStep step);

struct ShutdownStepReport {
  ShutdownStep step = ShutdownStep::kStopSync;
  std::int64_t took_ms = 0;
  Status status;
};

struct ShutdownReport {
  std::vector<ShutdownStepReport> steps;
  std::int64_t took_ms = 0;
  // Everything that was saved is on the disk: the store was closed and the disks have written. That the sync was slow
  // to stop or a log could not be closed takes nothing of anyone's.
  bool power_may_be_cut = false;
  [[nodiscard]] bool in_time() const;
  // The id of the words for whoever stands there.
  [[nodiscard]] std::string_view words() const;
};

// Each step runs on a thread of its own and is left behind when its time is over; those behind it are begun all the
// same. A work must therefore own what it touches.
class ShutdownPlan {
 public:
  void add(ShutdownStep step, std::function<Status()> work);
  [[nodiscard]] ShutdownReport run(Env& env) const;

 private:
  struct Work {
    ShutdownStep step;
    std::function<Status()> work;
  };
  std::vector<Work> works_;
};

// Returns when the kernel has written what it held back for this folder's disk.
[[nodiscard]] Status sync_disk_of(const std::string& folder);

}  // namespace mimika::maintenance
