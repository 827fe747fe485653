#include "sync/central/projection/accounts_document.h"

#include <algorithm>
#include <set>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "sync/central/keys/office_keys.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/policies.h"
#include "sync/central/store/staff.h"
#include "sync/wire/policy.h"
#include "sync/wire/staff_accounts.h"

namespace mimika::central {
namespace {

Result<std::vector<std::string>> revoked_accounts(Database& database) {
  TRY_ASSIGN(const auto stored, newest_policy(database));
  if (!stored) return std::vector<std::string>();
  TRY_ASSIGN(wire::Policy policy, wire::read_policy(stored->body));
  return std::move(policy.revoked_accounts);
}

Result<std::vector<wire::StaffAccount>> accounts_of(Database& database, const DistrictCode& district) {
  TRY_ASSIGN(const auto revoked, revoked_accounts(database));
  TRY_ASSIGN(const std::vector<Staff> all, list_staff(database));
  std::vector<wire::StaffAccount> accounts;
  for (const Staff& staff : all) {
    const bool here = staff.district == district || staff.district.value.empty();
    if (!here || staff.disabled_ms || std::ranges::find(revoked, staff.login) != revoked.end()) continue;
    accounts.push_back({staff.login, staff.full_name, staff.role, staff.version, staff.credential, true});
  }
  return accounts;
}

Result<bool> was_published(Database& database, const DistrictCode& district) {
  TRY_ASSIGN(const auto documents, list_documents(database));
  return std::ranges::any_of(documents, [&](const PublishedDocument& one) {
    return one.kind == wire::DocumentKind::kAccounts && one.district == district;
  });
}

}  // namespace

Status publish_accounts(Database& database, Env& env, const CentreKeys& keys, const DistrictCode& district) {
  const WallMs now_ms = env.wall_ms();
  TRY_ASSIGN(const auto accounts, accounts_of(database, district));
  if (accounts.empty()) {
    TRY_ASSIGN(const bool before, was_published(database, district));
    if (!before) return {};
  }
  TRY_ASSIGN(const auto devices, list_devices(database));
  std::vector<wire::AccountsFor> kiosks;
  bool any = false;
  for (const Device& device : devices) {
    if (device.district != district || !device.verify_key) continue;
    any = true;
    if (device.revoked_ms) continue;  // it keeps what it has, and gets nothing new
    TRY_ASSIGN(const auto secret, challenge_secret_of(database, env, keys, device.id, now_ms));
    kiosks.push_back(
        {device.id, *device.verify_key, {district, accounts, Bytes(secret.view().begin(), secret.view().end())}});
  }
  if (!any) return {};
  const auto document = wire::encode_accounts_document(kiosks);
  for (wire::AccountsFor& kiosk : kiosks) wipe(kiosk.accounts.challenge_secret);
  if (!document) return fail_with(document.error(), "the accounts of district " + district.value);
  TRY_ASSIGN(const std::uint32_t version,
             publish_document(database, wire::DocumentKind::kAccounts, district, *document, now_ms));
  log_info("accounts", "version {} for district {}: {} accounts, {} kiosks", version, district.value, accounts.size(),
           kiosks.size());
  return {};
}

Status publish_all_accounts(Database& database, Env& env, const CentreKeys& keys) {
  TRY_ASSIGN(const auto devices, list_devices(database));
  std::set<DistrictCode> districts;
  for (const Device& device : devices) districts.insert(device.district);
  for (const DistrictCode& district : districts) TRY(publish_accounts(database, env, keys, district));
  return {};
}

}  // namespace mimika::central
