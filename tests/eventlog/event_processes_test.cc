// Several processes, and what becomes of one that is killed.
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "kiosk/eventlog/event_span.h"
#include "tests/eventlog/event_world.h"

namespace mimika::eventlog {
namespace {

using test::EventWorld;
using test::ids_in;
using test::troubles_of;

// `act` in a process of its own, which then ends without any destructor.
template <typename Act>
pid_t in_a_process(const Act& act) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  act();
  ::_exit(0);
}

void wait_for(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
}

void wait_until_there(const std::string& folder, const std::string& id) {
  for (int tries = 0; tries < 2000; ++tries) {
    if (!read_events(folder, {.id = id}).value().empty()) return;
    ::usleep(5'000);
  }
  FAIL("never came: " << id);
}

TEST_CASE("processes that write at the same time wait for each other, and nothing is lost, doubled or out of order") {
  EventWorld world;
  constexpr int kProcesses = 3;
  constexpr int kEventsEach = 60;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    children.push_back(in_a_process([&] {
      const auto log = EventLog::open(world.small(50), world.env);
      for (int i = 0; i < kEventsEach; ++i) {
        log->note({.id = EventId::kExportEnd,
                   .role = Role::kOfficer,
                   .values = {{ValueKey::kFiles, process}, {ValueKey::kEvents, i}}});
      }
    }));
  }
  for (const pid_t child : children) wait_for(child);
  CHECK(troubles_of(world.path()).empty());
  CHECK(test::files_in(world.path()).size() > 10);
  const auto boots = test::events_with_id(world.path(), "boot-begin");
  CHECK(boots.size() == 1);
  std::vector<std::int64_t> next(kProcesses, 0);
  for (const Record& record : test::events_with_id(world.path(), "export-end")) {
    CHECK(record.number(ValueKey::kEvents) == next[static_cast<std::size_t>(record.number(ValueKey::kFiles))]++);
  }
  CHECK(next == std::vector<std::int64_t>(kProcesses, kEventsEach));
}

TEST_CASE("threads of one process share a log") {
  EventWorld world;
  constexpr int kEventsEach = 50;
  {
    const auto log = EventLog::open(world.small(50), world.env);
    const auto work = [&log] {
      for (int i = 0; i < kEventsEach; ++i) {
        EventSpan(*log, EventId::kDiagnosticBegin, Role::kTechnician).end(Outcome::kSuccess);
        log->set_clock(EventClock::kSynced);
      }
    };
    std::thread one(work);
    std::thread two(work);
    one.join();
    two.join();
  }
  CHECK(troubles_of(world.path()).empty());
  CHECK(test::events_with_id(world.path(), "diagnostic-end").size() == 2 * kEventsEach);
  CHECK(world.open()->notice().interrupted == 0);
}

TEST_CASE(
    "what a process was in the middle of when it was killed is interrupted, its program crashed, each told once") {
  EventWorld world;
  const pid_t child = in_a_process([&] {
    const auto log = world.open();
    const EventSpan program(*log, EventId::kProgramBegin, Role::kSystem);
    const EventSpan backup(*log, EventId::kBackupBegin, Role::kSystem);
    for (;;) ::pause();
  });
  wait_until_there(world.path(), "backup-begin");
  {
    const auto beside = world.open();
    CHECK(beside->notice().crashes == 0);
    CHECK(beside->notice().interrupted == 0);
  }
  ::kill(child, SIGKILL);
  wait_for(child);
  {
    const auto after = world.open();
    CHECK(after->notice().crashes == 1);
    CHECK(after->notice().interrupted == 1);
    CHECK_FALSE(after->notice().power_loss);
  }
  {
    const auto later = world.open();
    CHECK(later->notice().crashes == 0);
    CHECK(later->notice().interrupted == 0);
  }
  const auto interrupted = test::events_with_id(world.path(), "interrupted");
  REQUIRE(interrupted.size() == 1);
  CHECK(std::get<std::string>(*interrupted[0].find(ValueKey::kEvent)) == "backup-begin");
  CHECK(interrupted[0].outcome == "interrupted");
  CHECK(test::events_with_id(world.path(), "program-crash").front().number(ValueKey::kBegin) == 3);
}

TEST_CASE("the power that goes takes the program along: a power loss and an interruption, no crash") {
  EventWorld world;
  wait_for(in_a_process([&] {
    const auto log = world.open();
    const EventSpan program(*log, EventId::kProgramBegin, Role::kSystem);
    const EventSpan backup(*log, EventId::kBackupBegin, Role::kSystem);
    ::_exit(1);
  }));
  world.env.reboot();
  {
    const auto log = world.open();
    CHECK(log->notice().power_loss);
    CHECK(log->notice().crashes == 0);
    CHECK(log->notice().interrupted == 1);
  }
  world.env.reboot();
  CHECK(world.open()->notice().crashes == 0);
}

TEST_CASE("a program that was killed on the way down did crash, although the machine ended in order") {
  EventWorld world;
  wait_for(in_a_process([&] {
    const auto log = world.open();
    const EventSpan program(*log, EventId::kProgramBegin, Role::kSystem);
    log->note({.id = EventId::kBootEnd, .outcome = Outcome::kSuccess});
    ::_exit(1);
  }));
  world.env.reboot();
  const auto log = world.open();
  CHECK_FALSE(log->notice().power_loss);
  CHECK(log->notice().crashes == 1);
}

TEST_CASE("a process that is killed while it writes leaves a log that goes on") {
  EventWorld world;
  for (int round = 0; round < 10; ++round) {
    const pid_t child = in_a_process([&] {
      const auto log = EventLog::open(world.small(4), world.env);
      for (;;) log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
    });
    ::usleep(static_cast<useconds_t>(3'000 + round * 2'500));
    ::kill(child, SIGKILL);
    wait_for(child);
    const auto log = EventLog::open(world.small(4), world.env);
    CHECK(log->append({.id = EventId::kSignOut, .role = Role::kOfficer}));
    CHECK(troubles_of(world.path()).empty());
  }
}

TEST_CASE("a process that stands still with the lock in its hand costs an event, not the others' time for ever") {
  EventWorld world;
  const auto log = world.open();
  const auto lock = lock_events(lock_path(world.path()));
  REQUIRE(lock);
  const auto refused = log->append({.id = EventId::kSignIn, .role = Role::kOfficer});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kTooSlow);
}

}  // namespace
}  // namespace mimika::eventlog
