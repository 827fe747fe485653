// Staff accounts on the kiosk. docs/storage.md has the tables, docs/security.md what they cost a thief.
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

constexpr std::string_view kCredentialPurpose = "mimika staff credential 1";
constexpr std::string_view kChallengePurpose = "mimika challenge secret 1";
constexpr const char* kChallengeName = "challenge";

// A credential is worth nothing under another account's name.
std::string purpose_of(const std::string& login) {
  return std::string(kCredentialPurpose) + ":" + login;
}

constexpr const char* kMemberColumns =
    "SELECT login, name, role, version, must_change, needs_key, wrong, wait_boot, wait_until_ms FROM staff_account ";

StaffMember read_member(SQLite::Statement& row, Env& env) {
  StaffMember member;
  member.login = row.getColumn(0).getString();
  member.name = row.getColumn(1).getString();
  member.role = static_cast<Role>(row.getColumn(2).getInt());
  member.version = static_cast<std::uint32_t>(row.getColumn(3).getInt64());
  member.must_change_pin = row.getColumn(4).getInt() != 0;
  member.needs_key_file = row.getColumn(5).getInt() != 0;
  const PinTries kept{static_cast<std::uint32_t>(row.getColumn(6).getInt64()),
                      static_cast<std::uint64_t>(row.getColumn(7).getInt64()), row.getColumn(8).getInt64()};
  member.tries = in_boot(kept, env.boot_id(), env.monotonic_ms());
  return member;
}

void save_tries(SQLite::Database& database, const std::string& login, const PinTries& tries) {
  SQLite::Statement update(database,
                           "UPDATE staff_account SET wrong = ?, wait_boot = ?, wait_until_ms = ? WHERE login = ?");
  update.bind(1, static_cast<std::int64_t>(tries.wrong));
  update.bind(2, static_cast<std::int64_t>(tries.boot_id));
  update.bind(3, tries.wait_until_ms);
  update.bind(4, login);
  update.exec();
}

}  // namespace

Status Store::take_staff_accounts(const wire::StaffAccounts& accounts, const crypto::SecretBytes& device_secret) {
  if (accounts.district != options_.identity.district)
    return fail(ErrorCode::kConflict, "accounts of another district");
  Status taken = sqlite::guard("taking staff accounts", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    database_->exec("UPDATE staff_account SET version = -version");  // those that stay negative are gone
    for (const wire::StaffAccount& account : accounts.accounts) {
      Bytes plain = wire::encode_staff_credential(account.credential);
      const Bytes sealed = crypto::seal_at_rest(env_, device_secret, purpose_of(account.login), plain);
      wipe(plain);
      SQLite::Statement upsert(
          *database_,
          "INSERT INTO staff_account (login, name, role, version, must_change, needs_key, credential) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (login) DO UPDATE SET name = ?2, role = ?3, "
          // Another PIN of the centre's takes the place of the officer's own; the same version leaves it.
          "must_change = iif(?4 > -version, ?5, must_change), needs_key = iif(?4 > -version, ?6, needs_key), "
          "credential = iif(?4 > -version, ?7, credential), wrong = iif(?4 > -version, 0, wrong), "
          "wait_until_ms = iif(?4 > -version, 0, wait_until_ms), "
          "version = max(?4, -version)");
      upsert.bind(1, account.login);
      upsert.bind(2, account.name);
      upsert.bind(3, static_cast<int>(account.role));
      upsert.bind(4, static_cast<std::int64_t>(account.version));
      upsert.bind(5, account.must_change_pin ? 1 : 0);
      upsert.bind(6, account.credential.needs_key_file ? 1 : 0);
      sqlite::bind_blob(upsert, 7, sealed);
      upsert.exec();
    }
    database_->exec("DELETE FROM staff_account WHERE version < 0");
    if (!accounts.challenge_secret.empty()) {
      const Bytes sealed = crypto::seal_at_rest(env_, device_secret, kChallengePurpose, accounts.challenge_secret);
      SQLite::Statement keep(*database_,
                             "INSERT INTO staff_secret (name, value) VALUES (?1, ?2) "
                             "ON CONFLICT (name) DO UPDATE SET value = ?2");
      keep.bind(1, kChallengeName);
      sqlite::bind_blob(keep, 2, sealed);
      keep.exec();
    }
    SQLite::Statement forget(*database_, "UPDATE document SET content = zeroblob(0) WHERE kind = ?");
    forget.bind(1, static_cast<int>(wire::DocumentKind::kAccounts));
    forget.exec();
    transaction.commit();
    return {};
  });
  if (!taken) return taken;
  log_info("staff", "{} accounts work here", accounts.accounts.size());
  // The write-ahead log still holds the document as it came. Where somebody reads just now it is cut at a later time.
  return sqlite::guard("cutting the write-ahead log", [&]() -> Status {
    database_->exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return {};
  });
}

Result<std::vector<StaffMember>> Store::staff() {
  return sqlite::guard("reading staff accounts", [&]() -> Result<std::vector<StaffMember>> {
    std::vector<StaffMember> members;
    SQLite::Statement query(*database_, std::string(kMemberColumns) + "ORDER BY role = 10, name, login");
    while (query.executeStep()) members.push_back(read_member(query, env_));
    return members;
  });
}

Result<std::optional<StaffMember>> Store::staff_member(const std::string& login) {
  return sqlite::guard("reading a staff account", [&]() -> Result<std::optional<StaffMember>> {
    SQLite::Statement query(*database_, std::string(kMemberColumns) + "WHERE login = ?");
    query.bind(1, login);
    if (!query.executeStep()) return std::nullopt;
    return read_member(query, env_);
  });
}

Result<crypto::StaffCredential> Store::staff_credential(const std::string& login,
                                                        const crypto::SecretBytes& device_secret) {
  return sqlite::guard("reading a credential", [&]() -> Result<crypto::StaffCredential> {
    SQLite::Statement query(*database_, "SELECT credential FROM staff_account WHERE login = ?");
    query.bind(1, login);
    if (!query.executeStep()) return fail(ErrorCode::kNotFound, "no account " + login);
    TRY_ASSIGN(const crypto::SecretBytes plain,
               crypto::open_at_rest(device_secret, purpose_of(login), sqlite::blob(query.getColumn(0))));
    return wire::decode_staff_credential(plain.view());
  });
}

Result<PinTries> Store::count_pin_try(const std::string& login) {
  return sqlite::guard("counting a try", [&]() -> Result<PinTries> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const std::optional<StaffMember> member, staff_member(login));
    if (!member) return fail(ErrorCode::kNotFound, "no account " + login);
    if (is_locked(member->tries)) return fail(ErrorCode::kUnauthorised, "the account " + login + " is locked");
    // The wait that a restart began anew is written down as well, or the next one would begin it once more.
    const bool waits = wait_left_ms(member->tries, env_.monotonic_ms()) > 0;
    const PinTries tries = waits ? member->tries : with_one_more(member->tries, env_.boot_id(), env_.monotonic_ms());
    save_tries(*database_, login, tries);
    transaction.commit();
    if (waits) return fail(ErrorCode::kConflict, "too early after a wrong PIN");
    return tries;
  });
}

Status Store::forget_pin_tries(const std::string& login) {
  return sqlite::guard("forgetting tries", [&]() -> Status {
    save_tries(*database_, login, {});
    return {};
  });
}

Status Store::change_staff_credential(const std::string& login, const crypto::StaffCredential& credential,
                                      const crypto::SecretBytes& device_secret) {
  return sqlite::guard("changing a PIN", [&]() -> Status {
    Bytes plain = wire::encode_staff_credential(credential);
    const Bytes sealed = crypto::seal_at_rest(env_, device_secret, purpose_of(login), plain);
    wipe(plain);
    SQLite::Statement update(*database_, "UPDATE staff_account SET credential = ?, must_change = 0 WHERE login = ?");
    sqlite::bind_blob(update, 1, sealed);
    update.bind(2, login);
    if (update.exec() != 1) return fail(ErrorCode::kNotFound, "no account " + login);
    return {};
  });
}

Result<crypto::SecretBytes> Store::challenge_secret(const crypto::SecretBytes& device_secret) {
  return sqlite::guard("reading the challenge secret", [&]() -> Result<crypto::SecretBytes> {
    SQLite::Statement query(*database_, "SELECT value FROM staff_secret WHERE name = ?");
    query.bind(1, kChallengeName);
    if (!query.executeStep()) return fail(ErrorCode::kNotFound, "no accounts have come yet");
    return crypto::open_at_rest(device_secret, kChallengePurpose, sqlite::blob(query.getColumn(0)));
  });
}

Result<std::uint32_t> Store::next_challenge() {
  return sqlite::guard("counting a challenge", [&]() -> Result<std::uint32_t> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    const auto next = static_cast<std::uint32_t>(fact("challenge", 0)) + 1;
    set_fact("challenge", next);
    transaction.commit();
    return next;
  });
}

}  // namespace mimika
