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

Result<std::unique_ptr<SQLite::Database>> open_checked(const std::string& path, OpeningCheck check) {
  TRY_ASSIGN(auto database, sqlite::open(path, {}));
  // checkpoint() is called whenever a visit ends, so that a filing need not: this is for thousands filed in a row.
  TRY(sqlite::guard("setting up " + path, [&]() -> Status {
    database->exec("PRAGMA wal_autocheckpoint = 4000");  // pages, 16 MiB
    return {};
  }));
  TRY(sqlite::migrate(*database, kKioskMigrations));
  if (check == OpeningCheck::kWhole) TRY(sqlite::check_integrity(*database));
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
  auto database = open_checked(path, options.check);
  // A disk that fails to read once looks the same as damage; setting a journal aside for that would be too much.
  if (!database && database.error().code == ErrorCode::kCorrupt) database = open_checked(path, options.check);
  if (!database && database.error().code == ErrorCode::kCorrupt) {
    log_error("store", "{}", database.error().message);
    TRY_ASSIGN(notice.set_aside_path, set_aside(path, env.wall_ms()));
    log_error("store", "set aside as {}; going on in a fresh journal", notice.set_aside_path);
    database = open_checked(path, options.check);
  }
  if (!database) return std::unexpected(database.error());

  std::unique_ptr<Store> store(new Store(options, env, *std::move(database)));
  store->notice_ = std::move(notice);
  TRY(store->prepare());
  store->drop_unnamed_blobs();
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

// Own events of a life have no gaps, so what is unsent of it is a difference, not a count.
Status Store::add_waiting_of_life(Epoch epoch, std::int64_t acked_seq, bool disputed, OutboxStatus& status) {
  TRY_ASSIGN(const Head top, head(epoch));
  const auto acked = static_cast<std::uint64_t>(acked_seq);
  if (top.seq.value <= acked) return {};
  const std::uint64_t unsent = top.seq.value - acked;
  status.unsent_events += unsent;
  if (disputed) status.disputed_events += unsent;
  return status.oldest_unsent_ms ? Status{} : find_oldest_unsent(epoch, acked_seq, status);
}

Status Store::find_oldest_unsent(Epoch epoch, std::int64_t acked_seq, OutboxStatus& status) {
  auto first = statements_.lend(
      "SELECT t.seq FROM ticket t JOIN event e ON e.device = t.device AND e.epoch = t.epoch AND e.seq = t.seq "
      "WHERE t.device = ? AND t.epoch = ? AND t.seq > ? AND e.chain IS NOT NULL ORDER BY t.seq LIMIT 1");
  first->bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  first->bind(2, static_cast<std::int64_t>(epoch.value));
  first->bind(3, acked_seq);
  if (!first->executeStep()) return {};
  const Seq seq{static_cast<std::uint64_t>(first->getColumn(0).getInt64())};
  TRY_ASSIGN(const std::optional<Ticket> oldest, load_ticket({options_.identity.device, epoch, seq}));
  if (!oldest) return {};
  status.oldest_unsent_ms = oldest->filed_ms;
  status.oldest_unsent_clock = oldest->filed_confidence;
  return {};
}

Result<OutboxStatus> Store::outbox_status() {
  return sqlite::guard("reading what waits", [&]() -> Result<OutboxStatus> {
    SQLite::Transaction one_view(*database_, SQLite::TransactionBehavior::DEFERRED);
    OutboxStatus status;
    TRY_ASSIGN(status.epoch, current_epoch());
    status.orphans = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM orphan").getInt64());
    status.feed_cursor = FeedSeq{static_cast<std::uint64_t>(fact("feed_cursor", 0))};
    status.last_contact_ms = find_fact("last_contact_ms");
    SQLite::Statement blobs(*database_, "SELECT COALESCE(SUM(state = 0), 0), COALESCE(SUM(state > 1), 0) FROM blob");
    if (blobs.executeStep()) {
      status.unsent_blobs = static_cast<std::uint64_t>(blobs.getColumn(0).getInt64());
      status.refused_blobs = static_cast<std::uint64_t>(blobs.getColumn(1).getInt64());
    }
    read_lately(status);
    auto lives = statements_.lend("SELECT epoch, acked_seq, disputed FROM epoch ORDER BY life");
    while (lives->executeStep()) {
      TRY(add_waiting_of_life(Epoch{static_cast<std::uint32_t>(lives->getColumn(0).getInt64())},
                              lives->getColumn(1).getInt64(), lives->getColumn(2).getInt() != 0, status));
    }
    return status;
  });
}

Result<StoreStatus> Store::status() {
  TRY_ASSIGN(const OutboxStatus waiting, outbox_status());
  return sqlite::guard("counting the journal", [&]() -> Result<StoreStatus> {
    StoreStatus status{waiting, 0, 0};
    status.events = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM event").getInt64());
    status.tickets = static_cast<std::uint64_t>(database_->execAndGet("SELECT COUNT(*) FROM ticket").getInt64());
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
