#include "sync/central/store/meta.h"

namespace mimika::central {

Result<std::optional<std::string>> find_meta(Database& database, const std::string& name) {
  TRY_ASSIGN(const auto rows, database.query("SELECT value FROM meta WHERE name = $1", {name}));
  if (rows.empty()) return std::optional<std::string>();
  return std::optional(rows[0].text(0));
}

Status save_meta(Database& database, const std::string& name, const std::string& value) {
  TRY(database.execute("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
                       {name, value}));
  return {};
}

}  // namespace mimika::central
