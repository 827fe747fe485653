#include "sync/wire/policy.h"

#include <algorithm>

#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

Bytes statement_of(pb::Policy policy) {
  policy.clear_signature();
  Bytes out;
  append(out, as_bytes("mimika policy 1"));
  append(out, serialise(policy));
  return out;
}

}  // namespace

Bytes encode_policy(const Policy& policy, const crypto::SigningKey& centre_key) {
  pb::Policy out;
  out.set_version(policy.version);
  out.set_issued_ms(static_cast<std::uint64_t>(policy.issued_ms));
  out.set_staff_days(policy.staff_days);
  for (const std::string& account : policy.revoked_accounts) out.add_revoked_accounts(account);
  for (const DeviceCode& kiosk : policy.revoked_kiosks) out.add_revoked_kiosks(kiosk.value);
  out.set_verify_key(to_proto_bytes(policy.verify_key));
  out.set_box_key(to_proto_bytes(policy.box_key));
  out.set_signature(to_proto_bytes(centre_key.sign(statement_of(out))));
  return serialise(out);
}

Result<Policy> decode_policy(ByteView bytes, const crypto::VerifyKey& centre_key) {
  if (bytes.size() > kPolicyBytes) return fail(ErrorCode::kTooLarge, "a policy over its limit");
  pb::Policy in;
  TRY(parse_into(bytes, in, "a policy"));
  crypto::Signature signature{};
  if (in.signature().size() != signature.size()) return fail(ErrorCode::kCorrupt, "a signature has 64 bytes");
  std::copy(in.signature().begin(), in.signature().end(), signature.begin());
  if (!crypto::verify(centre_key, statement_of(in), signature)) {
    return fail(ErrorCode::kUnauthorised, "the policy is not signed by the centre");
  }
  return read_policy(bytes);
}

Result<Policy> read_policy(ByteView bytes) {
  pb::Policy in;
  TRY(parse_into(bytes, in, "a policy"));
  const auto most = static_cast<int>(kPolicyRevocations);
  if (in.revoked_accounts_size() > most || in.revoked_kiosks_size() > most) {
    return fail(ErrorCode::kTooLarge, "a policy with too many revocations");
  }
  Policy policy;
  policy.version = in.version();
  policy.issued_ms = static_cast<WallMs>(in.issued_ms());
  policy.staff_days = in.staff_days();
  policy.revoked_accounts.assign(in.revoked_accounts().begin(), in.revoked_accounts().end());
  for (const std::string& kiosk : in.revoked_kiosks()) {
    TRY_ASSIGN(DeviceCode code, parse_device_code(kiosk));
    policy.revoked_kiosks.push_back(std::move(code));
  }
  TRY_ASSIGN(policy.verify_key, crypto::to_key(as_bytes(in.verify_key())));
  TRY_ASSIGN(policy.box_key, crypto::to_key(as_bytes(in.box_key())));
  if (policy.version == 0) return fail(ErrorCode::kCorrupt, "a policy's version is at least 1");
  return policy;
}

}  // namespace mimika::wire
