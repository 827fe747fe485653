// The document kAccounts of a district (sync/wire/staff_accounts.h), from what the tables hold: published anew whenever
// an account changes, a kiosk enrols or changes its key, or the policy revokes one of them.
#pragma once

#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

// Inside the transaction of the change. A district without a kiosk, or where nobody has or had an account, has none.
[[nodiscard]] Status publish_accounts(Database& database, Env& env, const CentreKeys& keys,
                                      const DistrictCode& district);
// Of every district that has a kiosk: for technicians, whose accounts are everywhere.
[[nodiscard]] Status publish_all_accounts(Database& database, Env& env, const CentreKeys& keys);

}  // namespace mimika::central
