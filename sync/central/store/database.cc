#include "sync/central/store/database.h"

#include "kiosk/base/check.h"

namespace mimika::central {

bool Row::is_null(std::size_t column) const {
  CHECK(column < columns_.size());
  return std::holds_alternative<std::monostate>(columns_[column]);
}

std::int64_t Row::integer(std::size_t column) const {
  CHECK(column < columns_.size());
  const auto* value = std::get_if<std::int64_t>(&columns_[column]);
  CHECK(value != nullptr);
  return *value;
}

const std::string& Row::text(std::size_t column) const {
  CHECK(column < columns_.size());
  const auto* value = std::get_if<std::string>(&columns_[column]);
  CHECK(value != nullptr);
  return *value;
}

const Bytes& Row::bytes(std::size_t column) const {
  CHECK(column < columns_.size());
  const auto* value = std::get_if<Bytes>(&columns_[column]);
  CHECK(value != nullptr);
  return *value;
}

Result<std::uint64_t> next_number(Database& database, const std::string& counter) {
  TRY(
      database.execute("INSERT INTO counter (name, value) VALUES ($1, 1) "
                       "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1",
                       {counter}));
  TRY_ASSIGN(const auto rows, database.query("SELECT value FROM counter WHERE name = $1", {counter}));
  CHECK(rows.size() == 1);
  return rows[0].unsigned_integer(0);
}

}  // namespace mimika::central
