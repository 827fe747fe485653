#include "sync/central/store/accounts.h"

#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr const char* kAccountColumns =
    "SELECT login, full_name, role, opd, password_hash, created_ms, disabled_ms FROM account";

Result<Account> read_account(const Row& row) {
  Account account;
  account.login = row.text(0);
  account.full_name = row.text(1);
  const std::int64_t role = row.integer(2);
  if (role < 0 || role > static_cast<std::int64_t>(kLastRole)) {
    return fail(ErrorCode::kCorrupt, "an account with an unknown role");
  }
  account.role = static_cast<Role>(role);
  account.opd = OpdId{row.text(3)};
  account.password_hash = row.text(4);
  account.created_ms = row.integer(5);
  account.disabled_ms = optional_integer(row, 6);
  return account;
}

}  // namespace

Result<std::optional<Account>> find_account(Database& database, const std::string& login) {
  static const std::string sql = std::string(kAccountColumns) + " WHERE login = $1";
  TRY_ASSIGN(const auto rows, database.query(sql, {login}));
  if (rows.empty()) return std::optional<Account>();
  TRY_ASSIGN(Account account, read_account(rows[0]));
  return std::optional(std::move(account));
}

Result<std::vector<Account>> list_accounts(Database& database) {
  static const std::string sql = std::string(kAccountColumns) + " ORDER BY login";
  TRY_ASSIGN(const auto rows, database.query(sql));
  std::vector<Account> accounts;
  for (const Row& row : rows) {
    TRY_ASSIGN(Account account, read_account(row));
    accounts.push_back(std::move(account));
  }
  return accounts;
}

Status insert_account(Database& database, const Account& account) {
  TRY(
      database.execute("INSERT INTO account (login, full_name, role, opd, password_hash, created_ms) "
                       "VALUES ($1, $2, $3, $4, $5, $6)",
                       {account.login, account.full_name, static_cast<std::int64_t>(account.role), account.opd.value,
                        account.password_hash, account.created_ms}));
  return {};
}

Status set_password_hash(Database& database, const std::string& login, const std::string& hash) {
  TRY(database.execute("UPDATE account SET password_hash = $2 WHERE login = $1", {login, hash}));
  return {};
}

Status set_disabled(Database& database, const std::string& login, std::optional<WallMs> disabled_ms) {
  if (!disabled_ms) {
    TRY(database.execute("UPDATE account SET disabled_ms = NULL WHERE login = $1", {login}));
    return {};
  }
  TRY(database.execute("UPDATE account SET disabled_ms = $2 WHERE login = $1", {login, *disabled_ms}));
  return {};
}

Result<std::optional<SessionRow>> find_session(Database& database, const crypto::Hash& token_hash) {
  TRY_ASSIGN(const auto rows, database.query("SELECT login, created_ms, used_ms FROM session WHERE token_hash = $1",
                                             {value_of(ByteView(token_hash))}));
  if (rows.empty()) return std::optional<SessionRow>();
  return std::optional(SessionRow{token_hash, rows[0].text(0), rows[0].integer(1), rows[0].integer(2)});
}

Status insert_session(Database& database, const SessionRow& session) {
  TRY(database.execute("INSERT INTO session (token_hash, login, created_ms, used_ms) VALUES ($1, $2, $3, $4)",
                       {value_of(ByteView(session.token_hash)), session.login, session.created_ms, session.used_ms}));
  return {};
}

Status touch_session(Database& database, const crypto::Hash& token_hash, WallMs used_ms) {
  TRY(database.execute("UPDATE session SET used_ms = $2 WHERE token_hash = $1",
                       {value_of(ByteView(token_hash)), used_ms}));
  return {};
}

Status delete_session(Database& database, const crypto::Hash& token_hash) {
  TRY(database.execute("DELETE FROM session WHERE token_hash = $1", {value_of(ByteView(token_hash))}));
  return {};
}

Status delete_sessions_of(Database& database, const std::string& login) {
  TRY(database.execute("DELETE FROM session WHERE login = $1", {login}));
  return {};
}

Status prune_sessions(Database& database, WallMs used_before_ms, WallMs created_before_ms) {
  TRY(database.execute("DELETE FROM session WHERE used_ms < $1 OR created_ms < $2",
                       {used_before_ms, created_before_ms}));
  return {};
}

Status prune_sessions_of(Database& database, const std::string& login, std::int64_t keep) {
  TRY(
      database.execute("DELETE FROM session WHERE login = $1 AND token_hash NOT IN "
                       "(SELECT token_hash FROM session WHERE login = $1 ORDER BY created_ms DESC LIMIT $2)",
                       {login, keep}));
  return {};
}

Result<LoginFailures> find_failures(Database& database, const std::string& what) {
  TRY_ASSIGN(const auto rows, database.query("SELECT failures, last_ms FROM login_failure WHERE what = $1", {what}));
  if (rows.empty()) return LoginFailures{};
  return LoginFailures{rows[0].integer(0), rows[0].integer(1)};
}

Status count_failure(Database& database, const std::string& what, WallMs now_ms) {
  TRY(
      database.execute("INSERT INTO login_failure (what, failures, last_ms) VALUES ($1, 1, $2) "
                       "ON CONFLICT (what) DO UPDATE SET failures = login_failure.failures + 1, last_ms = $2",
                       {what, now_ms}));
  return {};
}

Status forget_failures(Database& database, const std::string& what) {
  TRY(database.execute("DELETE FROM login_failure WHERE what = $1", {what}));
  return {};
}

Status prune_failures(Database& database, WallMs before_ms) {
  TRY(database.execute("DELETE FROM login_failure WHERE last_ms < $1", {before_ms}));
  return {};
}

}  // namespace mimika::central
