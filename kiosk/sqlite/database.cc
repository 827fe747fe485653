#include "kiosk/sqlite/database.h"

#include <sqlite3.h>

#include <string>

#include "kiosk/base/check.h"

namespace mimika::sqlite {
namespace {

constexpr int kPrimaryCode = 0xFF;  // SQLite's extended codes carry it in their lowest byte

}  // namespace

Error error_of(const SQLite::Exception& exception, const std::string& doing) {
  ErrorCode code = ErrorCode::kStorageFailed;
  switch (exception.getErrorCode() & kPrimaryCode) {
    case SQLITE_FULL:
      code = ErrorCode::kStorageFull;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      code = ErrorCode::kStorageReadOnly;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = ErrorCode::kCorrupt;
      break;
    case SQLITE_CONSTRAINT:
      code = ErrorCode::kConflict;
      break;
    case SQLITE_TOOBIG:
      code = ErrorCode::kTooLarge;
      break;
    case SQLITE_IOERR:
      // The log's index could not grow: on a full disk this is the first to fail.
      if (exception.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE) code = ErrorCode::kStorageFull;
      break;
    default:
      break;
  }
  return {code, doing + ": " + exception.what()};
}

Result<std::unique_ptr<SQLite::Database>> open(const std::string& path, const OpenOptions& options) {
  const std::string doing = "opening the database " + path;
  return guard(doing, [&]() -> Result<std::unique_ptr<SQLite::Database>> {
    const bool writes = options.mode == OpenMode::kReadWrite;
    const int flags = writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY;
    auto database = std::make_unique<SQLite::Database>(path, flags, options.busy_timeout_ms);
    sqlite3_extended_result_codes(database->getHandle(), 1);
    database->exec("PRAGMA foreign_keys = ON");
    database->exec("PRAGMA trusted_schema = OFF");
    // Deleted and overwritten bytes are zeroed, so that what is gone is gone from the file too.
    database->exec("PRAGMA secure_delete = ON");
    if (writes) {
      if (Status durable = require_durable(*database); !durable) {
        return std::unexpected(Error{durable.error().code, doing + ": " + durable.error().message});
      }
    }
    return database;
  });
}

Status require_durable(SQLite::Database& database) {
  return guard("making the database durable", [&]() -> Status {
    // The switch is a transaction, which commits only when the statement has been stepped to its end; the row before it
    // says "wal" already. Read back in a statement of its own, or a switch that failed is not noticed.
    database.exec("PRAGMA journal_mode = WAL");
    const std::string mode = database.execAndGet("PRAGMA journal_mode").getString();
    if (mode != "wal") return fail(ErrorCode::kStorageFailed, "the database cannot use a write-ahead log: " + mode);
    database.exec("PRAGMA synchronous = FULL");
    constexpr int kFull = 2;
    if (database.execAndGet("PRAGMA synchronous").getInt() != kFull) {
      return fail(ErrorCode::kStorageFailed, "synchronous=FULL did not take");
    }
    return {};
  });
}

Status migrate(SQLite::Database& database, std::span<const Migration> migrations) {
  return guard("migrating the database", [&]() -> Status {
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    int have = database.execAndGet("PRAGMA user_version").getInt();
    if (have > newest) {
      return fail(ErrorCode::kNewerVersion, "the database is of version " + std::to_string(have) +
                                                ", this program knows up to " + std::to_string(newest) +
                                                "; nothing was changed");
    }
    for (const Migration& migration : migrations) {
      if (migration.version <= have) continue;
      CHECK(migration.version == have + 1);
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      // Another process may have migrated while this one waited for the lock.
      const int now = database.execAndGet("PRAGMA user_version").getInt();
      if (now < migration.version) {
        database.exec(migration.sql);
        database.exec("PRAGMA user_version = " + std::to_string(migration.version));
        transaction.commit();
      }
      have = migration.version;
    }
    return {};
  });
}

Status check_integrity(SQLite::Database& database) {
  return guard("checking the database", [&]() -> Status {
    SQLite::Statement quick(database, "PRAGMA quick_check(1)");
    while (quick.executeStep()) {
      const std::string verdict = quick.getColumn(0).getString();
      if (verdict != "ok") return fail(ErrorCode::kCorrupt, "the database is damaged: " + verdict);
    }
    SQLite::Statement keys(database, "PRAGMA foreign_key_check");
    if (keys.executeStep()) {
      return fail(ErrorCode::kCorrupt, "a row of " + keys.getColumn(0).getString() + " points nowhere");
    }
    return {};
  });
}

Bytes blob(const SQLite::Column& column) {
  const auto* data = static_cast<const std::uint8_t*>(column.getBlob());
  const auto size = static_cast<std::size_t>(column.getBytes());
  return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

void bind_blob(SQLite::Statement& statement, int index, ByteView bytes) {
  // SQLite reads a null pointer as NULL; an empty value is still a value.
  static constexpr std::uint8_t kEmpty = 0;
  const void* data = bytes.empty() ? &kEmpty : bytes.data();
  statement.bindNoCopy(index, data, static_cast<int>(bytes.size()));
}

}  // namespace mimika::sqlite
