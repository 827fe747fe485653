// The one interface through which the centre speaks SQL, so that the same statements run on the embedded SQLite and,
// where one machine is not enough, on a database server. Statements keep to what both understand; parameters are $1,
// $2, …; each transaction is serialised against the others by the driver.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::central {

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

// One row, read by column from 0. A column of another type is our own bug (CHECK).
class Row {
 public:
  explicit Row(std::vector<Value> columns) : columns_(std::move(columns)) {}
  [[nodiscard]] bool is_null(std::size_t column) const;
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] const std::string& text(std::size_t column) const;
  [[nodiscard]] const Bytes& bytes(std::size_t column) const;
  [[nodiscard]] std::uint64_t unsigned_integer(std::size_t column) const {
    return static_cast<std::uint64_t>(integer(column));
  }

 private:
  std::vector<Value> columns_;
};

// One connection; used by one thread at a time.
class Database {
 public:
  virtual ~Database() = default;
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Rows changed. kConflict: a constraint does not hold. kStorage…: nothing was changed.
  [[nodiscard]] Result<std::int64_t> execute(const std::string& sql, std::initializer_list<Value> parameters = {}) {
    return run(sql, {parameters.begin(), parameters.size()});
  }
  [[nodiscard]] Result<std::vector<Row>> query(const std::string& sql, std::initializer_list<Value> parameters = {}) {
    return select(sql, {parameters.begin(), parameters.size()});
  }
  [[nodiscard]] Result<std::vector<Row>> query(const std::string& sql, std::span<const Value> parameters) {
    return select(sql, parameters);
  }

  // A write transaction: begun, it waits for its turn. Use in_transaction().
  [[nodiscard]] virtual Status begin() = 0;
  [[nodiscard]] virtual Status commit() = 0;
  // A view that does not change while it is read and holds up no writer. Use in_snapshot().
  [[nodiscard]] virtual Status begin_snapshot() = 0;
  virtual void roll_back() = 0;

  // The engine's own check of its files; kCorrupt with its words.
  [[nodiscard]] virtual Status check_integrity() = 0;
  // False after a failure of the storage below: the connection is let go and opened anew, and what was committed is
  // read back from disk. A failed fsync is never simply tried again.
  [[nodiscard]] virtual bool healthy() const = 0;

 protected:
  [[nodiscard]] virtual Result<std::int64_t> run(const std::string& sql, std::span<const Value> parameters) = 0;
  [[nodiscard]] virtual Result<std::vector<Row>> select(const std::string& sql, std::span<const Value> parameters) = 0;
};

// Runs `function` (which returns a Result) in one transaction: committed when it succeeds, rolled back when not. Only
// after this returned a value may anyone be told that it happened.
template <typename Function>
[[nodiscard]] auto in_transaction(Database& database, Function&& function) -> std::invoke_result_t<Function> {
  TRY(database.begin());
  auto result = std::forward<Function>(function)();
  if (!result) {
    database.roll_back();
    return result;
  }
  if (Status committed = database.commit(); !committed) {
    database.roll_back();
    return std::unexpected(std::move(committed).error());
  }
  return result;
}

// Runs `function` on one unchanging view of the database.
template <typename Function>
[[nodiscard]] auto in_snapshot(Database& database, Function&& function) -> std::invoke_result_t<Function> {
  TRY(database.begin_snapshot());
  auto result = std::forward<Function>(function)();
  database.roll_back();
  return result;
}

// Values as columns hold them.
[[nodiscard]] inline Value value_of(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}
[[nodiscard]] inline Value value_of(std::uint32_t number) {
  return std::int64_t{number};
}
[[nodiscard]] inline Value value_of(ByteView bytes) {
  return Bytes(bytes.begin(), bytes.end());
}
template <typename Inner>
[[nodiscard]] Value value_or_null(const std::optional<Inner>& id) {
  if (!id) return std::monostate{};
  return id->value;
}

// The next dense number of a counter, from 1. Only inside a transaction.
[[nodiscard]] Result<std::uint64_t> next_number(Database& database, const std::string& counter);

}  // namespace mimika::central
