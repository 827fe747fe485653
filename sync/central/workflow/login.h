// Logging in, staying logged in, logging out. Passwords are Argon2id; a session is a random token in a cookie, kept
// here only as its hash; failures are remembered in the database, so that a restart does not help a guesser.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct Session {
  Account account;
  std::string token;       // of the cookie
  std::string csrf_token;  // stands in every form of this session
};

struct LoginOutcome {
  std::optional<std::string> token;  // logged in
  int wait_seconds = 0;              // over 0: too many failures, not even looked at
};

class Login {
 public:
  explicit Login(Env& env) : env_(env) {}

  // Takes about a tenth of a second by intent, also for a login that does not exist.
  [[nodiscard]] Result<LoginOutcome> log_in(Database& database, const std::string& login, const std::string& password,
                                            const std::string& address);
  // Empty for a token that is unknown, idle for 30 minutes, older than 12 hours, or of a disabled account.
  [[nodiscard]] Result<std::optional<Session>> find(Database& database, std::string_view token);
  [[nodiscard]] Status log_out(Database& database, const Session& session);

 private:
  Env& env_;
};

// Compares in constant time.
[[nodiscard]] bool csrf_matches(const Session& session, std::string_view from_form);

// How long to wait after that many failures in a row: nothing up to `free_failures`, then doubling from one second.
[[nodiscard]] std::int64_t delay_ms(std::int64_t failures, std::int64_t free_failures, std::int64_t longest_ms);

}  // namespace mimika::central
