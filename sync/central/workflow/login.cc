#include "sync/central/workflow/login.h"

#include <algorithm>
#include <array>

#include "kiosk/base/log.h"
#include "kiosk/crypto/password.h"
#include "kiosk/crypto/secret.h"
#include "sync/central/central_limits.h"

namespace mimika::central {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::int64_t kFirstDelayMs = 1000;

crypto::Hash hash_of_token(std::string_view token) {
  return crypto::hash_of("mimika session", as_bytes(token));
}

std::string csrf_of(std::string_view token) {
  return to_hex(crypto::hash_of("mimika form", as_bytes(token)));
}

struct Throttle {
  std::string what;
  std::int64_t free_failures;
  std::int64_t longest_ms;
};

// Guessing one account from one address is slowed down soonest. A whole address and a whole account are slowed down
// too, but later and less: an office shares an address, and nobody may lock the Regent out by failing in his name.
std::array<Throttle, 3> throttles(const std::string& login, const std::string& address) {
  constexpr std::int64_t kMinuteMs = 60'000;
  const std::string account = login.substr(0, limits::kLoginBytes);
  return {{{"both " + account + " " + address, 3, 15 * kMinuteMs},
           {"address " + address, 20, 15 * kMinuteMs},
           {"account " + account, 30, kMinuteMs}}};
}

}  // namespace

std::int64_t delay_ms(std::int64_t failures, std::int64_t free_failures, std::int64_t longest_ms) {
  const std::int64_t over = failures - free_failures;
  if (over <= 0) return 0;
  constexpr std::int64_t kMaxDoublings = 30;
  return std::min(longest_ms, kFirstDelayMs << std::min(over - 1, kMaxDoublings));
}

Result<LoginOutcome> Login::log_in(Database& database, const std::string& login, const std::string& password,
                                   const std::string& address) {
  const WallMs now_ms = env_.wall_ms();
  const auto limits_here = throttles(login, address);
  std::int64_t wait_ms = 0;
  for (const Throttle& throttle : limits_here) {
    TRY_ASSIGN(const LoginFailures seen, find_failures(database, throttle.what));
    const std::int64_t until = seen.last_ms + delay_ms(seen.failures, throttle.free_failures, throttle.longest_ms);
    wait_ms = std::max(wait_ms, until - now_ms);
  }
  if (wait_ms > 0) {
    log_warning("login", "throttled from {}", address);
    return LoginOutcome{std::nullopt, static_cast<int>((wait_ms + 999) / 1000)};
  }

  TRY_ASSIGN(const auto account, find_account(database, login));
  const bool usable = account && !account->disabled_ms && password.size() <= limits::kPasswordBytes;
  bool right = false;
  if (usable) {
    right = crypto::verify_password(account->password_hash, password);
  } else {
    crypto::verify_nobody(password.substr(0, limits::kPasswordBytes));
  }

  return in_transaction(database, [&]() -> Result<LoginOutcome> {
    TRY(prune_failures(database, now_ms - limits::kFailuresKeptMs));
    if (!right) {
      for (const Throttle& throttle : limits_here) TRY(count_failure(database, throttle.what, now_ms));
      log_warning("login", "failed from {}", address);
      return LoginOutcome{};
    }
    TRY(forget_failures(database, limits_here[0].what));
    TRY(forget_failures(database, limits_here[2].what));
    Bytes random(kTokenBytes);
    env_.fill_random(random);
    LoginOutcome outcome{to_hex(random), 0};
    TRY(prune_sessions(database, now_ms - limits::kSessionIdleMs, now_ms - limits::kSessionHardMs));
    TRY(insert_session(database, {hash_of_token(*outcome.token), login, now_ms, now_ms}));
    TRY(prune_sessions_of(database, login, limits::kSessionsPerAccount));
    log_info("login", "{} from {}", login, address);
    return outcome;
  });
}

Result<std::optional<Session>> Login::find(Database& database, std::string_view token) {
  if (token.size() != 2 * kTokenBytes) return std::optional<Session>();
  const crypto::Hash hash = hash_of_token(token);
  TRY_ASSIGN(const auto row, find_session(database, hash));
  if (!row) return std::optional<Session>();
  const WallMs now_ms = env_.wall_ms();
  const bool over = now_ms - row->used_ms > limits::kSessionIdleMs || now_ms - row->created_ms > limits::kSessionHardMs;
  TRY_ASSIGN(auto account, find_account(database, row->login));
  if (over || !account || account->disabled_ms) {
    TRY(delete_session(database, hash));
    return std::optional<Session>();
  }
  if (now_ms - row->used_ms > limits::kSessionTouchMs) TRY(touch_session(database, hash, now_ms));
  return std::optional(Session{std::move(*account), std::string(token), csrf_of(token)});
}

Status Login::log_out(Database& database, const Session& session) {
  return delete_session(database, hash_of_token(session.token));
}

bool csrf_matches(const Session& session, std::string_view from_form) {
  return crypto::equal_in_constant_time(as_bytes(session.csrf_token), as_bytes(from_form));
}

}  // namespace mimika::central
