// The commands about whom to trust: kiosks that are stolen, accounts that left, the centre's own keys.
#pragma once

#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"

namespace mimika::central {

enum class KioskTrust { kRevoked, kTrusted };
// By its code ("JLA1"). Revoked: what it sends from now on is kept and changes nothing, and every kiosk hears of it
// with the policy. kNotFound.
[[nodiscard]] Result<std::string> set_kiosk_trust(Env& env, const std::string& data, const std::string& code,
                                                  KioskTrust trust);

struct PolicyChange {
  std::vector<std::string> revoke_accounts;
  std::vector<std::string> restore_accounts;
  int staff_days = 0;  // 0: as it is
};
[[nodiscard]] Result<std::string> set_policy(Env& env, const std::string& data, const PolicyChange& change);
[[nodiscard]] Result<std::string> policy_json(Env& env, const std::string& data);

// Other keys for the centre. A service that runs must be started again.
[[nodiscard]] Result<std::string> renew_centre_keys(Env& env, const std::string& data);

}  // namespace mimika::central
