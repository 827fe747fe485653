// Enrolment: a signed-for, single-use ticket made at the centre binds a kiosk to a district; the kiosk brings its
// public key, the centre answers with a device certificate.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"

namespace mimika::wire {

// What `mimika-central kiosk enrol` writes and a technician carries to the kiosk. A secret until it is used: it holds
// the token.
struct EnrolmentTicket {
  std::string url;     // "https://127.0.0.1:8443"
  std::string ca_pem;  // the centre's own certificate authority, pinned by the kiosk
  std::string token;   // 32 hexadecimal digits
  DeviceId device;
  DeviceCode device_code;
  DistrictCode district;
  crypto::VerifyKey centre_verify_key{};  // checks answers and certificates
  crypto::BoxPublicKey centre_box_key{};  // private parts are sealed to it
  crypto::BoxPublicKey
      office_box_key{};              // and to this one; its secret half stays sealed at the centre until officers exist
  std::uint32_t policy_version = 0;  // of the policy these keys of the centre are from
  friend bool operator==(const EnrolmentTicket&, const EnrolmentTicket&) = default;
};

[[nodiscard]] std::string encode_enrolment_ticket(const EnrolmentTicket& ticket);  // JSON
[[nodiscard]] Result<EnrolmentTicket> decode_enrolment_ticket(std::string_view json);

struct EnrolRequest {
  std::string token;
  crypto::VerifyKey verify_key{};
};
[[nodiscard]] Bytes encode_enrol_request(const std::string& token, const crypto::SigningKey& device_key);
// Checks the proof of possession.
[[nodiscard]] Result<EnrolRequest> decode_enrol_request(ByteView bytes);

// A kiosk changes its key; safe to repeat until it is answered.
struct RekeyRequest {
  DeviceId device;
  crypto::VerifyKey new_key{};
  std::uint32_t policy_version = 0;  // of the keys of the centre that the kiosk enrolled with
};
[[nodiscard]] Bytes encode_rekey_request(DeviceId device, std::uint32_t policy_version,
                                         const crypto::SigningKey& old_key, const crypto::SigningKey& new_key);
// Whose request it says it is; nothing is proved yet.
[[nodiscard]] Result<DeviceId> device_of_rekey_request(ByteView bytes);
// Proves that the holder of `old_key` wants it, and has the new one. kUnauthorised otherwise.
[[nodiscard]] Result<RekeyRequest> decode_rekey_request(ByteView bytes, const crypto::VerifyKey& old_key);

struct DeviceCertificate {
  DeviceId device;
  DeviceCode device_code;
  DistrictCode district;
  crypto::VerifyKey verify_key{};
  WallMs issued_ms = 0;
  friend bool operator==(const DeviceCertificate&, const DeviceCertificate&) = default;
};
[[nodiscard]] Bytes encode_certificate(const DeviceCertificate& certificate, const crypto::SigningKey& centre_key);
[[nodiscard]] Result<DeviceCertificate> decode_certificate(ByteView bytes, const crypto::VerifyKey& centre_key);

}  // namespace mimika::wire
