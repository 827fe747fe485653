// The files of the event log: <data>/events/000001.jsonl and its followers, a few of a fixed size, the oldest dropped
// whole; `head`, which says how far the disk has the log; `lock` and `spans`, which hold locks and nothing else; and
// torn-*.part, what power cuts left of last lines.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/eventlog/event_record.h"

namespace mimika::eventlog {

[[nodiscard]] std::string lock_path(const std::string& folder);
[[nodiscard]] std::string spans_path(const std::string& folder);
[[nodiscard]] std::string event_file_path(const std::string& folder, std::uint64_t number);

// In order; none for a folder that is not there.
[[nodiscard]] Result<std::vector<std::uint64_t>> event_files_in(const std::string& folder);
// torn-*.part, by name, which is by age.
[[nodiscard]] std::vector<std::string> torn_files_in(const std::string& folder);

// A file's content. kTooLarge when somebody else let it grow.
[[nodiscard]] Result<std::string> read_event_file(const std::string& folder, std::uint64_t number);

// Each whole line, without its end; what stands behind the last end is given back: the torn rest, mostly empty.
std::string_view for_each_line(std::string_view content, const std::function<void(std::string_view line)>& take);

// How far the disk has the log for certain.
struct EventHead {
  std::uint64_t seq = 0;
  crypto::Hash chain{};
};
[[nodiscard]] std::optional<EventHead> read_head(const std::string& folder);
[[nodiscard]] Status write_head(const std::string& folder, const EventHead& head);

struct EventFilter {
  std::optional<WallMs> since_ms = {};  // of the times as they were claimed
  std::string id = {};                  // empty: any; so are the others
  std::string type = {};
  std::string role = {};
  std::optional<std::size_t> last = {};  // only so many, the newest
};

// The newest kEventsListed at most, in order. Lines that cannot be read are left out; verify_events() says where they
// are. Takes no lock and changes nothing: a log on a read-only disk can be read.
[[nodiscard]] Result<std::vector<Record>> read_events(const std::string& folder, const EventFilter& filter);

}  // namespace mimika::eventlog
