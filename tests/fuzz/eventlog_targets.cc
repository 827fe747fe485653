#include "tests/fuzz/eventlog_targets.h"

#include <string>

#include "kiosk/base/check.h"
#include "kiosk/eventlog/event_export.h"
#include "kiosk/eventlog/event_record.h"
#include "kiosk/eventlog/scrub.h"

namespace mimika::fuzz {
namespace {

using eventlog::Record;

Bytes bytes_of_line(const std::string& text) {
  return {text.begin(), text.end()};
}

std::string line_of(const Record& record) {
  std::string line = eventlog::format_line(record);
  line.pop_back();
  return line;
}

}  // namespace

void run_event_line(ByteView input) {
  static_cast<void>(eventlog::chain_holds(as_text(input), {}));
  const auto record = eventlog::parse_line(as_text(input));
  if (!record) return;
  static_cast<void>(eventlog::is_by_the_table(*record));
  // Whatever it was, spelled anew it is a line, and the same one from then on.
  const std::string line = line_of(*record);
  const auto again = eventlog::parse_line(line);
  CHECK(again.has_value());
  CHECK(line_of(*again) == line);
}

std::vector<Bytes> seeds_of_event_line() {
  std::vector<Bytes> seeds;
  for (const eventlog::EventInfo& info : eventlog::kEvents) {
    const eventlog::NewRecord event{
        .seq = 7,
        .time_ms = 1'795'872'301'123,
        .boot = 0x1b4e28ba2fa111d2,
        .id = info.id,
        .values = {{eventlog::ValueKey::kBegin, 3}, {eventlog::ValueKey::kReason, std::string("storage_full")}}};
    seeds.push_back(bytes_of_line(line_of(eventlog::make_record(event, {}))));
  }
  return seeds;
}

void run_scrub(ByteView input) {
  const eventlog::Scrubbed once = eventlog::scrub(as_text(input));
  const eventlog::Scrubbed twice = eventlog::scrub(once.text);
  CHECK(twice.removed.all() == 0);
  CHECK(twice.text == once.text);
}

std::vector<Bytes> seeds_of_scrub() {
  return {bytes_of_line("2026-11-28T13:25:01.123+0900 info [store] 12 events of 345678 bytes\nit isn't 'so', \"or\n"),
          bytes_of_line("\u201cyes\u201d 9404 1212 1290 0001, +62 812-3456-7890 or yosepha.t@mail.go.id")};
}

}  // namespace mimika::fuzz
