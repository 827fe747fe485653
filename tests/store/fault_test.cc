// Every write, sync, truncation, deletion and read of a kiosk's small life fails once, or the power goes there. What
// must hold afterwards: every ticket that was called saved is there exactly once and unchanged, the journal verifies,
// and the next filing works.
#include <functional>
#include <map>
#include <set>
#include <string>

#include "tests/store/store_world.h"
#include "tests/support/failing_memory.h"
#include "tests/support/fault_vfs.h"

namespace mimika {
namespace {

using test::answer_to;
using test::Fault;
using test::FaultVfs;
using test::feed_item;
using test::kMinute;
using test::kStart;
using test::Unsynced;
using test::World;

// What the kiosk was told has happened: promises, from then on.
struct Promises {
  std::map<TicketNumber, FiledTicket> saved;
  std::set<TicketNumber> arrived;
  std::uint64_t feed_cursor = 0;
};

class Life {
 public:
  Life(World& world, Promises& promises, const FaultVfs& vfs) : world_(world), promises_(promises), vfs_(vfs) {}

  // Opening, filing, a sync round, a checkpoint, a restart, a reboot. A step that fails is passed over, as the kiosk
  // does: the person tries again, the synchronisation calls again.
  void run() {
    open();
    file(3);
    synchronise();
    checkpoint();
    file(2);
    store_.reset();
    open();
    file(2);
    synchronise();
    world_.env.reboot();
    file(1);
    checkpoint();
    file(1);
  }

 private:
  void open() {
    if (vfs_.powered_off()) return;
    auto opened = Store::open(world_.options(), world_.env);
    if (!opened) return;
    store_ = *std::move(opened);
    set_aside_ = set_aside_ || !store_->notice().set_aside_path.empty();
    CHECK_FALSE(set_aside_);
  }

  void file(int count) {
    for (int i = 0; i < count && !vfs_.powered_off(); ++i) {
      world_.env.advance_ms(1000);
      if (!store_) open();
      if (!store_) continue;
      const auto filed = store_->file_ticket(test::complaint());
      if (filed) CHECK(promises_.saved.emplace(filed->number, *filed).second);
    }
  }

  void synchronise() {
    if (!store_ || vfs_.powered_off()) return;
    const auto out = store_->outgoing(1000, 1'000'000);
    if (!out) return;
    wire::Answer answer = answer_to(*out, world_.env.wall_ms());
    const std::uint64_t next = out->feed_cursor.value + 1;
    answer.feed = {feed_item(next, test::neighbour_filed(next, static_cast<std::uint32_t>(next)))};
    if (!store_->apply_answer(out->epoch, answer)) return;
    promises_.feed_cursor = std::max(promises_.feed_cursor, next);
    for (const auto& [number, filed] : promises_.saved) {
      if (filed.key.epoch == out->epoch && filed.key.seq <= answer.acknowledged) promises_.arrived.insert(number);
    }
  }

  void checkpoint() {
    if (store_) static_cast<void>(store_->checkpoint());
  }

  World& world_;
  Promises& promises_;
  const FaultVfs& vfs_;
  std::unique_ptr<Store> store_;
  bool set_aside_ = false;
};

void check_promises(World& world, const Promises& promises) {
  world.env.reboot();
  auto opened = Store::open(world.options(), world.env);
  if (!opened) FAIL(opened.error().message);
  Store& store = **opened;
  CHECK(store.notice().set_aside_path.empty());
  CHECK_FALSE(store.notice().restored);
  const Status verified = store.verify();
  if (!verified) FAIL_CHECK(verified.error().message);

  const auto tickets = store.tickets(1000).value();
  std::set<TicketNumber> numbers;
  std::set<EventKey> keys;
  for (const Ticket& ticket : tickets) {
    CHECK(numbers.insert(ticket.number).second);
    CHECK(keys.insert(ticket.id).second);
  }
  const auto database = world.look();
  for (const auto& [number, filed] : promises.saved) {
    INFO(format_ticket_number(number));
    const Ticket ticket = test::ticket_of_number(store, number);
    CHECK(ticket.id == filed.key);
    CHECK(ticket.filed_ms == filed.filed_ms);
    SQLite::Statement row(*database, "SELECT chain FROM event WHERE epoch = ? AND seq = ?");
    row.bind(1, static_cast<std::int64_t>(filed.key.epoch.value));
    row.bind(2, static_cast<std::int64_t>(filed.key.seq.value));
    REQUIRE(row.executeStep());
    CHECK(sqlite::blob(row.getColumn(0)) == Bytes(filed.chain.begin(), filed.chain.end()));
    if (promises.arrived.contains(number)) CHECK(ticket.arrived_ms.has_value());
  }
  const StoreStatus status = test::status_of(store);
  CHECK(status.feed_cursor.value >= promises.feed_cursor);

  const FiledTicket next = test::file(store);
  CHECK_FALSE(numbers.contains(next.number));
  CHECK_FALSE(keys.contains(next.key));
  CHECK(store.verify());
}

// How many operations a life without faults has.
struct Extent {
  std::uint64_t writes = 0;
  std::uint64_t reads = 0;
};

Extent measure(FaultVfs& vfs) {
  World world;
  Promises promises;
  vfs.clear();
  Life(world, promises, vfs).run();
  const Extent extent{vfs.writes(), vfs.reads()};
  CHECK(promises.saved.size() == 9);
  CHECK(promises.arrived.size() == 7);
  check_promises(world, promises);
  return extent;
}

// One life with the fault at `nth`; then the disk is well again.
void live_with(FaultVfs& vfs, Fault fault, std::uint64_t nth, const std::function<void()>& between) {
  World world;
  Promises promises;
  vfs.fail_at(nth, fault);
  Life(world, promises, vfs).run();
  CHECK(vfs.struck());
  vfs.clear();
  between();
  check_promises(world, promises);
  vfs.lose_unsynced(Unsynced::kAllKept, 0);  // forget this folder's files
}

TEST_CASE("one failed write, sync, truncation or deletion anywhere loses nothing that was called saved") {
  FaultVfs vfs;
  const Extent extent = measure(vfs);
  CHECK(extent.writes > 100);
  for (std::uint64_t nth = 1; nth <= extent.writes; ++nth) {
    INFO("operation " << nth << " of " << extent.writes);
    live_with(vfs, Fault::kIoError, nth, [] {});
  }
}

TEST_CASE("one failed sync anywhere, and a power cut in the end, lose nothing that was called saved") {
  FaultVfs vfs;
  const Extent extent = measure(vfs);
  for (std::uint64_t nth = 1; nth <= extent.writes; ++nth) {
    INFO("operation " << nth << " of " << extent.writes);
    live_with(vfs, Fault::kIoError, nth, [&] { vfs.lose_unsynced(Unsynced::kAllLost, 0); });
  }
}

TEST_CASE("one failed read anywhere loses nothing, and sets no journal aside") {
  FaultVfs vfs;
  const Extent extent = measure(vfs);
  CHECK(extent.reads > 20);
  for (std::uint64_t nth = 1; nth <= extent.reads; ++nth) {
    INFO("read " << nth << " of " << extent.reads);
    live_with(vfs, Fault::kReadError, nth, [] {});
  }
}

TEST_CASE("a store that opens has its write-ahead log, whatever failed while the database was made") {
  // The switch to the log is a transaction of its own. Where it failed, and nobody noticed, commits went through a
  // rollback journal, whose deletion a power cut can undo, and the last filing with it.
  FaultVfs vfs;
  for (std::uint64_t nth = 1; nth <= 60; ++nth) {
    INFO("operation " << nth);
    World world;
    vfs.fail_at(nth, Fault::kIoError);
    if (const auto opened = Store::open(world.options(), world.env)) {
      CHECK(world.look()->execAndGet("PRAGMA journal_mode").getString() == "wal");
    }
    vfs.clear();
    vfs.lose_unsynced(Unsynced::kAllKept, 0);
  }
}

TEST_CASE("a disk that is full from any write on loses nothing that was called saved") {
  FaultVfs vfs;
  const Extent extent = measure(vfs);
  for (std::uint64_t nth = 1; nth <= extent.writes; ++nth) {
    INFO("operation " << nth << " of " << extent.writes);
    live_with(vfs, Fault::kDiskFull, nth, [] {});
  }
}

TEST_CASE("memory that is refused at any moment loses nothing that was called saved") {
  test::FailingMemory memory;
  FaultVfs vfs;  // nothing fails on the disk
  memory.fail_at(0);
  static_cast<void>(measure(vfs));
  const std::uint64_t allocations = memory.asked();
  CHECK(allocations > 1000);
  // Some two hundred of them, spread over a life without a common period: one alone, and from there on a hundred.
  const std::uint64_t step = allocations / 100 + 1;
  for (std::uint64_t nth = 1; nth <= allocations; nth += step) {
    for (const std::uint64_t in_a_row : {1U, 100U}) {
      INFO("allocation " << nth << " of " << allocations << ", " << in_a_row << " in a row");
      World world;
      Promises promises;
      memory.fail_at(nth, in_a_row);
      Life(world, promises, vfs).run();
      memory.fail_at(0);
      check_promises(world, promises);
    }
  }
}

TEST_CASE("a power cut at any write loses nothing that was called saved, whatever the disk had not yet written") {
  FaultVfs vfs;
  const Extent extent = measure(vfs);
  for (std::uint64_t nth = 1; nth <= extent.writes; ++nth) {
    INFO("operation " << nth << " of " << extent.writes);
    live_with(vfs, Fault::kPowerCut, nth, [&] { vfs.lose_unsynced(Unsynced::kAllLost, 0); });
    live_with(vfs, Fault::kPowerCut, nth, [&] { vfs.lose_unsynced(Unsynced::kAllKept, 0); });
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      INFO("seed " << seed);
      live_with(vfs, Fault::kPowerCut, nth, [&] { vfs.lose_unsynced(Unsynced::kDiced, nth * 100 + seed); });
    }
  }
}

TEST_CASE("the simulated power cut does lose what was not synced: without syncs a ticket is gone") {
  // Were this not so, the cases above would prove nothing.
  FaultVfs vfs;
  World world;
  {
    const auto store = world.open();
    static_cast<void>(test::file(*store));
    REQUIRE(store->checkpoint());
  }
  {
    // The same file, opened by somebody who does not wait for the disk.
    const auto database = std::make_unique<SQLite::Database>(world.database_path(), SQLite::OPEN_READWRITE, 5000);
    database->exec("PRAGMA synchronous = OFF");
    vfs.fail_at(1'000'000, Fault::kPowerCut);
    database->exec("INSERT INTO fact (name, value) VALUES ('unsynced', 1)");
    vfs.fail_at(1, Fault::kPowerCut);
    try {
      database->exec("INSERT INTO fact (name, value) VALUES ('cut', 1)");
    } catch (const SQLite::Exception&) {
      SUCCEED("the power is off");
    }
  }
  vfs.clear();
  vfs.lose_unsynced(Unsynced::kAllLost, 0);
  CHECK(world.count("SELECT COUNT(*) FROM fact WHERE name = 'unsynced'") == 0);
  CHECK(world.count("SELECT COUNT(*) FROM ticket") == 1);
}

}  // namespace
}  // namespace mimika
