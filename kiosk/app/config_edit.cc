#include "kiosk/app/config_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/base/ascii.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"

namespace mimika {
namespace {

enum class Kind : std::uint8_t { kText, kNumber, kFlag };

struct Setting {
  std::string_view section;
  std::string_view key;
  Kind kind;
};

constexpr Setting kSettings[] = {{"office", "name", Kind::kText},
                                 {"office", "open_from", Kind::kText},
                                 {"office", "open_until", Kind::kText},
                                 {"office", "working_days_only", Kind::kFlag},
                                 {"screen", "width_px", Kind::kNumber},
                                 {"screen", "height_px", Kind::kNumber},
                                 {"screen", "panel_width_mm", Kind::kNumber},
                                 {"screen", "fullscreen", Kind::kFlag},
                                 {"screen", "reduce_motion", Kind::kFlag},
                                 {"session", "idle_s", Kind::kNumber},
                                 {"session", "answer_s", Kind::kNumber},
                                 {"sync", "poll_s", Kind::kNumber},
                                 {"printer", "uri", Kind::kText},
                                 {"sound", "headphones", Kind::kText},
                                 {"sound", "speaker", Kind::kText}};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// A basic string of TOML.
Result<std::string> quoted(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      return fail(ErrorCode::kInvalidInput, "a setting is one line of text");
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

Result<std::string> written(const Setting& setting, const std::string& value) {
  if (setting.kind == Kind::kText) return quoted(value);
  if (setting.kind == Kind::kFlag) {
    if (value == "true" || value == "false") return value;
    return fail(ErrorCode::kInvalidInput, fmt::format("{} is true or false", setting.key));
  }
  const bool number = !value.empty() && std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.'; }) &&
                      std::ranges::count(value, '.') <= 1 && value.front() != '.' && value.back() != '.';
  if (!number) return fail(ErrorCode::kInvalidInput, fmt::format("{} is a number", setting.key));
  return value;
}

// The name of the section that a line begins; nothing for other lines.
std::optional<std::string_view> section_of(std::string_view line) {
  line = trimmed(line.substr(0, line.find('#')));
  if (line.size() < 2 || line.front() != '[' || line.back() != ']' || line.starts_with("[[")) return std::nullopt;
  return trimmed(line.substr(1, line.size() - 2));
}

// Where the key's value stands in its line: what is before it, and what comes after it, a comment for instance.
struct Found {
  std::string_view before;
  std::string_view after;
};

std::optional<Found> find_value(std::string_view line, std::string_view key) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || trimmed(line.substr(0, equals)) != key) return std::nullopt;
  const std::size_t start = line.find_first_not_of(" \t", equals + 1);
  if (start == std::string_view::npos) return Found{line, {}};
  std::size_t end = start;
  const char quote = line[start];
  if (quote == '"' || quote == '\'') {
    for (++end; end < line.size() && line[end] != quote; ++end) {
      if (line[end] == '\\' && quote == '"') ++end;
    }
    end = std::min(end + 1, line.size());
  } else {
    end = std::min(line.find('#', start), line.size());
    while (end > start && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '\r')) --end;
  }
  return Found{line.substr(0, start), line.substr(end)};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

const Setting* find_setting(std::string_view name) {
  for (const Setting& setting : kSettings) {
    if (name == fmt::format("{}.{}", setting.section, setting.key)) return &setting;
  }
  return nullptr;
}

std::string clock_text(const std::optional<LocalTime>& time) {
  return time ? fmt::format("{:02}:{:02}", time->hour, time->minute) : std::string();
}

}  // namespace

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const Setting& setting : kSettings) names.push_back(fmt::format("{}.{}", setting.section, setting.key));
  return names;
}

std::vector<std::pair<std::string, std::string>> settings_of(const KioskConfig& config) {
  const auto flag = [](bool on) { return std::string(on ? "true" : "false"); };
  const std::vector<std::string> values = {config.office_name,
                                           clock_text(config.hours.from),
                                           clock_text(config.hours.until),
                                           flag(config.hours.working_days_only),
                                           std::to_string(config.width_px),
                                           std::to_string(config.height_px),
                                           fmt::format("{}", config.panel_width_mm),
                                           flag(config.fullscreen),
                                           flag(config.reduce_motion),
                                           std::to_string(config.idle_s),
                                           std::to_string(config.answer_s),
                                           std::to_string(config.poll_s),
                                           config.printer_uri,
                                           config.headphones,
                                           config.speaker};
  const std::vector<std::string> names = setting_names();
  std::vector<std::pair<std::string, std::string>> settings;
  for (std::size_t i = 0; i < names.size(); ++i) settings.emplace_back(names.at(i), values.at(i));
  return settings;
}

Result<std::string> edit_setting(std::string_view text, std::string_view name,
                                 const std::optional<std::string>& value) {
  const Setting* setting = find_setting(name);
  if (setting == nullptr) return fail(ErrorCode::kInvalidInput, fmt::format("there is no setting {}", name));
  std::string word;
  if (value) {
    TRY_ASSIGN(word, written(*setting, *value));
  }
  std::vector<std::string> lines = lines_of(text);
  std::optional<std::size_t> section_end;  // behind the last line of the section that is not blank
  bool inside = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto section = section_of(lines[i])) {
      inside = *section == setting->section;
      if (inside) section_end = i + 1;
      continue;
    }
    if (!inside) continue;
    if (const auto found = find_value(lines[i], setting->key)) {
      if (value) {
        lines[i] = std::string(found->before) + word + std::string(found->after);
      } else {
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
      }
      return fmt::format("{}\n", fmt::join(lines, "\n"));
    }
    if (!trimmed(lines[i]).empty()) section_end = i + 1;
  }
  if (!value) return std::string(text);
  const std::string line = fmt::format("{} = {}", setting->key, word);
  if (section_end) {
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(*section_end), line);
  } else {
    if (!lines.empty()) lines.emplace_back();
    lines.push_back(fmt::format("[{}]", setting->section));
    lines.push_back(line);
  }
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

Status set_setting(const std::string& path, std::string_view name, const std::optional<std::string>& value) {
  auto before = read_file(path, limits::kConfigBytes);
  if (!before && before.error().code != ErrorCode::kNotFound) return std::unexpected(before.error());
  if (!before) before = Bytes();
  TRY_ASSIGN(const std::string after, edit_setting(as_text(*before), name, value));
  // A line of a text that goes over several lines can look like a key: the reader decides what the file says now.
  const std::string trial = path + ".check";
  TRY(write_file_durably(trial, as_bytes(after), FileMode::kPrivate));
  const auto read = load_config(trial);
  std::error_code ignored;
  std::filesystem::remove(trial, ignored);
  if (!read) {
    std::string message = read.error().message;
    if (message.starts_with(trial)) message.replace(0, trial.size(), path);
    return fail(read.error().code, message);
  }
  return write_file_durably(path, as_bytes(after), FileMode::kPublic);
}

}  // namespace mimika
