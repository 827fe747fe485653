// The event log: what the machine did and what its staff did to it, for a technician, the officer and an inspector.
// Boots, sign-ins by role, tests, sticks, copies, settings; never a case, never a resident. It stands beside two
// others: the text log (kiosk/base/log.h) holds what the program says of itself, in free words; the journal
// (kiosk/store) holds the tickets.
//
// It never stops its caller. A disk that is full, read-only or broken costs events, not the work that they tell of; how
// many were lost is the first thing that is written when the disk takes something again.
//
// Several processes may write one log; each takes a lock for each event and reads the end anew when somebody else
// wrote. One EventLog may be used by several threads of a process.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/result.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/eventlog/event_disk.h"
#include "kiosk/eventlog/event_past.h"
#include "kiosk/eventlog/event_record.h"
#include "kiosk/eventlog/event_table.h"

namespace mimika::eventlog {

struct EventLogOptions {
  std::string folder;  // <data>/events
  Source source = Source::kKiosk;
  std::size_t file_bytes = limits::kEventLogFileBytes;
  std::size_t files = limits::kEventLogFiles;
  EventDisk* disk = nullptr;  // a test's own; must outlive the log
};

struct NewEvent {
  EventId id;
  Role role = Role::kSystem;
  Outcome outcome = Outcome::kNone;
  Values values = {};
};

// What opening found of earlier days, for those who want to tell somebody.
struct EventNotice {
  bool power_loss = false;  // the boot before this one has no clean end
  std::uint64_t crashes = 0;
  std::uint64_t interrupted = 0;
  std::uint64_t torn_bytes = 0;
};

class EventLog {
 public:
  // Never fails: where the disk does not let it, what opening does (boot-begin, power-loss, program-crash, interrupted)
  // is done before the first event that can be written. `env` must outlive it.
  [[nodiscard]] static std::unique_ptr<EventLog> open(EventLogOptions options, Env& env);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  // What the times of the events to come are worth.
  void set_clock(EventClock clock);

  // Returns when the disk has it, but for mere states, which the next event of another type takes along. The seq it
  // got.
  Result<std::uint64_t> append(const NewEvent& event);
  // The same for those who go on in any case; the first failure of a row goes to the text log.
  void note(const NewEvent& event);

  [[nodiscard]] EventNotice notice() const;
  [[nodiscard]] std::uint64_t lost() const;  // events since the last that could be written

 private:
  friend class EventSpan;

  // Where the log ends, as of our last look.
  enum class TailState {
    kOpen,    // more can be written to the file
    kEmpty,   // the file is there and has no line yet
    kClosed,  // the next file must be begun: there is none, or the end of this one is damaged
  };
  struct Tail {
    TailState state = TailState::kClosed;
    std::uint64_t file = 0;  // 0: there is none
    std::uint64_t size = 0;  // of the file
    std::uint64_t seq = 0;
    crypto::Hash chain{};
    WallMs time_ms = 0;
  };

  EventLog(EventLogOptions options, Env& env);
  // For spans: `hold` keeps the others from calling it interrupted. 0 when it could not be written.
  std::uint64_t note_and_hold(const NewEvent& event, bool hold);
  Result<std::uint64_t> append_and_hold(const NewEvent& event, bool hold);
  void let_go(std::uint64_t seq);

  // All below: with both locks held.
  Result<std::uint64_t> append_locked(const NewEvent& event, bool hold);
  [[nodiscard]] Status get_ready();
  [[nodiscard]] Status look_back();
  [[nodiscard]] Status report_spans(const EventPast& past);
  [[nodiscard]] bool tail_is_ours() const;
  [[nodiscard]] Status find_tail();
  void take_last_line(const std::string& content);
  [[nodiscard]] Status set_torn_aside(std::string_view torn);
  [[nodiscard]] Status put(const NewEvent& event, Source source);
  [[nodiscard]] Status write_line(const NewEvent& event, Source source);
  [[nodiscard]] Status begin_file();
  void drop_old_files(std::uint64_t first_kept);
  [[nodiscard]] Record next_record(const NewEvent& event, Source source, WallMs time_ms) const;

  const EventLogOptions options_;
  Env& env_;
  EventDisk own_disk_;
  EventDisk& disk_;

  mutable std::mutex mutex_;  // the screen and the desk both have something to tell
  EventClock clock_ = EventClock::kUnknown;
  EventNotice notice_;
  bool looked_back_ = false;
  bool failing_ = false;  // the text log has heard of it
  std::uint64_t lost_ = 0;
  Tail tail_;
  std::vector<NewEvent> found_;          // at the end of the log, and not written down yet
  std::optional<FileDescriptor> file_;   // tail_.file
  std::optional<FileDescriptor> spans_;  // whose bytes this process holds
};

}  // namespace mimika::eventlog
