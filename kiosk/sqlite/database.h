// SQLite as we run it: opened with the settings that make "saved" mean saved, migrated forward only, its failures as
// our errors. Shared by the kiosk's store and the centre's; knows nothing of either's tables.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::sqlite {

enum class OpenMode { kReadWrite, kReadOnly };

struct OpenOptions {
  OpenMode mode = OpenMode::kReadWrite;  // kReadWrite creates the file
  int busy_timeout_ms = 10'000;          // another process (mimika-kiosk-ctl) may hold the write lock for a moment
};

// WAL, synchronous=FULL, foreign keys, trusted_schema off. kStorageReadOnly, kStorageFull, kCorrupt (not a database),
// kStorageFailed.
[[nodiscard]] Result<std::unique_ptr<SQLite::Database>> open(const std::string& path, const OpenOptions& options);

struct Migration {
  int version;  // dense from 1; kept in PRAGMA user_version
  const char* name;
  const char* sql;
};

// Applies what is missing, each in a transaction of its own. kNewerVersion, with nothing touched, when the database has
// seen a migration this program does not know.
[[nodiscard]] Status migrate(SQLite::Database& database, std::span<const Migration> migrations);

// Sets synchronous=FULL and wal again and reads them back: a setting that did not take is an error, not a surprise.
[[nodiscard]] Status require_durable(SQLite::Database& database);

// PRAGMA quick_check and foreign_key_check; kCorrupt with SQLite's first words when they find something.
[[nodiscard]] Status check_integrity(SQLite::Database& database);

// What SQLite reported, as our error.
[[nodiscard]] Error error_of(const SQLite::Exception& exception, const std::string& doing);

// Runs code that uses SQLiteCpp and turns its exceptions into errors: the wall between its world and ours.
template <typename Function>
[[nodiscard]] auto guard(const std::string& doing, Function&& function) -> std::invoke_result_t<Function> {
  try {
    return std::forward<Function>(function)();
  } catch (const SQLite::Exception& exception) {
    return std::unexpected(error_of(exception, doing));
  }
}

// A column's bytes; empty for NULL.
[[nodiscard]] Bytes blob(const SQLite::Column& column);
// Binds bytes that outlive the statement's next step.
void bind_blob(SQLite::Statement& statement, int index, ByteView bytes);

}  // namespace mimika::sqlite
