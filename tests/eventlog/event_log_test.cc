// What is written, in what order, and what an opening says of the days before.
#include <algorithm>
#include <filesystem>

#include "kiosk/eventlog/event_span.h"
#include "tests/eventlog/event_world.h"

namespace mimika::eventlog {
namespace {

using test::all_events;
using test::EventWorld;
using test::ids_in;
using test::troubles_of;
using Ids = std::vector<std::string>;

TEST_CASE("the first event of all begins a file, then the boot, and the line has the one schema") {
  EventWorld world;
  {
    const auto log = world.open();
    log->set_clock(EventClock::kSynced);
    CHECK(log->append({.id = EventId::kSignIn, .role = Role::kOfficer}).value() == 3);
  }
  CHECK(ids_in(world.path()) == Ids{"log-file-begin", "boot-begin", "sign-in"});
  const std::string text = test::read_text(event_file_path(world.path(), 1));
  const std::string line = text.substr(text.rfind('\n', text.size() - 2) + 1);
  CHECK(line.starts_with(R"({"seq":3,"time":"2026-11-28T13:25:01.123Z","boot":"0000000000000001","clock":"synced",)"
                         R"("source":"kiosk","id":"sign-in","type":"user-action","role":"officer",)"
                         R"("message":{"id":"event.sign-in"},"outcome":"none","chain":")"));
  CHECK(line.ends_with("\"}\n"));
  CHECK(troubles_of(world.path()).empty());
}

TEST_CASE("a boot that ended in order, or goes on, is no power loss; one without an end is") {
  EventWorld world;
  {
    static_cast<void>(world.open());
  }
  {
    const auto again = world.open();
    CHECK_FALSE(again->notice().power_loss);
    again->note({.id = EventId::kBootEnd, .outcome = Outcome::kSuccess});
  }
  world.env.reboot();
  {
    const auto after_an_end = world.open();
    CHECK_FALSE(after_an_end->notice().power_loss);
    after_an_end->note({.id = EventId::kOfficeOpened, .role = Role::kOfficer});
  }
  const WallMs last = world.env.wall_ms();
  world.env.advance_ms(3'600'000);
  world.env.reboot();
  {
    const auto after_nothing = world.open();
    CHECK(after_nothing->notice().power_loss);
  }
  CHECK(ids_in(world.path()) ==
        Ids{"log-file-begin", "boot-begin", "boot-end", "boot-begin", "office-opened", "power-loss", "boot-begin"});
  const Record loss = all_events(world.path())[5];
  CHECK(loss.number(ValueKey::kLastMs) == last);
  CHECK(loss.number(ValueKey::kLastSeq) == 5);
  CHECK(std::get<std::string>(*loss.find(ValueKey::kOfBoot)) == "0000000000000002");
  {
    const auto once = world.open();
    CHECK_FALSE(once->notice().power_loss);
  }
}

TEST_CASE("a shutdown that the system refused is no end, and one that it took is") {
  EventWorld world;
  const Outcome outcome = GENERATE(Outcome::kFailure, Outcome::kSuccess);
  {
    const auto log = world.open();
    EventSpan(*log, EventId::kShutdownBegin, Role::kTechnician).end(outcome);
  }
  world.env.reboot();
  CHECK(world.open()->notice().power_loss == (outcome == Outcome::kFailure));
}

TEST_CASE("an end of the boot counts although the program ends after it, and not when another one begins") {
  EventWorld world;
  const bool begins_again = GENERATE(false, true);
  {
    const auto log = world.open();
    EventSpan program(*log, EventId::kProgramBegin, Role::kSystem);
    log->note({.id = EventId::kBootEnd, .outcome = Outcome::kSuccess});
    program.end(Outcome::kSuccess);
    if (begins_again) EventSpan(*log, EventId::kProgramBegin, Role::kSystem).end(Outcome::kSuccess);
  }
  world.env.reboot();
  CHECK(world.open()->notice().power_loss == begins_again);
}

TEST_CASE("a span ends once, says how long it was, and goes wrong when nobody says otherwise") {
  EventWorld world;
  const auto log = world.open();
  {
    EventSpan span(*log, EventId::kExportBegin, Role::kTechnician);
    world.env.advance_ms(1500);
    span.end(Outcome::kSuccess, {{ValueKey::kEvents, 12}});
    span.end(Outcome::kCancelled);
  }
  {
    EventSpan refused(*log, EventId::kImportBegin, Role::kTechnician);
    refused.fail({ErrorCode::kStorageFull, "no room"});
  }
  {
    const EventSpan forgotten(*log, EventId::kBackupBegin, Role::kSystem);
  }
  const auto events = all_events(world.path());
  REQUIRE(events.size() == 8);
  CHECK(events[3].id == "export-end");
  CHECK(events[3].outcome == "success");
  CHECK(events[3].number(ValueKey::kBegin) == 3);
  CHECK(events[3].number(ValueKey::kMs) == 1500);
  CHECK(events[3].number(ValueKey::kEvents) == 12);
  CHECK(events[5].outcome == "failure");
  CHECK(std::get<std::string>(*events[5].find(ValueKey::kReason)) == "storage_full");
  CHECK(events[7].id == "backup-end");
  CHECK(events[7].outcome == "failure");
}

TEST_CASE("what goes on in another log of this machine is not interrupted") {
  EventWorld world;
  const auto one = world.open();
  EventSpan span(*one, EventId::kBackupBegin, Role::kSystem);
  const auto two = world.open();
  CHECK(two->notice().interrupted == 0);
  span.end(Outcome::kSuccess);
  CHECK(world.open()->notice().interrupted == 0);
}

TEST_CASE("values that the table does not allow are not written, and how many is") {
  EventWorld world;
  const auto log = world.open();
  log->note({.id = EventId::kSignIn, .role = Role::kOfficer, .values = {{ValueKey::kReason, std::string("yosepha")}}});
  log->note(
      {.id = EventId::kSignOut, .role = Role::kOfficer, .values = {{ValueKey::kReason, std::string("Yosepha T")}}});
  log->note({.id = EventId::kExportEnd, .role = Role::kOfficer, .values = {{ValueKey::kEvents, 9404121212900001}}});
  const std::string text = test::read_text(event_file_path(world.path(), 1));
  CHECK(text.find("osepha") == std::string::npos);
  CHECK(text.find("9404") == std::string::npos);
  const auto last = read_events(world.path(), {.last = 3}).value();
  for (const Record& record : last) {
    CHECK(record.number(ValueKey::kWithheld) == 1);
  }
}

TEST_CASE("a clock that runs backwards is told once a step, and its times are worth less until somebody vouches") {
  EventWorld world;
  const auto log = world.open();
  world.env.set_wall_ms(kDayMs);
  log->note({.id = EventId::kOfficeOpened, .role = Role::kOfficer});
  world.env.advance_ms(1000);
  log->note({.id = EventId::kOfficeClosed, .role = Role::kOfficer});
  log->set_clock(EventClock::kSynced);
  world.env.set_wall_ms(test::kStart + 5);
  log->note({.id = EventId::kOfficeOpened, .role = Role::kOfficer});
  const auto events = all_events(world.path());
  CHECK(ids_in(world.path()) ==
        Ids{"log-file-begin", "boot-begin", "clock-ran-backwards", "office-opened", "office-closed", "office-opened"});
  CHECK(events[2].number(ValueKey::kByMs) == test::kStart - kDayMs);
  CHECK(events[3].clock == "ran-backwards");
  CHECK(events[4].clock == "ran-backwards");
  CHECK(events[5].clock == "synced");
  CHECK(troubles_of(world.path()).empty());
}

TEST_CASE("the log keeps to its size: the oldest file goes whole, the newest says from where on there is one") {
  EventWorld world;
  const auto log = EventLog::open(world.small(3), world.env);
  for (int i = 0; i < 60; ++i) log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
  const auto files = test::files_in(world.path());
  CHECK(files.size() == 3);
  CHECK(files.front() > 5);
  for (const std::uint64_t file : files) {
    CHECK(std::filesystem::file_size(event_file_path(world.path(), file)) <= 2000);
  }
  const auto firsts = test::events_with_id(world.path(), "log-file-begin");
  CHECK(firsts.back().number(ValueKey::kFirstFile) == static_cast<std::int64_t>(files.front()));
  CHECK(troubles_of(world.path()).empty());
  const VerifyReport report = verify_events(world.path()).value();
  CHECK(report.first_seq > 40);
  CHECK(report.last_seq == report.first_seq + report.events - 1);
}

TEST_CASE("events are chosen by time, id, type, role and number") {
  EventWorld world;
  const auto log = world.open();
  log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
  world.env.advance_ms(1000);
  log->note({.id = EventId::kSignIn, .role = Role::kTechnician});
  log->note({.id = EventId::kStorageLow, .values = {{ValueKey::kFreeMb, 12}}});
  const auto count = [&](const EventFilter& filter) { return read_events(world.path(), filter).value().size(); };
  CHECK(count({}) == 5);
  CHECK(count({.since_ms = test::kStart + 1}) == 2);
  CHECK(count({.id = "sign-in"}) == 2);
  CHECK(count({.type = "error"}) == 1);
  CHECK(count({.role = "technician"}) == 1);
  CHECK(count({.id = "sign-in", .last = 1}) == 1);
  CHECK(read_events(world.path(), {.last = 1}).value().front().id == "storage-low");
  CHECK(read_events(world.folder / "nothing", {}).value().empty());
}

TEST_CASE("the worked example of the document is what is written") {
  EventWorld world;
  static_cast<void>(world.open());
  const std::string document = test::read_text(std::string(MIMIKA_SOURCE_DIR) + "/docs/event-log.md");
  CHECK(document.find("\n" + test::read_text(event_file_path(world.path(), 1)) + "```") != std::string::npos);
}

TEST_CASE("times are spelled and read the same, and what is no time is refused") {
  EventWorld world;
  const auto log = world.open();
  for (const WallMs time : {WallMs{0}, test::kStart, WallMs{951'825'600'000}, WallMs{4'102'444'799'999}}) {
    world.env.set_wall_ms(time);
    log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
    CHECK(read_events(world.path(), {.last = 1}).value().front().time_ms == time);
  }
}

}  // namespace
}  // namespace mimika::eventlog
