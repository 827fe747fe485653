#include "kiosk/app/config.h"

#include <toml++/toml.h>

#include <set>
#include <sstream>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/printer.h"

namespace mimika {
namespace {

std::optional<LocalTime> parse_time(const std::string& text) {
  LocalTime time;
  char colon = 0;
  std::istringstream in(text);
  if (!(in >> time.hour >> colon >> time.minute) || colon != ':' || !in.eof()) return std::nullopt;
  if (time.hour < 0 || time.hour > 23 || time.minute < 0 || time.minute > 59) return std::nullopt;
  return time;
}

// Reads one table, remembering which keys it asked for, so that a misspelt key is found instead of ignored.
class Section {
 public:
  Section(const toml::table& root, const char* name) : name_(name), table_(root[name].as_table()) {
    if (table_ == nullptr && root.contains(name)) complain("should be a table");
  }

  template <typename T>
  void number(const char* key, T least, T most, T& out) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value<T>();
    if (!value || *value < least || *value > most) {
      std::ostringstream range;
      range << key << " should be a number from " << least << " to " << most;
      return complain(range.str());
    }
    out = *value;
  }
  void text(const char* key, std::size_t most_bytes, std::string& out) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value<std::string>();
    if (!value || value->size() > most_bytes) return complain(std::string(key) + " should be a short text");
    out = *value;
  }
  void flag(const char* key, bool& out) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value<bool>();
    if (!value) return complain(std::string(key) + " should be true or false");
    out = *value;
  }
  void complain(const std::string& what) {
    if (problem_.empty()) problem_ = "[" + name_ + "] " + what;
  }
  [[nodiscard]] std::string finish() {
    if (table_ != nullptr) {
      for (const auto& [key, node] : *table_) {
        if (!known_.contains(std::string(key.str()))) complain("has an unknown key: " + std::string(key.str()));
      }
    }
    return problem_;
  }
  void time(const char* key, std::optional<LocalTime>& value) {
    std::string words;
    text(key, kTimeBytes, words);
    if (words.empty()) return;
    value = parse_time(words);
    if (!value) complain(std::string(key) + " should be a time like \"14:00\"");
  }

 private:
  static constexpr std::size_t kTimeBytes = 5;
  const toml::node* find(const char* key) {
    known_.insert(key);
    return table_ == nullptr ? nullptr : table_->get(key);
  }
  std::string name_;
  const toml::table* table_;
  std::set<std::string> known_;
  std::string problem_;
};

}  // namespace

Result<KioskConfig> load_config(const std::string& path) {
  KioskConfig config;
  const auto content = read_file(path, limits::kConfigBytes);
  if (!content) {
    if (content.error().code == ErrorCode::kNotFound) return config;
    return std::unexpected(content.error());
  }
  toml::table root;
  try {
    root = toml::parse(as_text(*content));
  } catch (const toml::parse_error& error) {
    std::ostringstream where;
    where << path << ", line " << error.source().begin.line << ": " << error.description();
    return fail(ErrorCode::kInvalidInput, where.str());
  }

  Section office(root, "office");
  office.text("name", limits::kNameBytes, config.office_name);
  office.time("open_from", config.hours.from);
  office.time("open_until", config.hours.until);
  office.flag("working_days_only", config.hours.working_days_only);
  Section screen(root, "screen");
  screen.number("width_px", 640, 7680, config.width_px);
  screen.number("height_px", 480, 4320, config.height_px);
  screen.number("panel_width_mm", 0.0, 2000.0, config.panel_width_mm);
  if (config.panel_width_mm != 0 && config.panel_width_mm < 100)
    screen.complain("panel_width_mm should be 0 or at least 100");
  screen.flag("fullscreen", config.fullscreen);
  screen.flag("reduce_motion", config.reduce_motion);
  Section session(root, "session");
  session.number("idle_s", 120, 300, config.idle_s);
  session.number("answer_s", 20, 120, config.answer_s);
  Section sync(root, "sync");
  sync.number("poll_s", 1, 3600, config.poll_s);
  Section printer(root, "printer");
  printer.text("uri", limits::kPrinterUriBytes, config.printer_uri);
  if (!config.printer_uri.empty()) {
    if (const Status address = device::check_printer_uri(config.printer_uri); !address) {
      printer.complain("uri: " + address.error().message);
    }
  }

  Section sound(root, "sound");
  sound.text("headphones", limits::kNameBytes, config.headphones);
  sound.text("speaker", limits::kNameBytes, config.speaker);

  for (Section* section : {&office, &screen, &session, &sync, &printer, &sound}) {
    if (const std::string problem = section->finish(); !problem.empty()) {
      return fail(ErrorCode::kInvalidInput, path + ": " + problem);
    }
  }
  static const std::set<std::string> kSections = {"office", "screen", "session", "sync", "printer", "sound"};
  for (const auto& [key, node] : root) {
    if (!kSections.contains(std::string(key.str()))) {
      return fail(ErrorCode::kInvalidInput, path + ": an unknown section or key: " + std::string(key.str()));
    }
  }
  return config;
}

}  // namespace mimika
