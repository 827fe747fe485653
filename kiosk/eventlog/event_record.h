// One event as a line: one schema, whatever it is, so that a text editor, a script and the centre read the same. The
// format is docs/event-log.md.
//
// The chain covers the bytes of the line as they stand in the file, not what they mean: a reader that understands half
// of a newer program's line still sees that nobody touched it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/eventlog/event_table.h"

namespace mimika::eventlog {

// What is written.
struct NewRecord {
  std::uint64_t seq = 0;
  WallMs time_ms = 0;
  std::uint64_t boot = 0;
  EventClock clock = EventClock::kUnknown;
  Source source = Source::kLog;
  EventId id = EventId::kBootBegin;
  Role role = Role::kSystem;
  Values values = {};
  Outcome outcome = Outcome::kNone;
};

// What is read, and what a line is made of: names, not numbers of enumerations, since a newer program may have written
// others.
struct Record {
  std::uint64_t seq = 0;
  WallMs time_ms = 0;
  std::uint64_t boot = 0;
  std::string clock;
  std::string source;
  std::string id;
  std::string type;
  std::string role;
  std::string message;
  std::vector<std::pair<std::string, Value>> values;
  std::string outcome;
  crypto::Hash chain{};

  [[nodiscard]] const Value* find(ValueKey key) const;
  [[nodiscard]] std::int64_t number(ValueKey key) const;  // 0 when it is not there
};

// Values that the table does not allow are left out, and counted in `withheld`.
[[nodiscard]] Record make_record(const NewRecord& event, const crypto::Hash& chain_before);

// The line of a record, with its end. Of a line that was read the same bytes again, unless it holds more than a record.
[[nodiscard]] std::string format_line(const Record& record);

// `line` without its end. kCorrupt when it is none of ours. The chain is read, not checked.
[[nodiscard]] Result<Record> parse_line(std::string_view line);

// Whether the line's chain follows from the one before it.
[[nodiscard]] bool chain_holds(std::string_view line, const crypto::Hash& chain_before);

// "000000000000002a"
[[nodiscard]] std::string format_boot(std::uint64_t boot);

}  // namespace mimika::eventlog
