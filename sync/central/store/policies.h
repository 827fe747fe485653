// The versions of the policy (sync/wire/policy.h), as they were signed.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/base/env.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct StoredPolicy {
  std::uint32_t version = 0;
  Bytes body;
  bool new_keys = false;  // the centre has other keys from this version on
};

[[nodiscard]] Status insert_policy(Database& database, const StoredPolicy& policy, WallMs issued_ms);
[[nodiscard]] Result<std::optional<StoredPolicy>> newest_policy(Database& database);
// What a kiosk with `version` must get next: the first that changes the keys, which it could not check the later ones
// without; else the newest. Nothing when it has that.
[[nodiscard]] Result<std::optional<StoredPolicy>> policy_after(Database& database, std::uint32_t version);

// The versions that changed the centre's keys, the oldest first.
[[nodiscard]] Result<std::vector<std::uint32_t>> key_policies(Database& database);

}  // namespace mimika::central
