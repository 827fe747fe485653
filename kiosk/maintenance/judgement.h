// From what was measured to pass, warning or fail. Pure: no disk, no clock; the limits are those of
// maintenance_limits.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/maintenance/diagnostic.h"
#include "kiosk/maintenance/machine.h"

namespace mimika::maintenance {

// What the clocks say at one moment.
struct ClockState {
  WallMs now_ms = 0;
  WallMs built_ms = 0;  // of the program: no clock that shows less is right. 0: not known
  ClockConfidence confidence = ClockConfidence::kUnknown;
  std::optional<std::int64_t> off_centre_ms;  // this clock minus the centre's, where that is known
};

// What the store and the sync engine know.
struct SyncState {
  bool enrolled = false;
  std::uint64_t events = 0;
  std::uint64_t unsent_events = 0;
  std::uint64_t unsent_attachments = 0;
  std::uint64_t disputed_events = 0;  // of lives that the centre knows differently
  std::uint64_t set_aside_events = 0;
  std::uint64_t waiting_for_their_ticket = 0;
  std::uint64_t feed_cursor = 0;
  std::optional<WallMs> oldest_unsent_ms;
  std::optional<WallMs> last_contact_ms;
  std::string last_error;  // English; empty: the last call was in order, or there was none
};

// A part that is not there, one that cannot be read, and all others.
[[nodiscard]] Finding judge_error(const Error& error);

[[nodiscard]] Finding judge_space(const Result<SpaceReading>& reading);
[[nodiscard]] Finding judge_wear(const Result<std::vector<WearReading>>& reading);
[[nodiscard]] Finding judge_probe(const Result<ProbeReading>& reading);
[[nodiscard]] Finding judge_memory(const Result<MemoryReading>& reading);
[[nodiscard]] Finding judge_temperatures(const Result<std::vector<TemperatureReading>>& reading);
[[nodiscard]] Finding judge_drift(const Result<RtcReading>& rtc, const ClockState& clock);
// A clock chip whose battery is empty begins anew whenever the mains fail: it shows a time before the program was
// built.
[[nodiscard]] Finding judge_clock_battery(const Result<RtcReading>& rtc, const ClockState& clock);
[[nodiscard]] Finding judge_power(const Result<std::vector<SupplyReading>>& reading);
[[nodiscard]] Finding judge_link(const Result<std::vector<LinkReading>>& reading);
[[nodiscard]] Finding judge_address(const Result<AddressReading>& reading);
// `service_watchdog_us`: how long the service manager lets the program be silent; nothing when it does not watch.
[[nodiscard]] Finding judge_watchdog(const Result<WatchdogReading>& reading,
                                     std::optional<std::int64_t> service_watchdog_us);
[[nodiscard]] Finding judge_cursors(const SyncState& sync);
[[nodiscard]] Finding judge_oldest(const SyncState& sync, WallMs now_ms);
[[nodiscard]] Finding judge_sync_error(const SyncState& sync);

}  // namespace mimika::maintenance
