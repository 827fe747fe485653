#include "sync/wire/maintenance_key.h"

#include <algorithm>

#include "sync/wire/proto_helpers.h"
#include "sync/wire/staff_accounts.h"

namespace mimika::wire {
namespace {

// In front of the message, so that another file of this name is told apart from a damaged one.
constexpr std::string_view kKeyMagic = "MKM1";

Bytes statement_of(pb::MaintenanceKey key) {
  key.clear_signature();
  Bytes out;
  append(out, as_bytes("mimika maintenance key 1"));
  append(out, serialise(key));
  return out;
}

}  // namespace

Bytes encode_maintenance_key(const MaintenanceKey& key, const crypto::SigningKey& centre_key) {
  pb::MaintenanceKey out;
  out.set_district(key.district.value);
  if (key.kiosk) out.set_kiosk(key.kiosk->value);
  out.set_purpose(static_cast<std::uint32_t>(key.purpose));
  out.set_login(key.login);
  out.set_serial(key.serial);
  out.set_policy_version(key.policy_version);
  out.set_issued_ms(static_cast<std::uint64_t>(key.issued_ms));
  out.set_signature(to_proto_bytes(centre_key.sign(statement_of(out))));
  Bytes bytes;
  append(bytes, as_bytes(kKeyMagic));
  append(bytes, serialise(out));
  return bytes;
}

Result<MaintenanceKey> decode_maintenance_key(ByteView bytes, const crypto::VerifyKey& centre_key) {
  if (bytes.size() > kMaintenanceKeyBytes) return fail(ErrorCode::kTooLarge, "a maintenance key over its limit");
  if (!as_text(bytes).starts_with(kKeyMagic)) return fail(ErrorCode::kCorrupt, "not a maintenance key");
  pb::MaintenanceKey in;
  TRY(parse_into(bytes.subspan(kKeyMagic.size()), in, "a maintenance key"));
  crypto::Signature signature{};
  if (in.signature().size() != signature.size()) return fail(ErrorCode::kCorrupt, "a signature has 64 bytes");
  std::copy(in.signature().begin(), in.signature().end(), signature.begin());
  if (!crypto::verify(centre_key, statement_of(in), signature)) {
    return fail(ErrorCode::kUnauthorised, "the maintenance key is not signed by the centre");
  }
  MaintenanceKey key;
  key.district = DistrictCode{in.district()};
  if (!in.kiosk().empty()) {
    TRY_ASSIGN(DeviceCode kiosk, parse_device_code(in.kiosk()));
    key.kiosk = std::move(kiosk);
  }
  TRY_ASSIGN(key.purpose, to_enum(in.purpose(), crypto::kLastChallengePurpose));
  key.login = in.login();
  key.serial = in.serial();
  key.policy_version = in.policy_version();
  key.issued_ms = static_cast<WallMs>(in.issued_ms());
  if (in.purpose() == 0 || key.district.value.empty() || !is_staff_login(key.login) || key.serial == 0) {
    return fail(ErrorCode::kCorrupt, "a maintenance key that says too little");
  }
  return key;
}

bool is_for(const MaintenanceKey& key, const DeviceCode& kiosk, const DistrictCode& district) {
  return key.district == district && (!key.kiosk || *key.kiosk == kiosk);
}

}  // namespace mimika::wire
