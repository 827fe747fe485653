#include "kiosk/maintenance/system_services.h"

#include <utility>

#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/system_bus.h"

namespace mimika::maintenance {
namespace {

constexpr std::int64_t kMicrosecondsPerMs = 1000;
// Nobody sits at a password prompt: what is not allowed is refused at once.
constexpr int kAskNobody = 0;

BusObject timedate() {
  return {"org.freedesktop.timedate1", "/org/freedesktop/timedate1", "org.freedesktop.timedate1"};
}
BusObject login() {
  return {"org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"};
}

class Timedated final : public TimeSettings {
 public:
  explicit Timedated(SystemBus bus) : bus_(std::move(bus)) {}

  Result<TimeState> state() override {
    TimeState state;
    TRY_ASSIGN(state.zone, bus_.text_property(timedate(), "Timezone"));
    TRY_ASSIGN(state.from_network, bus_.flag_property(timedate(), "NTP"));
    TRY_ASSIGN(state.synchronised, bus_.flag_property(timedate(), "NTPSynchronized"));
    return state;
  }

  Status set_zone(const std::string& zone) override {
    TRY(check_zone(zone));
    TRY_ASSIGN(const Message question, bus_.question(timedate(), "SetTimezone"));
    TRY(check_bus(sd_bus_message_append(question.get(), "sb", zone.c_str(), kAskNobody), "SetTimezone"));
    TRY(bus_.ask(question, limits::kBusCallMs));
    return {};
  }

  Status set_clock(WallMs to) override {
    TRY_ASSIGN(const bool from_network, bus_.flag_property(timedate(), "NTP"));
    // Timedated refuses a hand while time servers are asked.
    if (from_network) TRY(set_from_network(false));
    const Status set = set_time(to);
    if (from_network) TRY(set_from_network(true));
    return set;
  }

  Status set_from_network(bool on) override {
    TRY_ASSIGN(const Message question, bus_.question(timedate(), "SetNTP"));
    TRY(check_bus(sd_bus_message_append(question.get(), "bb", on ? 1 : 0, kAskNobody), "SetNTP"));
    TRY(bus_.ask(question, limits::kBusCallMs));
    return {};
  }

 private:
  Status set_time(WallMs to) {
    TRY_ASSIGN(const Message question, bus_.question(timedate(), "SetTime"));
    constexpr int kAbsolute = 0;
    TRY(check_bus(sd_bus_message_append(question.get(), "xbb", to * kMicrosecondsPerMs, kAbsolute, kAskNobody),
                  "SetTime"));
    TRY(bus_.ask(question, limits::kBusCallMs));
    return {};
  }
  SystemBus bus_;
};

class Logind final : public PowerControl {
 public:
  explicit Logind(SystemBus bus) : bus_(std::move(bus)) {}
  Status restart() override { return tell("Reboot"); }
  Status power_off() override { return tell("PowerOff"); }

 private:
  Status tell(const char* what) {
    TRY_ASSIGN(const Message question, bus_.question(login(), what));
    TRY(check_bus(sd_bus_message_append(question.get(), "b", kAskNobody), what));
    TRY(bus_.ask(question, limits::kBusCallMs));
    return {};
  }
  SystemBus bus_;
};

}  // namespace

Result<std::unique_ptr<TimeSettings>> open_timedated(const std::string& bus_address) {
  TRY_ASSIGN(SystemBus bus, SystemBus::open(bus_address));
  return std::make_unique<Timedated>(std::move(bus));
}

Result<std::optional<std::int64_t>> service_watchdog_us(const std::string& bus_address) {
  TRY_ASSIGN(SystemBus bus, SystemBus::open(bus_address));
  // The bus writes a unit's name with everything but letters and digits as hexadecimal.
  const BusObject unit{"org.freedesktop.systemd1", "/org/freedesktop/systemd1/unit/mimika_2dkiosk_2eservice",
                       "org.freedesktop.systemd1.Service"};
  TRY_ASSIGN(const std::uint64_t limit_us, bus.long_property(unit, "WatchdogUSec"));
  if (limit_us == 0 || limit_us > static_cast<std::uint64_t>(INT64_MAX)) return std::optional<std::int64_t>();
  return std::optional(static_cast<std::int64_t>(limit_us));
}

Result<std::unique_ptr<PowerControl>> open_logind(const std::string& bus_address) {
  TRY_ASSIGN(SystemBus bus, SystemBus::open(bus_address));
  return std::make_unique<Logind>(std::move(bus));
}

}  // namespace mimika::maintenance
