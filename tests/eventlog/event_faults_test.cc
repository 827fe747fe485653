// The disk at its worst: cut at every byte, failing at every step, full, read-only.
#include <algorithm>
#include <filesystem>

#include "kiosk/eventlog/event_span.h"
#include "tests/eventlog/event_world.h"
#include "tests/support/disk_trouble.h"
#include "tests/support/small_disk.h"

namespace mimika::eventlog {
namespace {

using mimika::test::DiskTrouble;
using mimika::test::Fault;
using mimika::test::SmallDisk;
using test::EventWorld;
using test::ids_in;
using test::read_text;
using test::troubles_of;
using test::write_text;

// A disk whose nth step fails; a write half done.
class FailingDisk final : public EventDisk {
 public:
  DiskTrouble trouble;

  Status append(const FileDescriptor& file, ByteView content) override {
    const auto verdict = trouble.ask();
    if (verdict == DiskTrouble::Verdict::kDo) return EventDisk::append(file, content);
    if (!trouble.off || verdict == DiskTrouble::Verdict::kCut) {
      static_cast<void>(EventDisk::append(file, content.first(content.size() / 2)));
    }
    return failure(verdict);
  }
  Status sync(const FileDescriptor& file) override {
    const auto verdict = trouble.ask();
    return verdict == DiskTrouble::Verdict::kDo ? EventDisk::sync(file) : failure(verdict);
  }
  Status cut(const FileDescriptor& file, std::uint64_t size) override {
    const auto verdict = trouble.ask();
    return verdict == DiskTrouble::Verdict::kDo ? EventDisk::cut(file, size) : failure(verdict);
  }
  Status remove(const std::string& path) override {
    const auto verdict = trouble.ask();
    return verdict == DiskTrouble::Verdict::kDo ? EventDisk::remove(path) : failure(verdict);
  }

 private:
  static Status failure(DiskTrouble::Verdict verdict) {
    return fail(verdict == DiskTrouble::Verdict::kFull ? ErrorCode::kStorageFull : ErrorCode::kStorageFailed, "test");
  }
};

NewEvent sign_in() {
  return {.id = EventId::kSignIn, .role = Role::kOfficer};
}

TEST_CASE("a log that was cut at any byte goes on: what was whole stays, the rest is kept aside, the chain holds") {
  EventWorld world;
  {
    const auto log = world.open();
    log->note(sign_in());
  }
  const std::string path = event_file_path(world.path(), 1);
  const std::string whole = read_text(path);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    INFO("cut at " << size);
    std::filesystem::remove_all(world.path());
    std::filesystem::create_directories(world.path());
    write_text(path, whole.substr(0, size));
    const std::size_t lines =
        static_cast<std::size_t>(std::count(whole.begin(), whole.begin() + static_cast<long>(size), '\n'));
    const bool torn = size > 0 && whole[size - 1] != '\n';
    {
      const auto log = world.open();
      REQUIRE(log->append({.id = EventId::kSignOut, .role = Role::kOfficer}));
      REQUIRE(log->notice().torn_bytes == (torn ? size - (size == 0 ? 0 : whole.rfind('\n', size - 1) + 1) : 0));
    }
    REQUIRE(troubles_of(world.path()).empty());
    const auto ids = ids_in(world.path());
    REQUIRE(ids.size() >= lines + 1);
    REQUIRE(ids.back() == "sign-out");
    REQUIRE(std::count(ids.begin(), ids.end(), "log-torn") == (torn ? 1 : 0));
    REQUIRE(std::count(ids.begin(), ids.end(), "boot-begin") == 1);
    const auto aside = torn_files_in(world.path());
    REQUIRE(aside.size() == (torn ? 1U : 0U));
    if (torn) REQUIRE(whole.substr(0, size).ends_with(read_text(world.path() + "/" + aside[0])));
  }
}

TEST_CASE("zeros behind the last line, as a file system may leave them, are torn too, and few such rests are kept") {
  EventWorld world;
  for (std::size_t i = 0; i < limits::kEventTornFiles + 3; ++i) {
    {
      const auto log = world.open();
      log->note(sign_in());
    }
    const std::string path = event_file_path(world.path(), 1);
    write_text(path, read_text(path) + std::string(5000, '\0'));
  }
  {
    const auto log = world.open();
    CHECK(log->notice().torn_bytes == 5000);
  }
  CHECK(torn_files_in(world.path()).size() == limits::kEventTornFiles);
  CHECK(troubles_of(world.path()).empty());
}

// Whatever the disk does at its nth step: no caller is stopped, what was said to be written is there, and the chain is
// sound as soon as the disk is.
void survive(Fault fault, std::uint64_t nth, bool& struck) {
  EventWorld world;
  FailingDisk disk;
  EventLogOptions options = world.small(2);
  options.disk = &disk;
  std::vector<std::uint64_t> written;
  std::uint64_t tried = 0;
  {
    disk.trouble.fail_at(nth, fault);
    const auto log = EventLog::open(options, world.env);
    for (int i = 0; i < 12; ++i) {
      ++tried;
      if (const auto seq = log->append(sign_in())) written.push_back(*seq);
    }
    struck = disk.trouble.struck;
    disk.trouble.clear();
    ++tried;
    const auto seq = log->append(sign_in());
    REQUIRE(seq);
    written.push_back(*seq);
    REQUIRE(log->lost() == 0);
  }
  REQUIRE(troubles_of(world.path()).empty());
  const auto events = test::all_events(world.path());
  std::int64_t lost = 0;
  for (const Record& record : events) lost += record.number(ValueKey::kLost);
  // Files may have been dropped, with some reports of the lost.
  if (events.front().seq == 1) REQUIRE(lost == static_cast<std::int64_t>(tried - written.size()));
  for (const std::uint64_t seq : written) {
    if (seq < events.front().seq) continue;
    REQUIRE(events[seq - events.front().seq].id == "sign-in");
  }
  REQUIRE(std::is_sorted(written.begin(), written.end()));
}

TEST_CASE("each step that fails once costs at most events, and how many is written down") {
  bool struck = true;
  std::uint64_t nth = 1;
  for (; struck; ++nth) {
    INFO("step " << nth);
    survive(Fault::kIoError, nth, struck);
  }
  CHECK(nth > 30);
}

TEST_CASE("from any step on, a disk that is full and later is not, or loses its power, costs at most events") {
  for (const Fault fault : {Fault::kDiskFull, Fault::kPowerCut}) {
    bool struck = true;
    for (std::uint64_t nth = 1; struck; ++nth) {
      INFO("step " << nth);
      survive(fault, nth, struck);
    }
  }
}

TEST_CASE("a real full disk keeps nobody from working, and what it lost is told when there is room again") {
  SmallDisk disk("64k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  FakeEnv env(test::kStart);
  const std::string folder = disk / "events";
  const auto log = EventLog::open({.folder = folder}, env);
  write_text(disk / "ballast", std::string(20 * 1024, 'b'));
  for (int i = 0; i < 300; ++i) log->note(sign_in());
  CHECK(log->lost() > 0);
  CHECK(troubles_of(folder).empty());
  std::filesystem::remove(disk / "ballast");
  CHECK(log->append(sign_in()));
  CHECK(log->lost() == 0);
  CHECK(test::events_with_id(folder, "log-lost").size() == 1);
  CHECK(troubles_of(folder).empty());
}

TEST_CASE("on a read-only disk the log can be read and verified, and nobody is kept from working") {
  SmallDisk disk("256k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  FakeEnv env(test::kStart);
  const std::string folder = disk / "events";
  {
    EventLog::open({.folder = folder}, env)->note(sign_in());
  }
  REQUIRE(disk.make_read_only());
  env.reboot();
  const auto log = EventLog::open({.folder = folder}, env);
  {
    EventSpan span(*log, EventId::kBackupBegin, Role::kSystem);
    span.end(Outcome::kSuccess);
  }
  CHECK(log->lost() == 2);
  CHECK(ids_in(folder).size() == 3);
  CHECK(troubles_of(folder).empty());
  // What opening could not say is said before the first event that can be written.
  REQUIRE(disk.make_writable());
  CHECK(log->append(sign_in()));
  const auto ids = ids_in(folder);
  CHECK(std::vector<std::string>(ids.begin() + 3, ids.end()) ==
        std::vector<std::string>{"power-loss", "boot-begin", "log-lost", "sign-in"});
}

TEST_CASE("a file in the place of the folder is survived as well") {
  EventWorld world;
  write_text(world.path(), "x");
  const auto log = world.open();
  log->note(sign_in());
  CHECK(log->lost() == 1);
  CHECK(read_text(world.path()) == "x");
}

}  // namespace
}  // namespace mimika::eventlog
