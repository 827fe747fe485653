#include "sync/central/cli/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/central/keys/data_folder.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/central/workflow/policy.h"

namespace mimika::central {
namespace {

// Runs `work` on an opened data folder and its database.
template <typename Work>
Result<std::string> with_folder(Env& env, const std::string& data, Work work) {
  TRY_ASSIGN(DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  return work(*database, folder);
}

std::string json_of(const wire::Policy& policy) {
  nlohmann::ordered_json out = {{"version", policy.version},
                                {"issued_ms", policy.issued_ms},
                                {"staff_days", policy.staff_days},
                                {"revoked_accounts", policy.revoked_accounts}};
  auto& kiosks = out["revoked_kiosks"] = nlohmann::ordered_json::array();
  for (const DeviceCode& code : policy.revoked_kiosks) kiosks.push_back(code.value);
  out["verify_key"] = to_hex(policy.verify_key);
  out["box_key"] = to_hex(policy.box_key);
  return out.dump(2) + "\n";
}

template <typename Item>
void add_once(std::vector<Item>& list, const Item& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

}  // namespace

Result<std::string> set_kiosk_trust(Env& env, const std::string& data, const std::string& code, KioskTrust trust) {
  TRY_ASSIGN(const DeviceCode wanted, parse_device_code(code));
  return with_folder(env, data, [&](Database& database, DataFolder& folder) -> Result<std::string> {
    TRY_ASSIGN(const auto devices, list_devices(database));
    const auto found = std::ranges::find(devices, wanted, &Device::code);
    if (found == devices.end()) return fail(ErrorCode::kNotFound, "no kiosk " + wanted.value);
    const bool revoked = trust == KioskTrust::kRevoked;
    TRY(in_transaction(database, [&]() -> Status {
      return set_revoked(database, found->id, revoked ? std::optional(env.wall_ms()) : std::nullopt);
    }));
    TRY_ASSIGN(const wire::Policy policy, change_policy(database, env, folder.keys, [&](wire::Policy& next) {
                 std::erase(next.revoked_kiosks, wanted);
                 if (revoked) next.revoked_kiosks.push_back(wanted);
               }));
    return fmt::format("{} is {}; policy {}\n", wanted.value, revoked ? "revoked" : "trusted", policy.version);
  });
}

Result<std::string> set_policy(Env& env, const std::string& data, const PolicyChange& change) {
  return with_folder(env, data, [&](Database& database, DataFolder& folder) -> Result<std::string> {
    TRY_ASSIGN(const wire::Policy policy, change_policy(database, env, folder.keys, [&](wire::Policy& next) {
                 for (const std::string& account : change.revoke_accounts) add_once(next.revoked_accounts, account);
                 for (const std::string& account : change.restore_accounts) std::erase(next.revoked_accounts, account);
                 if (change.staff_days > 0) next.staff_days = static_cast<std::uint32_t>(change.staff_days);
               }));
    return json_of(policy);
  });
}

Result<std::string> policy_json(Env& env, const std::string& data) {
  return with_folder(env, data, [&](Database& database, DataFolder& folder) -> Result<std::string> {
    TRY_ASSIGN(const wire::Policy policy, present_policy(database, folder.keys));
    return json_of(policy);
  });
}

Result<std::string> renew_centre_keys(Env& env, const std::string& data) {
  return with_folder(env, data, [&](Database& database, DataFolder& folder) -> Result<std::string> {
    TRY_ASSIGN(const wire::Policy policy, renew_keys(database, env, folder));
    return fmt::format("the centre has other keys from policy {} on; start the service again\n", policy.version);
  });
}

}  // namespace mimika::central
