#include "kiosk/maintenance/power.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/time_limit.h"

namespace mimika::maintenance {
namespace {

// Each step has a time of its own, so that one that hangs takes nothing from those behind it. Together they stay below
// limits::kShutdownLimitMs.
constexpr std::int64_t limit_of(ShutdownStep step) {
  switch (step) {
    case ShutdownStep::kStopSync:
      return 500;
    case ShutdownStep::kCloseStore:
      return 1'000;
    case ShutdownStep::kCloseEventLog:
      return 300;
    case ShutdownStep::kSyncDisks:
      break;
  }
  return 1'000;
}
static_assert(limit_of(ShutdownStep::kStopSync) + limit_of(ShutdownStep::kCloseStore) +
                  limit_of(ShutdownStep::kCloseEventLog) + limit_of(ShutdownStep::kSyncDisks) <
              limits::kShutdownLimitMs);

bool matters_for_what_was_saved(ShutdownStep step) {
  return step == ShutdownStep::kCloseStore || step == ShutdownStep::kSyncDisks;
}

// with_time_limit() carries a value; what a step has to say is its status.
struct Done {};

Status run_limited(const std::function<Status()>& work, ShutdownStep step) {
  const auto done =
      with_time_limit<Done>(limit_of(step), std::string(shutdown_step_name(step)), [work]() -> Result<Done> {
        TRY(work());
        return Done{};
      });
  if (!done) return std::unexpected(done.error());
  return {};
}

}  // namespace

std::string_view shutdown_step_name(ShutdownStep step) {
  constexpr std::array<std::string_view, 4> kNames = {"stop_sync", "close_store", "close_event_log", "sync_disks"};
  return kNames.at(static_cast<std::size_t>(step));
}

bool ShutdownReport::in_time() const {
  return took_ms < limits::kShutdownLimitMs;
}

std::string_view ShutdownReport::words() const {
  return power_may_be_cut ? "maintenance.power_may_be_cut" : "maintenance.power_may_not_be_cut";
}

void ShutdownPlan::add(ShutdownStep step, std::function<Status()> work) {
  works_.push_back({step, std::move(work)});
}

ShutdownReport ShutdownPlan::run(Env& env) const {
  ShutdownReport report;
  const std::int64_t began = env.monotonic_ms();
  bool disks = false;
  bool safe = true;
  for (const Work& work : works_) {
    const std::int64_t step_began = env.monotonic_ms();
    const bool is_disks = work.step == ShutdownStep::kSyncDisks;
    ShutdownStepReport step{work.step, 0, run_limited(work.work, work.step)};
    step.took_ms = env.monotonic_ms() - step_began;
    disks = disks || (is_disks && step.status.has_value());
    if (matters_for_what_was_saved(work.step) && !step.status) safe = false;
    report.steps.push_back(std::move(step));
  }
  report.took_ms = env.monotonic_ms() - began;
  report.power_may_be_cut = disks && safe;
  return report;
}

Status sync_disk_of(const std::string& folder) {
  const FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) return std::unexpected(error_from_errno(errno, "opening " + folder));
  if (::syncfs(fd.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing the disk of " + folder));
  return {};
}

}  // namespace mimika::maintenance
