#include "sync/wire/enrolment.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

constexpr const char* kTicketFormat = "mimika-enrolment-1";

Bytes enrol_proof(const std::string& token) {
  Bytes out;
  append(out, as_bytes("mimika enrol 1"));
  append(out, as_bytes(token));
  return out;
}

Bytes certificate_statement(pb::DeviceCertificate certificate) {
  certificate.clear_signature();
  Bytes out;
  append(out, as_bytes("mimika device 1"));
  append(out, serialise(certificate));
  return out;
}

Bytes rekey_statement(DeviceId device, const crypto::VerifyKey& new_key) {
  Bytes out;
  append(out, as_bytes("mimika rekey 1"));
  append_u32(out, device.value);
  append(out, new_key);
  return out;
}

Result<crypto::Signature> to_signature(const std::string& bytes) {
  crypto::Signature signature{};
  if (bytes.size() != signature.size()) return fail(ErrorCode::kCorrupt, "a signature has 64 bytes");
  std::copy(bytes.begin(), bytes.end(), signature.begin());
  return signature;
}

// The library would turn -1, 7.5 and 2^32 + 7 into some other number without a word.
Result<DeviceId> device_from(const nlohmann::json& json) {
  if (!json.is_number_unsigned()) return fail(ErrorCode::kInvalidInput, "a device id is a whole number");
  const auto value = json.get<std::uint64_t>();
  if (value <= kCentreDevice.value || value > std::numeric_limits<std::uint32_t>::max()) {
    return fail(ErrorCode::kInvalidInput, "a device id is between 2 and 2^32 - 1");
  }
  return DeviceId{static_cast<std::uint32_t>(value)};
}

Result<std::array<std::uint8_t, 32>> key_from_hex(const nlohmann::json& json, const char* name) {
  TRY_ASSIGN(const Bytes bytes, from_hex(json.at(name).get<std::string>()));
  return crypto::to_key(bytes);
}

}  // namespace

std::string encode_enrolment_ticket(const EnrolmentTicket& ticket) {
  const nlohmann::ordered_json json = {
      {"format", kTicketFormat},
      {"url", ticket.url},
      {"device", ticket.device.value},
      {"device_code", ticket.device_code.value},
      {"district", ticket.district.value},
      {"token", ticket.token},
      {"centre_verify_key", to_hex(ticket.centre_verify_key)},
      {"centre_box_key", to_hex(ticket.centre_box_key)},
      {"office_box_key", to_hex(ticket.office_box_key)},
      {"policy_version", ticket.policy_version},
      {"ca_pem", ticket.ca_pem},
  };
  return json.dump(2) + "\n";
}

Result<EnrolmentTicket> decode_enrolment_ticket(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("format") != kTicketFormat)
      return fail(ErrorCode::kNewerVersion, "an enrolment ticket of another format");
    EnrolmentTicket ticket;
    ticket.url = json.at("url").get<std::string>();
    TRY_ASSIGN(ticket.device, device_from(json.at("device")));
    TRY_ASSIGN(ticket.device_code, parse_device_code(json.at("device_code").get<std::string>()));
    ticket.district = DistrictCode{json.at("district").get<std::string>()};
    ticket.token = json.at("token").get<std::string>();
    TRY_ASSIGN(ticket.centre_verify_key, key_from_hex(json, "centre_verify_key"));
    TRY_ASSIGN(ticket.centre_box_key, key_from_hex(json, "centre_box_key"));
    TRY_ASSIGN(ticket.office_box_key, key_from_hex(json, "office_box_key"));
    ticket.policy_version = json.value("policy_version", std::uint32_t{0});
    ticket.ca_pem = json.at("ca_pem").get<std::string>();
    return ticket;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::kInvalidInput, std::string("not an enrolment ticket: ") + error.what());
  }
}

Bytes encode_enrol_request(const std::string& token, const crypto::SigningKey& device_key) {
  pb::EnrolRequest out;
  out.set_token(token);
  out.set_verify_key(to_proto_bytes(device_key.verify_key()));
  out.set_signature(to_proto_bytes(device_key.sign(enrol_proof(token))));
  return serialise(out);
}

Result<EnrolRequest> decode_enrol_request(ByteView bytes) {
  pb::EnrolRequest in;
  TRY(parse_into(bytes, in, "an enrolment request"));
  EnrolRequest request;
  request.token = in.token();
  TRY_ASSIGN(request.verify_key, crypto::to_key(as_bytes(in.verify_key())));
  TRY_ASSIGN(const crypto::Signature signature, to_signature(in.signature()));
  if (!crypto::verify(request.verify_key, enrol_proof(request.token), signature)) {
    return fail(ErrorCode::kUnauthorised, "the enrolment request is not signed by the key it brings");
  }
  return request;
}

Bytes encode_rekey_request(DeviceId device, std::uint32_t policy_version, const crypto::SigningKey& old_key,
                           const crypto::SigningKey& new_key) {
  const Bytes statement = rekey_statement(device, new_key.verify_key());
  pb::RekeyRequest out;
  out.set_device(device.value);
  out.set_verify_key(to_proto_bytes(new_key.verify_key()));
  out.set_old_signature(to_proto_bytes(old_key.sign(statement)));
  out.set_new_signature(to_proto_bytes(new_key.sign(statement)));
  out.set_policy_version(policy_version);
  return serialise(out);
}

Result<DeviceId> device_of_rekey_request(ByteView bytes) {
  pb::RekeyRequest in;
  TRY(parse_into(bytes, in, "a request for another key"));
  return DeviceId{in.device()};
}

Result<RekeyRequest> decode_rekey_request(ByteView bytes, const crypto::VerifyKey& old_key) {
  pb::RekeyRequest in;
  TRY(parse_into(bytes, in, "a request for another key"));
  RekeyRequest request{DeviceId{in.device()}, {}, in.policy_version()};
  TRY_ASSIGN(request.new_key, crypto::to_key(as_bytes(in.verify_key())));
  TRY_ASSIGN(const crypto::Signature by_old, to_signature(in.old_signature()));
  TRY_ASSIGN(const crypto::Signature by_new, to_signature(in.new_signature()));
  const Bytes statement = rekey_statement(request.device, request.new_key);
  if (!crypto::verify(old_key, statement, by_old) || !crypto::verify(request.new_key, statement, by_new)) {
    return fail(ErrorCode::kUnauthorised, "the request for another key is not signed by both");
  }
  return request;
}

Bytes encode_certificate(const DeviceCertificate& certificate, const crypto::SigningKey& centre_key) {
  pb::DeviceCertificate out;
  out.set_device(certificate.device.value);
  out.set_device_code(certificate.device_code.value);
  out.set_district(certificate.district.value);
  out.set_verify_key(to_proto_bytes(certificate.verify_key));
  out.set_issued_ms(static_cast<std::uint64_t>(certificate.issued_ms));
  out.set_signature(to_proto_bytes(centre_key.sign(certificate_statement(out))));
  return serialise(out);
}

Result<DeviceCertificate> decode_certificate(ByteView bytes, const crypto::VerifyKey& centre_key) {
  pb::DeviceCertificate in;
  TRY(parse_into(bytes, in, "a device certificate"));
  TRY_ASSIGN(const crypto::Signature signature, to_signature(in.signature()));
  if (!crypto::verify(centre_key, certificate_statement(in), signature)) {
    return fail(ErrorCode::kUnauthorised, "the device certificate is not signed by the centre");
  }
  DeviceCertificate certificate;
  certificate.device = DeviceId{in.device()};
  TRY_ASSIGN(certificate.device_code, parse_device_code(in.device_code()));
  certificate.district = DistrictCode{in.district()};
  TRY_ASSIGN(certificate.verify_key, crypto::to_key(as_bytes(in.verify_key())));
  certificate.issued_ms = static_cast<WallMs>(in.issued_ms());
  return certificate;
}

}  // namespace mimika::wire
