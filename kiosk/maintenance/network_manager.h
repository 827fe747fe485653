// NetworkSettings by NetworkManager, over the message bus.
#pragma once

#include <memory>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/maintenance/network_settings.h"

namespace mimika::maintenance {

// `bus_address`: empty for the bus of the system. kUnreachable where there is no bus; that NetworkManager is not there
// is said by the calls.
[[nodiscard]] Result<std::unique_ptr<NetworkSettings>> open_network_manager(const std::string& bus_address = "");

}  // namespace mimika::maintenance
