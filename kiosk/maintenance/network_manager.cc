#include "kiosk/maintenance/network_manager.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/network_manager_settings.h"
#include "kiosk/maintenance/system_bus.h"

namespace mimika::maintenance {
namespace {

constexpr const char* kService = "org.freedesktop.NetworkManager";
constexpr const char* kNothing = "/";
constexpr std::int64_t kPollMs = 250;

// The numbers are NetworkManager's (nm-dbus-types).
constexpr std::uint32_t kEthernetDevice = 1;
constexpr std::uint32_t kWifiDevice = 2;
constexpr std::uint32_t kModemDevice = 8;
constexpr std::uint32_t kDeviceDisconnected = 30;
constexpr std::uint32_t kDevicePreparing = 40;
constexpr std::uint32_t kDeviceActivated = 100;
constexpr std::uint32_t kDeviceFailed = 120;
constexpr std::uint32_t kActiveActivated = 2;
constexpr std::uint32_t kPrivacyFlag = 0x1;
constexpr std::uint32_t kKeyManagementPsk = 0x100;
constexpr std::uint32_t kKeyManagementSae = 0x400;

struct Device {
  std::string path;
  std::string name;
  InterfaceKind kind = InterfaceKind::kOther;
  std::uint32_t state = 0;
};

struct AccessPoint {
  std::string path;
  std::string device;
  WifiNetwork network;
  bool only_sae = false;
};

InterfaceState state_of(std::uint32_t state) {
  if (state == kDeviceActivated) return InterfaceState::kConnected;
  if (state >= kDevicePreparing && state < kDeviceActivated) return InterfaceState::kConnecting;
  if (state == kDeviceDisconnected || state == kDeviceFailed) return InterfaceState::kDisconnected;
  return InterfaceState::kUnavailable;
}

void wait_a_little() {
  std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
}

class NetworkManagerSettings final : public NetworkSettings {
 public:
  explicit NetworkManagerSettings(SystemBus bus) : bus_(std::move(bus)) {}

  Result<std::vector<NetworkInterface>> interfaces() override {
    TRY_ASSIGN(const std::vector<Device> all, devices());
    std::vector<NetworkInterface> found;
    for (const Device& device : all) {
      NetworkInterface interface{device.name, device.kind, state_of(device.state), "", {}, "", {}};
      if (const auto active = active_connection(device)) {
        interface.connection = bus_.text_property(*active, "Id").value_or("");
      }
      add_addresses(device, interface);
      found.push_back(std::move(interface));
    }
    return found;
  }

  Result<std::vector<WifiNetwork>> scan() override {
    TRY_ASSIGN(const std::vector<AccessPoint> points, access_points(true));
    TRY_ASSIGN(const auto known, known_wifi());
    std::vector<WifiNetwork> found;
    for (const AccessPoint& point : points) {
      if (found.size() >= limits::kWifiNetworks) break;
      found.push_back(point.network);
      found.back().known = known.contains(point.network.name);
    }
    return found;
  }

  Status connect_wifi(const std::string& name, ByteView password) override {
    TRY(check_wifi(name, password));
    TRY_ASSIGN(std::vector<AccessPoint> points, access_points(false));
    auto point = std::ranges::find_if(points, [&](const AccessPoint& p) { return p.network.name == name; });
    if (point == points.end()) {
      TRY_ASSIGN(points, access_points(true));
      point = std::ranges::find_if(points, [&](const AccessPoint& p) { return p.network.name == name; });
    }
    if (point == points.end()) return fail(ErrorCode::kNotFound, "no Wi-Fi network of that name is in reach");
    if (point->network.secured == password.empty()) {
      return fail(ErrorCode::kInvalidInput,
                  password.empty() ? "this network wants a password" : "this network is open");
    }
    TRY_ASSIGN(const auto known, known_wifi());
    TRY_ASSIGN(const Message question, bus_.question(manager(), "AddAndActivateConnection", true));
    const std::string key_management = password.empty() ? "" : point->only_sae ? "sae" : "wpa-psk";
    TRY(append_wifi_settings(question.get(), name, password, key_management));
    TRY_ASSIGN(const Status activated, activate(question, point->device, point->path));
    if (!activated) return activated;
    // The new one works, so what was known before goes. It may be the same where the service made it anew in place.
    if (const auto before = known.find(name); before != known.end()) {
      for (const std::string& path : before->second) {
        if (path != last_connection_) TRY(delete_connection(path));
      }
    }
    return {};
  }

  Status use_dhcp(const std::string& interface) override { return use_address(interface, nullptr); }

  Status use_static(const std::string& interface, const StaticAddress& address) override {
    TRY(check_static(address));
    return use_address(interface, &address);
  }

  Status forget(const std::string& name) override {
    TRY_ASSIGN(const auto known, known_wifi());
    const auto found = known.find(name);
    if (found == known.end()) return fail(ErrorCode::kNotFound, "no known network of that name");
    for (const std::string& path : found->second) TRY(delete_connection(path));
    return {};
  }

 private:
  [[nodiscard]] static BusObject object(const std::string& path, const char* interface) {
    return {kService, path, std::string(kService) + interface};
  }
  [[nodiscard]] static BusObject manager() { return object("/org/freedesktop/NetworkManager", ""); }
  [[nodiscard]] static BusObject connection_at(const std::string& path) { return object(path, ".Settings.Connection"); }

  Result<std::vector<Device>> devices() {
    TRY_ASSIGN(const Message answer, bus_.ask(manager(), "GetDevices"));
    TRY_ASSIGN(const auto paths, read_texts(answer.get(), 'o', limits::kSystemEntries));
    std::vector<Device> found;
    for (const std::string& path : paths) {
      const BusObject device = object(path, ".Device");
      TRY_ASSIGN(const std::uint32_t type, bus_.number_property(device, "DeviceType"));
      const InterfaceKind kind = type == kEthernetDevice ? InterfaceKind::kCable
                                 : type == kWifiDevice   ? InterfaceKind::kWifi
                                 : type == kModemDevice  ? InterfaceKind::kModem
                                                         : InterfaceKind::kOther;
      // Loops, bridges and tunnels are nothing that a technician plugs in.
      if (kind == InterfaceKind::kOther || found.size() >= limits::kNetworkInterfaces) continue;
      TRY_ASSIGN(const std::string name, bus_.text_property(device, "Interface"));
      TRY_ASSIGN(const std::uint32_t state, bus_.number_property(device, "State"));
      found.push_back({path, name, kind, state});
    }
    std::ranges::sort(found, {}, &Device::name);
    return found;
  }

  Result<Device> find_device(const std::string& interface) {
    TRY_ASSIGN(const std::vector<Device> all, devices());
    for (const Device& device : all) {
      if (device.name == interface) return device;
    }
    return fail(ErrorCode::kNotFound, "no network interface " + interface);
  }

  std::optional<BusObject> active_connection(const Device& device) {
    const auto path = bus_.path_property(object(device.path, ".Device"), "ActiveConnection");
    if (!path || *path == kNothing) return std::nullopt;
    return object(*path, ".Connection.Active");
  }

  // What is connected has addresses; that there are none to be read is no error of the list.
  void add_addresses(const Device& device, NetworkInterface& interface) {
    const auto path = bus_.path_property(object(device.path, ".Device"), "Ip4Config");
    if (!path || *path == kNothing) return;
    const BusObject config = object(*path, ".IP4Config");
    interface.gateway = bus_.text_property(config, "Gateway").value_or("");
    const auto read = [&](const char* property, std::size_t most, const auto& take) {
      auto list = bus_.property(config, property, "aa{sv}");
      if (list) static_cast<void>(read_dictionaries(list->get(), most, take));
    };
    read("AddressData", limits::kSystemEntries, [&](const std::string& address, std::uint32_t prefix) {
      interface.addresses.push_back(address + "/" + std::to_string(prefix));
    });
    read("NameserverData", limits::kNameServers,
         [&](const std::string& address, std::uint32_t) { interface.name_servers.push_back(address); });
  }

  // Of each dictionary the entries "address" and "prefix".
  template <typename Take>
  static Status read_dictionaries(sd_bus_message* from, std::size_t most, const Take& take) {
    constexpr const char* kDoing = "reading addresses";
    TRY(check_bus(sd_bus_message_enter_container(from, SD_BUS_TYPE_ARRAY, "a{sv}"), kDoing));
    for (std::size_t i = 0; i < most; ++i) {
      const int got = sd_bus_message_enter_container(from, SD_BUS_TYPE_ARRAY, "{sv}");
      TRY(check_bus(got, kDoing));
      if (got == 0) break;
      std::string address;
      std::uint32_t prefix = 0;
      while (sd_bus_message_enter_container(from, SD_BUS_TYPE_DICT_ENTRY, "sv") > 0) {
        const char* key = nullptr;
        TRY(check_bus(sd_bus_message_read_basic(from, 's', &key), kDoing));
        if (std::string_view(key) == "address") {
          const char* text = nullptr;
          TRY(check_bus(sd_bus_message_read(from, "v", "s", &text), kDoing));
          address = text;
        } else if (std::string_view(key) == "prefix") {
          TRY(check_bus(sd_bus_message_read(from, "v", "u", &prefix), kDoing));
        } else {
          TRY(check_bus(sd_bus_message_skip(from, "v"), kDoing));
        }
        TRY(check_bus(sd_bus_message_exit_container(from), kDoing));
      }
      TRY(check_bus(sd_bus_message_exit_container(from), kDoing));
      if (!address.empty()) take(address, prefix);
    }
    return {};
  }

  // Name -> the connections of it.
  Result<std::map<std::string, std::vector<std::string>>> known_wifi() {
    TRY_ASSIGN(const Message answer,
               bus_.ask(object("/org/freedesktop/NetworkManager/Settings", ".Settings"), "ListConnections"));
    TRY_ASSIGN(const auto paths, read_texts(answer.get(), 'o', limits::kKnownConnections));
    std::map<std::string, std::vector<std::string>> known;
    for (const std::string& path : paths) {
      const auto settings = bus_.ask(connection_at(path), "GetSettings");
      if (!settings) continue;  // forgotten by somebody else meanwhile
      TRY_ASSIGN(const std::string name, read_wifi_name(settings->get()));
      if (!name.empty()) known[name].push_back(path);
    }
    return known;
  }

  Status delete_connection(const std::string& path) {
    TRY(bus_.ask(connection_at(path), "Delete"));
    return {};
  }

  // Listens on a radio until it says that it has, or the time is over.
  Status listen(const Device& radio) {
    const BusObject wireless = object(radio.path, ".Device.Wireless");
    const auto last_scan = [&]() -> Result<std::int64_t> {
      TRY_ASSIGN(const Message value, bus_.property(wireless, "LastScan", "x"));
      std::int64_t at = 0;
      TRY(check_bus(sd_bus_message_read_basic(value.get(), 'x', &at), "LastScan"));
      return at;
    };
    const auto before = last_scan();
    TRY_ASSIGN(const Message question, bus_.question(wireless, "RequestScan"));
    TRY(check_bus(sd_bus_message_append(question.get(), "a{sv}", 0), "RequestScan"));
    // One that has just listened refuses; what it heard is fresh then.
    if (!bus_.ask(question, limits::kBusCallMs) || !before) return {};
    for (std::int64_t waited = 0; waited < limits::kWifiScanMs; waited += kPollMs) {
      if (last_scan().value_or(*before) != *before) return {};
      wait_a_little();
    }
    return {};
  }

  Result<AccessPoint> read_point(const std::string& path, const std::string& device) {
    const BusObject point = object(path, ".AccessPoint");
    AccessPoint found{path, device, {}, false};
    TRY_ASSIGN(const Message ssid, bus_.property(point, "Ssid", "ay"));
    const void* bytes = nullptr;
    std::size_t size = 0;
    TRY(check_bus(sd_bus_message_read_array(ssid.get(), 'y', &bytes, &size), "Ssid"));
    found.network.name = as_shown_text({static_cast<const std::uint8_t*>(bytes), size});
    TRY_ASSIGN(const std::uint8_t strength, bus_.byte_property(point, "Strength"));
    found.network.strength_percent = std::min<int>(strength, 100);
    const std::uint32_t flags = bus_.number_property(point, "Flags").value_or(0);
    const std::uint32_t wpa = bus_.number_property(point, "WpaFlags").value_or(0);
    const std::uint32_t rsn = bus_.number_property(point, "RsnFlags").value_or(0);
    found.network.secured = (flags & kPrivacyFlag) != 0 || wpa != 0 || rsn != 0;
    found.only_sae = (rsn & kKeyManagementSae) != 0 && ((rsn | wpa) & kKeyManagementPsk) == 0;
    return found;
  }

  // The strongest of each name, the strongest first. Hidden ones have no name and are left out.
  Result<std::vector<AccessPoint>> access_points(bool anew) {
    TRY_ASSIGN(const std::vector<Device> all, devices());
    std::vector<AccessPoint> found;
    bool any_radio = false;
    for (const Device& device : all) {
      if (device.kind != InterfaceKind::kWifi) continue;
      any_radio = true;
      if (anew) TRY(listen(device));
      TRY_ASSIGN(const Message answer, bus_.ask(object(device.path, ".Device.Wireless"), "GetAllAccessPoints"));
      TRY_ASSIGN(const auto paths, read_texts(answer.get(), 'o', limits::kSystemEntries));
      for (const std::string& path : paths) {
        // A station that went out of reach meanwhile has no properties any more.
        if (auto point = read_point(path, device.path); point && !point->network.name.empty()) {
          found.push_back(*std::move(point));
        }
      }
    }
    if (!any_radio) return fail(ErrorCode::kNotFound, "this machine has no Wi-Fi");
    std::ranges::stable_sort(found, std::ranges::greater(),
                             [](const AccessPoint& point) { return point.network.strength_percent; });
    std::map<std::string, bool> seen;
    std::erase_if(found, [&](const AccessPoint& point) { return !seen.emplace(point.network.name, true).second; });
    return found;
  }

  // The message holds the settings. The outer error: it could not be asked; the inner: the network did not come, and
  // what was added for it is gone again.
  Result<Status> activate(const Message& question, const std::string& device, const std::string& point) {
    TRY(check_bus(sd_bus_message_append(question.get(), "oo", device.c_str(), point.c_str()), "a connection"));
    TRY_ASSIGN(const Message answer, bus_.ask(question, limits::kBusCallMs));
    const char* connection = nullptr;
    const char* active = nullptr;
    TRY(check_bus(sd_bus_message_read(answer.get(), "oo", &connection, &active), "a connection"));
    last_connection_ = connection;
    Status waited = wait_for(active, device);
    if (!waited) static_cast<void>(delete_connection(last_connection_));
    return waited;
  }

  Status wait_for(const std::string& active, const std::string& device) {
    const BusObject connection = object(active, ".Connection.Active");
    for (std::int64_t waited = 0; waited < limits::kActivationMs; waited += kPollMs) {
      const auto state = bus_.number_property(connection, "State");
      if (state && *state == kActiveActivated) return {};
      // One that failed is taken away at once, and the device keeps the reason.
      if (!state || *state > kActiveActivated) return fail_of(device);
      wait_a_little();
    }
    return fail(ErrorCode::kTooSlow, "the network does not come");
  }

  Status fail_of(const std::string& device) {
    const auto reason = bus_.property(object(device, ".Device"), "StateReason", "(uu)");
    std::uint32_t state = 0;
    std::uint32_t why = 0;
    if (reason) static_cast<void>(sd_bus_message_read(reason->get(), "(uu)", &state, &why));
    constexpr std::uint32_t kNoSecrets = 7;
    constexpr std::uint32_t kSupplicantTimeout = 11;
    constexpr std::uint32_t kDhcpFirst = 15;
    constexpr std::uint32_t kDhcpLast = 17;
    constexpr std::uint32_t kNoAddress = 5;
    if (why >= kNoSecrets && why <= kSupplicantTimeout) {
      return fail(ErrorCode::kUnauthorised, "the password is not accepted");
    }
    if (why == kNoAddress || (why >= kDhcpFirst && why <= kDhcpLast)) {
      return fail(ErrorCode::kUnreachable, "the network gives no address");
    }
    return fail(ErrorCode::kUnreachable, "the network does not come, reason " + std::to_string(why));
  }

  Status use_address(const std::string& interface, const StaticAddress* address) {
    TRY_ASSIGN(const Device device, find_device(interface));
    const auto active = active_connection(device);
    if (!active) {
      if (device.kind != InterfaceKind::kCable) {
        return fail(ErrorCode::kNotFound, interface + " is not connected: connect it first");
      }
      TRY_ASSIGN(const Message question, bus_.question(manager(), "AddAndActivateConnection"));
      TRY(append_cable_settings(question.get(), interface, address));
      TRY_ASSIGN(const Status activated, activate(question, device.path, kNothing));
      return activated;
    }
    TRY_ASSIGN(const std::string connection, bus_.path_property(*active, "Connection"));
    TRY_ASSIGN(const Message settings, bus_.ask(connection_at(connection), "GetSettings"));
    TRY_ASSIGN(const bool password, has_password(settings.get()));
    Message secrets;
    if (password) {
      TRY_ASSIGN(secrets, secrets_of(connection));
    }
    TRY_ASSIGN(const Message update, bus_.question(connection_at(connection), "Update", true));
    TRY(append_changed_settings(update.get(), settings.get(), secrets.get(), address));
    TRY(bus_.ask(update, limits::kBusCallMs));
    TRY_ASSIGN(const Message again, bus_.question(manager(), "ActivateConnection"));
    TRY(check_bus(sd_bus_message_append(again.get(), "ooo", connection.c_str(), device.path.c_str(), kNothing),
                  "a connection"));
    TRY_ASSIGN(const Message answer, bus_.ask(again, limits::kBusCallMs));
    const char* path = nullptr;
    TRY(check_bus(sd_bus_message_read_basic(answer.get(), 'o', &path), "a connection"));
    return wait_for(path, device.path);
  }

  // That a password cannot be had is an error: an update would lose it.
  Result<Message> secrets_of(const std::string& connection) {
    TRY_ASSIGN(const Message question, bus_.question(connection_at(connection), "GetSecrets", true));
    TRY(check_bus(sd_bus_message_append(question.get(), "s", "802-11-wireless-security"), "GetSecrets"));
    TRY_ASSIGN(Message answer, bus_.ask(question, limits::kBusCallMs));
    TRY(check_bus(sd_bus_message_sensitive(answer.get()), "GetSecrets"));
    return answer;
  }

  SystemBus bus_;
  std::string last_connection_;
};

}  // namespace

Result<std::unique_ptr<NetworkSettings>> open_network_manager(const std::string& bus_address) {
  TRY_ASSIGN(SystemBus bus, SystemBus::open(bus_address));
  return std::make_unique<NetworkManagerSettings>(std::move(bus));
}

}  // namespace mimika::maintenance
