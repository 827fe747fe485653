// Network settings: what is refused before anybody is asked, the fake, and NetworkManager as dbusmock plays it.
#include "kiosk/maintenance/network_settings.h"

#include <catch2/catch.hpp>

#include "kiosk/base/bytes.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/network_manager.h"
#include "kiosk/maintenance/network_manager_settings.h"
#include "tests/maintenance/mock_bus.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

constexpr const char* kName = "org.freedesktop.NetworkManager";

// A cable and a radio with two stations in reach.
struct Office {
  test::MockBus bus;
  std::unique_ptr<NetworkSettings> settings;

  Office() {
    if (!bus.available()) return;
    bus.play("networkmanager", kName);
    mock("AddEthernetDevice", {"string:mock_eth", "string:eth0", "int32:30"});
    mock("AddWiFiDevice", {"string:mock_wifi", "string:wlan0", "int32:30"});
    station("near", "Kantor Distrik", 78, 0x100);
    station("far", "Kantor Distrik", 20, 0x100);
    station("harbour", "Pelabuhan", 41, 0);
    settings = *open_network_manager(bus.address());
  }
  void mock(const std::string& method, const std::vector<std::string>& arguments) const {
    std::vector<std::string> words = {std::string("--dest=") + kName, "/org/freedesktop/NetworkManager",
                                      "org.freedesktop.DBus.Mock." + method};
    words.insert(words.end(), arguments.begin(), arguments.end());
    bus.call(words);
  }
  void station(const std::string& object, const std::string& name, int strength, int security) const {
    mock("AddAccessPoint", {"string:/org/freedesktop/NetworkManager/Devices/mock_wifi", "string:" + object,
                            "string:" + name, "string:00:23:F8:7E:12:BB", "uint32:2", "uint32:2425", "uint32:5400",
                            "byte:" + std::to_string(strength), "uint32:" + std::to_string(security)});
  }
};

bool missing(const Office& office) {
  if (!office.settings) WARN("dbus-daemon or python3-dbusmock is not installed");
  return !office.settings;
}

}  // namespace

TEST_CASE("A Wi-Fi password that no network can have is refused, and never repeated") {
  const auto refused = [](const std::string& name, const std::string& password) {
    const Status status = check_wifi(name, as_bytes(password));
    return !status && (password.empty() || status.error().message.find(password) == std::string::npos);
  };
  CHECK(check_wifi("Kantor", as_bytes("")).has_value());
  CHECK(check_wifi("Kantor", as_bytes("12345678")).has_value());
  CHECK(check_wifi("Kantor", as_bytes(std::string(63, 'x'))).has_value());
  CHECK(check_wifi("Kantor", as_bytes(std::string(64, 'a'))).has_value());
  CHECK(refused("Kantor", "1234567"));
  CHECK(refused("Kantor", std::string(64, 'x')));
  CHECK(refused("Kantor", std::string(65, 'a')));
  CHECK(refused("Kantor", "with a tab\t"));
  CHECK(refused("", "12345678"));
  CHECK(refused(std::string(limits::kWifiNameBytes + 1, 'k'), "12345678"));
}

TEST_CASE("A fixed address must be one of its network, and so must its gateway") {
  const auto accepted = [](const std::string& address, int prefix, const std::string& gateway) {
    return check_static({address, prefix, gateway, {}}).has_value();
  };
  CHECK(accepted("192.168.1.20", 24, "192.168.1.1"));
  CHECK(accepted("192.168.1.20", 24, ""));
  CHECK(accepted("10.0.0.2", 8, "10.255.0.1"));
  CHECK_FALSE(accepted("192.168.1.20", 24, "192.168.2.1"));
  CHECK_FALSE(accepted("192.168.1.20", 24, "192.168.1.20"));
  CHECK_FALSE(accepted("192.168.1.0", 24, ""));
  CHECK_FALSE(accepted("192.168.1.255", 24, ""));
  CHECK_FALSE(accepted("192.168.1.20", 0, ""));
  CHECK_FALSE(accepted("192.168.1.20", 31, ""));
  for (const char* wrong : {"", "192.168.1", "192.168.1.256", "192.168.01.2", "192.168.1.2.3", "a.b.c.d", "1.2.3.4 "}) {
    CHECK_FALSE(accepted(wrong, 24, ""));
  }
  CHECK_FALSE(check_static({"10.0.0.2", 8, "", {"dns.example"}}).has_value());
  CHECK_FALSE(check_static({"10.0.0.2", 8, "", {"10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"}}).has_value());
}

TEST_CASE("The fake takes a password for what it is, and forgets") {
  FakeNetworkSettings fake;
  CHECK(fake.connect_wifi("Kantor Distrik", as_bytes("falsch-falsch")).error().code == ErrorCode::kUnauthorised);
  CHECK(fake.connect_wifi("Nowhere", as_bytes("rahasia123")).error().code == ErrorCode::kNotFound);
  REQUIRE(fake.connect_wifi("Kantor Distrik", as_bytes("rahasia123")).has_value());
  CHECK(fake.interfaces()->at(1).connection == "Kantor Distrik");
  CHECK(fake.forget("Kantor Distrik").has_value());
  CHECK(fake.forget("Kantor Distrik").error().code == ErrorCode::kNotFound);
  REQUIRE(fake.use_static("eth0", {"10.0.0.2", 24, "10.0.0.1", {}}).has_value());
  CHECK(fake.interfaces()->at(0).addresses.front() == "10.0.0.2/24");
  CHECK(fake.use_dhcp("eth7").error().code == ErrorCode::kNotFound);
}

TEST_CASE("A name of a network is shown as text whatever its bytes are") {
  CHECK(as_shown_text(as_bytes("Kantor Distrik")) == "Kantor Distrik");
  CHECK(as_shown_text(as_bytes("Noël")) == "Noël");
  CHECK(as_shown_text(as_bytes("a\xff\x01z")) == "a\uFFFD\uFFFDz");
  CHECK(as_shown_text(as_bytes("cut\xe2\x82")) == "cut\uFFFD\uFFFD");
}

TEST_CASE("Without a bus, and on one without NetworkManager, that is said") {
  CHECK(open_network_manager("unix:path=/nowhere/bus").error().code == ErrorCode::kUnreachable);
  const test::MockBus bus;
  if (!bus.available()) return;
  auto settings = open_network_manager(bus.address());
  REQUIRE(settings.has_value());
  CHECK((*settings)->interfaces().error().code == ErrorCode::kUnreachable);
}

TEST_CASE("NetworkManager's interfaces and networks are told, of each name the strongest") {
  const Office office;
  if (missing(office)) return;
  const auto interfaces = office.settings->interfaces();
  REQUIRE(interfaces.has_value());
  REQUIRE(interfaces->size() == 2);
  CHECK(interfaces->at(0).name == "eth0");
  CHECK(interfaces->at(0).kind == InterfaceKind::kCable);
  CHECK(interfaces->at(0).state == InterfaceState::kDisconnected);
  CHECK(interfaces->at(1).kind == InterfaceKind::kWifi);
  const auto networks = office.settings->scan();
  REQUIRE(networks.has_value());
  REQUIRE(networks->size() == 2);
  CHECK(networks->at(0).name == "Kantor Distrik");
  CHECK(networks->at(0).strength_percent == 78);
  CHECK(networks->at(0).secured);
  CHECK_FALSE(networks->at(0).known);
  CHECK_FALSE(networks->at(1).secured);
}

TEST_CASE("A Wi-Fi is connected with its password, known from then on, and forgotten again") {
  const Office office;
  if (missing(office)) return;
  CHECK(office.settings->connect_wifi("Nowhere", as_bytes("rahasia123")).error().code == ErrorCode::kNotFound);
  CHECK(office.settings->connect_wifi("Kantor Distrik", {}).error().code == ErrorCode::kInvalidInput);
  CHECK(office.settings->connect_wifi("Pelabuhan", as_bytes("rahasia123")).error().code == ErrorCode::kInvalidInput);
  const Status connected = office.settings->connect_wifi("Kantor Distrik", as_bytes("rahasia123"));
  INFO((connected ? "" : connected.error().message));
  REQUIRE(connected.has_value());
  CHECK(office.bus.heard().find("rahasia123") != std::string::npos);
  CHECK(office.bus.heard().find("wpa-psk") != std::string::npos);
  const auto interfaces = office.settings->interfaces();
  CHECK(interfaces->at(1).state == InterfaceState::kConnected);
  CHECK(office.settings->scan()->at(0).known);
  // Again, with another password: one connection stays.
  REQUIRE(office.settings->connect_wifi("Kantor Distrik", as_bytes("rahasia456")).has_value());
  REQUIRE(office.settings->forget("Kantor Distrik").has_value());
  CHECK_FALSE(office.settings->scan()->at(0).known);
  CHECK(office.settings->forget("Kantor Distrik").error().code == ErrorCode::kNotFound);
}

TEST_CASE("An open network is connected without a password") {
  const Office office;
  if (missing(office)) return;
  const Status connected = office.settings->connect_wifi("Pelabuhan", {});
  INFO((connected ? "" : connected.error().message));
  REQUIRE(connected.has_value());
  CHECK(office.bus.heard().find("802-11-wireless-security") == std::string::npos);
}

TEST_CASE("A fixed address is written into the connection, and everything else of it stays") {
  const Office office;
  if (missing(office)) return;
  REQUIRE(office.settings->connect_wifi("Pelabuhan", {}).has_value());
  const Status set = office.settings->use_static("wlan0", {"10.0.0.2", 24, "10.0.0.1", {"10.0.0.1"}});
  INFO((set ? "" : set.error().message));
  REQUIRE(set.has_value());
  const std::string heard = office.bus.heard();
  const std::string update = heard.substr(heard.find("Update"));
  CHECK(update.find("manual") != std::string::npos);
  CHECK(update.find("10.0.0.2") != std::string::npos);
  CHECK(update.find("Pelabuhan") != std::string::npos);
  CHECK(update.find("seen-bssids") != std::string::npos);
  CHECK(office.settings->use_dhcp("wlan0").has_value());
  CHECK(office.settings->use_dhcp("eth7").error().code == ErrorCode::kNotFound);
}
