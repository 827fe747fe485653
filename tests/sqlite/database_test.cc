#include "kiosk/sqlite/database.h"

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "kiosk/base/files.h"
#include "tests/support/memory_folder.h"
#include "tests/support/small_disk.h"

namespace mimika::sqlite {
namespace {

using test::MemoryFolder;

constexpr std::size_t kLarge = 16 * 1024 * 1024;

constexpr Migration kOne[] = {{1, "one", "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);"}};
constexpr Migration kTwo[] = {kOne[0], {2, "two", "ALTER TABLE a ADD COLUMN y TEXT; INSERT INTO a VALUES (2, 'two');"}};
constexpr Migration kBroken[] = {
    kOne[0], {2, "broken", "INSERT INTO a VALUES (7); CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (8);"}};

std::unique_ptr<SQLite::Database> open_or_fail(const std::string& path, const OpenOptions& options = {}) {
  auto database = open(path, options);
  REQUIRE(database);
  return *std::move(database);
}

int version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}
int rows_of(SQLite::Database& database) {
  return database.execAndGet("SELECT COUNT(*) FROM a").getInt();
}

TEST_CASE("a database opens with the settings that make saved mean saved") {
  const MemoryFolder folder;
  const auto database = open_or_fail(folder / "a.db");
  CHECK(database->execAndGet("PRAGMA journal_mode").getString() == "wal");
  CHECK(database->execAndGet("PRAGMA synchronous").getInt() == 2);
  CHECK(database->execAndGet("PRAGMA foreign_keys").getInt() == 1);
  CHECK(database->execAndGet("PRAGMA trusted_schema").getInt() == 0);
  CHECK(database->execAndGet("PRAGMA secure_delete").getInt() == 1);

  database->exec("PRAGMA synchronous = OFF");
  REQUIRE(require_durable(*database));
  CHECK(database->execAndGet("PRAGMA synchronous").getInt() == 2);
}

TEST_CASE("a database in memory cannot be durable, and that is an error") {
  const auto database = open(":memory:", {});
  REQUIRE_FALSE(database);
  CHECK(database.error().code == ErrorCode::kStorageFailed);
}

TEST_CASE("migrations are applied once, in order, and the rows of before stay") {
  const MemoryFolder folder;
  {
    const auto database = open_or_fail(folder / "a.db");
    REQUIRE(migrate(*database, kOne));
    CHECK(version_of(*database) == 1);
    REQUIRE(migrate(*database, kOne));
    CHECK(rows_of(*database) == 1);
  }
  const auto database = open_or_fail(folder / "a.db");
  REQUIRE(migrate(*database, kTwo));
  CHECK(version_of(*database) == 2);
  CHECK(rows_of(*database) == 2);
  CHECK(database->execAndGet("SELECT x FROM a WHERE y IS NULL").getInt() == 1);
}

TEST_CASE("a database newer than the program is refused and left as it is") {
  const MemoryFolder folder;
  const std::string path = folder / "a.db";
  {
    REQUIRE(migrate(*open_or_fail(path), kTwo));
  }
  const Bytes before = read_file(path, kLarge).value();
  {
    const auto database = open_or_fail(path);
    const Status migrated = migrate(*database, kOne);
    REQUIRE_FALSE(migrated);
    CHECK(migrated.error().code == ErrorCode::kNewerVersion);
    CHECK(rows_of(*database) == 2);
    CHECK(version_of(*database) == 2);
  }
  CHECK(read_file(path, kLarge).value() == before);
}

TEST_CASE("a migration that fails leaves nothing of itself") {
  const MemoryFolder folder;
  const auto database = open_or_fail(folder / "a.db");
  REQUIRE_FALSE(migrate(*database, kBroken));
  CHECK(version_of(*database) == 1);
  CHECK(rows_of(*database) == 1);
  REQUIRE(migrate(*database, kTwo));
  CHECK(rows_of(*database) == 2);
}

TEST_CASE("no migrations at all are fine for a new database") {
  const MemoryFolder folder;
  const auto database = open_or_fail(folder / "a.db");
  CHECK(migrate(*database, {}));
}

TEST_CASE("a file that is no database is corrupt, and is not written to") {
  const MemoryFolder folder;
  const std::string path = folder / "a.db";
  const Bytes text(8192, 'x');
  REQUIRE(write_file_durably(path, text, FileMode::kPublic));
  const auto database = open(path, {});
  REQUIRE_FALSE(database);
  CHECK(database.error().code == ErrorCode::kCorrupt);
  CHECK(read_file(path, kLarge).value() == text);
}

TEST_CASE("damage inside a database is found by the check") {
  const MemoryFolder folder;
  const std::string path = folder / "a.db";
  {
    const auto database = open_or_fail(path);
    REQUIRE(migrate(*database, kOne));
    for (int i = 0; i < 2000; ++i) database->exec("INSERT INTO a VALUES (" + std::to_string(i) + ")");
    CHECK(check_integrity(*database));
  }
  Bytes bytes = read_file(path, kLarge).value();
  REQUIRE(bytes.size() > 5 * 4096);
  for (std::size_t i = 2 * 4096; i < 3 * 4096; ++i) bytes[i] = 0xA5;
  REQUIRE(write_file_durably(path, bytes, FileMode::kPublic));

  const auto database = open_or_fail(path);
  const Status checked = check_integrity(*database);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a database cut short is found by the check") {
  const MemoryFolder folder;
  const std::string path = folder / "a.db";
  {
    const auto database = open_or_fail(path);
    REQUIRE(migrate(*database, kOne));
    for (int i = 0; i < 2000; ++i) database->exec("INSERT INTO a VALUES (" + std::to_string(i) + ")");
  }
  std::filesystem::resize_file(path, 3 * 4096);
  const auto database = open(path, {});
  const bool found = !database || !check_integrity(**database);
  CHECK(found);
}

TEST_CASE("a row that points nowhere is found by the check") {
  const MemoryFolder folder;
  const auto database = open_or_fail(folder / "a.db");
  database->exec("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (id));");
  database->exec("PRAGMA foreign_keys = OFF");
  database->exec("INSERT INTO c VALUES (1)");
  CHECK(check_integrity(*database).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a read-only disk is an error of its own") {
  test::SmallDisk disk("1m");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  {
    REQUIRE(migrate(*open_or_fail(disk / "a.db"), kOne));
  }
  REQUIRE(disk.make_read_only());
  const auto old = open(disk / "a.db", {});
  REQUIRE_FALSE(old);
  CHECK(old.error().code == ErrorCode::kStorageReadOnly);
  const auto fresh = open(disk / "b.db", {});
  REQUIRE_FALSE(fresh);
  CHECK(fresh.error().code == ErrorCode::kStorageReadOnly);
}

TEST_CASE("a database opened for reading can be read and not written") {
  const MemoryFolder folder;
  {
    REQUIRE(migrate(*open_or_fail(folder / "a.db"), kOne));
  }
  const auto database = open_or_fail(folder / "a.db", {.mode = OpenMode::kReadOnly});
  CHECK(rows_of(*database) == 1);
  const Status written = guard("writing", [&]() -> Status {
    database->exec("INSERT INTO a VALUES (2)");
    return {};
  });
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::kStorageReadOnly);
  CHECK_FALSE(open(folder / "none.db", {.mode = OpenMode::kReadOnly}));
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST_CASE("a full disk is an error of its own, and what was saved before is still there") {
  test::SmallDisk disk("512k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  const auto database = open_or_fail(disk / "a.db");
  REQUIRE(migrate(*database, kOne));
  Status written;
  int saved = 0;
  while (written && saved < 1000) {
    written = guard("writing", [&]() -> Status {
      database->exec("CREATE TABLE IF NOT EXISTS b (x BLOB); INSERT INTO b VALUES (randomblob(10000))");
      return {};
    });
    if (written) ++saved;
  }
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::kStorageFull);
  CHECK(saved > 5);
  CHECK(database->execAndGet("SELECT COUNT(*) FROM b").getInt() == saved);
  CHECK(check_integrity(*database));
}

TEST_CASE("another process that writes is waited for, and then an error") {
  const MemoryFolder folder;
  const auto holder = open_or_fail(folder / "a.db");
  REQUIRE(migrate(*holder, kOne));
  const auto waiter = open_or_fail(folder / "a.db", {.busy_timeout_ms = 100});
  const auto write = [&]() {
    return guard("writing", [&]() -> Status {
      SQLite::Transaction transaction(*waiter, SQLite::TransactionBehavior::IMMEDIATE);
      waiter->exec("INSERT INTO a VALUES (2)");
      transaction.commit();
      return {};
    });
  };
  holder->exec("BEGIN IMMEDIATE");
  const auto start = std::chrono::steady_clock::now();
  const Status busy = write();
  const auto waited = std::chrono::steady_clock::now() - start;
  REQUIRE_FALSE(busy);
  CHECK(busy.error().code == ErrorCode::kStorageFailed);
  CHECK(waited >= std::chrono::milliseconds(90));
  CHECK(rows_of(*waiter) == 1);  // reading goes on meanwhile
  holder->exec("COMMIT");
  CHECK(write());
}

TEST_CASE("SQLite's codes become our errors, whatever their extension") {
  const auto code_of = [](int code) { return error_of(SQLite::Exception("words", code), "doing").code; };
  CHECK(code_of(SQLITE_FULL) == ErrorCode::kStorageFull);
  CHECK(code_of(SQLITE_READONLY_DBMOVED) == ErrorCode::kStorageReadOnly);
  CHECK(code_of(SQLITE_CANTOPEN_ISDIR) == ErrorCode::kStorageReadOnly);
  CHECK(code_of(SQLITE_CORRUPT_INDEX) == ErrorCode::kCorrupt);
  CHECK(code_of(SQLITE_NOTADB) == ErrorCode::kCorrupt);
  CHECK(code_of(SQLITE_CONSTRAINT_UNIQUE) == ErrorCode::kConflict);
  CHECK(code_of(SQLITE_IOERR_FSYNC) == ErrorCode::kStorageFailed);
  CHECK(code_of(SQLITE_TOOBIG) == ErrorCode::kTooLarge);
  CHECK(error_of(SQLite::Exception("words", SQLITE_FULL), "doing").message.starts_with("doing: "));
}

TEST_CASE("bytes go in and come out, also none, and none is not NULL") {
  const MemoryFolder folder;
  const auto database = open_or_fail(folder / "a.db");
  database->exec("CREATE TABLE b (x BLOB NOT NULL) STRICT");
  const std::vector<Bytes> values = {{}, {0}, {1, 0, 2}, Bytes(5000, 0xFF)};
  for (const Bytes& value : values) {
    SQLite::Statement insert(*database, "INSERT INTO b VALUES (?)");
    bind_blob(insert, 1, value);
    insert.exec();
  }
  SQLite::Statement query(*database, "SELECT x FROM b ORDER BY rowid");
  for (const Bytes& value : values) {
    REQUIRE(query.executeStep());
    CHECK(blob(query.getColumn(0)) == value);
  }
  SQLite::Statement null(*database, "SELECT NULL");
  REQUIRE(null.executeStep());
  CHECK(blob(null.getColumn(0)).empty());
}

TEST_CASE("what is deleted is gone from the file too") {
  const MemoryFolder folder;
  const std::string path = folder / "a.db";
  const std::string marker = "MARKER-0451-GONE";
  {
    const auto database = open_or_fail(path);
    database->exec("CREATE TABLE b (x TEXT); INSERT INTO b VALUES ('" + marker + "');");
    database->exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  REQUIRE(std::string(as_text(read_file(path, kLarge).value())).find(marker) != std::string::npos);
  {
    open_or_fail(path)->exec("DELETE FROM b");
  }
  CHECK(std::string(as_text(read_file(path, kLarge).value())).find(marker) == std::string::npos);
}

}  // namespace
}  // namespace mimika::sqlite
