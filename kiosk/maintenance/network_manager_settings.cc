#include "kiosk/maintenance/network_manager_settings.h"

#include <arpa/inet.h>

#include <cstring>
#include <string_view>

#include "kiosk/base/wipe.h"

namespace mimika::maintenance {
namespace {

constexpr const char* kWifi = "802-11-wireless";
constexpr const char* kSecurity = "802-11-wireless-security";
constexpr const char* kAddresses = "ipv4";
constexpr const char* kPassword = "psk";
constexpr const char* kDoing = "the settings of a connection";

// A text that is overwritten when it goes.
struct SecretText {
  std::string text;
  SecretText() = default;
  explicit SecretText(ByteView bytes) : text(as_text(bytes)) {}
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() { wipe(text); }
};

// Goes through a dictionary with texts as keys: `each(key)` stands before the value and must read or skip it.
template <typename Each>
Status for_each_entry(sd_bus_message* from, const char* entry, Each each) {
  TRY(check_bus(sd_bus_message_enter_container(from, SD_BUS_TYPE_ARRAY, entry), kDoing));
  const std::string inside(entry + 1, std::strlen(entry) - 2);
  for (;;) {
    const int got = sd_bus_message_enter_container(from, SD_BUS_TYPE_DICT_ENTRY, inside.c_str());
    TRY(check_bus(got, kDoing));
    if (got == 0) break;
    const char* key = nullptr;
    TRY(check_bus(sd_bus_message_read_basic(from, 's', &key), kDoing));
    TRY(each(std::string_view(key)));
    TRY(check_bus(sd_bus_message_exit_container(from), kDoing));
  }
  return check_bus(sd_bus_message_exit_container(from), kDoing);
}

template <typename Fill>
Status in_container(sd_bus_message* to, char type, const char* contents, Fill fill) {
  TRY(check_bus(sd_bus_message_open_container(to, type, contents), kDoing));
  TRY(fill());
  return check_bus(sd_bus_message_close_container(to), kDoing);
}

// One section: its name, and what `fill` writes as its "a{sv}".
template <typename Fill>
Status append_section(sd_bus_message* to, const char* name, Fill fill) {
  return in_container(to, SD_BUS_TYPE_DICT_ENTRY, "sa{sv}", [&]() -> Status {
    TRY(check_bus(sd_bus_message_append_basic(to, 's', name), kDoing));
    return in_container(to, SD_BUS_TYPE_ARRAY, "{sv}", fill);
  });
}

Status append_text(sd_bus_message* to, const char* key, const char* value) {
  return check_bus(sd_bus_message_append(to, "{sv}", key, "s", value), kDoing);
}

// "dns" is a list of numbers in the order of the network.
Status append_name_servers(sd_bus_message* to, const std::vector<std::string>& servers) {
  return in_container(to, SD_BUS_TYPE_DICT_ENTRY, "sv", [&]() -> Status {
    TRY(check_bus(sd_bus_message_append_basic(to, 's', "dns"), kDoing));
    return in_container(to, SD_BUS_TYPE_VARIANT, "au", [&]() -> Status {
      std::vector<std::uint32_t> numbers;
      for (const std::string& server : servers) {
        in_addr number{};
        if (::inet_pton(AF_INET, server.c_str(), &number) != 1) {
          return fail(ErrorCode::kInvalidInput, "no IPv4 address: " + server);
        }
        numbers.push_back(number.s_addr);
      }
      return check_bus(sd_bus_message_append_array(to, 'u', numbers.data(), numbers.size() * sizeof(std::uint32_t)),
                       kDoing);
    });
  });
}

Status append_addresses(sd_bus_message* to, const StaticAddress* address) {
  return append_section(to, kAddresses, [&]() -> Status {
    if (address == nullptr) return append_text(to, "method", "auto");
    TRY(append_text(to, "method", "manual"));
    TRY(check_bus(
        sd_bus_message_append(to, "{sv}", "address-data", "aa{sv}", 1, 2, "address", "s", address->address.c_str(),
                              "prefix", "u", static_cast<std::uint32_t>(address->prefix_length)),
        kDoing));
    if (!address->gateway.empty()) TRY(append_text(to, "gateway", address->gateway.c_str()));
    return address->name_servers.empty() ? Status{} : append_name_servers(to, address->name_servers);
  });
}

// The password in an answer to GetSecrets; empty without one.
Status read_password(sd_bus_message* secrets, SecretText& password) {
  return for_each_entry(secrets, "{sa{sv}}", [&](std::string_view section) -> Status {
    if (section != kSecurity) return check_bus(sd_bus_message_skip(secrets, "a{sv}"), kDoing);
    return for_each_entry(secrets, "{sv}", [&](std::string_view key) -> Status {
      const char* contents = nullptr;
      TRY(check_bus(sd_bus_message_peek_type(secrets, nullptr, &contents), kDoing));
      if (key != kPassword || std::string_view(contents) != "s") {
        return check_bus(sd_bus_message_skip(secrets, "v"), kDoing);
      }
      const char* text = nullptr;
      TRY(check_bus(sd_bus_message_read(secrets, "v", "s", &text), kDoing));
      password.text = text;
      return {};
    });
  });
}

}  // namespace

Result<std::string> read_wifi_name(sd_bus_message* settings) {
  std::string name;
  const Status found = for_each_entry(settings, "{sa{sv}}", [&](std::string_view section) -> Status {
    if (section != kWifi) return check_bus(sd_bus_message_skip(settings, "a{sv}"), kDoing);
    return for_each_entry(settings, "{sv}", [&](std::string_view key) -> Status {
      const char* contents = nullptr;
      TRY(check_bus(sd_bus_message_peek_type(settings, nullptr, &contents), kDoing));
      if (key != "ssid" || std::string_view(contents) != "ay") {
        return check_bus(sd_bus_message_skip(settings, "v"), kDoing);
      }
      const void* bytes = nullptr;
      std::size_t size = 0;
      TRY(check_bus(sd_bus_message_enter_container(settings, SD_BUS_TYPE_VARIANT, "ay"), kDoing));
      TRY(check_bus(sd_bus_message_read_array(settings, 'y', &bytes, &size), kDoing));
      name = as_shown_text({static_cast<const std::uint8_t*>(bytes), size});
      return check_bus(sd_bus_message_exit_container(settings), kDoing);
    });
  });
  TRY(found);
  return name;
}

Result<bool> has_password(sd_bus_message* settings) {
  bool found = false;
  TRY(for_each_entry(settings, "{sa{sv}}", [&](std::string_view section) -> Status {
    found = found || section == kSecurity;
    return check_bus(sd_bus_message_skip(settings, "a{sv}"), kDoing);
  }));
  TRY(check_bus(sd_bus_message_rewind(settings, 1), kDoing));
  return found;
}

Status append_wifi_settings(sd_bus_message* to, const std::string& name, ByteView password,
                            const std::string& key_management) {
  return in_container(to, SD_BUS_TYPE_ARRAY, "{sa{sv}}", [&]() -> Status {
    const Status named = append_section(to, "connection", [&]() -> Status {
      TRY(append_text(to, "id", name.c_str()));
      return append_text(to, "type", kWifi);
    });
    TRY(named);
    const Status wifi = append_section(to, kWifi, [&] {
      return in_container(to, SD_BUS_TYPE_DICT_ENTRY, "sv", [&]() -> Status {
        TRY(check_bus(sd_bus_message_append_basic(to, 's', "ssid"), kDoing));
        return in_container(to, SD_BUS_TYPE_VARIANT, "ay", [&] {
          return check_bus(sd_bus_message_append_array(to, 'y', name.data(), name.size()), kDoing);
        });
      });
    });
    TRY(wifi);
    if (key_management.empty()) return Status{};
    return append_section(to, kSecurity, [&]() -> Status {
      TRY(append_text(to, "key-mgmt", key_management.c_str()));
      const SecretText secret(password);
      return append_text(to, kPassword, secret.text.c_str());
    });
  });
}

Status append_cable_settings(sd_bus_message* to, const std::string& interface, const StaticAddress* address) {
  return in_container(to, SD_BUS_TYPE_ARRAY, "{sa{sv}}", [&]() -> Status {
    const Status named = append_section(to, "connection", [&]() -> Status {
      TRY(append_text(to, "id", interface.c_str()));
      TRY(append_text(to, "interface-name", interface.c_str()));
      return append_text(to, "type", "802-3-ethernet");
    });
    TRY(named);
    return append_addresses(to, address);
  });
}

Status append_changed_settings(sd_bus_message* to, sd_bus_message* from, sd_bus_message* secrets,
                               const StaticAddress* address) {
  SecretText password;
  if (secrets != nullptr) TRY(read_password(secrets, password));
  return in_container(to, SD_BUS_TYPE_ARRAY, "{sa{sv}}", [&]() -> Status {
    const Status copied = for_each_entry(from, "{sa{sv}}", [&](std::string_view section) -> Status {
      if (section == kAddresses) return check_bus(sd_bus_message_skip(from, "a{sv}"), kDoing);
      const std::string name(section);
      return append_section(to, name.c_str(), [&]() -> Status {
        const Status section_copied = for_each_entry(from, "{sv}", [&](std::string_view key) -> Status {
          const std::string kept(key);
          return in_container(to, SD_BUS_TYPE_DICT_ENTRY, "sv", [&]() -> Status {
            TRY(check_bus(sd_bus_message_append_basic(to, 's', kept.c_str()), kDoing));
            return check_bus(sd_bus_message_copy(to, from, 0), kDoing);
          });
        });
        TRY(section_copied);
        if (name != kSecurity || password.text.empty()) return Status{};
        return append_text(to, kPassword, password.text.c_str());
      });
    });
    TRY(copied);
    return append_addresses(to, address);
  });
}

std::string as_shown_text(ByteView bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::uint8_t first = bytes[i];
    const std::size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    bool whole = size > 0 && first < 0xF5 && i + size <= bytes.size() && first >= 0x20 && first != 0x7F;
    for (std::size_t k = 1; whole && k < size; ++k) whole = (bytes[i + k] & 0xC0U) == 0x80U;
    if (whole) {
      text += as_text(bytes.subspan(i, size));
      i += size;
    } else {
      text += "\uFFFD";
      ++i;
    }
  }
  return text;
}

}  // namespace mimika::maintenance
