// The table, and what it lets be said.
#include "kiosk/eventlog/event_table.h"

#include <catch2/catch.hpp>
#include <iterator>
#include <string>

#include "kiosk/base/limits.h"
#include "kiosk/eventlog/event_record.h"
#include "kiosk/eventlog/event_time.h"
#include "kiosk/eventlog/scrub.h"

namespace mimika::eventlog {
namespace {

bool may(ValueKey key, const Value& value) {
  for (const EventInfo& info : kEvents) {
    if (may_be_said(info.id, key, value)) return true;
  }
  return false;
}

TEST_CASE("every event is found by its name, stands at its place, and its pair is each other's") {
  std::size_t place = 0;
  for (const EventInfo& info : kEvents) {
    CHECK(event_named(info.name) == info.id);
    CHECK(static_cast<std::size_t>(info.id) == place++);
    CHECK(info_of(info.other_half).other_half == info.id);
    CHECK((info.half == Half::kNeither) == (info.other_half == info.id));
    CHECK(info.roles != 0);
  }
  CHECK_FALSE(event_named("resident-was-here"));
  CHECK_FALSE(value_named("id"));
}

TEST_CASE("numbers, words and paths have shapes that nobody's name or number fits") {
  CHECK(may(ValueKey::kEvents, std::int64_t{999'999'999'999'999}));
  CHECK_FALSE(may(ValueKey::kEvents, std::int64_t{1'000'000'000'000'000}));
  CHECK_FALSE(may(ValueKey::kEvents, std::int64_t{-1'000'000'000'000'000}));
  CHECK_FALSE(may(ValueKey::kEvents, std::string("12")));
  CHECK(may(ValueKey::kReason, std::string("storage_full")));
  for (const char* no : {"", "Budi", "budi s", "081234", "a@b", "x12345", "\xc3\xa9", "-x"}) {
    CHECK_FALSE(may(ValueKey::kReason, std::string(no)));
  }
  CHECK_FALSE(may(ValueKey::kReason, std::string(41, 'a')));
  CHECK_FALSE(may(ValueKey::kReason, std::int64_t{1}));
  CHECK(may(ValueKey::kPath, std::string("journal/journal.db.damaged-20261128132501")));
  for (const char* no : {"/etc/passwd", "../keys", "a/../../b", "a b", "9404121212900001", ""}) {
    CHECK_FALSE(may(ValueKey::kPath, std::string(no)));
  }
  CHECK(may(ValueKey::kDistrict, std::string("94.04.06")));
  CHECK_FALSE(may(ValueKey::kDistrict, std::string("940412121")));
  CHECK(may(ValueKey::kZone, std::string("Asia/Jayapura")));
  CHECK(may(ValueKey::kVersion, std::string("0.1.0+g25e89a3")));
  CHECK(may(ValueKey::kOfBoot, std::string(16, 'a')));
  CHECK_FALSE(may(ValueKey::kOfBoot, std::string(15, 'a')));
}

TEST_CASE("what may be said of one event may not be said of every other") {
  CHECK(may_be_said(EventId::kStorageLow, ValueKey::kFreeMb, std::int64_t{5}));
  CHECK_FALSE(may_be_said(EventId::kSignIn, ValueKey::kFreeMb, std::int64_t{5}));
  CHECK(may_cause(Role::kTechnician, EventId::kMaintenanceBegin));
  CHECK_FALSE(may_cause(Role::kOfficer, EventId::kMaintenanceBegin));
}

TEST_CASE("the longest line there can be is shorter than a line may be, and reads back the same") {
  for (const EventInfo& info : kEvents) {
    NewRecord event{.seq = ~std::uint64_t{0}, .time_ms = -1, .boot = ~std::uint64_t{0}, .id = info.id};
    event.clock = EventClock::kRanBackwards;
    for (std::size_t i = 0; i < std::size(kValueNames); ++i) {
      const auto key = static_cast<ValueKey>(i);
      for (const Value& value :
           {Value(std::int64_t{-999'999'999'999'999}), Value(std::string(40, 'a')), Value(std::string(12, 'A')),
            Value(std::string(120, 'a')), Value(std::string(64, 'a')), Value(std::string(32, 'a'))}) {
        if (may_be_said(info.id, key, value)) event.values.emplace_back(key, value);
      }
    }
    const Record record = make_record(event, {});
    std::string line = format_line(record);
    CHECK(line.size() <= limits::kEventLineBytes);
    line.pop_back();
    CHECK(chain_holds(line, {}));
    const auto again = parse_line(line);
    REQUIRE(again);
    CHECK(again->seq == record.seq);
    CHECK(again->boot == record.boot);
    CHECK(again->chain == record.chain);
  }
}

TEST_CASE("what is no line of ours is refused, whatever it is") {
  const std::string line = [] {
    std::string made = format_line(make_record({.seq = 1, .id = EventId::kSignIn, .role = Role::kOfficer}, {}));
    made.pop_back();
    return made;
  }();
  REQUIRE(parse_line(line));
  for (std::size_t size = 0; size < line.size(); ++size) CHECK_FALSE(parse_line(line.substr(0, size)));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = line;
    changed.replace(changed.find(from), from.size(), to);
    return parse_line(changed);
  };
  CHECK_FALSE(with("\"seq\":1", "\"seq\":-1"));
  CHECK_FALSE(with("\"seq\":1", "\"seq\":\"1\""));
  CHECK_FALSE(with("1970-01-01", "1970-02-30"));
  CHECK_FALSE(with("1970-01-01T00", "1970-01-01T24"));
  CHECK_FALSE(with("\"boot\":\"0", "\"boot\":\"g"));
  CHECK_FALSE(with("{\"id\":\"event.sign-in\"}", "[]"));
  CHECK_FALSE(with("{\"id\":\"event.sign-in\"}", "{\"id\":\"x\",\"y\":[]}"));
  CHECK_FALSE(with("\"outcome\"", "\"outcom\""));
}

TEST_CASE("times are read as a day, a second or a millisecond") {
  CHECK(parse_time("1970-01-02").value() == kDayMs);
  CHECK(parse_time("1970-01-02T00:00:01Z").value() == kDayMs + 1000);
  CHECK(parse_time("1970-01-02T00:00:01.002Z").value() == kDayMs + 1002);
  CHECK(format_time(kDayMs + 1002) == "1970-01-02T00:00:01.002Z");
  CHECK(format_time(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(format_time(INT64_MAX) == "9999-12-31T23:59:59.999Z");
  CHECK(format_time(INT64_MIN) == "0000-01-01T00:00:00.000Z");
  for (const char* no : {"", "yesterday", "1970-1-2", "1970-01-02T00:00:01", "1970-13-01", "1970-01-02T00:60:00Z"}) {
    CHECK_FALSE(parse_time(no));
  }
}

}  // namespace
}  // namespace mimika::eventlog
