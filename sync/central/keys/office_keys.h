// Secrets that the centre keeps for others, each sealed to its own box key, so that a copy of the database alone opens
// none: the secret half of an office's key, and what a kiosk's challenges are answered with.
#pragma once

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/keys.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

// Made when it is missing. Inside a transaction.
[[nodiscard]] Result<crypto::BoxPublicKey> office_key_of(Database& database, Env& env, const CentreKeys& keys,
                                                         const DistrictCode& district, WallMs now_ms);
// kNotFound before there is one; kCorrupt when it opens with none of the centre's keys.
[[nodiscard]] Result<crypto::SecretBytes> office_seed_of(Database& database, const CentreKeys& keys,
                                                         const DistrictCode& district);

// Made when it is missing. Inside a transaction.
[[nodiscard]] Result<crypto::SecretBytes> challenge_secret_of(Database& database, Env& env, const CentreKeys& keys,
                                                              DeviceId device, WallMs now_ms);

}  // namespace mimika::central
