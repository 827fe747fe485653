// Staff accounts, their sessions, and the memory of failed logins.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/model/event.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct Account {
  std::string login;
  std::string full_name;
  Role role = Role::kSystem;
  OpdId opd;  // empty outside an OPD
  std::string password_hash;
  WallMs created_ms = 0;
  std::optional<WallMs> disabled_ms;
};

[[nodiscard]] Result<std::optional<Account>> find_account(Database& database, const std::string& login);
[[nodiscard]] Result<std::vector<Account>> list_accounts(Database& database);
[[nodiscard]] Status insert_account(Database& database, const Account& account);  // kConflict: the login is taken
[[nodiscard]] Status set_password_hash(Database& database, const std::string& login, const std::string& hash);
[[nodiscard]] Status set_disabled(Database& database, const std::string& login, std::optional<WallMs> disabled_ms);

struct SessionRow {
  crypto::Hash token_hash{};
  std::string login;
  WallMs created_ms = 0;
  WallMs used_ms = 0;
};
[[nodiscard]] Result<std::optional<SessionRow>> find_session(Database& database, const crypto::Hash& token_hash);
[[nodiscard]] Status insert_session(Database& database, const SessionRow& session);
[[nodiscard]] Status touch_session(Database& database, const crypto::Hash& token_hash, WallMs used_ms);
[[nodiscard]] Status delete_session(Database& database, const crypto::Hash& token_hash);
[[nodiscard]] Status delete_sessions_of(Database& database, const std::string& login);
// Those that ended by themselves, and of one account all but the newest `keep`.
[[nodiscard]] Status prune_sessions(Database& database, WallMs used_before_ms, WallMs created_before_ms);
[[nodiscard]] Status prune_sessions_of(Database& database, const std::string& login, std::int64_t keep);

struct LoginFailures {
  std::int64_t failures = 0;
  WallMs last_ms = 0;
};
// `what` is what the attempts have in common: an account, an address, both.
[[nodiscard]] Result<LoginFailures> find_failures(Database& database, const std::string& what);
[[nodiscard]] Status count_failure(Database& database, const std::string& what, WallMs now_ms);
[[nodiscard]] Status forget_failures(Database& database, const std::string& what);
[[nodiscard]] Status prune_failures(Database& database, WallMs before_ms);

}  // namespace mimika::central
