// The log as a technician carries it away. The events are made of what the table allows already; each is held against
// the table once more on its way out, so that neither a hand-written line nor a program with an error brings out more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/eventlog/event_record.h"
#include "kiosk/eventlog/scrub.h"

namespace mimika::eventlog {

struct EventExport {
  std::uint64_t events = 0;
  std::uint64_t withheld = 0;    // of these: only when they were, since the table does not allow the rest
  std::uint64_t unreadable = 0;  // lines; not in the export
  std::uint64_t bytes = 0;
};

// Every event that is kept, a line each, as it stands in the log, so that its chain can be checked elsewhere too;
// before them a line about the export itself. The file is replaced. Fails whole.
[[nodiscard]] Result<EventExport> export_events(const std::string& folder, const std::string& to, WallMs now_ms);

// Whether the table allows everything that the record says.
[[nodiscard]] bool is_by_the_table(const Record& record);

// The text log, its files in the order given, scrubbed. Files that are not there are passed over.
[[nodiscard]] Result<ScrubCount> export_text_log(const std::vector<std::string>& files, const std::string& to);

}  // namespace mimika::eventlog
