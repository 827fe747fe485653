#include "sync/central/store/sqlite_store.h"

#include <unordered_map>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/sqlite/database.h"
#include "sync/central/schema/kCentralSchema.h"

namespace mimika::central {
namespace {

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::unique_ptr<SQLite::Database> handle, std::mutex& write_turn)
      : handle_(std::move(handle)), turn_(write_turn, std::defer_lock) {}

  Status begin() override {
    CHECK(!turn_.owns_lock());
    turn_.lock();
    // IMMEDIATE: a transaction that reads first and writes later must not find the database changed in between.
    Status begun = run_plain("BEGIN IMMEDIATE");
    if (!begun) turn_.unlock();
    return begun;
  }

  Status commit() override {
    CHECK(turn_.owns_lock());
    TRY(run_plain("COMMIT"));
    turn_.unlock();
    return {};
  }

  Status begin_snapshot() override { return run_plain("BEGIN DEFERRED"); }

  void roll_back() override {
    // SQLite has already rolled back by itself after some failures; then this says so, which is no news.
    (void)sqlite::guard("rolling back", [&]() -> Status {
      handle_->exec("ROLLBACK");
      return {};
    });
    if (turn_.owns_lock()) turn_.unlock();
  }

  Status check_integrity() override { return sqlite::check_integrity(*handle_); }
  bool healthy() const override { return healthy_; }

 protected:
  Result<std::int64_t> run(const std::string& sql, std::span<const Value> parameters) override {
    return watched(sqlite::guard(sql, [&]() -> Result<std::int64_t> {
      SQLite::Statement& statement = prepared(sql, parameters);
      const Rewind rewind(statement);
      return statement.exec();
    }));
  }

  Result<std::vector<Row>> select(const std::string& sql, std::span<const Value> parameters) override {
    return watched(sqlite::guard(sql, [&]() -> Result<std::vector<Row>> {
      SQLite::Statement& statement = prepared(sql, parameters);
      const Rewind rewind(statement);
      std::vector<Row> rows;
      while (statement.executeStep()) rows.push_back(read_row(statement));
      return rows;
    }));
  }

 private:
  // A statement left standing on a row would keep its snapshot, and its parameters, alive.
  class Rewind {
   public:
    explicit Rewind(SQLite::Statement& statement) : statement_(statement) {}
    Rewind(const Rewind&) = delete;
    Rewind& operator=(const Rewind&) = delete;
    ~Rewind() {
      statement_.tryReset();
      statement_.clearBindings();
    }

   private:
    SQLite::Statement& statement_;
  };

  SQLite::Statement& prepared(const std::string& sql, std::span<const Value> parameters) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
      found = statements_.emplace(sql, std::make_unique<SQLite::Statement>(*handle_, sql)).first;
    }
    SQLite::Statement& statement = *found->second;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      bind(statement, "$" + std::to_string(i + 1), parameters[i]);
    }
    return statement;
  }

  static void bind(SQLite::Statement& statement, const std::string& name, const Value& value) {
    const int index = statement.getIndex(name.c_str());
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      statement.bind(index, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      statement.bindNoCopy(index, *text);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      sqlite::bind_blob(statement, index, *bytes);
    } else {
      statement.bind(index);
    }
  }

  static Row read_row(const SQLite::Statement& statement) {
    std::vector<Value> columns;
    columns.reserve(static_cast<std::size_t>(statement.getColumnCount()));
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      const SQLite::Column column = const_cast<SQLite::Statement&>(statement).getColumn(i);
      if (column.isInteger()) {
        columns.emplace_back(column.getInt64());
      } else if (column.isText()) {
        columns.emplace_back(column.getString());
      } else if (column.isBlob()) {
        columns.emplace_back(sqlite::blob(column));
      } else {
        columns.emplace_back();
      }
    }
    return Row(std::move(columns));
  }

  Status run_plain(const char* sql) {
    return watched(sqlite::guard(sql, [&]() -> Status {
      handle_->exec(sql);
      return {};
    }));
  }

  template <typename Outcome>
  Outcome watched(Outcome outcome) {
    if (!outcome &&
        (outcome.error().code == ErrorCode::kStorageFailed || outcome.error().code == ErrorCode::kCorrupt)) {
      healthy_ = false;
    }
    return outcome;
  }

  std::unique_ptr<SQLite::Database> handle_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> statements_;  // must go before the handle
  std::unique_lock<std::mutex> turn_;
  bool healthy_ = true;
};

}  // namespace

Status prepare_sqlite(const std::string& path, const std::function<Status(bool fresh)>& prepare) {
  TRY_ASSIGN(const auto handle, sqlite::open(path, {}));
  const Status prepared = sqlite::guard("preparing the data folder", [&]() -> Status {
    SQLite::Transaction alone(*handle, SQLite::TransactionBehavior::IMMEDIATE);
    TRY(prepare(handle->execAndGet("PRAGMA user_version").getInt() == 0));
    alone.commit();
    return {};
  });
  TRY(prepared);
  return sqlite::migrate(*handle, kCentralSchema);
}

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, std::mutex& write_turn) {
  TRY_ASSIGN(auto handle, sqlite::open(path, {}));
  return std::make_unique<SqliteDatabase>(std::move(handle), write_turn);
}

Result<std::unique_ptr<DatabasePool>> DatabasePool::open(const std::string& path, std::size_t connections) {
  std::unique_ptr<DatabasePool> pool(new DatabasePool(path));
  for (std::size_t i = 0; i < connections; ++i) {
    TRY_ASSIGN(auto database, open_sqlite(path, pool->write_turn_));
    pool->free_.push_back(std::move(database));
  }
  return pool;
}

Result<DatabasePool::Lease> DatabasePool::borrow() {
  {
    const std::lock_guard lock(free_guard_);
    if (!free_.empty()) {
      Lease lease(*this, std::move(free_.back()));
      free_.pop_back();
      return lease;
    }
  }
  TRY_ASSIGN(auto database, open_sqlite(path_, write_turn_));
  return Lease(*this, std::move(database));
}

void DatabasePool::give_back(std::unique_ptr<Database> database) {
  if (!database->healthy()) return;
  const std::lock_guard lock(free_guard_);
  free_.push_back(std::move(database));
}

}  // namespace mimika::central
