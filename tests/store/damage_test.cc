// A disk that changes bytes behind our back: verify() is the one that notices.
#include <string>

#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::centre_key;
using test::event_at;
using test::feed_answer;
using test::feed_item;
using test::file;
using test::kOfficer;
using test::kStart;
using test::World;

struct Journal {
  World world;
  std::unique_ptr<Store> store = world.open();
  FiledTicket filed;

  Journal() {
    static_cast<void>(file(*store));
    filed = file(*store);
    static_cast<void>(file(*store));
    static_cast<void>(test::synchronise(*store, kStart));
    const Event early = event_at(centre_key(2), kStart, TicketVerified{test::neighbour_filed(9, 9).key, kOfficer});
    REQUIRE(store->apply_answer(
        filed.key.epoch,
        feed_answer(*store, kStart,
                    {feed_item(1, test::neighbour_filed(1, 12)),
                     feed_item(2, event_at(centre_key(1), kStart, TicketVerified{filed.key, kOfficer})),
                     feed_item(3, early)})));
    REQUIRE(store->verify());
  }

  void flip(const std::string& table, const std::string& column, const std::string& where) {
    const auto database = world.look();
    SQLite::Statement row(*database, "SELECT " + column + " FROM " + table + " WHERE " + where);
    REQUIRE(row.executeStep());
    Bytes bytes = sqlite::blob(row.getColumn(0));
    row.reset();
    REQUIRE_FALSE(bytes.empty());
    bytes[bytes.size() / 2] ^= 0x04;
    SQLite::Statement update(*database, "UPDATE " + table + " SET " + column + " = ? WHERE " + where);
    sqlite::bind_blob(update, 1, bytes);
    REQUIRE(update.exec() == 1);
  }

  void expect_damage() {
    const Status verified = store->verify();
    REQUIRE_FALSE(verified);
    CHECK(verified.error().code == ErrorCode::kCorrupt);
  }
};

TEST_CASE("a flipped bit in an event, its sealed part or its chain hash is found") {
  Journal journal;
  for (const char* column : {"event", "sealed", "chain"}) {
    SECTION(column) {
      journal.flip("event", column, "seq = " + std::to_string(journal.filed.key.seq.value) + " AND chain IS NOT NULL");
      journal.expect_damage();
    }
  }
}

TEST_CASE("a flipped bit in the state of a ticket is found, and rebuilding mends it") {
  Journal journal;
  journal.flip("ticket", "state", "seq = " + std::to_string(journal.filed.key.seq.value));
  journal.expect_damage();
  REQUIRE(journal.store->rebuild_projections());
  CHECK(journal.store->verify());
}

TEST_CASE("a changed column that tickets are searched by is found, and rebuilding mends it") {
  Journal journal;
  const std::string where = " WHERE seq = " + std::to_string(journal.filed.key.seq.value);
  SECTION("number") {
    journal.world.run("UPDATE ticket SET number = 'JLA1-9999-X'" + where);
  }
  SECTION("status") {
    journal.world.run("UPDATE ticket SET status = 7" + where);
  }
  SECTION("time") {
    journal.world.run("UPDATE ticket SET filed_ms = 5" + where);
  }
  SECTION("a missing ticket") {
    journal.world.run("DELETE FROM ticket" + where);
  }
  SECTION("a missing orphan") {
    journal.world.run("DELETE FROM orphan");
  }
  SECTION("an orphan of another ticket") {
    journal.world.run("UPDATE orphan SET seq = seq + 1");
  }
  journal.expect_damage();
  REQUIRE(journal.store->rebuild_projections());
  CHECK(journal.store->verify());
}

TEST_CASE("a missing event is found") {
  Journal journal;
  SECTION("in the middle") {
    journal.world.run("DELETE FROM event WHERE chain IS NOT NULL AND seq = " +
                      std::to_string(journal.filed.key.seq.value));
  }
  SECTION("at the end, below what the centre acknowledged") {
    journal.world.run(
        "DELETE FROM ticket WHERE device = 7 AND seq = 5; DELETE FROM event WHERE chain IS NOT NULL AND seq = 5;");
  }
  journal.expect_damage();
}

TEST_CASE("a watermark past the journal's end is found") {
  Journal journal;
  journal.world.run("UPDATE epoch SET acked_seq = acked_seq + 1");
  journal.expect_damage();
}

TEST_CASE("a flipped bit in a feed event that changes a ticket is found") {
  Journal journal;
  const auto database = journal.world.look();
  SQLite::Statement row(*database, "SELECT event FROM event WHERE feed_seq = 1");
  REQUIRE(row.executeStep());
  Bytes bytes = sqlite::blob(row.getColumn(0));
  row.reset();
  const std::string_view category = "jalan";
  const auto at = std::search(bytes.begin(), bytes.end(), category.begin(), category.end());
  REQUIRE(at != bytes.end());
  *at = 'k';
  SQLite::Statement update(*database, "UPDATE event SET event = ? WHERE feed_seq = 1");
  sqlite::bind_blob(update, 1, bytes);
  update.exec();
  journal.expect_damage();
}

TEST_CASE("verifying changes nothing") {
  Journal journal;
  const auto before = journal.store->tickets(100).value();
  const std::int64_t events = journal.world.count("SELECT COUNT(*) FROM event");
  for (int i = 0; i < 3; ++i) REQUIRE(journal.store->verify());
  CHECK(journal.store->tickets(100).value() == before);
  CHECK(journal.world.count("SELECT COUNT(*) FROM event") == events);
  journal.flip("ticket", "state", "seq = " + std::to_string(journal.filed.key.seq.value));
  journal.expect_damage();
  journal.expect_damage();  // it was not mended in passing
}

TEST_CASE("a ticket whose state cannot be read is an error, not another ticket") {
  Journal journal;
  journal.world.run("UPDATE ticket SET state = x'FFFF' WHERE seq = " + std::to_string(journal.filed.key.seq.value));
  CHECK(journal.store->find_ticket(journal.filed.number).error().code == ErrorCode::kCorrupt);
  REQUIRE(journal.store->rebuild_projections());
  CHECK(test::ticket_of_number(*journal.store, journal.filed.number).id == journal.filed.key);
}

TEST_CASE("a journal that cannot be read is an error to whoever prepares to seal, in its own thread") {
  World world;
  const auto store = world.open();
  CHECK(store->prepare_sealing());
  world.run("DROP TABLE fact");
  CHECK_FALSE(store->prepare_sealing());
}

}  // namespace
}  // namespace mimika
