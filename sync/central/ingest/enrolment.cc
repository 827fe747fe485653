#include "sync/central/ingest/enrolment.h"

#include <algorithm>

#include "kiosk/base/log.h"
#include "kiosk/model/plain_text.h"
#include "sync/central/central_limits.h"
#include "sync/central/keys/office_keys.h"
#include "sync/central/projection/accounts_document.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/policies.h"

namespace mimika::central {
namespace {

constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kDeviceNameBytes = 120;
constexpr std::uint32_t kFirstKiosk = 2;  // 1 is the centre itself

crypto::Hash hash_of_token(const std::string& token) {
  return crypto::hash_of("mimika enrolment token", as_bytes(token));
}

bool taken(const std::vector<Device>& devices, const DeviceCode& code) {
  return std::any_of(devices.begin(), devices.end(), [&](const Device& device) { return device.code == code; });
}

Result<DeviceCode> choose_code(const std::vector<Device>& devices, const District& district,
                               const std::optional<int>& number) {
  if (number) {
    if (*number < 1 || *number > limits::kKiosksPerDistrict) {
      return fail(ErrorCode::kInvalidInput, "the number of a kiosk is 1 to 9");
    }
    return parse_device_code(district.code_letters + std::to_string(*number));
  }
  for (int next = 1; next <= limits::kKiosksPerDistrict; ++next) {
    TRY_ASSIGN(DeviceCode code, parse_device_code(district.code_letters + std::to_string(next)));
    if (!taken(devices, code)) return code;
  }
  return fail(ErrorCode::kConflict, district.name + " has nine kiosks already");
}

// The device under that code: a new one, or one that was ordered before and never came.
Result<Device> device_for(Database& database, const EnrolmentOrder& order, const District& district, WallMs now_ms) {
  TRY_ASSIGN(const std::vector<Device> devices, list_devices(database));
  TRY_ASSIGN(const DeviceCode code, choose_code(devices, district, order.number));
  for (const Device& device : devices) {
    if (device.code != code) continue;
    if (device.verify_key) return fail(ErrorCode::kConflict, "the kiosk " + code.value + " has enrolled already");
    return device;
  }
  Device device;
  device.id = DeviceId{kFirstKiosk};
  for (const Device& other : devices) device.id.value = std::max(device.id.value, other.id.value + 1);
  device.code = code;
  device.district = district.code;
  device.name = order.name;
  device.created_ms = now_ms;
  TRY(insert_device(database, device));
  return device;
}

Refusal refusal_for_token() {
  // One answer for an unknown and an expired token alike tells a guesser nothing.
  return refuse(403, "bad_token", "the enrolment token is unknown, used by another kiosk, or older than seven days");
}

}  // namespace

Result<wire::EnrolmentTicket> order_enrolment(Database& database, Env& env, const DataFolder& folder,
                                              const Catalogue& catalogue, const EnrolmentOrder& order) {
  const District* district = catalogue.find_district(order.district);
  if (district == nullptr) {
    return fail(ErrorCode::kInvalidInput, "no district " + order.district.value + " in the catalogue");
  }
  if (order.name.size() > kDeviceNameBytes || !is_plain_text(order.name, LineBreaks::kForbidden)) {
    return fail(ErrorCode::kInvalidInput, "the name of a kiosk is one line of up to 120 bytes");
  }
  if (!order.url.starts_with("https://")) {
    return fail(ErrorCode::kInvalidInput, "the address of the centre begins with https://");
  }
  Bytes random(kTokenBytes);
  env.fill_random(random);
  const WallMs now_ms = env.wall_ms();

  return in_transaction(database, [&]() -> Result<wire::EnrolmentTicket> {
    TRY_ASSIGN(const Device device, device_for(database, order, *district, now_ms));
    wire::EnrolmentTicket ticket;
    TRY_ASSIGN(ticket.office_box_key, office_key_of(database, env, folder.keys, district->code, now_ms));
    ticket.token = to_hex(random);
    TRY(insert_token(database,
                     {hash_of_token(ticket.token), device.id, now_ms, now_ms + limits::kEnrolmentMs, std::nullopt}));
    ticket.url = order.url;
    ticket.ca_pem = folder.ca_pem;
    ticket.device = device.id;
    ticket.device_code = device.code;
    ticket.district = device.district;
    TRY_ASSIGN(const auto policy, newest_policy(database));
    ticket.policy_version = policy ? policy->version : 0;
    ticket.centre_verify_key = folder.keys.signing.verify_key();
    ticket.centre_box_key = folder.keys.box.public_key();
    return ticket;
  });
}

Answered<Bytes> take_enrolment(Database& database, Env& env, const CentreKeys& keys, ByteView body) {
  const auto request = wire::decode_enrol_request(body);
  if (!request) return std::unexpected(refusal_of(request.error()));
  const WallMs now_ms = env.wall_ms();
  std::optional<Refusal> refusal;

  const auto certificate = in_transaction(database, [&]() -> Result<Bytes> {
    const auto refused = [&](Refusal why) {
      refusal = std::move(why);
      return fail(ErrorCode::kUnauthorised, refusal->message);
    };
    const crypto::Hash token_hash = hash_of_token(request->token);
    TRY_ASSIGN(const auto token, find_token(database, token_hash));
    if (!token) return refused(refusal_for_token());
    TRY_ASSIGN(const auto device, find_device(database, token->device));
    if (!device) return fail(ErrorCode::kCorrupt, "a token without its device");

    const bool same_again = token->used_ms && device->verify_key && *device->verify_key == request->verify_key;
    if (!same_again && (token->used_ms || token->expires_ms < now_ms)) return refused(refusal_for_token());
    if (!same_again && device->verify_key) {
      return refused(refuse(409, "already_enrolled", "this kiosk has enrolled with another key"));
    }
    const WallMs issued_ms = same_again ? device->enrolled_ms.value_or(now_ms) : now_ms;
    if (!same_again) {
      TRY(use_token(database, token_hash, now_ms));
      TRY(bind_device_key(database, device->id, request->verify_key, now_ms));
      TRY(publish_accounts(database, env, keys, device->district));
      log_info("enrol", "kiosk {} enrolled as device {}", device->code.value, device->id.value);
    }
    return wire::encode_certificate({device->id, device->code, device->district, request->verify_key, issued_ms},
                                    keys.signing);
  });
  if (refusal) return std::unexpected(*refusal);
  if (!certificate) return std::unexpected(refusal_of(certificate.error()));
  return *certificate;
}

Answered<Bytes> take_rekey(Database& database, Env& env, const CentreKeys& keys, ByteView body) {
  const auto id = wire::device_of_rekey_request(body);
  if (!id) return std::unexpected(refusal_of(id.error()));
  std::optional<Refusal> refusal;
  const auto certificate = in_transaction(database, [&]() -> Result<Bytes> {
    TRY_ASSIGN(const auto device, find_device(database, *id));
    if (!device || !device->verify_key || device->revoked_ms) {
      refusal = refuse(403, "unknown_device", "device " + std::to_string(id->value) + " may have no key here");
      return fail(ErrorCode::kUnauthorised, refusal->message);
    }
    // Asked again because the answer was lost: the key is bound already, and the one before must have signed.
    auto request = wire::decode_rekey_request(body, *device->verify_key);
    bool bound = false;
    if (!request) {
      TRY_ASSIGN(const auto before, previous_device_key(database, *id));
      if (before) request = wire::decode_rekey_request(body, *before);
      bound = request && request->new_key == *device->verify_key;
      if (request && !bound)
        request = fail(ErrorCode::kUnauthorised, "asked with a key that is no longer the device's");
    }
    TRY_ASSIGN(const wire::RekeyRequest wanted, request);
    const WallMs now_ms = env.wall_ms();
    if (!bound) {
      TRY(bind_device_key(database, device->id, wanted.new_key, now_ms));
      // The copy that was sealed to the old key is of no use to whoever has the new one alone.
      TRY(publish_accounts(database, env, keys, device->district));
      log_info("enrol", "kiosk {} has another key", device->code.value);
    }
    return wire::encode_certificate({device->id, device->code, device->district, wanted.new_key, now_ms},
                                    keys.known_with(wanted.policy_version).signing);
  });
  if (refusal) return std::unexpected(*refusal);
  if (!certificate) return std::unexpected(refusal_of(certificate.error()));
  return *certificate;
}

}  // namespace mimika::central
