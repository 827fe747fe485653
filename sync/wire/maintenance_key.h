// The technician's stick: a file that lets one technician in at a kiosk without a network, signed by the centre. It
// works once at each kiosk it is for; whoever finds the stick afterwards has nothing.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/challenge.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"

namespace mimika::wire {

inline constexpr const char* kMaintenanceKeyFile = "mimika-maintenance.key";
inline constexpr std::size_t kMaintenanceKeyBytes = 1024;

struct MaintenanceKey {
  DistrictCode district;
  std::optional<DeviceCode> kiosk;  // absent: every kiosk of the district
  crypto::ChallengePurpose purpose = crypto::ChallengePurpose::kMaintenance;
  std::string login;         // of the technician: who it was made for, and whose name what is done stands under
  std::uint64_t serial = 0;  // from 1, growing at the centre; a kiosk takes each at most once
  // Of the policy that the signing key is from. A kiosk that does not have it yet cannot check the key, and one whose
  // centre has changed its keys since takes it no longer.
  std::uint32_t policy_version = 0;
  WallMs issued_ms = 0;
  friend bool operator==(const MaintenanceKey&, const MaintenanceKey&) = default;
};

[[nodiscard]] Bytes encode_maintenance_key(const MaintenanceKey& key, const crypto::SigningKey& centre_key);
// kUnauthorised when the centre did not sign it; kTooLarge; kCorrupt for anything malformed.
[[nodiscard]] Result<MaintenanceKey> decode_maintenance_key(ByteView bytes, const crypto::VerifyKey& centre_key);
[[nodiscard]] bool is_for(const MaintenanceKey& key, const DeviceCode& kiosk, const DistrictCode& district);

}  // namespace mimika::wire
