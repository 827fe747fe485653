// The policy: which accounts and kiosks are no longer trusted, which keys the centre has, how long staff may work
// without word from it. One signed document with a growing version; it rides in every answer that can bring news, and
// on sticks.
#pragma once

#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"

namespace mimika::wire {

inline constexpr std::size_t kPolicyBytes = std::size_t{32} * 1024;  // fits one frame
inline constexpr std::size_t kPolicyRevocations = 1024;              // of each kind
inline constexpr std::uint32_t kStaffDaysDefault = 30;

struct Policy {
  std::uint32_t version = 0;
  WallMs issued_ms = 0;
  std::uint32_t staff_days = kStaffDaysDefault;
  std::vector<std::string> revoked_accounts;
  std::vector<DeviceCode> revoked_kiosks;
  // The centre's, from this version on. They change when a version says so; that one is signed by the key before.
  crypto::VerifyKey verify_key{};
  crypto::BoxPublicKey box_key{};
  friend bool operator==(const Policy&, const Policy&) = default;
};

[[nodiscard]] Bytes encode_policy(const Policy& policy, const crypto::SigningKey& centre_key);
// kUnauthorised when that key did not sign it, kTooLarge over a limit, kCorrupt for anything malformed.
[[nodiscard]] Result<Policy> decode_policy(ByteView bytes, const crypto::VerifyKey& centre_key);

// What it says, of one that was checked when it came.
[[nodiscard]] Result<Policy> read_policy(ByteView bytes);

}  // namespace mimika::wire
