#include "sync/wire/staff_accounts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/crypto/challenge.h"
#include "kiosk/model/plain_text.h"
#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kWrappedSeedBytes = crypto::kSeedBytes + 16;
constexpr std::size_t kDistrictBytes = 16;

template <std::size_t Size>
Status read_array(const std::string& in, std::array<std::uint8_t, Size>& out, const char* what) {
  if (in.size() != Size) return fail(ErrorCode::kCorrupt, std::string(what) + " of the wrong size");
  std::copy(in.begin(), in.end(), out.begin());
  return {};
}

Result<Role> read_kiosk_role(std::uint32_t number) {
  TRY_ASSIGN(const Role role, to_enum(number, kLastRole));
  if (!is_kiosk_role(role)) return fail(ErrorCode::kCorrupt, "a role that has no account at a kiosk");
  return role;
}

Result<crypto::StaffCredential> read_credential(const pb::StaffCredential& in, Role role) {
  crypto::StaffCredential out;
  out.cost = {in.passes(), in.memory_bytes()};
  if (out.cost.passes < 1 || out.cost.passes > crypto::kMostPinPasses ||
      out.cost.memory_bytes < crypto::kLeastPinMemoryBytes || out.cost.memory_bytes > crypto::kMostPinMemoryBytes) {
    return fail(ErrorCode::kCorrupt, "the cost of a PIN is out of range");
  }
  TRY(read_array(in.salt(), out.salt, "a salt"));
  TRY(read_array(in.verifier(), out.verifier, "a verifier"));
  out.wrapped_seed = from_proto_bytes(in.wrapped_seed());
  if (!out.wrapped_seed.empty() && out.wrapped_seed.size() != kWrappedSeedBytes) {
    return fail(ErrorCode::kCorrupt, "a wrapped seed of the wrong size");
  }
  if (!out.wrapped_seed.empty() && !is_office_role(role)) {
    return fail(ErrorCode::kCorrupt, "an office's key for somebody who never reads cases");
  }
  out.needs_key_file = in.needs_key_file();
  return out;
}

void write_credential(const crypto::StaffCredential& in, pb::StaffCredential& out) {
  out.set_passes(in.cost.passes);
  out.set_memory_bytes(in.cost.memory_bytes);
  out.set_salt(to_proto_bytes(in.salt));
  out.set_verifier(to_proto_bytes(in.verifier));
  out.set_wrapped_seed(to_proto_bytes(in.wrapped_seed));
  out.set_needs_key_file(in.needs_key_file);
}

Result<StaffAccount> read_account(const pb::StaffAccount& in) {
  StaffAccount out;
  out.login = in.login();
  out.name = in.name();
  if (!is_staff_login(out.login)) return fail(ErrorCode::kCorrupt, "a login that is none");
  if (out.name.empty() || !is_plain_text(out.name, LineBreaks::kForbidden)) {
    return fail(ErrorCode::kCorrupt, "an account without a name");
  }
  if (out.name.size() > limits::kNameBytes) return fail(ErrorCode::kTooLarge, "a name over its limit");
  TRY_ASSIGN(out.role, read_kiosk_role(in.role()));
  out.version = in.version();
  if (out.version == 0) return fail(ErrorCode::kCorrupt, "an account without a version");
  TRY_ASSIGN(out.credential, read_credential(in.credential(), out.role));
  out.must_change_pin = in.must_change_pin();
  return out;
}

}  // namespace

bool is_staff_login(std::string_view login) {
  return login.size() >= kLeastStaffLoginBytes && login.size() <= kMostStaffLoginBytes &&
         std::ranges::all_of(login, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

Bytes encode_staff_accounts(const StaffAccounts& accounts) {
  pb::StaffAccounts out;
  out.set_district(accounts.district.value);
  for (const StaffAccount& account : accounts.accounts) {
    pb::StaffAccount& one = *out.add_accounts();
    one.set_login(account.login);
    one.set_name(account.name);
    one.set_role(static_cast<std::uint32_t>(account.role));
    one.set_version(account.version);
    write_credential(account.credential, *one.mutable_credential());
    one.set_must_change_pin(account.must_change_pin);
  }
  out.set_challenge_secret(to_proto_bytes(accounts.challenge_secret));
  return serialise(out);
}

Result<StaffAccounts> decode_staff_accounts(ByteView bytes) {
  if (bytes.size() > kStaffAccountsBytes) return fail(ErrorCode::kTooLarge, "staff accounts over their limit");
  pb::StaffAccounts in;
  TRY(parse_into(bytes, in, "staff accounts"));
  if (static_cast<std::size_t>(in.accounts_size()) > kStaffAccountsPerDistrict) {
    return fail(ErrorCode::kTooLarge, "more staff accounts than a district has");
  }
  StaffAccounts out;
  out.district = DistrictCode{in.district()};
  if (in.district().empty() || in.district().size() > kDistrictBytes) {
    return fail(ErrorCode::kCorrupt, "staff accounts without a district");
  }
  std::set<std::string> logins;
  for (const pb::StaffAccount& one : in.accounts()) {
    TRY_ASSIGN(StaffAccount account, read_account(one));
    if (!logins.insert(account.login).second) return fail(ErrorCode::kCorrupt, "a login twice");
    out.accounts.push_back(std::move(account));
  }
  // It stands last, so that whatever was cut off is missed.
  if (in.challenge_secret().size() != crypto::kChallengeSecretBytes) {
    return fail(ErrorCode::kCorrupt, "staff accounts without a secret for challenges");
  }
  out.challenge_secret = from_proto_bytes(in.challenge_secret());
  return out;
}

Bytes encode_staff_credential(const crypto::StaffCredential& credential) {
  pb::StaffCredential out;
  write_credential(credential, out);
  return serialise(out);
}

Result<crypto::StaffCredential> decode_staff_credential(ByteView bytes) {
  pb::StaffCredential in;
  TRY(parse_into(bytes, in, "a credential"));
  return read_credential(in, Role::kOfficer);  // the widest: which role it is for stands beside it
}

Result<Bytes> encode_accounts_document(const std::vector<AccountsFor>& kiosks) {
  if (kiosks.size() > kKiosksPerDocument) return fail(ErrorCode::kTooLarge, "more kiosks than one document is for");
  pb::AccountsDocument out;
  for (const AccountsFor& kiosk : kiosks) {
    if (kiosk.accounts.accounts.size() > kStaffAccountsPerDistrict) {
      return fail(ErrorCode::kTooLarge, "more staff accounts than a district has");
    }
    pb::AccountsCopy& copy = *out.add_copies();
    copy.set_device(kiosk.device.value);
    Bytes plain = encode_staff_accounts(kiosk.accounts);
    auto sealed = crypto::seal_to_twin(kiosk.verify_key, plain);
    wipe(plain);
    if (!sealed) return fail_with(std::move(sealed).error(), "sealing the accounts");
    copy.set_sealed(to_proto_bytes(*sealed));
  }
  out.set_copies_in_all(static_cast<std::uint32_t>(kiosks.size()));
  return serialise(out);
}

Result<StaffAccounts> open_accounts_document(ByteView document, DeviceId device, const crypto::SigningKey& device_key) {
  if (document.size() > limits::kDocumentRawBytes) return fail(ErrorCode::kTooLarge, "a document over its limit");
  pb::AccountsDocument in;
  TRY(parse_into(document, in, "the accounts of a district"));
  // It stands last, so that whatever was cut off is missed.
  if (!in.has_copies_in_all() || in.copies_in_all() != static_cast<std::uint32_t>(in.copies_size())) {
    return fail(ErrorCode::kCorrupt, "the accounts of a district are not whole");
  }
  if (static_cast<std::size_t>(in.copies_size()) > kKiosksPerDocument) {
    return fail(ErrorCode::kTooLarge, "accounts for more kiosks than one document is for");
  }
  for (const pb::AccountsCopy& copy : in.copies()) {
    if (copy.device() != device.value) continue;
    TRY_ASSIGN(const crypto::SecretBytes plain, device_key.open(as_bytes(copy.sealed())));
    return decode_staff_accounts(plain.view());
  }
  return fail(ErrorCode::kNotFound, "no accounts for this kiosk");
}

}  // namespace mimika::wire
