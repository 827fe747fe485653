// How this machine is connected, and changing it: cables, Wi-Fi, addresses. On a kiosk NetworkManager does it
// (network_manager.h); FakeNetworkSettings is for machines without one, and for tests.
//
// A Wi-Fi password is never logged, never part of an error, and overwritten when it was used. It comes in as bytes so
// that nobody keeps a copy in a string.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::maintenance {

enum class InterfaceKind : std::uint8_t { kCable, kWifi, kModem, kOther };
enum class InterfaceState : std::uint8_t { kUnavailable, kDisconnected, kConnecting, kConnected };

struct NetworkInterface {
  std::string name;  // "wlan0"
  InterfaceKind kind = InterfaceKind::kOther;
  InterfaceState state = InterfaceState::kUnavailable;
  std::string connection;              // its name, "Wired connection 1"; empty: none
  std::vector<std::string> addresses;  // "192.168.1.20/24"
  std::string gateway;
  std::vector<std::string> name_servers;
};

struct WifiNetwork {
  std::string name;  // the SSID, as text; bytes that are none are replaced
  int strength_percent = 0;
  bool secured = false;
  bool known = false;  // it was connected to before
};

struct StaticAddress {
  std::string address;     // "192.168.1.20"
  int prefix_length = 24;  // 1 to 30
  std::string gateway;     // may be empty: no way out
  std::vector<std::string> name_servers;
};

// Blocking, for a thread of the app. kUnreachable: there is no such service on this machine; kTooSlow; kNotFound: no
// such interface or network; kInvalidInput; kUnauthorised: the system does not let us, or the password is wrong.
class NetworkSettings {
 public:
  virtual ~NetworkSettings() = default;
  [[nodiscard]] virtual Result<std::vector<NetworkInterface>> interfaces() = 0;
  // Listens anew, then the strongest first; of several stations of one name the strongest.
  [[nodiscard]] virtual Result<std::vector<WifiNetwork>> scan() = 0;
  // Returns when the network is there, or does not come. An empty password: an open network. What was known of that
  // name before is forgotten once the new one works, and kept when it does not.
  [[nodiscard]] virtual Status connect_wifi(const std::string& name, ByteView password) = 0;
  [[nodiscard]] virtual Status use_dhcp(const std::string& interface) = 0;
  [[nodiscard]] virtual Status use_static(const std::string& interface, const StaticAddress& address) = 0;
  // Every connection of this Wi-Fi name. kNotFound: there is none.
  [[nodiscard]] virtual Status forget(const std::string& name) = 0;
};

// What every implementation refuses, so that nothing half right reaches the system. The texts name what is wrong and
// never the password.
[[nodiscard]] Status check_wifi(const std::string& name, ByteView password);
[[nodiscard]] Status check_static(const StaticAddress& address);

// Remembers what it was told; a connection needs the password it has for the name.
class FakeNetworkSettings final : public NetworkSettings {
 public:
  std::vector<NetworkInterface> interfaces_now = {
      {"eth0", InterfaceKind::kCable, InterfaceState::kConnected, "cable", {"192.168.1.20/24"}, "192.168.1.1", {}},
      {"wlan0", InterfaceKind::kWifi, InterfaceState::kDisconnected, "", {}, "", {}}};
  struct Station {
    WifiNetwork network;
    std::string password;
  };
  std::vector<Station> stations = {{{"Kantor Distrik", 78, true, false}, "rahasia123"},
                                   {{"Pelabuhan", 41, false, false}, ""}};

  [[nodiscard]] Result<std::vector<NetworkInterface>> interfaces() override;
  [[nodiscard]] Result<std::vector<WifiNetwork>> scan() override;
  [[nodiscard]] Status connect_wifi(const std::string& name, ByteView password) override;
  [[nodiscard]] Status use_dhcp(const std::string& interface) override;
  [[nodiscard]] Status use_static(const std::string& interface, const StaticAddress& address) override;
  [[nodiscard]] Status forget(const std::string& name) override;

 private:
  [[nodiscard]] Result<NetworkInterface*> find(const std::string& interface);
};

[[nodiscard]] std::string_view interface_kind_name(InterfaceKind kind);
[[nodiscard]] std::string_view interface_state_name(InterfaceState state);

}  // namespace mimika::maintenance
