#include "kiosk/eventlog/event_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "kiosk/base/bytes.h"
#include "kiosk/eventlog/event_time.h"

namespace mimika::eventlog {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kChainDomain = "mimika event log line";
constexpr std::string_view kChainBegins = ",\"chain\":\"";
constexpr std::string_view kLineEnds = "\"}";
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kTailBytes = kChainBegins.size() + kHashDigits + kLineEnds.size();

crypto::Hash chain_after(const crypto::Hash& before, std::string_view words) {
  return crypto::Hasher(kChainDomain).add(before).add_sized(as_bytes(words)).finish();
}

// What the chain covers: the line but for its last field. Empty when it has none.
std::string_view covered_part(std::string_view line) {
  if (line.size() <= kTailBytes || !line.ends_with(kLineEnds)) return {};
  const std::string_view words = line.substr(0, line.size() - kTailBytes);
  return line.substr(words.size()).starts_with(kChainBegins) ? words : std::string_view();
}

// What the chain covers, of a record whose chain may not be known yet.
std::string words_of(const Record& record) {
  Json message = {{"id", record.message}};
  for (const auto& [name, value] : record.values) {
    std::visit([&, key = name](const auto& said) { message[key] = said; }, value);
  }
  const Json line = {{"seq", record.seq},
                     {"time", format_time(record.time_ms)},
                     {"boot", format_boot(record.boot)},
                     {"clock", record.clock},
                     {"source", record.source},
                     {"id", record.id},
                     {"type", record.type},
                     {"role", record.role},
                     {"message", std::move(message)},
                     {"outcome", record.outcome}};
  std::string words = line.dump(-1, ' ', false, Json::error_handler_t::replace);
  words.pop_back();
  return words;
}

void take_values(const NewRecord& event, Record& record) {
  std::int64_t withheld = 0;
  for (const auto& [key, value] : event.values) {
    if (may_be_said(event.id, key, value)) {
      record.values.emplace_back(name_of(key), value);
    } else {
      ++withheld;
    }
  }
  if (withheld > 0) record.values.emplace_back(name_of(ValueKey::kWithheld), withheld);
}

std::unexpected<Error> no_line_of_ours(const char* why) {
  return fail(ErrorCode::kCorrupt, std::string("no line of the event log: ") + why);
}

Result<std::string> text_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return no_line_of_ours(name);
  return found->get<std::string>();
}

Result<std::uint64_t> boot_from(const std::string& text) {
  std::uint64_t boot = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), boot, 16);
  if (error != std::errc() || end != text.data() + text.size() || text.size() != 16) return no_line_of_ours("boot");
  return boot;
}

Status take_message(const Json& object, Record& record) {
  const auto message = object.find("message");
  if (message == object.end() || !message->is_object()) return no_line_of_ours("message");
  TRY_ASSIGN(record.message, text_in(*message, "id"));
  for (const auto& [name, value] : message->items()) {
    if (name == "id") continue;
    if (value.is_number_integer()) {
      record.values.emplace_back(name, value.get<std::int64_t>());
    } else if (value.is_string()) {
      record.values.emplace_back(name, value.get<std::string>());
    } else {
      return no_line_of_ours("message");
    }
  }
  return {};
}

}  // namespace

std::string format_boot(std::uint64_t boot) {
  return fmt::format("{:016x}", boot);
}

Record make_record(const NewRecord& event, const crypto::Hash& chain_before) {
  const EventInfo& info = info_of(event.id);
  Record record;
  record.seq = event.seq;
  record.time_ms = event.time_ms;
  record.boot = event.boot;
  record.clock = name_of(event.clock);
  record.source = name_of(event.source);
  record.id = info.name;
  record.type = name_of(info.type);
  record.role = name_of(event.role);
  record.message = info.message;
  take_values(event, record);
  record.outcome = name_of(event.outcome);
  record.chain = chain_after(chain_before, words_of(record));
  return record;
}

std::string format_line(const Record& record) {
  std::string line = words_of(record);
  line.append(kChainBegins).append(to_hex(record.chain)).append(kLineEnds).append("\n");
  return line;
}

Result<Record> parse_line(std::string_view line) {
  if (covered_part(line).empty()) return no_line_of_ours("chain");
  const Json object = Json::parse(line.begin(), line.end(), nullptr, false);
  if (!object.is_object()) return no_line_of_ours("no object");
  Record record;
  const auto seq = object.find("seq");
  if (seq == object.end() || !seq->is_number_unsigned()) return no_line_of_ours("seq");
  record.seq = seq->get<std::uint64_t>();
  TRY_ASSIGN(const std::string time, text_in(object, "time"));
  TRY_ASSIGN(record.time_ms, parse_time(time));
  TRY_ASSIGN(const std::string boot, text_in(object, "boot"));
  TRY_ASSIGN(record.boot, boot_from(boot));
  TRY_ASSIGN(record.clock, text_in(object, "clock"));
  TRY_ASSIGN(record.source, text_in(object, "source"));
  TRY_ASSIGN(record.id, text_in(object, "id"));
  TRY_ASSIGN(record.type, text_in(object, "type"));
  TRY_ASSIGN(record.role, text_in(object, "role"));
  TRY(take_message(object, record));
  TRY_ASSIGN(record.outcome, text_in(object, "outcome"));
  TRY_ASSIGN(const std::string chain, text_in(object, "chain"));
  const auto bytes = from_hex(chain);
  if (!bytes || bytes->size() != record.chain.size()) return no_line_of_ours("chain");
  std::copy(bytes->begin(), bytes->end(), record.chain.begin());
  return record;
}

bool chain_holds(std::string_view line, const crypto::Hash& chain_before) {
  const std::string_view words = covered_part(line);
  if (words.empty()) return false;
  return line.substr(words.size() + kChainBegins.size(), kHashDigits) == to_hex(chain_after(chain_before, words));
}

const Value* Record::find(ValueKey key) const {
  for (const auto& [name, value] : values) {
    if (name == name_of(key)) return &value;
  }
  return nullptr;
}

std::int64_t Record::number(ValueKey key) const {
  const Value* value = find(key);
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return number == nullptr ? 0 : *number;
}

}  // namespace mimika::eventlog
