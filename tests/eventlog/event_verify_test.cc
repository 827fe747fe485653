// The chain finds what was changed, wherever; and what is missing.
#include <filesystem>

#include "tests/eventlog/event_world.h"

namespace mimika::eventlog {
namespace {

using test::EventWorld;
using test::read_text;
using test::troubles_of;
using test::write_text;

// Three files, or a few more.
void fill(EventWorld& world) {
  const auto log = EventLog::open(world.small(16), world.env);
  for (int i = 0; i < 12; ++i) {
    log->note({.id = EventId::kExportEnd, .role = Role::kOfficer, .values = {{ValueKey::kEvents, i}}});
  }
}

std::string without_line(const std::string& text, std::size_t line) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line; ++i) begin = text.find('\n', begin) + 1;
  return text.substr(0, begin) + text.substr(text.find('\n', begin) + 1);
}

TEST_CASE("a byte that is changed is found, whichever it is") {
  EventWorld world;
  fill(world);
  REQUIRE(troubles_of(world.path()).empty());
  for (const std::uint64_t file : test::files_in(world.path())) {
    const std::string path = event_file_path(world.path(), file);
    const std::string sound = read_text(path);
    for (std::size_t at = 0; at < sound.size(); ++at) {
      std::string changed = sound;
      changed[at] = static_cast<char>(changed[at] ^ 0x02);
      write_text(path, changed);
      INFO("file " << file << ", byte " << at);
      REQUIRE_FALSE(troubles_of(world.path()).empty());
    }
    write_text(path, sound);
  }
  CHECK(troubles_of(world.path()).empty());
}

TEST_CASE("a line that is taken out is found, and the place is said") {
  EventWorld world;
  fill(world);
  const auto files = test::files_in(world.path());
  const std::string path = event_file_path(world.path(), files[1]);
  const std::string sound = read_text(path);
  write_text(path, without_line(sound, 1));
  const VerifyReport report = verify_events(world.path()).value();
  REQUIRE_FALSE(report.breaks.empty());
  CHECK(report.breaks[0].file == files[1]);
  CHECK(report.breaks[0].line == 2);
  CHECK(report.breaks[0].why == "this line does not follow from the one before it");
  CHECK(report.breaks.size() == 1);  // what follows is sound again
}

TEST_CASE("files that are missing are found: the first, one between, the last, and all") {
  EventWorld world;
  fill(world);
  const auto files = test::files_in(world.path());
  REQUIRE(files.size() >= 3);
  const std::size_t gone = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2});
  const std::uint64_t number = gone == 2 ? files.back() : files[gone];
  std::filesystem::remove(event_file_path(world.path(), number));
  CHECK_FALSE(troubles_of(world.path()).empty());
  for (const std::uint64_t file : files) std::filesystem::remove(event_file_path(world.path(), file));
  CHECK_FALSE(troubles_of(world.path()).empty());
}

TEST_CASE("an end that was cut away stays visible although the log goes on") {
  EventWorld world;
  {
    const auto log = world.open();
    for (int i = 0; i < 3; ++i) log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
  }
  const std::string path = event_file_path(world.path(), 1);
  write_text(path, without_line(read_text(path), 4));
  CHECK(troubles_of(world.path()).find("the end is missing") != std::string::npos);
  {
    const auto log = world.open();
    CHECK(log->append({.id = EventId::kSignIn, .role = Role::kOfficer}).value() == 8);
  }
  CHECK(troubles_of(world.path()).find("events are missing before this line") != std::string::npos);
  CHECK(test::events_with_id(world.path(), "log-damaged").size() == 1);
}

TEST_CASE("an end that cannot be read is closed, and the log goes on in another file") {
  EventWorld world;
  {
    const auto log = world.open();
    log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
  }
  const std::string path = event_file_path(world.path(), 1);
  std::string text = read_text(path);
  text[text.size() - 10] = '!';
  write_text(path, text);
  {
    const auto log = world.open();
    log->note({.id = EventId::kSignOut, .role = Role::kOfficer});
  }
  CHECK(read_text(path) == text);
  CHECK(test::files_in(world.path()).size() == 2);
  CHECK(read_events(world.path(), {.last = 1}).value().front().id == "sign-out");
  CHECK_FALSE(troubles_of(world.path()).empty());
}

TEST_CASE("a file that somebody let grow without end is left alone") {
  EventWorld world;
  {
    static_cast<void>(world.open());
  }
  const std::string path = event_file_path(world.path(), 1);
  std::filesystem::resize_file(path, 3 * limits::kEventLogFileBytes);
  const auto log = world.open();
  CHECK(log->append({.id = EventId::kSignIn, .role = Role::kOfficer}));
  CHECK(std::filesystem::file_size(path) == 3 * limits::kEventLogFileBytes);
  CHECK_FALSE(troubles_of(world.path()).empty());
}

TEST_CASE("no more than so many breaks are told") {
  EventWorld world;
  fill(world);
  for (const std::uint64_t file : test::files_in(world.path())) {
    write_text(event_file_path(world.path(), file), std::string(100, '\n'));
  }
  CHECK(verify_events(world.path()).value().breaks.size() == limits::kEventBreaks);
}

TEST_CASE("a log that is not there yet is sound and empty") {
  EventWorld world;
  const VerifyReport report = verify_events(world.path()).value();
  CHECK(report.sound());
  CHECK(report.events == 0);
}

}  // namespace
}  // namespace mimika::eventlog
