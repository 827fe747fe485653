#include "tests/support/lossy_link/commands.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

namespace mimika::lossy {
namespace {

using Json = nlohmann::ordered_json;

struct Setting {
  const char* name;
  double LinkSettings::* value;
  double most;
};

constexpr double kHour_ms = 3'600'000;
constexpr Setting kSettings[] = {
    {"delay", &LinkSettings::delay_ms, kHour_ms},
    {"jitter", &LinkSettings::jitter_ms, kHour_ms},
    {"loss", &LinkSettings::loss, 1},
    {"burst", &LinkSettings::burst, 1e6},
    {"rate", &LinkSettings::rate_bps, 1e10},
    {"queue", &LinkSettings::queue_bytes, 1e9},
};

Result<double> read_number(const std::string& text, double most) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !(value >= 0) || value > most) {
    return fail(ErrorCode::kInvalidInput, "not a number from 0 to " + std::to_string(most) + ": " + text);
  }
  return value;
}

Result<Nanoseconds> read_ms(const std::string& text) {
  TRY_ASSIGN(const double ms, read_number(text, 24 * kHour_ms));
  return Nanoseconds(static_cast<std::int64_t>(ms * 1e6));
}

Json count_json(const Count& count) {
  return {{"packets", count.packets}, {"bytes", count.bytes}};
}

Json direction_json(const Direction& direction) {
  const DirectionCounts& counts = direction.counts();
  return {{"passed", count_json(counts.passed)},
          {"lost", count_json(counts.lost)},
          {"queue_dropped", count_json(counts.queue_dropped)},
          {"down_dropped", count_json(counts.down_dropped)},
          {"worst_lateness_us", direction.worst_lateness().count() / 1000}};
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<Nanoseconds> earlier(std::optional<Nanoseconds> one, std::optional<Nanoseconds> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

}  // namespace

void Link::switch_to(bool to_up) {
  is_up_ = to_up;
  if (is_up_) return;
  up.cut();
  down.cut();
}

void Link::start_windows(Nanoseconds up_for, Nanoseconds down_for, Nanoseconds now) {
  up_for_ = up_for;
  down_for_ = down_for;
  windows_ = 1;
  switch_to(true);
  next_switch_ = now + up_for_;
}

void Link::obey_windows(Nanoseconds now) {
  while (next_switch_ && *next_switch_ <= now) {
    switch_to(!is_up_);
    windows_ += is_up_ ? 1 : 0;
    *next_switch_ += is_up_ ? up_for_ : down_for_;
  }
}

std::optional<Nanoseconds> Link::next_due() const {
  return earlier(earlier(up.next_due(), down.next_due()), next_switch_);
}

Status apply_setting(Link& link, const std::string& setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos) return fail(ErrorCode::kInvalidInput, "a setting is NAME=VALUE: " + setting);
  std::string name = setting.substr(0, equals);
  bool for_up = true;
  bool for_down = true;
  if (name.starts_with("up.")) for_down = false;
  if (name.starts_with("down.")) for_up = false;
  if (!for_up || !for_down) name.erase(0, name.find('.') + 1);
  const auto* known = std::ranges::find_if(kSettings, [&](const Setting& one) { return name == one.name; });
  if (known == std::end(kSettings)) return fail(ErrorCode::kInvalidInput, "no setting is called " + name);
  TRY_ASSIGN(const double value, read_number(setting.substr(equals + 1), known->most));
  for (Direction* direction : {for_up ? &link.up : nullptr, for_down ? &link.down : nullptr}) {
    if (direction == nullptr) continue;
    LinkSettings settings = direction->settings();
    settings.*(known->value) = value;
    direction->set(settings);
  }
  return {};
}

Result<std::string> obey(Link& link, const std::string& line, Nanoseconds now) {
  const std::vector<std::string> words = words_of(line);
  const std::string command = words.empty() ? "" : words.front();
  if (command == "stats") return stats_json(link);
  if ((command == "up" || command == "down") && words.size() == 1) {
    link.stop_windows();
    link.switch_to(command == "up");
    return "ok";
  }
  if (command == "windows" && words.size() == 2 && words[1] == "off") {
    link.stop_windows();
    return "ok";
  }
  if (command == "windows" && words.size() == 3) {
    TRY_ASSIGN(const Nanoseconds up_for, read_ms(words[1]));
    TRY_ASSIGN(const Nanoseconds down_for, read_ms(words[2]));
    if (up_for + down_for <= Nanoseconds{0}) return fail(ErrorCode::kInvalidInput, "a window needs a length");
    link.start_windows(up_for, down_for, now);
    return "ok";
  }
  if (command == "set" && words.size() == 3) {
    TRY(apply_setting(link, words[1] + "=" + words[2]));
    return "ok";
  }
  return fail(ErrorCode::kInvalidInput, "not a command: " + line);
}

std::string stats_json(const Link& link) {
  return Json{{"link", link.is_up() ? "up" : "down"},
              {"windows", link.windows()},
              {"up", direction_json(link.up)},
              {"down", direction_json(link.down)}}
      .dump();
}

}  // namespace mimika::lossy
