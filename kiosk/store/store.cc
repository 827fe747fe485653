#include "kiosk/store/store.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/store/schema/kKioskMigrations.h"
#include "kiosk/store/sealed_streams.h"

namespace mimika {
namespace {

std::string database_path(const std::string& folder) {
  return folder + "/journal.db";
}

Result<std::unique_ptr<SQLite::Database>> open_checked(const std::string& path) {
  TRY_ASSIGN(auto database, sqlite::open(path, {}));
  // checkpoint() is called whenever a visit ends, so that a filing need not: this is for thousands filed in a row.
  TRY(sqlite::guard("setting up " + path, [&]() -> Status {
    database->exec("PRAGMA wal_autocheckpoint = 4000");  // pages, 16 MiB
    return {};
  }));
  TRY(sqlite::migrate(*database, kKioskMigrations));
  TRY(sqlite::check_integrity(*database));
  return database;
}

// Renames a damaged database with its log out of the way. Nothing is deleted: somebody may still read it.
Result<std::string> set_aside(const std::string& path, WallMs now_ms) {
  std::string aside = path + ".damaged-" + std::to_string(now_ms);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code error;
    std::filesystem::rename(path + suffix, aside + suffix, error);
    if (error && error != std::errc::no_such_file_or_directory) {
      return std::unexpected(error_from_errno(error.value(), "setting the damaged database aside"));
    }
  }
  return aside;
}

}  // namespace

Store::Store(StoreOptions options, Env& env, std::unique_ptr<SQLite::Database> database)
    : options_(std::move(options)), env_(env), database_(std::move(database)) {}

Store::~Store() {
  if (unsynced_filings_ > 0) note_witness(last_witness_, Durability::kSynced);
}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, Env& env) {
  TRY(make_private_folder(options.folder));
  const std::string path = database_path(options.folder);
  StoreNotice notice;
  auto database = open_checked(path);
  // A disk that fails to read once looks the same as damage; setting a journal aside for that would be too much.
  if (!database && database.error().code == ErrorCode::kCorrupt) database = open_checked(path);
  if (!database && database.error().code == ErrorCode::kCorrupt) {
    log_error("store", "{}", database.error().message);
    TRY_ASSIGN(notice.set_aside_path, set_aside(path, env.wall_ms()));
    log_error("store", "set aside as {}; going on in a fresh journal", notice.set_aside_path);
    database = open_checked(path);
  }
  if (!database) return std::unexpected(database.error());

  std::unique_ptr<Store> store(new Store(options, env, *std::move(database)));
  store->notice_ = std::move(notice);
  TRY(store->prepare());
  return store;
}

std::optional<std::int64_t> Store::find_fact(const char* name) {
  auto query = statements_.lend("SELECT value FROM fact WHERE name = ?");
  query->bindNoCopy(1, name);
  if (!query->executeStep()) return std::nullopt;
  return query->getColumn(0).getInt64();
}

std::int64_t Store::fact(const char* name, std::int64_t otherwise) {
  return find_fact(name).value_or(otherwise);
}

void Store::set_fact(const char* name, std::int64_t value) {
  auto upsert = statements_.lend(
      "INSERT INTO fact (name, value) VALUES (?, ?) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  upsert->bindNoCopy(1, name);
  upsert->bind(2, value);
  upsert->exec();
}

Result<StoreStatus> Store::status() {
  return sqlite::guard("reading the journal's status", [&]() -> Result<StoreStatus> {
    StoreStatus status;
    TRY_ASSIGN(status.epoch, current_epoch());
    status.events = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM event").getInt64());
    status.tickets = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM ticket").getInt64());
    status.orphans = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM orphan").getInt64());
    status.feed_cursor = FeedSeq{static_cast<std::uint64_t>(fact("feed_cursor", 0))};
    status.last_contact_ms = find_fact("last_contact_ms");

    // Per epoch the unsent ones are those above its watermark; the unique index makes this a range, not a scan.
    SQLite::Statement unsent(*database_,
                             "SELECT COUNT(*), COALESCE(SUM(p.disputed), 0) FROM epoch p JOIN event e ON e.device = ?1 "
                             "AND e.epoch = p.epoch "
                             "AND e.seq > p.acked_seq AND e.chain IS NOT NULL");
    unsent.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    if (unsent.executeStep()) {
      status.unsent_events = static_cast<std::uint64_t>(unsent.getColumn(0).getInt64());
      status.disputed_events = static_cast<std::uint64_t>(unsent.getColumn(1).getInt64());
    }

    SQLite::Statement oldest(*database_,
                             "SELECT MIN(t.filed_ms) FROM epoch p JOIN ticket t ON t.device = ?1 AND t.epoch = p.epoch "
                             "AND t.seq > p.acked_seq JOIN event e ON e.device = t.device AND e.epoch = t.epoch "
                             "AND e.seq = t.seq AND e.chain IS NOT NULL");
    oldest.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    if (oldest.executeStep() && !oldest.getColumn(0).isNull()) status.oldest_unsent_ms = oldest.getColumn(0).getInt64();
    return status;
  });
}

Status Store::checkpoint() {
  return sqlite::guard("checkpointing the journal", [&]() -> Status {
    // The witness first: a disk on which the checkpoint fails is the one that may need it. Written again, not only
    // synced, because after a failed sync Linux takes the page for clean.
    if (unsynced_filings_ > 0) note_witness(last_witness_, Durability::kSynced);
    database_->exec("PRAGMA wal_checkpoint(PASSIVE)");
    return {};
  });
}

}  // namespace mimika
