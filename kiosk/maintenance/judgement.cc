#include "kiosk/maintenance/judgement.h"

#include <algorithm>
#include <cstdlib>

#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

constexpr std::int64_t kSecondMs = 1000;

template <typename Number>
Fact fact(const char* name, Number value, Unit unit) {
  return {name, static_cast<std::int64_t>(value), unit};
}

// Where more is better.
template <typename Number>
Outcome at_least(Number value, Number warn, Number fail) {
  if (value < fail) return Outcome::kFail;
  return value < warn ? Outcome::kWarning : Outcome::kPass;
}

// Where less is better.
template <typename Number>
Outcome below(Number value, Number warn, Number fail) {
  if (value >= fail) return Outcome::kFail;
  return value >= warn ? Outcome::kWarning : Outcome::kPass;
}

Outcome worse(Outcome a, Outcome b) {
  const auto rank = [](Outcome outcome) {
    return outcome == Outcome::kFail ? 2 : outcome == Outcome::kWarning ? 1 : 0;
  };
  return rank(b) > rank(a) ? b : a;
}

void say(Finding& finding, const std::string& words) {
  finding.detail += (finding.detail.empty() ? "" : "; ") + words;
}

}  // namespace

Finding judge_error(const Error& error) {
  if (error.code == ErrorCode::kNotFound) return {Outcome::kNotFitted, {}, error.message};
  return {Outcome::kFail, {}, error.message};
}

Finding judge_space(const Result<SpaceReading>& reading) {
  // A data folder that is missing is no disk that this machine does without.
  if (!reading) return {Outcome::kFail, {}, reading.error().message};
  return {at_least(reading->free_bytes, kSpaceWarnBytes, kSpaceFailBytes),
          {fact("free", reading->free_bytes, Unit::kBytes), fact("total", reading->total_bytes, Unit::kBytes)},
          ""};
}

Finding judge_wear(const Result<std::vector<WearReading>>& reading) {
  if (!reading) {
    if (reading.error().code == ErrorCode::kNotFound) return {Outcome::kSkipped, {}, reading.error().message};
    return judge_error(reading.error());
  }
  Finding finding{Outcome::kPass, {}, ""};
  int most = 0;
  for (const WearReading& disk : *reading) {
    most = std::max(most, disk.used_percent);
    const Outcome life = below(disk.used_percent, kWearWarnPercent + 1, kWearFailPercent + 1);
    const Outcome reserve = below(disk.reserve_state.value_or(0), kReserveWarn, kReserveFail);
    if (worse(life, reserve) != Outcome::kPass) say(finding, disk.device + " is worn");
    finding.outcome = worse(finding.outcome, worse(life, reserve));
  }
  finding.facts = {fact("used", most, Unit::kPercent)};
  return finding;
}

Finding judge_probe(const Result<ProbeReading>& reading) {
  if (!reading) return {Outcome::kFail, {}, reading.error().message};
  Finding finding{Outcome::kPass,
                  {fact("write", reading->write_bytes_per_s, Unit::kBytesPerSecond),
                   fact("read", reading->read_bytes_per_s, Unit::kBytesPerSecond),
                   fact("sync", reading->sync_ms, Unit::kMilliseconds)},
                  ""};
  if (!reading->same) {
    finding.outcome = Outcome::kFail;
    say(finding, "the disk gave back other bytes than were written");
  } else if (reading->write_bytes_per_s < kWriteWarnBytesPerSecond || reading->sync_ms > kSyncWarnMs) {
    finding.outcome = Outcome::kWarning;
    say(finding, "the disk is slow");
  }
  return finding;
}

Finding judge_memory(const Result<MemoryReading>& reading) {
  if (!reading) return {Outcome::kFail, {}, reading.error().message};
  return {
      at_least(reading->available_bytes, kMemoryWarnBytes, kMemoryFailBytes),
      {fact("available", reading->available_bytes, Unit::kBytes), fact("total", reading->total_bytes, Unit::kBytes)},
      ""};
}

Finding judge_temperatures(const Result<std::vector<TemperatureReading>>& reading) {
  if (!reading) return judge_error(reading.error());
  Finding finding{Outcome::kPass, {}, ""};
  std::int64_t hottest = INT64_MIN;
  for (const TemperatureReading& sensor : *reading) {
    hottest = std::max(hottest, sensor.milli_celsius);
    std::int64_t fail = kTooHotMilliCelsius;
    std::int64_t warn = kHotMilliCelsius;
    if (sensor.critical_milli_celsius) {
      fail = *sensor.critical_milli_celsius - kBelowCriticalMilliCelsius;
      warn = std::min(warn, fail - kBelowCriticalMilliCelsius);
    }
    const Outcome outcome = below(sensor.milli_celsius, warn, fail);
    if (outcome != Outcome::kPass) say(finding, sensor.sensor + " is hot");
    finding.outcome = worse(finding.outcome, outcome);
  }
  finding.facts = {fact("hottest", hottest, Unit::kMilliCelsius)};
  return finding;
}

Finding judge_drift(const Result<RtcReading>& rtc, const ClockState& clock) {
  Finding finding{Outcome::kPass, {}, ""};
  if (clock.built_ms != 0 && clock.now_ms < clock.built_ms) {
    finding.outcome = Outcome::kFail;
    say(finding, "the clock shows a time before this program was built");
  }
  if (clock.confidence == ClockConfidence::kRanBackwards) {
    finding.outcome = Outcome::kFail;
    say(finding, "the clock shows a time before something already recorded");
  } else if (clock.off_centre_ms) {
    const std::int64_t off = std::abs(*clock.off_centre_ms);
    finding.facts.push_back(fact("off_centre", *clock.off_centre_ms, Unit::kMilliseconds));
    finding.outcome = worse(finding.outcome, below(off, kDriftWarnMs, kDriftFailMs));
  } else if (clock.confidence == ClockConfidence::kUnknown) {
    finding.outcome = worse(finding.outcome, Outcome::kWarning);
    say(finding, "nobody has confirmed the clock since the machine was started");
  }
  if (rtc) {
    const std::int64_t off = rtc->since_epoch_s * kSecondMs - clock.now_ms;
    finding.facts.push_back(fact("rtc_off_system", off, Unit::kMilliseconds));
    if (std::abs(off) > kRtcDriftWarnMs) {
      finding.outcome = worse(finding.outcome, Outcome::kWarning);
      say(finding, "clock chip and system differ");
    }
  }
  return finding;
}

Finding judge_clock_battery(const Result<RtcReading>& rtc, const ClockState& clock) {
  if (!rtc) return judge_error(rtc.error());
  Finding finding{Outcome::kPass, {}, ""};
  if (rtc->battery_microvolts) {
    finding.facts.push_back(fact("voltage", *rtc->battery_microvolts, Unit::kMicrovolts));
    finding.outcome = at_least(*rtc->battery_microvolts, kRtcBatteryWarnMicrovolts, kRtcBatteryFailMicrovolts);
  }
  if (clock.built_ms != 0 && rtc->since_epoch_s * kSecondMs < clock.built_ms) {
    finding.outcome = Outcome::kFail;
    say(finding, "the clock chip has begun anew: its battery is empty");
  }
  return finding;
}

Finding judge_power(const Result<std::vector<SupplyReading>>& reading) {
  if (!reading) return judge_error(reading.error());
  Finding finding{Outcome::kPass, {}, ""};
  std::optional<bool> mains;
  std::optional<int> least;
  bool discharging = false;
  for (const SupplyReading& supply : *reading) {
    if (supply.kind == SupplyKind::kMains && supply.online) mains = mains.value_or(false) || *supply.online;
    if (supply.percent) least = std::min(least.value_or(*supply.percent), *supply.percent);
    discharging = discharging || supply.status == "Discharging";
  }
  if (mains) finding.facts.push_back(fact("mains", *mains ? 1 : 0, Unit::kCount));
  if (least) finding.facts.push_back(fact("charge", *least, Unit::kPercent));
  const bool on_battery = discharging || (mains && !*mains);
  if (on_battery) {
    finding.outcome = Outcome::kWarning;
    say(finding, "the kiosk runs from its battery");
  }
  // A battery that charges is on its way up, and no trouble while the mains are there.
  if (least && on_battery)
    finding.outcome = worse(finding.outcome, at_least(*least, kBatteryWarnPercent, kBatteryFailPercent));
  return finding;
}

Finding judge_link(const Result<std::vector<LinkReading>>& reading) {
  if (!reading) return judge_error(reading.error());
  const auto up = std::count_if(reading->begin(), reading->end(), [](const LinkReading& link) { return link.carrier; });
  Finding finding{up > 0 ? Outcome::kPass : Outcome::kFail,
                  {fact("interfaces", reading->size(), Unit::kCount), fact("connected", up, Unit::kCount)},
                  ""};
  for (const LinkReading& link : *reading) say(finding, link.name + (link.carrier ? " is connected" : " is not"));
  return finding;
}

Finding judge_address(const Result<AddressReading>& reading) {
  if (!reading) return {Outcome::kFail, {}, reading.error().message};
  // 169.254/16 is what a machine gives itself when nobody gives it one (RFC 3927).
  const auto given = std::count_if(reading->addresses.begin(), reading->addresses.end(),
                                   [](const std::string& address) { return !address.starts_with("169.254."); });
  Finding finding{
      Outcome::kPass,
      {fact("addresses", given, Unit::kCount), fact("way_out", reading->default_route ? 1 : 0, Unit::kCount)},
      ""};
  if (given == 0) {
    finding.outcome = Outcome::kFail;
    say(finding, "no address was given to this kiosk");
  } else if (!reading->default_route) {
    finding.outcome = Outcome::kFail;
    say(finding, "no gateway: no way out of this network");
  }
  return finding;
}

Finding judge_watchdog(const Result<WatchdogReading>& reading, std::optional<std::int64_t> service_watchdog_us) {
  if (!reading && reading.error().code != ErrorCode::kNotFound) return judge_error(reading.error());
  Finding finding{Outcome::kPass, {}, ""};
  constexpr std::int64_t kSecondUs = 1'000'000;
  if (service_watchdog_us) {
    finding.facts.push_back(fact("service", *service_watchdog_us / kSecondUs, Unit::kSeconds));
  } else {
    finding.outcome = Outcome::kWarning;
    say(finding, "the service manager does not watch this program");
  }
  if (!reading) {
    if (!service_watchdog_us) return {Outcome::kNotFitted, {}, "no watchdog, and the service manager does not watch"};
    say(finding, "the machine has no watchdog of its own");
    return finding;
  }
  finding.facts.push_back(fact("machine", reading->timeout_s, Unit::kSeconds));
  if (!reading->active) {
    finding.outcome = Outcome::kWarning;
    say(finding, "the watchdog " + reading->identity + " is not switched on");
  }
  return finding;
}

Finding judge_cursors(const SyncState& sync) {
  if (!sync.enrolled) return {Outcome::kSkipped, {}, "this kiosk is not enrolled"};
  Finding finding{
      Outcome::kPass,
      {fact("events", sync.events, Unit::kCount), fact("feed_cursor", sync.feed_cursor, Unit::kCount),
       fact("disputed", sync.disputed_events, Unit::kCount), fact("set_aside", sync.set_aside_events, Unit::kCount),
       fact("waiting_for_their_ticket", sync.waiting_for_their_ticket, Unit::kCount)},
      ""};
  if (sync.set_aside_events > 0) {
    finding.outcome = Outcome::kWarning;
    say(finding, "the centre has set events of this kiosk aside");
  }
  if (sync.disputed_events > 0) {
    finding.outcome = Outcome::kFail;
    say(finding, "the centre knows a life of this kiosk differently");
  }
  return finding;
}

Finding judge_oldest(const SyncState& sync, WallMs now_ms) {
  if (!sync.enrolled) return {Outcome::kSkipped, {}, "this kiosk is not enrolled"};
  Finding finding{Outcome::kPass,
                  {fact("unsent", sync.unsent_events, Unit::kCount),
                   fact("unsent_attachments", sync.unsent_attachments, Unit::kCount)},
                  ""};
  if (sync.last_contact_ms) {
    finding.facts.push_back(fact("since_contact", (now_ms - *sync.last_contact_ms) / kSecondMs, Unit::kSeconds));
  }
  if (sync.oldest_unsent_ms) {
    const std::int64_t age_ms = now_ms - *sync.oldest_unsent_ms;
    finding.facts.push_back(fact("oldest", age_ms / kSecondMs, Unit::kSeconds));
    if (age_ms > kUnsentWarnMs) finding.outcome = Outcome::kWarning;
  }
  return finding;
}

Finding judge_sync_error(const SyncState& sync) {
  if (!sync.enrolled) return {Outcome::kSkipped, {}, "this kiosk is not enrolled"};
  if (sync.last_error.empty()) return {Outcome::kPass, {}, ""};
  return {Outcome::kWarning, {}, sync.last_error};
}

}  // namespace mimika::maintenance
