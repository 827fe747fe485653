// What enrolment leaves on the kiosk, and how it is read back at every start:
//   keys/sign.seed     0600, the device's signing key; written first, before the centre is asked
//   keys/next.seed     0600, while the key is being changed
//   keys/certificate   as the centre signed it; written last: a kiosk is enrolled when it is there
//   keys/centre.json   where the centre is and its public keys
//   ca.pem             the authority its TLS certificate is checked with
#pragma once

#include <string>

#include "kiosk/base/result.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/curl_transport.h"
#include "sync/wire/enrolment.h"

namespace mimika::sync {

// The public part: what centre.json holds.
struct CentreFacts {
  std::string url;
  StoreIdentity identity;
  crypto::VerifyKey verify_key{};
  crypto::BoxPublicKey box_key{};
  crypto::BoxPublicKey office_box_key{};
  std::uint32_t policy_version = 0;  // of the policy these keys of the centre are from
};

[[nodiscard]] std::string encode_centre_facts(const CentreFacts& facts);  // JSON
// kNewerVersion for another format, kCorrupt for anything malformed.
[[nodiscard]] Result<CentreFacts> decode_centre_facts(std::string_view json);

struct Enrolment {
  CentreFacts centre;
  std::string ca_pem;
  crypto::SigningKey device_key;
  wire::DeviceCertificate certificate;

  [[nodiscard]] StoreOptions store_options(const std::string& folder, const std::string& program_version,
                                           WallMs built_ms = 0) const;
  [[nodiscard]] TransportOptions transport_options() const;
};

// kNotFound: this kiosk is not enrolled. kCorrupt: a file is missing, damaged, or does not belong to the others; the
// text names it. kUnauthorised: the certificate is not the centre's.
[[nodiscard]] Result<Enrolment> load_enrolment(const std::string& folder);

// The key of an enrolment that began here and did not finish, or a new one, saved durably before it is used: when the
// centre's answer is lost, the same ticket must come back with the same key.
[[nodiscard]] Result<crypto::SigningKey> prepare_device_key(const std::string& folder, Env& env);

// --- a change of the device's key (rekey.h). keys/next.seed is there while the centre has not answered.
[[nodiscard]] bool rekey_is_pending(const std::string& folder);
// The new key, made or found from an attempt before.
[[nodiscard]] Result<crypto::SigningKey> prepare_next_device_key(const std::string& folder, Env& env);
// Its certificate has come. What a power cut leaves undone here, load_enrolment() finishes.
[[nodiscard]] Status take_next_device_key(const std::string& folder, ByteView certificate);

// Writes everything but the key, the certificate last.
[[nodiscard]] Status save_enrolment(const std::string& folder, const CentreFacts& facts, const std::string& ca_pem,
                                    ByteView certificate);

// kUnauthorised when it is not signed by the centre, kConflict when it names another kiosk, district or key.
[[nodiscard]] Result<wire::DeviceCertificate> check_certificate(ByteView certificate, const CentreFacts& facts,
                                                                const crypto::VerifyKey& device_key);

}  // namespace mimika::sync
