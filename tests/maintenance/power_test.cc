// Shutting down: when may the power be cut?
#include "kiosk/maintenance/power.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "kiosk/base/env.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

Status well() {
  return {};
}

}  // namespace

TEST_CASE("When everything is closed and the disks have written, power may be cut") {
  const auto env = make_system_env();
  const test::TempFolder folder;
  ShutdownPlan plan;
  std::vector<ShutdownStep> done;
  for (const ShutdownStep step : {ShutdownStep::kStopSync, ShutdownStep::kCloseStore, ShutdownStep::kCloseEventLog}) {
    plan.add(step, [&done, step] { return done.push_back(step), Status{}; });
  }
  plan.add(ShutdownStep::kSyncDisks, [path = folder.path()] { return sync_disk_of(path); });
  const ShutdownReport report = plan.run(*env);
  CHECK(report.power_may_be_cut);
  CHECK(report.in_time());
  CHECK(report.steps.size() == 4);
  CHECK(done.size() == 3);
}

TEST_CASE("A log that cannot be closed and a sync that does not stop take nothing of anyone's") {
  FakeEnv env(0);
  ShutdownPlan plan;
  plan.add(ShutdownStep::kStopSync, [] { return Status(fail(ErrorCode::kTooSlow, "")); });
  plan.add(ShutdownStep::kCloseStore, well);
  plan.add(ShutdownStep::kCloseEventLog, [] { return Status(fail(ErrorCode::kStorageFailed, "")); });
  plan.add(ShutdownStep::kSyncDisks, well);
  CHECK(plan.run(env).power_may_be_cut);
}

TEST_CASE("While the store is open, or a disk has not written, power may not be cut") {
  FakeEnv env(0);
  for (const ShutdownStep broken : {ShutdownStep::kCloseStore, ShutdownStep::kSyncDisks}) {
    ShutdownPlan plan;
    for (const ShutdownStep step : {ShutdownStep::kCloseStore, ShutdownStep::kSyncDisks}) {
      plan.add(step, [=] { return step == broken ? Status(fail(ErrorCode::kStorageFailed, "")) : Status{}; });
    }
    const ShutdownReport report = plan.run(env);
    CHECK_FALSE(report.power_may_be_cut);
    CHECK(report.steps.size() == 2);
  }
  ShutdownPlan without_disks;
  without_disks.add(ShutdownStep::kCloseStore, well);
  CHECK_FALSE(without_disks.run(env).power_may_be_cut);
}

TEST_CASE("A step that hangs is left behind, the disks still write, and the whole ends in time") {
  const auto env = make_system_env();
  const auto let_go = std::make_shared<std::atomic<bool>>(false);
  const auto synced = std::make_shared<std::atomic<bool>>(false);
  ShutdownPlan plan;
  plan.add(ShutdownStep::kStopSync, [let_go] {
    while (!*let_go) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return Status{};
  });
  plan.add(ShutdownStep::kCloseStore, well);
  plan.add(ShutdownStep::kSyncDisks, [synced] { return *synced = true, Status{}; });
  const ShutdownReport report = plan.run(*env);
  CHECK(report.steps.at(0).status.error().code == ErrorCode::kTooSlow);
  CHECK(report.in_time());
  CHECK(*synced);
  CHECK(report.power_may_be_cut);
  *let_go = true;
}
