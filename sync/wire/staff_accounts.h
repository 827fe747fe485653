// The accounts of those who work at a district's kiosks, as the centre makes them: the document kAccounts. It is sealed
// to each kiosk of the district on its own: what lies on a lost stick, or at another kiosk, lets nobody guess PINs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/ids.h"
#include "kiosk/crypto/staff_credential.h"
#include "kiosk/model/event.h"

namespace mimika::wire {

inline constexpr std::size_t kStaffAccountsPerDistrict = 64;
inline constexpr std::size_t kKiosksPerDocument = 16;
inline constexpr std::size_t kLeastStaffLoginBytes = 2;
inline constexpr std::size_t kMostStaffLoginBytes = 32;
inline constexpr std::size_t kStaffAccountsBytes = std::size_t{64} * 1024;  // of one kiosk's copy

// a-z, 0-9, '.', '-', '_', 2 to 32.
[[nodiscard]] bool is_staff_login(std::string_view login);

struct StaffAccount {
  std::string login;           // is_staff_login(); unique in the regency
  std::string name;            // as published beside what they do
  Role role = Role::kOfficer;  // kOfficer, kDistrictHead, kTechnician
  // Grows whenever the centre gives another PIN, or lets a locked account in again: the kiosk then takes this
  // credential in place of its own and forgets what was tried.
  std::uint32_t version = 1;
  crypto::StaffCredential credential;
  bool must_change_pin = true;  // the PIN is one that somebody at the centre has seen
  friend bool operator==(const StaffAccount&, const StaffAccount&) = default;
};

struct StaffAccounts {
  DistrictCode district;
  std::vector<StaffAccount> accounts;  // an account that is not in it is closed
  // What challenges of this kiosk are answered with (crypto/challenge.h): another one for each kiosk.
  Bytes challenge_secret;  // 32 bytes
  friend bool operator==(const StaffAccounts&, const StaffAccounts&) = default;
};

[[nodiscard]] Bytes encode_staff_accounts(const StaffAccounts& accounts);
// kCorrupt for anything malformed, a role that does not belong here, a login twice; kTooLarge over a limit.
[[nodiscard]] Result<StaffAccounts> decode_staff_accounts(ByteView bytes);

// One credential alone, as a kiosk keeps it.
[[nodiscard]] Bytes encode_staff_credential(const crypto::StaffCredential& credential);
[[nodiscard]] Result<crypto::StaffCredential> decode_staff_credential(ByteView bytes);

// The document: for each kiosk its copy, sealed to the key it enrolled with.
struct AccountsFor {
  DeviceId device;
  crypto::VerifyKey verify_key{};  // of the kiosk; its X25519 twin is what is sealed to
  StaffAccounts accounts;
};
[[nodiscard]] Result<Bytes> encode_accounts_document(const std::vector<AccountsFor>& kiosks);
// kNotFound: nothing in it for this kiosk. kUnauthorised: sealed to another key of it.
[[nodiscard]] Result<StaffAccounts> open_accounts_document(ByteView document, DeviceId device,
                                                           const crypto::SigningKey& device_key);

}  // namespace mimika::wire
