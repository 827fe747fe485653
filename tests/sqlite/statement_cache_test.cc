// Statements that stay compiled: nothing of one use may be seen in the next.
#include "kiosk/sqlite/statement_cache.h"

#include <catch2/catch.hpp>

#include "kiosk/sqlite/database.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

constexpr const char* kInsert = "INSERT INTO t (a, b) VALUES (?, ?)";
constexpr const char* kAll = "SELECT a, b FROM t ORDER BY a";

struct World {
  test::TempFolder folder;
  std::unique_ptr<SQLite::Database> database = sqlite::open(folder / "t.db", {}).value();
  sqlite::StatementCache cache{*database};
  World() { database->exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"); }
};

TEST_CASE("a statement that comes back is the same one, reset and with nothing bound") {
  World world;
  const SQLite::Statement* first = nullptr;
  {
    auto insert = world.cache.lend(kInsert);
    first = &*insert;
    insert->bind(1, 1);
    insert->bind(2, "secret");
    insert->exec();
  }
  auto insert = world.cache.lend(kInsert);
  CHECK(&*insert == first);
  insert->bind(1, 2);  // b was bound before, and must not be now
  insert->exec();
  auto all = world.cache.lend(kAll);
  REQUIRE(all->executeStep());
  CHECK(all->getColumn(1).getString() == "secret");
  REQUIRE(all->executeStep());
  CHECK(all->getColumn(1).isNull());
}

TEST_CASE("one SQL may be on loan twice at a time") {
  World world;
  world.database->exec("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
  auto outer = world.cache.lend(kAll);
  REQUIRE(outer->executeStep());
  {
    auto inner = world.cache.lend(kAll);
    CHECK(&*inner != &*outer);
    REQUIRE(inner->executeStep());
    CHECK(inner->getColumn(0).getInt() == 1);
  }
  REQUIRE(outer->executeStep());
  CHECK(outer->getColumn(0).getInt() == 2);
}

TEST_CASE("a statement that failed can be used again") {
  World world;
  const auto insert = [&](int key) {
    auto statement = world.cache.lend(kInsert);
    statement->bind(1, key);
    statement->exec();
  };
  insert(1);
  CHECK_THROWS_AS(insert(1), SQLite::Exception);
  CHECK_NOTHROW(insert(2));
}

TEST_CASE("a statement given back half read holds no lock against a commit elsewhere") {
  World world;
  world.database->exec("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
  {
    auto all = world.cache.lend(kAll);
    REQUIRE(all->executeStep());
  }
  const auto other = sqlite::open(world.folder / "t.db", {}).value();
  other->exec("INSERT INTO t VALUES (3, 'z')");
  CHECK(other->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() == 0);  // 1: somebody still reads
}

}  // namespace
}  // namespace mimika
