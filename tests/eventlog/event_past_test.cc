// What is left open, as a value.
#include "kiosk/eventlog/event_past.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"

namespace mimika::eventlog {
namespace {

Record event(std::uint64_t seq, EventId id, std::uint64_t boot = 7, std::int64_t begin = 0) {
  NewRecord made{.seq = seq, .boot = boot, .source = Source::kKiosk, .id = id};
  if (begin != 0) made.values.emplace_back(ValueKey::kBegin, begin);
  return make_record(made, {});
}

TEST_CASE("what was begun stays open until an end, or a report, names it") {
  EventPast past;
  past.take(event(1, EventId::kBackupBegin));
  past.take(event(2, EventId::kExportBegin));
  past.take(event(3, EventId::kExportBegin));
  past.take(event(4, EventId::kExportEnd, 7, 2));
  REQUIRE(past.open().size() == 2);
  CHECK(past.open()[1].seq == 3);
  past.take(event(5, EventId::kInterrupted, 7, 3));
  past.take(event(6, EventId::kBackupEnd, 7, 1));
  CHECK(past.open().empty());
}

TEST_CASE("an end that names nothing closes nothing, and an unknown event changes nothing but how far it goes") {
  EventPast past;
  past.take(event(1, EventId::kBackupBegin));
  past.take(event(2, EventId::kBackupEnd));
  Record newer = event(3, EventId::kBackupEnd, 7, 1);
  newer.id = "of-a-newer-program";
  past.take(newer);
  CHECK(past.open().size() == 1);
  CHECK(past.last_seq() == 3);
}

TEST_CASE("what the log says before it has looked back does not hide that the boot is another") {
  EventPast past;
  past.take(event(1, EventId::kBootBegin, 7));
  Record torn = event(2, EventId::kLogTorn, 8);
  torn.source = name_of(Source::kLog);
  past.take(torn);
  CHECK(past.boot() == 7);
  CHECK_FALSE(past.ended_in_order());
}

TEST_CASE("a power loss takes the program along, and is told once") {
  EventPast past;
  past.take(event(1, EventId::kProgramBegin));
  past.take(event(2, EventId::kBackupBegin));
  Record loss = event(3, EventId::kPowerLoss, 8);
  loss.source = name_of(Source::kLog);
  past.take(loss);
  CHECK(past.ended_in_order());
  REQUIRE(past.open().size() == 1);
  CHECK(past.open()[0].begin == EventId::kBackupBegin);
}

TEST_CASE("no more than the limit stays open, and it is the newest") {
  EventPast past;
  for (std::uint64_t seq = 1; seq <= limits::kEventSpansOpen + 5; ++seq) past.take(event(seq, EventId::kBackupBegin));
  CHECK(past.open().size() == limits::kEventSpansOpen);
  CHECK(past.open().front().seq == 6);
}

}  // namespace
}  // namespace mimika::eventlog
