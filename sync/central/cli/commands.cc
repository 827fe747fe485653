#include "sync/central/cli/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "kiosk/base/ascii.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/password.h"
#include "kiosk/model/plain_text.h"
#include "sync/central/central_limits.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/central/store/staff.h"
#include "sync/central/store/sticks.h"
#include "sync/central/store/tickets.h"
#include "sync/central/workflow/roles.h"

namespace mimika::central {
namespace {

struct Opened {
  DataFolder folder;
  std::unique_ptr<DatabasePool> pool;
};

Result<Opened> open_all(Env& env, const std::string& data) {
  TRY_ASSIGN(DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(auto pool, DatabasePool::open(folder.database_path(), 1));
  return Opened{std::move(folder), std::move(pool)};
}

bool is_login_character(char c) {
  return is_lower(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
}

Status check_password(const std::string& password) {
  if (password.size() < limits::kPasswordMinBytes || password.size() > limits::kPasswordBytes) {
    return fail(ErrorCode::kInvalidInput,
                fmt::format("a password has {} to {} bytes", limits::kPasswordMinBytes, limits::kPasswordBytes));
  }
  return {};
}

Result<Account> check_user(const Catalogue& catalogue, const NewUser& user) {
  const bool good_login = !user.login.empty() && user.login.size() <= limits::kLoginBytes &&
                          std::all_of(user.login.begin(), user.login.end(), is_login_character);
  if (!good_login) {
    return fail(ErrorCode::kInvalidInput, "a login is up to 64 of a-z, 0-9, dot, underscore and dash");
  }
  const auto role = parse_role(user.role);
  if (role && is_kiosk_role(*role)) {
    return fail(ErrorCode::kInvalidInput,
                "who is " + user.role + " works at kiosks: mimika-central staff add makes that account");
  }
  if (!role) {
    return fail(ErrorCode::kInvalidInput, "no role " + user.role +
                                              "; there are super_admin, liaison, opd_pic, "
                                              "opd_head, inspectorate, regent and system_admin");
  }
  if (trimmed(user.full_name).empty() || user.full_name.size() > mimika::limits::kNameBytes ||
      !is_plain_text(user.full_name, LineBreaks::kForbidden)) {
    return fail(ErrorCode::kInvalidInput, "a full name is one line of up to 120 bytes: it stands beside what they do");
  }
  if (role_has_opd(*role) && catalogue.find_opd(OpdId{user.opd}) == nullptr) {
    std::string known;
    for (const Opd& opd : catalogue.opds) known += (known.empty() ? "" : ", ") + opd.id.value;
    return fail(ErrorCode::kInvalidInput, "the role " + user.role + " needs --opd with one of: " + known);
  }
  if (!role_has_opd(*role) && !user.opd.empty()) {
    return fail(ErrorCode::kInvalidInput, "the role " + user.role + " belongs to no OPD");
  }
  TRY(check_password(user.password));
  Account account;
  account.login = user.login;
  account.full_name = std::string(trimmed(user.full_name));
  account.role = *role;
  account.opd = OpdId{user.opd};
  return account;
}

std::string when(std::optional<WallMs> at_ms) {
  if (!at_ms) return "never";
  const LocalDate date = local_date(*at_ms);
  const LocalTime time = local_time(*at_ms);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} WIT", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hour, time.minute);
}

Status must_exist(Database& database, const std::string& login) {
  TRY_ASSIGN(const auto account, find_account(database, login));
  if (!account) return fail(ErrorCode::kNotFound, "no account " + login);
  return {};
}

}  // namespace

Status add_user(Env& env, const std::string& data, const Catalogue& catalogue, const NewUser& user) {
  TRY_ASSIGN(Account account, check_user(catalogue, user));
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  TRY_ASSIGN(account.password_hash, crypto::hash_password(user.password));
  account.created_ms = env.wall_ms();
  return in_transaction(*database, [&]() -> Status {
    TRY_ASSIGN(const auto existing, find_account(*database, account.login));
    TRY_ASSIGN(const auto at_kiosks, find_staff(*database, account.login));
    if (existing || at_kiosks) return fail(ErrorCode::kConflict, "the login " + account.login + " is taken");
    return insert_account(*database, account);
  });
}

Status change_password(Env& env, const std::string& data, const std::string& login, const std::string& password) {
  TRY(check_password(password));
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  TRY_ASSIGN(const std::string hash, crypto::hash_password(password));
  return in_transaction(*database, [&]() -> Status {
    TRY(must_exist(*database, login));
    TRY(delete_sessions_of(*database, login));
    return set_password_hash(*database, login, hash);
  });
}

Status set_user_state(Env& env, const std::string& data, const std::string& login, AccountState state) {
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  return in_transaction(*database, [&]() -> Status {
    TRY(must_exist(*database, login));
    TRY(delete_sessions_of(*database, login));
    return set_disabled(*database, login,
                        state == AccountState::kDisabled ? std::optional(env.wall_ms()) : std::nullopt);
  });
}

Result<std::string> describe_users(Env& env, const std::string& data) {
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  TRY_ASSIGN(const auto accounts, list_accounts(*database));
  std::string out;
  for (const Account& account : accounts) {
    out += fmt::format("{:<24} {:<14} {:<16} {}{}\n", account.login, role_name(account.role), account.opd.value,
                       account.full_name, account.disabled_ms ? "  (disabled)" : "");
  }
  return out;
}

Result<std::string> enrol_kiosk(Env& env, const std::string& data, const Catalogue& catalogue,
                                const EnrolmentOrder& order, const std::string& out_path) {
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  TRY_ASSIGN(const wire::EnrolmentTicket ticket, order_enrolment(*database, env, opened.folder, catalogue, order));
  TRY(write_file_durably(out_path, as_bytes(wire::encode_enrolment_ticket(ticket)), FileMode::kPrivate));
  return fmt::format("kiosk {} of district {} is device {}; its ticket is {}, works once, and ends in 7 days\n",
                     ticket.device_code.value, ticket.district.value, ticket.device.value, out_path);
}

Result<std::string> describe_kiosks(Env& env, const std::string& data) {
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto database, opened.pool->borrow());
  TRY_ASSIGN(const auto devices, list_devices(*database));
  std::string out;
  for (const Device& device : devices) {
    out += fmt::format("{:<6} {:<6} {:<10} enrolled {:<22} last heard {:<22} {}\n", device.id.value, device.code.value,
                       device.district.value, when(device.enrolled_ms), when(device.last_call_ms), device.name);
  }
  return out;
}

namespace {

Result<nlohmann::ordered_json> stick_json(Database& database, DeviceId device) {
  TRY_ASSIGN(const StickDevice facts, stick_device(database, device));
  TRY_ASSIGN(const auto refusals, stick_refusals(database, device));
  nlohmann::ordered_json out = {{"ack_version", facts.ack_version}, {"feed_cursor", facts.header.feed_cursor.value}};
  out["last_bundle_ms"] = facts.last_bundle_ms ? nlohmann::ordered_json(*facts.last_bundle_ms) : nullptr;
  auto& counted = out["refusals"] = nlohmann::ordered_json::object();
  for (const StickRefusal& refusal : refusals) counted[refusal.reason] = refusal.times;
  return out;
}

}  // namespace

Result<std::string> status_json(Env& env, const std::string& data) {
  TRY_ASSIGN(const Opened opened, open_all(env, data));
  TRY_ASSIGN(const auto lease, opened.pool->borrow());
  Database& database = *lease;
  TRY_ASSIGN(const ColourCounts colours, count_colours(database));
  TRY_ASSIGN(const auto devices, list_devices(database));
  TRY_ASSIGN(const auto journals, list_journals(database));
  TRY_ASSIGN(const auto refusals, list_refusals(database));
  TRY_ASSIGN(const std::int64_t quarantined, count_quarantine(database));
  TRY_ASSIGN(const auto accounts, list_accounts(database));

  nlohmann::ordered_json out;
  out["tickets"] = {{"total", colours.grey + colours.red + colours.yellow + colours.green},
                    {"red", colours.red},
                    {"yellow", colours.yellow},
                    {"green", colours.green},
                    {"closed_without", colours.grey}};
  out["accounts"] = accounts.size();
  out["quarantined"] = quarantined;
  auto& counted = out["refusals"] = nlohmann::ordered_json::object();
  for (const RefusalCount& refusal : refusals) counted[refusal.reason] = refusal.times;
  auto& kiosks = out["kiosks"] = nlohmann::ordered_json::array();
  for (const Device& device : devices) {
    nlohmann::ordered_json kiosk = {{"device", device.id.value},
                                    {"code", device.code.value},
                                    {"district", device.district.value},
                                    {"name", device.name},
                                    {"enrolled", device.verify_key.has_value()},
                                    {"revoked", device.revoked_ms.has_value()}};
    kiosk["last_call_ms"] = device.last_call_ms ? nlohmann::ordered_json(*device.last_call_ms) : nullptr;
    kiosk["clock_drift_ms"] = device.last_drift_ms ? nlohmann::ordered_json(*device.last_drift_ms) : nullptr;
    TRY_ASSIGN(const FeedSeq head, feed_head(database, device.district));
    kiosk["feed_head"] = head.value;
    TRY_ASSIGN(kiosk["stick"], stick_json(database, device.id));
    auto& epochs = kiosk["epochs"] = nlohmann::ordered_json::array();
    for (const JournalKey& journal : journals) {
      if (journal.device == device.id) {
        epochs.push_back({{"epoch", journal.epoch.value},
                          {"acknowledged", journal.head.last_seq.value},
                          {"last_call_no", journal.head.last_call_no}});
      }
    }
    kiosks.push_back(std::move(kiosk));
  }
  return out.dump(2) + "\n";
}

}  // namespace mimika::central
