#include "kiosk/device/stick_finder.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/shown_name.h"

namespace mimika::device {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFactBytes = 4096;
constexpr std::uint64_t kSector = 512;  // what /sys counts in, whatever the medium's own are

// A line of /sys, without its end; empty when there is none.
std::string fact(const fs::path& path) {
  const auto content = read_file(path.string(), kFactBytes);
  if (!content) return {};
  std::string text(as_text(*content));
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  return text;
}

std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Spaces and the like stand as \040 there.
std::string unescaped(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    unsigned code = 0;
    const bool octal = word[i] == '\\' && i + 3 < word.size() &&
                       std::from_chars(word.data() + i + 1, word.data() + i + 4, code, 8).ptr == word.data() + i + 4;
    out += octal ? static_cast<char>(code) : word[i];
    if (octal) i += 3;
  }
  return out;
}

std::multimap<std::string, std::string> mounts_of(const std::string& path) {
  std::multimap<std::string, std::string> mounts;
  const auto content = read_file(path, limits::kMountsRead);
  if (!content) return mounts;
  std::string_view rest = as_text(*content);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t first = line.find(' ');
    if (first == std::string_view::npos) continue;
    const std::size_t second = line.find(' ', first + 1);
    mounts.emplace(unescaped(line.substr(0, first)), unescaped(line.substr(first + 1, second - first - 1)));
  }
  return mounts;
}

bool is_systems(const PluggedStick& stick) {
  return std::ranges::any_of(stick.mounted_at, [](const std::string& at) {
    return at == "/" || at == "/boot" || at == "/usr" || at == "/var" || at == "/home" || at.starts_with("/boot/") ||
           at.starts_with("/var/lib");
  });
}

// Plugged into a USB socket, or of the kind that is made to be taken out. Some large sticks call themselves fixed.
bool can_be_taken_out(const fs::path& disk) {
  if (fact(disk / "removable") == "1") return true;
  std::error_code ignored;
  return fs::canonical(disk, ignored).string().find("/usb") != std::string::npos;
}

}  // namespace

Result<std::vector<PluggedStick>> LinuxStickFinder::find() {
  std::error_code problem;
  fs::directory_iterator disks(blocks_, problem);
  if (problem) return fail(ErrorCode::kNotFound, "looking for sticks in " + blocks_ + ": " + problem.message());
  const auto mounts = mounts_of(mounts_);
  std::vector<PluggedStick> sticks;
  for (; disks != fs::directory_iterator(); disks.increment(problem)) {
    if (problem) break;
    const fs::path disk = disks->path();
    const std::string name = disk.filename();
    // Optical drives call themselves removable as well, and loops, memory and device mappers are nobody's stick.
    if (name.starts_with("sr") || name.starts_with("loop") || name.starts_with("ram") || name.starts_with("zram") ||
        name.starts_with("dm-") || name.starts_with("fd")) {
      continue;
    }
    PluggedStick stick;
    stick.device = "/dev/" + name;
    stick.bytes = number(fact(disk / "size")) * kSector;
    if (stick.bytes == 0 || !can_be_taken_out(disk)) continue;
    stick.read_only = fact(disk / "ro") == "1";
    const std::string vendor = fact(disk / "device" / "vendor");
    const std::string model = fact(disk / "device" / "model");
    stick.model = shown_name(vendor.empty() ? model : vendor + " " + model);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(disk, ignored)) {
      const std::string part = entry.path().filename();
      if (part.starts_with(name) && !fact(entry.path() / "partition").empty())
        stick.partitions.push_back("/dev/" + part);
    }
    std::ranges::sort(stick.partitions);
    const auto add_mounts = [&](const std::string& device) {
      for (auto [at, end] = mounts.equal_range(device); at != end; ++at) stick.mounted_at.push_back(at->second);
    };
    add_mounts(stick.device);
    std::ranges::for_each(stick.partitions, add_mounts);
    if (!is_systems(stick)) sticks.push_back(std::move(stick));
    if (sticks.size() == limits::kPluggedSticks) break;
  }
  std::ranges::sort(sticks, {}, &PluggedStick::device);
  return sticks;
}

std::string device_of_partition(const std::string& device, std::uint32_t partition) {
  if (partition == 0) return device;
  // "/dev/sdb1", but "/dev/mmcblk0p1".
  const bool ends_in_digit = !device.empty() && std::isdigit(static_cast<unsigned char>(device.back())) != 0;
  return device + (ends_in_digit ? "p" : "") + std::to_string(partition);
}

}  // namespace mimika::device
