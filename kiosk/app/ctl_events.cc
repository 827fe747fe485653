#include "kiosk/app/ctl_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>

#include "kiosk/base/limits.h"
#include "kiosk/eventlog/event_export.h"
#include "kiosk/eventlog/event_files.h"
#include "kiosk/eventlog/event_span.h"
#include "kiosk/eventlog/event_time.h"
#include "kiosk/eventlog/event_verify.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

Result<WallMs> time_asked_for(const std::string& text) {
  WallMs time_ms = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time_ms);
  if (error == std::errc() && end == text.data() + text.size()) return time_ms;
  return eventlog::parse_time(text);
}

template <std::size_t kCount>
Status check_name(const std::string_view (&names)[kCount], const std::string& name, const char* what) {
  if (name.empty() || std::find(std::begin(names), std::end(names), name) != std::end(names)) return {};
  std::string known;
  for (const std::string_view one : names) known += (known.empty() ? "" : ", ") + std::string(one);
  return fail(ErrorCode::kInvalidInput, fmt::format("no {} {}; there are {}", what, name, known));
}

Json event_json(const eventlog::Record& record) {
  Json message = {{"id", record.message}};
  for (const auto& [name, value] : record.values) {
    std::visit([&, key = name](const auto& said) { message[key] = said; }, value);
  }
  return {{"seq", record.seq},
          {"time", eventlog::format_time(record.time_ms)},
          {"boot", eventlog::format_boot(record.boot)},
          {"clock", record.clock},
          {"source", record.source},
          {"id", record.id},
          {"type", record.type},
          {"role", record.role},
          {"message", message},
          {"outcome", record.outcome}};
}

// What a terminal shows must not move its cursor, whoever wrote the line.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, '?');
  return text;
}

std::vector<std::string> text_log_files(const DataFolder& folder) {
  std::vector<std::string> files;
  for (std::size_t i = limits::kLogFiles; i > 0; --i) {
    files.push_back(fmt::format("{}/kiosk.{}.log", folder.log_folder(), i));
  }
  files.push_back(folder.log_folder() + "/kiosk.log");
  return files;
}

}  // namespace

std::unique_ptr<eventlog::EventLog> open_ctl_events(const DataFolder& folder, Env& env) {
  return eventlog::EventLog::open({.folder = folder.events(), .source = eventlog::Source::kCtl}, env);
}

Result<std::vector<Json>> list_events(const DataFolder& folder, const EventsRequest& request) {
  if (!request.id.empty() && !eventlog::event_named(request.id)) {
    return fail(ErrorCode::kInvalidInput, "no event " + request.id + "; docs/event-log.md lists them");
  }
  TRY(check_name(eventlog::kTypeNames, request.type, "type"));
  TRY(check_name(eventlog::kRoleNames, request.role, "role"));
  eventlog::EventFilter filter{.id = request.id, .type = request.type, .role = request.role, .last = request.last};
  if (!request.since.empty()) {
    TRY_ASSIGN(filter.since_ms, time_asked_for(request.since));
  }
  TRY_ASSIGN(const std::vector<eventlog::Record> records, eventlog::read_events(folder.events(), filter));
  std::vector<Json> events;
  events.reserve(records.size());
  for (const eventlog::Record& record : records) events.push_back(event_json(record));
  return events;
}

std::string event_in_words(const Json& event) {
  const auto text = [&](const char* name) { return event.at(name).get<std::string>(); };
  std::string line = fmt::format("{:>6} {} {} {} {}", event.at("seq").get<std::uint64_t>(), text("time"), text("type"),
                                 text("role"), text("id"));
  if (text("outcome") != eventlog::name_of(eventlog::Outcome::kNone)) line += " " + text("outcome");
  for (const auto& [name, value] : event.at("message").items()) {
    if (name == "id") continue;
    line += " " + name + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
  }
  return printable(std::move(line));
}

Result<CtlAnswer> verify_event_log(const DataFolder& folder) {
  TRY_ASSIGN(const eventlog::VerifyReport report, eventlog::verify_events(folder.events()));
  Json breaks = Json::array();
  for (const eventlog::ChainBreak& found : report.breaks) {
    breaks.push_back({{"file", found.file}, {"line", found.line}, {"after", found.after}, {"why", found.why}});
  }
  const Json answer = {{"sound", report.sound()},         {"files", report.files},
                       {"events", report.events},         {"first_seq", report.first_seq},
                       {"last_seq", report.last_seq},     {"last_chain", report.last_chain},
                       {"torn_bytes", report.torn_bytes}, {"breaks", std::move(breaks)}};
  return CtlAnswer{answer.dump(), report.sound() ? 0 : kEventsNotSoundExit};
}

Result<Json> export_event_log(const DataFolder& folder, const EventsRequest& request, Env& env) {
  const auto log = open_ctl_events(folder, env);
  eventlog::EventSpan span(*log, eventlog::EventId::kLogExportBegin, eventlog::Role::kTechnician);
  const auto done = eventlog::export_events(folder.events(), request.export_to, env.wall_ms());
  if (!done) {
    span.fail(done.error());
    return std::unexpected(done.error());
  }
  Json answer = {{"exported", done->events},
                 {"withheld", done->withheld},
                 {"unreadable", done->unreadable},
                 {"bytes", done->bytes}};
  eventlog::ScrubCount removed;
  if (!request.text_log_to.empty()) {
    const auto scrubbed = eventlog::export_text_log(text_log_files(folder), request.text_log_to);
    if (!scrubbed) {
      span.fail(scrubbed.error());
      return std::unexpected(scrubbed.error());
    }
    removed = *scrubbed;
    answer["removed"] = {{"numbers", removed.numbers}, {"quoted", removed.quoted}, {"addresses", removed.addresses}};
  }
  span.end(eventlog::Outcome::kSuccess, {{eventlog::ValueKey::kEvents, static_cast<std::int64_t>(done->events)},
                                         {eventlog::ValueKey::kRemoved, static_cast<std::int64_t>(removed.all())}});
  return answer;
}

Status end_boot(const DataFolder& folder, Env& env) {
  const auto log = open_ctl_events(folder, env);
  TRY(log->append({.id = eventlog::EventId::kBootEnd, .outcome = eventlog::Outcome::kSuccess}));
  return {};
}

}  // namespace mimika
