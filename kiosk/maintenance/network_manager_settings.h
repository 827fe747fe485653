// The settings of one connection as NetworkManager keeps them, "a{sa{sv}}": reading what we need of them, and writing
// them again with another address. Everything we do not know is copied as it came.
#pragma once

#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/maintenance/network_settings.h"
#include "kiosk/maintenance/system_bus.h"

namespace mimika::maintenance {

// The name of the Wi-Fi network in them; empty: they are of something else.
[[nodiscard]] Result<std::string> read_wifi_name(sd_bus_message* settings);

// Whether they say that there is a password. The message can be read again afterwards.
[[nodiscard]] Result<bool> has_password(sd_bus_message* settings);

// A new Wi-Fi connection. `key_management` is empty for an open network.
[[nodiscard]] Status append_wifi_settings(sd_bus_message* to, const std::string& name, ByteView password,
                                          const std::string& key_management);

// A new connection of a cable with this address; nullptr: DHCP.
[[nodiscard]] Status append_cable_settings(sd_bus_message* to, const std::string& interface,
                                           const StaticAddress* address);

// `from` with another address. An update without the password would lose it, and NetworkManager gives it only
// separately: `secrets` is its answer to that question, or nullptr.
[[nodiscard]] Status append_changed_settings(sd_bus_message* to, sd_bus_message* from, sd_bus_message* secrets,
                                             const StaticAddress* address);

// Bytes as text; those that are no UTF-8 are replaced.
[[nodiscard]] std::string as_shown_text(ByteView bytes);

}  // namespace mimika::maintenance
