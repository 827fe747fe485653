// Statements kept compiled between calls. Compiling is most of what a short statement costs, and a filing runs a dozen.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string_view>
#include <unordered_map>

namespace mimika::sqlite {

// Belongs to one database and, like it, to one thread at a time; must be destroyed before the database.
class StatementCache {
 public:
  // A statement on loan. Its end resets it and forgets what was bound, so it holds no lock and no row.
  class Loan {
   public:
    Loan(StatementCache& cache, std::string_view sql, std::unique_ptr<SQLite::Statement> statement)
        : cache_(&cache), sql_(sql), statement_(std::move(statement)) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan();

    SQLite::Statement* operator->() { return statement_.get(); }
    SQLite::Statement& operator*() { return *statement_; }

   private:
    StatementCache* cache_;
    std::string_view sql_;
    std::unique_ptr<SQLite::Statement> statement_;
  };

  explicit StatementCache(SQLite::Database& database) : database_(database) {}

  // `sql` must live as long as the cache: a literal. Throws SQLite::Exception where SQLite::Statement would. The same
  // SQL may be on loan twice at a time, for a function that comes back to itself.
  [[nodiscard]] Loan lend(std::string_view sql);

 private:
  SQLite::Database& database_;
  std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> idle_;
};

}  // namespace mimika::sqlite
