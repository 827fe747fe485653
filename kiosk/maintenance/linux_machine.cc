#include "kiosk/maintenance/linux_machine.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sstream>
#include <string_view>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/write_probe.h"

namespace mimika::maintenance {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kKilobyte = 1024;
constexpr int kTripPoints = 16;  // looked at in one thermal zone
constexpr int kHexDigits = 16;
constexpr int kLifeStep = 10;  // percent
constexpr int kMostLifeSteps = 11;

Result<std::string> read_text(const fs::path& path) {
  TRY_ASSIGN(const Bytes content, read_file(path.string(), limits::kSystemFileBytes));
  std::string text(as_text(content));
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::int64_t> read_number(const fs::path& path) {
  TRY_ASSIGN(const std::string text, read_text(path));
  const auto number = parse_number<std::int64_t>(text);
  if (!number) return fail(ErrorCode::kCorrupt, path.string() + " holds no number");
  return *number;
}

// A part that is not there is nothing; one that holds nonsense is an error.
Result<std::optional<std::int64_t>> read_if_there(const fs::path& path) {
  auto number = read_number(path);
  if (number) return std::optional(*number);
  if (number.error().code == ErrorCode::kNotFound) return std::optional<std::int64_t>();
  return std::unexpected(number.error());
}

// The entries of a folder by name, so that what is reported does not depend on the order of the disk.
std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (found.size() < limits::kSystemEntries) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// "0x01 0x0b": what JESD84-B51 calls DEVICE_LIFE_TIME_EST_TYP_A and _B, in tenths of the life; 0 is not told.
Result<int> parse_life(const std::string& text) {
  std::istringstream in(text);
  int most = 0;
  for (std::string word; in >> word;) {
    if (!word.starts_with("0x")) return fail(ErrorCode::kCorrupt, "an eMMC's life is no number: " + word);
    const auto steps = parse_number<int>(std::string_view(word).substr(2), kHexDigits);
    if (!steps || *steps < 0 || *steps > kMostLifeSteps) {
      return fail(ErrorCode::kCorrupt, "an eMMC's life is out of range: " + word);
    }
    most = std::max(most, *steps);
  }
  return most;
}

SupplyKind supply_kind(std::string_view type) {
  if (type == "Mains" || type.starts_with("USB")) return SupplyKind::kMains;
  if (type == "Battery") return SupplyKind::kBattery;
  if (type == "UPS") return SupplyKind::kUps;
  return SupplyKind::kOther;
}

bool is_of_the_machine_itself(std::string_view address) {
  return address.starts_with("127.") || address == "0.0.0.0";
}

class LinuxMachine final : public Machine {
 public:
  LinuxMachine(Env& env, const std::string& root) : env_(env), root_(root) {}

  Result<SpaceReading> space(const std::string& folder) override {
    std::error_code error;
    const fs::space_info info = fs::space(folder, error);
    if (error) return std::unexpected(error_from_errno(error.value(), "asking for the space of " + folder));
    return SpaceReading{info.capacity, info.available};
  }

  Result<std::vector<WearReading>> wear() override {
    std::vector<WearReading> found;
    for (const fs::path& disk : entries(at("sys/block"))) {
      const auto life = read_text(disk / "device/life_time");
      if (!life) {
        if (life.error().code == ErrorCode::kNotFound || life.error().message.contains("Not a directory")) continue;
        return std::unexpected(life.error());
      }
      TRY_ASSIGN(const int steps, parse_life(*life));
      if (steps == 0) continue;
      WearReading reading{disk.filename().string(), steps * kLifeStep, std::nullopt};
      if (const auto reserve = read_text(disk / "device/pre_eol_info"); reserve && reserve->starts_with("0x")) {
        const auto state = parse_number<int>(std::string_view(*reserve).substr(2), kHexDigits);
        if (!state) return fail(ErrorCode::kCorrupt, "an eMMC's reserve is no number: " + *reserve);
        if (*state > 0) reading.reserve_state = *state;
      }
      found.push_back(std::move(reading));
    }
    if (found.empty()) return fail(ErrorCode::kNotFound, "no disk of this machine tells its wear");
    return found;
  }

  Result<ProbeReading> probe(const std::string& folder) override { return write_and_read_back(folder, env_); }

  Result<MemoryReading> memory() override {
    TRY_ASSIGN(const std::string text, read_text(at("proc/meminfo")));
    MemoryReading reading;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string name;
      std::uint64_t kilobytes = 0;
      if (!(words >> name >> kilobytes)) continue;
      if (name == "MemTotal:") reading.total_bytes = kilobytes * kKilobyte;
      if (name == "MemAvailable:") reading.available_bytes = kilobytes * kKilobyte;
    }
    if (reading.total_bytes == 0 || reading.available_bytes > reading.total_bytes) {
      return fail(ErrorCode::kCorrupt, "/proc/meminfo does not tell the memory");
    }
    return reading;
  }

  Result<std::vector<TemperatureReading>> temperatures() override {
    std::vector<TemperatureReading> found;
    for (const fs::path& zone : entries(at("sys/class/thermal"))) {
      if (!zone.filename().string().starts_with("thermal_zone")) continue;
      const auto now = read_number(zone / "temp");
      // A zone whose sensor sleeps answers with an error; the others still count.
      if (!now && now.error().code != ErrorCode::kCorrupt) continue;
      if (!now) return std::unexpected(now.error());
      found.push_back({read_text(zone / "type").value_or(zone.filename().string()), *now, critical_of(zone)});
    }
    for (const fs::path& chip : entries(at("sys/class/hwmon"))) {
      TRY(add_chip(chip, found));
    }
    if (found.empty()) return fail(ErrorCode::kNotFound, "no sensor tells a temperature");
    return found;
  }

  Result<RtcReading> rtc() override {
    const fs::path clock = at("sys/class/rtc/rtc0");
    RtcReading reading;
    TRY_ASSIGN(reading.since_epoch_s, read_number(clock / "since_epoch"));
    TRY_ASSIGN(reading.battery_microvolts, read_if_there(clock / "battery_voltage"));
    return reading;
  }

  Result<std::vector<SupplyReading>> supplies() override {
    std::vector<SupplyReading> found;
    for (const fs::path& supply : entries(at("sys/class/power_supply"))) {
      SupplyReading reading;
      reading.name = supply.filename().string();
      // The battery of a wireless keyboard says nothing of the kiosk.
      if (read_text(supply / "scope").value_or("") == "Device") continue;
      reading.kind = supply_kind(read_text(supply / "type").value_or(""));
      reading.status = read_text(supply / "status").value_or("");
      TRY_ASSIGN(const auto online, read_if_there(supply / "online"));
      if (online) reading.online = *online != 0;
      TRY_ASSIGN(const auto percent, read_if_there(supply / "capacity"));
      if (percent && (*percent < 0 || *percent > 100)) {
        return fail(ErrorCode::kCorrupt, reading.name + " tells a charge of " + std::to_string(*percent) + " percent");
      }
      if (percent) reading.percent = static_cast<int>(*percent);
      found.push_back(std::move(reading));
    }
    if (found.empty()) return fail(ErrorCode::kNotFound, "nothing tells of the power supply");
    return found;
  }

  Result<std::vector<LinkReading>> links() override {
    std::vector<LinkReading> found;
    for (const fs::path& link : entries(at("sys/class/net"))) {
      std::error_code ignored;
      // What is no device is a loop, a bridge or a tunnel, and has no plug.
      if (!fs::exists(link / "device", ignored)) continue;
      // Reading the carrier of an interface that is switched off is an error, and means no.
      const bool carrier = read_number(link / "carrier").value_or(0) == 1;
      found.push_back({link.filename().string(), carrier,
                       fs::exists(link / "wireless", ignored) || fs::exists(link / "phy80211", ignored)});
    }
    if (found.empty()) return fail(ErrorCode::kNotFound, "this machine has no network interface");
    return found;
  }

  Result<AddressReading> addresses() override {
    AddressReading reading;
    TRY_ASSIGN(const std::string trie, read_text(at("proc/net/fib_trie")));
    std::istringstream lines(trie);
    std::string address;
    for (std::string line; std::getline(lines, line);) {
      if (const std::size_t mark = line.find("|-- "); mark != std::string::npos) address = line.substr(mark + 4);
      if (!line.contains("host LOCAL") || is_of_the_machine_itself(address)) continue;
      if (std::find(reading.addresses.begin(), reading.addresses.end(), address) == reading.addresses.end()) {
        reading.addresses.push_back(address);
      }
    }
    if (const auto routes = read_text(at("proc/net/route"))) {
      std::istringstream route_lines(*routes);
      for (std::string line; std::getline(route_lines, line);) {
        std::istringstream words(line);
        std::string name;
        std::string destination;
        if (words >> name >> destination && destination == "00000000") reading.default_route = true;
      }
    }
    return reading;
  }

  Result<WatchdogReading> watchdog() override {
    const fs::path dog = at("sys/class/watchdog/watchdog0");
    TRY_ASSIGN(const std::string identity, read_text(dog / "identity"));
    WatchdogReading reading{identity, read_text(dog / "state").value_or("") == "active", 0};
    TRY_ASSIGN(const auto timeout, read_if_there(dog / "timeout"));
    reading.timeout_s = timeout.value_or(0);
    return reading;
  }

 private:
  [[nodiscard]] fs::path at(const char* below) const { return fs::path(root_ + "/" + below); }

  static std::optional<std::int64_t> critical_of(const fs::path& zone) {
    for (int i = 0; i < kTripPoints; ++i) {
      const std::string point = "trip_point_" + std::to_string(i);
      const auto type = read_text(zone / (point + "_type"));
      if (!type) return std::nullopt;
      if (*type != "critical") continue;
      if (const auto temp = read_number(zone / (point + "_temp")); temp && *temp > 0) return *temp;
    }
    return std::nullopt;
  }

  static Status add_chip(const fs::path& chip, std::vector<TemperatureReading>& found) {
    const std::string name = read_text(chip / "name").value_or(chip.filename().string());
    for (const fs::path& file : entries(chip)) {
      const std::string input = file.filename().string();
      if (!input.starts_with("temp") || !input.ends_with("_input")) continue;
      const auto now = read_number(file);
      if (!now && now.error().code == ErrorCode::kCorrupt) return std::unexpected(now.error());
      if (!now) continue;
      std::string prefix = file.string();
      prefix.resize(prefix.size() - std::string_view("input").size());
      std::optional<std::int64_t> critical;
      if (const auto limit = read_number(prefix + "crit"); limit && *limit > 0) critical = *limit;
      found.push_back({name, *now, critical});
    }
    return {};
  }

  Env& env_;
  std::string root_;
};

}  // namespace

std::unique_ptr<Machine> make_linux_machine(Env& env, const std::string& root) {
  return std::make_unique<LinuxMachine>(env, root);
}

}  // namespace mimika::maintenance
