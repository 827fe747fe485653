// A log in a folder of its own, under a clock that a test moves.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/eventlog/event_files.h"
#include "kiosk/eventlog/event_log.h"
#include "kiosk/eventlog/event_verify.h"
#include "tests/support/memory_folder.h"

namespace mimika::eventlog::test {

inline constexpr WallMs kStart = 1'795'872'301'123;  // 2026-11-28T13:25:01.123Z

struct EventWorld {
  mimika::test::MemoryFolder folder;
  FakeEnv env{kStart};

  [[nodiscard]] std::string path() const { return folder / "events"; }
  [[nodiscard]] EventLogOptions options() const { return {.folder = path(), .source = Source::kKiosk}; }
  [[nodiscard]] std::unique_ptr<EventLog> open() { return EventLog::open(options(), env); }
  // So small that every few events begin a file.
  [[nodiscard]] EventLogOptions small(std::size_t files = 3) const {
    EventLogOptions small = options();
    small.file_bytes = 2000;
    small.files = files;
    return small;
  }
};

inline std::vector<Record> all_events(const std::string& folder) {
  return read_events(folder, {}).value();
}

inline std::vector<std::uint64_t> files_in(const std::string& folder) {
  return event_files_in(folder).value();
}

inline std::vector<Record> events_with_id(const std::string& folder, const std::string& id) {
  return read_events(folder, {.id = id}).value();
}

inline std::vector<std::string> ids_in(const std::string& folder) {
  std::vector<std::string> ids;
  for (const Record& record : all_events(folder)) ids.push_back(record.id);
  return ids;
}

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

// What verify says, in one line; empty when all is sound.
inline std::string troubles_of(const std::string& folder) {
  const VerifyReport report = verify_events(folder).value();
  std::string out;
  for (const ChainBreak& found : report.breaks)
    out += std::to_string(found.file) + ":" + std::to_string(found.line) + " " + found.why + "; ";
  if (report.torn_bytes > 0) out += std::to_string(report.torn_bytes) + " torn bytes";
  return out;
}

}  // namespace mimika::eventlog::test
