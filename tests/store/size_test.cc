// What must not grow with the journal. Counted in reads of the file, not in seconds.
#include "tests/store/store_world.h"
#include "tests/support/fault_vfs.h"

namespace mimika {
namespace {

using test::FaultVfs;
using test::file;
using test::kHour;
using test::kStart;
using test::status_of;
using test::World;

// Larger than SQLite's cache, so that looking at everything means reading it.
void fill(Store& store) {
  for (int i = 0; i < 4000; ++i) static_cast<void>(file(store));
  REQUIRE(store.checkpoint());
}

template <typename Work>
std::uint64_t reads_of(FaultVfs& vfs, Work&& work) {
  vfs.clear();
  work();
  return vfs.reads();
}

TEST_CASE("what waits is known without reading the journal, however much of it waits") {
  FaultVfs vfs;
  World world;
  {
    fill(*world.open());
  }
  const auto store = world.open();
  OutboxStatus waiting;
  const std::uint64_t quick = reads_of(vfs, [&] { waiting = store->outbox_status().value(); });
  StoreStatus counted;
  const std::uint64_t slow = reads_of(vfs, [&] { counted = status_of(*store); });
  CHECK(waiting.unsent_events == counted.events);
  CHECK(waiting.oldest_unsent_ms == kStart);
  INFO(quick << " reads against " << slow);
  CHECK(quick * 5 < slow);
}

TEST_CASE("the oldest unsent ticket is the first in order, also when the clock was set back after it") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  world.env.set_wall_ms(kStart - kHour);
  static_cast<void>(file(*store));
  CHECK(status_of(*store).oldest_unsent_ms == kStart);
}

TEST_CASE("what the time of the oldest unsent ticket is worth is told with it") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  CHECK(status_of(*store).oldest_unsent_clock == ClockConfidence::kUnknown);
  const Outgoing out = test::outgoing(*store);
  REQUIRE(store->apply_answer(out.epoch, test::answer_to(out, kStart)));
  static_cast<void>(file(*store));
  CHECK(status_of(*store).oldest_unsent_clock == ClockConfidence::kSynced);
}

TEST_CASE("a second store of a process need not read the whole journal when it opens") {
  FaultVfs vfs;
  World world;
  {
    fill(*world.open());
  }
  std::unique_ptr<Store> first;
  const std::uint64_t whole = reads_of(vfs, [&] { first = world.open(); });
  std::unique_ptr<Store> second;
  StoreOptions options = world.options();
  options.check = OpeningCheck::kDoneAlready;
  const std::uint64_t quick = reads_of(vfs, [&] { second = Store::open(options, world.env).value(); });
  CHECK(first);
  INFO(quick << " reads against " << whole);
  CHECK(quick * 10 < whole);
  CHECK(status_of(*second).tickets == 4000);
}

}  // namespace
}  // namespace mimika
