#include "kiosk/device/stick_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "kiosk/base/bytes.h"
#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

constexpr std::string_view kFirstLine = "mimika-stick 1";
constexpr std::size_t kTextBytes = 1024;  // one label or name; the longest that a file system knows has 1,020

constexpr std::array kVerdicts = {"usable",  "needs_repair", "read_only", "full",
                                  "foreign", "empty",        "hostile",   "unreadable"};
constexpr std::array kWhys = {"nothing",          "was_pulled",         "has_errors",     "larger_than_medium",
                              "too_many_entries", "strange_names",      "takes_too_much", "other_file_system",
                              "encrypted",        "several_partitions", "ambiguous",      "medium_fails",
                              "not_allowed",      "reader_failed"};
constexpr std::array kKinds = {"none", "fat", "exfat", "ext4", "other", "encrypted"};
constexpr std::array kTables = {"none", "mbr", "gpt"};
constexpr std::array kTypes = {"file", "folder", "link", "special"};

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

// One line's words, each of which must be what is expected.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}
  std::string_view next() {
    const std::size_t end = rest_.find(' ');
    const std::string_view word = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    good_ = good_ && !word.empty();
    return word;
  }
  template <typename Integer>
  Integer integer() {
    const std::string_view word = next();
    Integer value{};
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    good_ = good_ && read.ec == std::errc() && read.ptr == word.data() + word.size();
    return value;
  }
  template <typename Enum, typename Names>
  Enum one_of(const Names& names) {
    const std::string_view word = next();
    const auto found = std::ranges::find(names, word);
    good_ = good_ && found != names.end();
    return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
  }
  bool flag() { return integer<unsigned>() != 0; }
  std::string text() {
    const std::string_view word = next();
    if (word == "-") return {};
    const auto bytes = word.size() <= 2 * kTextBytes ? from_hex(word) : fail(ErrorCode::kCorrupt, {});
    good_ = good_ && bytes.has_value();
    return bytes ? std::string(as_text(*bytes)) : std::string();
  }
  [[nodiscard]] bool all_good() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::string hex(const std::string& text) {
  return text.empty() ? "-" : to_hex(as_bytes(std::string_view(text).substr(0, kTextBytes)));
}

bool read_line(std::string_view line, StickReport& report) {
  Words words(line);
  const std::string_view what = words.next();
  if (what == "verdict") {
    report.verdict = words.one_of<StickVerdict>(kVerdicts);
    report.why = words.one_of<StickWhy>(kWhys);
  } else if (what == "kind") {
    report.kind = words.one_of<StickKind>(kKinds);
    report.file_system = words.text();
  } else if (what == "label") {
    report.label = words.text();
  } else if (what == "place") {
    report.table = words.one_of<StickTable>(kTables);
    report.partition = words.integer<std::uint32_t>();
    report.offset = words.integer<std::uint64_t>();
  } else if (what == "bytes") {
    report.medium_bytes = words.integer<std::uint64_t>();
    report.bytes = words.integer<std::uint64_t>();
  } else if (what == "free") {
    report.free_bytes = words.integer<std::uint64_t>();
  } else if (what == "flags") {
    report.dirty = words.flag();
    report.errors = words.flag();
    report.read_only = words.flag();
  } else if (what == "seen") {
    report.entries_seen = words.integer<std::uint64_t>();
    report.strange_names = words.integer<std::uint64_t>();
  } else if (what == "root" || what == "ours") {
    StickEntry entry;
    entry.where = what == "root" ? StickEntry::Where::kRoot : StickEntry::Where::kOurs;
    entry.type = words.one_of<StickEntry::Type>(kTypes);
    entry.bytes = words.integer<std::uint64_t>();
    entry.name = words.text();
    if (report.entries.size() >= 2 * limits::kStickEntriesShown) return false;
    report.entries.push_back(std::move(entry));
  } else {
    return false;
  }
  return words.all_good();
}

}  // namespace

const char* name_of(StickVerdict verdict) {
  return kVerdicts.at(static_cast<std::size_t>(verdict));
}
const char* name_of(StickWhy why) {
  return kWhys.at(static_cast<std::size_t>(why));
}
const char* name_of(StickKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}
const char* name_of(StickTable table) {
  return kTables.at(static_cast<std::size_t>(table));
}
const char* name_of(StickEntry::Type type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

std::string write_report(const StickReport& report) {
  std::string out(kFirstLine);
  out += std::string("\nverdict ") + name_of(report.verdict) + " " + name_of(report.why);
  out += std::string("\nkind ") + name_of(report.kind) + " " + hex(report.file_system);
  out += "\nlabel " + hex(report.label);
  out += std::string("\nplace ") + name_of(report.table) + " " + number(report.partition) + " " + number(report.offset);
  out += "\nbytes " + number(report.medium_bytes) + " " + number(report.bytes);
  if (report.free_bytes) out += "\nfree " + number(*report.free_bytes);
  out += std::string("\nflags ") + (report.dirty ? "1 " : "0 ") + (report.errors ? "1 " : "0 ") +
         (report.read_only ? "1" : "0");
  out += "\nseen " + number(report.entries_seen) + " " + number(report.strange_names);
  for (const StickEntry& entry : report.entries) {
    out += entry.where == StickEntry::Where::kRoot ? "\nroot " : "\nours ";
    out += std::string(name_of(entry.type)) + " " + number(entry.bytes) + " " + hex(entry.name);
  }
  return out + "\nend\n";
}

Result<StickReport> read_report(std::string_view text) {
  StickReport report;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line == "end" && !first && text.empty()) return report;
    if (first ? line != kFirstLine : !read_line(line, report)) break;
    first = false;
  }
  return fail(ErrorCode::kCorrupt, "what was said of the stick makes no sense");
}

}  // namespace mimika::device
