// What a measurement is worth, at its limits.
#include "kiosk/maintenance/judgement.h"

#include <catch2/catch.hpp>

#include "kiosk/maintenance/maintenance_limits.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

constexpr WallMs kNow = 1'795'000'000'000;

std::unexpected<Error> missing() {
  return fail(ErrorCode::kNotFound, "not there");
}
std::unexpected<Error> unreadable() {
  return fail(ErrorCode::kStorageFailed, "reading: Input/output error");
}
Outcome space(std::uint64_t free) {
  return judge_space(SpaceReading{std::uint64_t{1} << 40, free}).outcome;
}
Outcome wear(int percent, std::optional<int> reserve = std::nullopt) {
  return judge_wear(std::vector<WearReading>{{"mmcblk0", percent, reserve}}).outcome;
}
Outcome heat(std::int64_t milli_celsius, std::optional<std::int64_t> critical = std::nullopt) {
  return judge_temperatures(std::vector<TemperatureReading>{{"cpu", milli_celsius, critical}}).outcome;
}
Outcome power(std::optional<bool> mains, std::optional<int> percent, const std::string& status) {
  std::vector<SupplyReading> supplies;
  if (mains) supplies.push_back({"AC", SupplyKind::kMains, mains, std::nullopt, ""});
  if (percent) supplies.push_back({"BAT", SupplyKind::kBattery, std::nullopt, percent, status});
  return judge_power(supplies).outcome;
}

}  // namespace

TEST_CASE("Space is good from the limit on, a warning below it, and a failure where attachments are refused") {
  CHECK(space(kSpaceWarnBytes) == Outcome::kPass);
  CHECK(space(kSpaceWarnBytes - 1) == Outcome::kWarning);
  CHECK(space(kSpaceFailBytes) == Outcome::kWarning);
  CHECK(space(kSpaceFailBytes - 1) == Outcome::kFail);
  CHECK(judge_space(missing()).outcome == Outcome::kFail);
}

TEST_CASE("Wear warns when more than four fifths of the life are used and fails when it is over") {
  CHECK(wear(80) == Outcome::kPass);
  CHECK(wear(90) == Outcome::kWarning);
  CHECK(wear(100) == Outcome::kWarning);
  CHECK(wear(110) == Outcome::kFail);
  CHECK(wear(10, 1) == Outcome::kPass);
  CHECK(wear(10, 2) == Outcome::kWarning);
  CHECK(wear(10, 3) == Outcome::kFail);
}

TEST_CASE("A disk that does not tell its wear is not judged, one that cannot be read is") {
  CHECK(judge_wear(missing()).outcome == Outcome::kSkipped);
  CHECK(judge_wear(unreadable()).outcome == Outcome::kFail);
}

TEST_CASE("The probe fails when other bytes come back, however fast, and warns of a slow disk") {
  CHECK(judge_probe(ProbeReading{9'000'000, 9'000'000, 10, true}).outcome == Outcome::kPass);
  CHECK(judge_probe(ProbeReading{9'000'000, 9'000'000, 10, false}).outcome == Outcome::kFail);
  CHECK(judge_probe(ProbeReading{kWriteWarnBytesPerSecond - 1, 9'000'000, 10, true}).outcome == Outcome::kWarning);
  CHECK(judge_probe(ProbeReading{9'000'000, 9'000'000, kSyncWarnMs + 1, true}).outcome == Outcome::kWarning);
  CHECK(judge_probe(fail(ErrorCode::kStorageReadOnly, "read-only")).outcome == Outcome::kFail);
}

TEST_CASE("Memory is judged by what programs can still have") {
  const auto outcome = [](std::uint64_t available) {
    return judge_memory(MemoryReading{std::uint64_t{1} << 31, available}).outcome;
  };
  CHECK(outcome(kMemoryWarnBytes) == Outcome::kPass);
  CHECK(outcome(kMemoryWarnBytes - 1) == Outcome::kWarning);
  CHECK(outcome(kMemoryFailBytes - 1) == Outcome::kFail);
  CHECK(judge_memory(unreadable()).outcome == Outcome::kFail);
}

TEST_CASE("A sensor's own critical temperature counts, and ours where it has none") {
  CHECK(heat(79'999) == Outcome::kPass);
  CHECK(heat(80'000) == Outcome::kWarning);
  CHECK(heat(90'000) == Outcome::kFail);
  CHECK(heat(90'000, 110'000) == Outcome::kWarning);
  CHECK(heat(105'000, 110'000) == Outcome::kFail);
  CHECK(heat(62'000, 70'000) == Outcome::kWarning);
  CHECK(heat(65'000, 70'000) == Outcome::kFail);
  CHECK(judge_temperatures(missing()).outcome == Outcome::kNotFitted);
}

TEST_CASE("A clock nobody has confirmed is a warning, one that is far off or before the program's build a failure") {
  const Result<RtcReading> chip = RtcReading{kNow / 1000, std::nullopt};
  const auto outcome = [&](ClockConfidence confidence, std::optional<std::int64_t> off, WallMs built = 0) {
    return judge_drift(chip, {kNow, built, confidence, off}).outcome;
  };
  CHECK(outcome(ClockConfidence::kSynced, 0) == Outcome::kPass);
  CHECK(outcome(ClockConfidence::kSetByHand, std::nullopt) == Outcome::kPass);
  CHECK(outcome(ClockConfidence::kUnknown, std::nullopt) == Outcome::kWarning);
  CHECK(outcome(ClockConfidence::kRanBackwards, 0) == Outcome::kFail);
  CHECK(outcome(ClockConfidence::kUnknown, -kDriftWarnMs) == Outcome::kWarning);
  CHECK(outcome(ClockConfidence::kUnknown, -kDriftFailMs) == Outcome::kFail);
  CHECK(outcome(ClockConfidence::kSynced, 0, kNow + 1) == Outcome::kFail);
}

TEST_CASE("A clock chip that differs from the system is a warning") {
  const ClockState clock{kNow, 0, ClockConfidence::kSynced, 0};
  CHECK(judge_drift(RtcReading{kNow / 1000 - 10, std::nullopt}, clock).outcome == Outcome::kWarning);
  CHECK(judge_drift(missing(), clock).outcome == Outcome::kPass);
}

TEST_CASE("A clock chip that has begun anew has an empty battery, and a low voltage says so before") {
  const ClockState clock{kNow, kNow - kDayMs, ClockConfidence::kSynced, 0};
  const auto outcome = [&](std::int64_t seconds, std::optional<std::int64_t> microvolts) {
    return judge_clock_battery(RtcReading{seconds, microvolts}, clock).outcome;
  };
  CHECK(outcome(kNow / 1000, std::nullopt) == Outcome::kPass);
  CHECK(outcome(86'400, std::nullopt) == Outcome::kFail);
  CHECK(outcome(kNow / 1000, 2'499'999) == Outcome::kWarning);
  CHECK(outcome(kNow / 1000, 1'999'999) == Outcome::kFail);
  CHECK(judge_clock_battery(missing(), clock).outcome == Outcome::kNotFitted);
}

TEST_CASE("Running from a battery is a warning, from one that is nearly empty a failure") {
  CHECK(power(true, std::nullopt, "") == Outcome::kPass);
  CHECK(power(true, 10, "Charging") == Outcome::kPass);
  CHECK(power(false, 90, "Discharging") == Outcome::kWarning);
  CHECK(power(false, kBatteryFailPercent - 1, "Discharging") == Outcome::kFail);
  CHECK(power(std::nullopt, 90, "Discharging") == Outcome::kWarning);
  CHECK(judge_power(missing()).outcome == Outcome::kNotFitted);
  CHECK(judge_power(unreadable()).outcome == Outcome::kFail);
}

TEST_CASE("A link needs a plug that holds, an address must have been given, and there must be a way out") {
  CHECK(judge_link(std::vector<LinkReading>{{"eth0", false, false}, {"wlan0", true, true}}).outcome == Outcome::kPass);
  CHECK(judge_link(std::vector<LinkReading>{{"eth0", false, false}}).outcome == Outcome::kFail);
  CHECK(judge_link(missing()).outcome == Outcome::kNotFitted);
  CHECK(judge_address(AddressReading{{"10.0.0.2"}, true}).outcome == Outcome::kPass);
  CHECK(judge_address(AddressReading{{"10.0.0.2"}, false}).outcome == Outcome::kFail);
  CHECK(judge_address(AddressReading{{"169.254.3.4"}, true}).outcome == Outcome::kFail);
  CHECK(judge_address(AddressReading{{}, false}).outcome == Outcome::kFail);
  CHECK(judge_address(unreadable()).outcome == Outcome::kFail);
}

TEST_CASE("The watchdog is in order when machine and service manager both watch") {
  CHECK(judge_watchdog(WatchdogReading{"dog", true, 15}, 30'000'000).outcome == Outcome::kPass);
  CHECK(judge_watchdog(WatchdogReading{"dog", false, 15}, 30'000'000).outcome == Outcome::kWarning);
  CHECK(judge_watchdog(WatchdogReading{"dog", true, 15}, std::nullopt).outcome == Outcome::kWarning);
  CHECK(judge_watchdog(missing(), 30'000'000).outcome == Outcome::kPass);
  CHECK(judge_watchdog(missing(), std::nullopt).outcome == Outcome::kNotFitted);
  CHECK(judge_watchdog(unreadable(), 30'000'000).outcome == Outcome::kFail);
}

TEST_CASE("What waits for weeks is worth a stick, and what the centre disputes is a failure") {
  SyncState sync;
  CHECK(judge_oldest(sync, kNow).outcome == Outcome::kSkipped);
  sync.enrolled = true;
  CHECK(judge_oldest(sync, kNow).outcome == Outcome::kPass);
  sync.oldest_unsent_ms = kNow - kUnsentWarnMs;
  CHECK(judge_oldest(sync, kNow).outcome == Outcome::kPass);
  sync.oldest_unsent_ms = kNow - kUnsentWarnMs - 1;
  CHECK(judge_oldest(sync, kNow).outcome == Outcome::kWarning);
  CHECK(judge_cursors(sync).outcome == Outcome::kPass);
  sync.set_aside_events = 1;
  CHECK(judge_cursors(sync).outcome == Outcome::kWarning);
  sync.disputed_events = 1;
  CHECK(judge_cursors(sync).outcome == Outcome::kFail);
  CHECK(judge_sync_error(sync).outcome == Outcome::kPass);
  sync.last_error = "the centre does not answer";
  CHECK(judge_sync_error(sync).outcome == Outcome::kWarning);
}
