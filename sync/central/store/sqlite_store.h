// The embedded driver: SQLite in WAL with synchronous=FULL. One writer at a time within the process (a mutex, because
// SQLite's own waiting is neither fair nor prompt), any number of readers; other processes (mimika-central's own
// commands) wait for SQLite's lock.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sync/central/store/database.h"

namespace mimika::central {

inline constexpr const char* kDatabaseFile = "central.db";

// Creates or migrates the database of a data folder. Before that, `prepare` runs while no other process can be here
// (SQLite's own lock): it makes what belongs beside the database, and is told whether the database is a new one.
// kNewerVersion: written by a newer program, nothing was touched.
[[nodiscard]] Status prepare_sqlite(const std::string& path, const std::function<Status(bool fresh)>& prepare);

// `write_turn` must outlive the connection and be shared by all connections of the process.
[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, std::mutex& write_turn);

// A few connections to one database, lent to one thread at a time.
class DatabasePool {
 public:
  [[nodiscard]] static Result<std::unique_ptr<DatabasePool>> open(const std::string& path, std::size_t connections);

  // Gives the connection back when it goes out of scope.
  class Lease {
   public:
    Lease(DatabasePool& pool, std::unique_ptr<Database> database) : pool_(&pool), database_(std::move(database)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (database_) pool_->give_back(std::move(database_));
    }
    [[nodiscard]] Database& operator*() const { return *database_; }

   private:
    DatabasePool* pool_;
    std::unique_ptr<Database> database_;
  };

  // Opens a connection when none is free. Fails only when the storage does.
  [[nodiscard]] Result<Lease> borrow();

 private:
  explicit DatabasePool(std::string path) : path_(std::move(path)) {}
  void give_back(std::unique_ptr<Database> database);

  std::string path_;
  std::mutex write_turn_;
  std::mutex free_guard_;
  std::vector<std::unique_ptr<Database>> free_;
};

}  // namespace mimika::central
