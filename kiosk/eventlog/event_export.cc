#include "kiosk/eventlog/event_export.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/eventlog/event_files.h"
#include "kiosk/eventlog/event_time.h"
#include "kiosk/eventlog/event_verify.h"

namespace mimika::eventlog {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kExportFormat = 1;

template <std::size_t kCount>
bool is_in(const std::string_view (&names)[kCount], const std::string& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Where it stood, and no more.
std::string line_without_words(const Record& record) {
  return Json{{"seq", record.seq},
              {"time", format_time(record.time_ms)},
              {"boot", format_boot(record.boot)},
              {"withheld", true},
              {"chain", to_hex(record.chain)}}
      .dump();
}

}  // namespace

bool is_by_the_table(const Record& record) {
  const auto id = event_named(record.id);
  if (!id) return false;
  const EventInfo& info = info_of(*id);
  const bool names = record.message == info.message && record.type == name_of(info.type) &&
                     is_in(kClockNames, record.clock) && is_in(kSourceNames, record.source) &&
                     is_in(kRoleNames, record.role) && is_in(kOutcomeNames, record.outcome);
  return names && std::all_of(record.values.begin(), record.values.end(), [&](const auto& said) {
           const auto key = value_named(said.first);
           return key && may_be_said(*id, *key, said.second);
         });
}

Result<EventExport> export_events(const std::string& folder, const std::string& to, WallMs now_ms) {
  TRY_ASSIGN(const VerifyReport report, verify_events(folder));
  TRY_ASSIGN(const std::vector<std::uint64_t> files, event_files_in(folder));
  EventExport done;
  std::string out =
      Json{{"export", "mimika-event-log"},   {"format", kExportFormat},        {"time", format_time(now_ms)},
           {"first_seq", report.first_seq},  {"last_seq", report.last_seq},    {"last_chain", report.last_chain},
           {"breaks", report.breaks.size()}, {"torn_bytes", report.torn_bytes}}
          .dump() +
      "\n";
  for (const std::uint64_t file : files) {
    const auto content = read_event_file(folder, file);
    if (!content && content.error().code == ErrorCode::kNotFound) continue;  // dropped meanwhile
    if (!content) return std::unexpected(content.error());
    for_each_line(*content, [&](std::string_view line) {
      const auto record = parse_line(line);
      if (!record) {
        ++done.unreadable;
        return;
      }
      ++done.events;
      std::string again = format_line(*record);  // holds what a record holds, and nothing that stood beside it
      again.pop_back();
      const bool whole = is_by_the_table(*record) && again == line;
      if (!whole) ++done.withheld;
      out += whole ? std::string(line) : line_without_words(*record);
      out += '\n';
    });
  }
  TRY(write_file_durably(to, as_bytes(out), FileMode::kPublic));
  done.bytes = out.size();
  return done;
}

Result<ScrubCount> export_text_log(const std::vector<std::string>& files, const std::string& to) {
  ScrubCount removed;
  std::string out;
  for (const std::string& file : files) {
    const auto content = read_file(file, 2 * limits::kLogFileBytes);
    if (!content && content.error().code == ErrorCode::kNotFound) continue;
    if (!content) return std::unexpected(content.error());
    const Scrubbed clean = scrub(as_text(*content));
    removed += clean.removed;
    out += clean.text;
  }
  TRY(write_file_durably(to, as_bytes(out), FileMode::kPublic));
  return removed;
}

}  // namespace mimika::eventlog
