#include "sync/central/store/policies.h"

namespace mimika::central {
namespace {

Result<std::optional<StoredPolicy>> read_policy_row(Result<std::vector<Row>> rows) {
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::optional<StoredPolicy>();
  const Row& row = rows->front();
  return std::optional(StoredPolicy{static_cast<std::uint32_t>(row.integer(0)), row.bytes(1), row.integer(2) != 0});
}

}  // namespace

Status insert_policy(Database& database, const StoredPolicy& policy, WallMs issued_ms) {
  TRY(database.execute("INSERT INTO policy (version, body, new_keys, issued_ms) VALUES ($1, $2, $3, $4)",
                       {value_of(policy.version), policy.body, std::int64_t{policy.new_keys ? 1 : 0}, issued_ms}));
  return {};
}

Result<std::optional<StoredPolicy>> newest_policy(Database& database) {
  return read_policy_row(database.query("SELECT version, body, new_keys FROM policy ORDER BY version DESC LIMIT 1"));
}

Result<std::optional<StoredPolicy>> policy_after(Database& database, std::uint32_t version) {
  return read_policy_row(
      database.query("SELECT version, body, new_keys FROM policy WHERE version > $1 AND (new_keys = 1 OR version = "
                     "(SELECT MAX(version) FROM policy)) ORDER BY version LIMIT 1",
                     {value_of(version)}));
}

Result<std::vector<std::uint32_t>> key_policies(Database& database) {
  TRY_ASSIGN(const auto rows, database.query("SELECT version FROM policy WHERE new_keys = 1 ORDER BY version"));
  std::vector<std::uint32_t> versions;
  versions.reserve(rows.size());
  for (const Row& row : rows) versions.push_back(static_cast<std::uint32_t>(row.integer(0)));
  return versions;
}

}  // namespace mimika::central
