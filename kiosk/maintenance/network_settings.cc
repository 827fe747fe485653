#include "kiosk/maintenance/network_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

constexpr int kMostPrefix = 30;  // 31 and 32 leave no room for a gateway
constexpr std::size_t kRawKeyDigits = 64;

// "192.168.1.20" as a number. IPv4 alone: what offices have, and IPv6 needs no hand.
std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t value = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (text.empty() || text.front() != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || number > 255 || (digits > 1 && text.front() == '0')) return std::nullopt;
    value = (value << 8U) | number;
    text.remove_prefix(digits);
  }
  if (!text.empty()) return std::nullopt;
  return value;
}

bool is_hex(std::uint8_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

Status check_wifi(const std::string& name, ByteView password) {
  if (name.empty() || name.size() > limits::kWifiNameBytes) {
    return fail(ErrorCode::kInvalidInput, "the name of a Wi-Fi network has 1 to 32 bytes");
  }
  if (password.empty()) return {};
  const bool printable = std::ranges::all_of(password, [](std::uint8_t c) { return c >= 0x20 && c <= 0x7E; });
  const bool raw_key = password.size() == kRawKeyDigits && std::ranges::all_of(password, is_hex);
  if (!raw_key && (password.size() < limits::kWifiPasswordLeastBytes || password.size() >= limits::kWifiPasswordBytes ||
                   !printable)) {
    return fail(ErrorCode::kInvalidInput,
                "a Wi-Fi password has 8 to 63 letters without accents, or 64 digits of a key");
  }
  return {};
}

Status check_static(const StaticAddress& address) {
  const auto own = parse_ipv4(address.address);
  if (!own) return fail(ErrorCode::kInvalidInput, "no IPv4 address: " + address.address);
  if (address.prefix_length < 1 || address.prefix_length > kMostPrefix) {
    return fail(ErrorCode::kInvalidInput, "the length of the network part is 1 to 30");
  }
  const std::uint32_t mask = ~std::uint32_t{0} << (32U - static_cast<unsigned>(address.prefix_length));
  if ((*own & ~mask) == 0 || (*own & ~mask) == ~mask) {
    return fail(ErrorCode::kInvalidInput, address.address + " is the network itself or everybody in it");
  }
  if (!address.gateway.empty()) {
    const auto gateway = parse_ipv4(address.gateway);
    if (!gateway) return fail(ErrorCode::kInvalidInput, "no IPv4 address: " + address.gateway);
    if ((*gateway & mask) != (*own & mask) || *gateway == *own) {
      return fail(ErrorCode::kInvalidInput, "the gateway " + address.gateway + " is not in the same network");
    }
  }
  if (address.name_servers.size() > limits::kNameServers) {
    return fail(ErrorCode::kInvalidInput, "at most three name servers are asked");
  }
  for (const std::string& server : address.name_servers) {
    if (!parse_ipv4(server)) return fail(ErrorCode::kInvalidInput, "no IPv4 address: " + server);
  }
  return {};
}

Result<NetworkInterface*> FakeNetworkSettings::find(const std::string& interface) {
  for (NetworkInterface& one : interfaces_now) {
    if (one.name == interface) return &one;
  }
  return fail(ErrorCode::kNotFound, "no network interface " + interface);
}

Result<std::vector<NetworkInterface>> FakeNetworkSettings::interfaces() {
  return interfaces_now;
}

Result<std::vector<WifiNetwork>> FakeNetworkSettings::scan() {
  std::vector<WifiNetwork> found;
  for (const Station& station : stations) found.push_back(station.network);
  return found;
}

Status FakeNetworkSettings::connect_wifi(const std::string& name, ByteView password) {
  TRY(check_wifi(name, password));
  for (Station& station : stations) {
    if (station.network.name != name) continue;
    if (as_text(password) != station.password) return fail(ErrorCode::kUnauthorised, "the password is not accepted");
    station.network.known = true;
    TRY_ASSIGN(NetworkInterface * radio, find("wlan0"));
    radio->state = InterfaceState::kConnected;
    radio->connection = name;
    return {};
  }
  return fail(ErrorCode::kNotFound, "no Wi-Fi network of that name is in reach");
}

Status FakeNetworkSettings::use_dhcp(const std::string& interface) {
  TRY_ASSIGN(NetworkInterface * one, find(interface));
  one->addresses = {"192.168.1.20/24"};
  return {};
}

Status FakeNetworkSettings::use_static(const std::string& interface, const StaticAddress& address) {
  TRY(check_static(address));
  TRY_ASSIGN(NetworkInterface * one, find(interface));
  one->addresses = {address.address + "/" + std::to_string(address.prefix_length)};
  one->gateway = address.gateway;
  one->name_servers = address.name_servers;
  return {};
}

Status FakeNetworkSettings::forget(const std::string& name) {
  for (Station& station : stations) {
    if (station.network.name != name || !station.network.known) continue;
    station.network.known = false;
    return {};
  }
  return fail(ErrorCode::kNotFound, "no known network of that name");
}

std::string_view interface_kind_name(InterfaceKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"cable", "wifi", "modem", "other"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view interface_state_name(InterfaceState state) {
  constexpr std::array<std::string_view, 4> kNames = {"unavailable", "disconnected", "connecting", "connected"};
  return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace mimika::maintenance
