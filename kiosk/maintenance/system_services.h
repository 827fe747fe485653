// Clock and power by the services of systemd, over the message bus: org.freedesktop.timedate1, org.freedesktop.login1.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/maintenance/power.h"
#include "kiosk/maintenance/time_settings.h"

namespace mimika::maintenance {

// `bus_address`: empty for the bus of the system. kUnreachable where there is none.
[[nodiscard]] Result<std::unique_ptr<TimeSettings>> open_timedated(const std::string& bus_address = "");
[[nodiscard]] Result<std::unique_ptr<PowerControl>> open_logind(const std::string& bus_address = "");

// How long systemd lets the kiosk's service (mimika-kiosk.service) be silent; nothing when it does not watch it.
[[nodiscard]] Result<std::optional<std::int64_t>> service_watchdog_us(const std::string& bus_address = "");

}  // namespace mimika::maintenance
