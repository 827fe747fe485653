// Changing the policy: whom kiosks must no longer trust, how long staff may work unheard, and the centre's own keys.
#pragma once

#include <functional>

#include "kiosk/base/env.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"
#include "sync/wire/policy.h"

namespace mimika::central {

// The present policy; before the first one an empty one of version 0 with the present keys.
[[nodiscard]] Result<wire::Policy> present_policy(Database& database, const CentreKeys& keys);

// Issues the next version: the present one after `change`. In a transaction of its own. kTooLarge over a limit.
[[nodiscard]] Result<wire::Policy> change_policy(Database& database, Env& env, const CentreKeys& keys,
                                                 const std::function<void(wire::Policy&)>& change);

// Gives the centre other keys. What was sealed to the old ones still opens; kiosks that have not heard of it are spoken
// to under the old ones. A service that runs meanwhile must be started again. Safe to repeat after a power cut.
[[nodiscard]] Result<wire::Policy> renew_keys(Database& database, Env& env, DataFolder& folder);

}  // namespace mimika::central
