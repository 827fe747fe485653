// Kiosks as the centre knows them, the office keys of their districts, and enrolment tokens.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct Device {
  DeviceId id;
  DeviceCode code;
  DistrictCode district;
  std::string name;
  std::optional<crypto::VerifyKey> verify_key;  // absent until it has enrolled
  WallMs created_ms = 0;
  std::optional<WallMs> enrolled_ms;
  std::optional<WallMs> last_call_ms;   // by our clock
  std::optional<WallMs> last_drift_ms;  // its clock minus ours at that call
  std::optional<WallMs> revoked_ms;     // stolen or retired: what comes later changes nothing
  std::uint32_t policy_version = 0;     // that it said it has
};

[[nodiscard]] Result<std::optional<Device>> find_device(Database& database, DeviceId id);
[[nodiscard]] Result<std::vector<Device>> list_devices(Database& database);
[[nodiscard]] Status insert_device(Database& database, const Device& device);
// The present key, and the end of the one before.
[[nodiscard]] Status bind_device_key(Database& database, DeviceId id, const crypto::VerifyKey& key, WallMs enrolled_ms);
[[nodiscard]] Status note_device_call(Database& database, DeviceId id, WallMs now_ms, WallMs claimed_ms);
[[nodiscard]] Status note_device_policy(Database& database, const Device& device, std::uint32_t policy_version);

// The one before the present one.
[[nodiscard]] Result<std::optional<crypto::VerifyKey>> previous_device_key(Database& database, DeviceId id);
// Empty: no longer revoked.
[[nodiscard]] Status set_revoked(Database& database, DeviceId id, std::optional<WallMs> revoked_ms);

struct OfficeKey {
  crypto::BoxPublicKey box_public{};
  Bytes seed_sealed;  // to the centre's box key
};
[[nodiscard]] Result<std::optional<OfficeKey>> find_office_key(Database& database, const DistrictCode& district);
[[nodiscard]] Status insert_office_key(Database& database, const DistrictCode& district, const OfficeKey& key,
                                       WallMs created_ms);

struct EnrolmentToken {
  crypto::Hash token_hash{};
  DeviceId device;
  WallMs created_ms = 0;
  WallMs expires_ms = 0;
  std::optional<WallMs> used_ms;
};
[[nodiscard]] Result<std::optional<EnrolmentToken>> find_token(Database& database, const crypto::Hash& token_hash);
[[nodiscard]] Status insert_token(Database& database, const EnrolmentToken& token);
[[nodiscard]] Status use_token(Database& database, const crypto::Hash& token_hash, WallMs used_ms);

}  // namespace mimika::central
