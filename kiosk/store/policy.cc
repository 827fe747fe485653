// The centre's policy on the kiosk: the newest one, the keys it brought, and how long nothing has been heard.
#include <algorithm>

#include "kiosk/base/log.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

// Longer between two looks the program was not running; only time in which somebody could have worked counts.
constexpr std::int64_t kCountedAtOnceMs = 60LL * 60 * 1000;

}  // namespace

Result<CentreKeysKnown> Store::centre_keys() {
  return sqlite::guard("reading the centre's keys", [&] { return load_centre_keys(); });
}

Result<CentreKeysKnown> Store::load_centre_keys() {
  auto query = statements_.lend("SELECT version, verify_key, box_key FROM policy");
  if (!query->executeStep()) {
    return CentreKeysKnown{options_.policy_version, options_.centre_verify_key, options_.centre_key};
  }
  CentreKeysKnown keys;
  keys.policy_version = static_cast<std::uint32_t>(query->getColumn(0).getInt64());
  TRY_ASSIGN(keys.verify_key, crypto::to_key(sqlite::blob(query->getColumn(1))));
  TRY_ASSIGN(keys.box_key, crypto::to_key(sqlite::blob(query->getColumn(2))));
  return keys;
}

Result<std::optional<wire::Policy>> Store::policy() {
  return sqlite::guard("reading the policy", [&]() -> Result<std::optional<wire::Policy>> {
    SQLite::Statement query(*database_, "SELECT body, verify_key FROM policy");
    if (!query.executeStep()) return std::nullopt;
    // It was checked when it came; what is asked for here is what it says.
    TRY_ASSIGN(wire::Policy policy, wire::read_policy(sqlite::blob(query.getColumn(0))));
    return policy;
  });
}

// Inside the caller's transaction. An older one, or one that nobody signed whom we trust, changes nothing.
Status Store::take_policy(ByteView bytes, Way way) {
  SQLite::Statement held(*database_, "SELECT 1 FROM policy WHERE id = 1 AND body = ?");
  sqlite::bind_blob(held, 1, bytes);
  if (held.executeStep()) return {};  // a stick brought it while the call was under way, or the other way round
  TRY_ASSIGN(const CentreKeysKnown keys, load_centre_keys());
  const auto policy = wire::decode_policy(bytes, keys.verify_key);
  if (!policy) {
    log_error("store", "a policy is refused: {}", policy.error().message);
    count_refusal(RefusedWhat::kAnswer, "forged_policy");
    return {};
  }
  if (policy->version <= keys.policy_version) {
    if (way == Way::kStick) return {};  // it was written before a newer one came by a call
    log_warning("store", "an old policy is refused: {} after {}", policy->version, keys.policy_version);
    count_refusal(RefusedWhat::kAnswer, "old_policy");
    return {};
  }
  SQLite::Statement keep(*database_,
                         "INSERT OR REPLACE INTO policy (id, version, body, verify_key, box_key, received_ms) "
                         "VALUES (1, ?, ?, ?, ?, ?)");
  keep.bind(1, static_cast<std::int64_t>(policy->version));
  sqlite::bind_blob(keep, 2, bytes);
  sqlite::bind_blob(keep, 3, policy->verify_key);
  sqlite::bind_blob(keep, 4, policy->box_key);
  keep.bind(5, env_.wall_ms());
  keep.exec();
  log_info("store", "policy {} of the centre", policy->version);
  return {};
}

Status Store::note_powered() {
  return sqlite::guard("counting powered time", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    const bool same_boot = fact("powered_boot_id", 0) == static_cast<std::int64_t>(env_.boot_id());
    const std::int64_t now = env_.monotonic_ms();
    const std::int64_t since = same_boot ? now - fact("powered_at_ms", now) : 0;
    set_fact("powered_without_word_ms",
             fact("powered_without_word_ms", 0) + std::clamp<std::int64_t>(since, 0, kCountedAtOnceMs));
    set_fact("powered_at_ms", now);
    set_fact("powered_boot_id", static_cast<std::int64_t>(env_.boot_id()));
    transaction.commit();
    return {};
  });
}

Result<StaffScope> Store::staff_scope() {
  TRY_ASSIGN(const auto policy, this->policy());
  return sqlite::guard("reading the powered time", [&]() -> Result<StaffScope> {
    const std::int64_t days = policy ? policy->staff_days : wire::kStaffDaysDefault;
    return fact("powered_without_word_ms", 0) >= days * kDayMs ? StaffScope::kNarrow : StaffScope::kFull;
  });
}

}  // namespace mimika
