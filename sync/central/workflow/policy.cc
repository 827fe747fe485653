#include "sync/central/workflow/policy.h"

#include "kiosk/base/log.h"
#include "sync/central/projection/accounts_document.h"
#include "sync/central/store/policies.h"

namespace mimika::central {
namespace {

Status issue(Database& database, Env& env, const CentreKeys& keys, wire::Policy& policy, bool new_keys) {
  ++policy.version;
  policy.issued_ms = env.wall_ms();
  const Bytes body = wire::encode_policy(policy, keys.signing);
  const auto as_kiosks_read_it = wire::decode_policy(body, keys.signing.verify_key());
  if (!as_kiosks_read_it) return std::unexpected(as_kiosks_read_it.error());
  TRY(insert_policy(database, {policy.version, body, new_keys}, policy.issued_ms));
  log_info("policy", "version {} issued", policy.version);
  return {};
}

}  // namespace

Result<wire::Policy> present_policy(Database& database, const CentreKeys& keys) {
  TRY_ASSIGN(const auto stored, newest_policy(database));
  if (stored) return wire::read_policy(stored->body);
  wire::Policy none;
  none.verify_key = keys.signing.verify_key();
  none.box_key = keys.box.public_key();
  return none;
}

Result<wire::Policy> change_policy(Database& database, Env& env, const CentreKeys& keys,
                                   const std::function<void(wire::Policy&)>& change) {
  return in_transaction(database, [&]() -> Result<wire::Policy> {
    TRY_ASSIGN(wire::Policy policy, present_policy(database, keys));
    const wire::Policy before = policy;
    change(policy);
    TRY(issue(database, env, keys, policy, false));
    // Whom the policy names is taken from the documents as well, and whom it no longer names comes back.
    if (policy.revoked_accounts != before.revoked_accounts || policy.revoked_kiosks != before.revoked_kiosks) {
      TRY(publish_all_accounts(database, env, keys));
    }
    return policy;
  });
}

Result<wire::Policy> renew_keys(Database& database, Env& env, DataFolder& folder) {
  auto renewed = in_transaction(database, [&]() -> Result<wire::Policy> {
    TRY_ASSIGN(wire::Policy policy, present_policy(database, folder.keys));
    TRY_ASSIGN(const CentreKeyPair next, prepare_keys_for(env, folder, policy.version + 1));
    policy.verify_key = next.signing.verify_key();
    policy.box_key = next.box.public_key();
    TRY(issue(database, env, folder.keys, policy, true));
    return policy;
  });
  if (renewed) TRY(reload_keys(folder));
  return renewed;
}

}  // namespace mimika::central
