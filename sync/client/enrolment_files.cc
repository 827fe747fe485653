#include "sync/client/enrolment_files.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"

namespace mimika::sync {
namespace {

constexpr const char* kFactsFormat = "mimika-centre-1";
constexpr std::size_t kFactsBytes = 16UZ * 1024;
constexpr std::size_t kCertificateBytes = 4UZ * 1024;
constexpr std::size_t kAuthorityBytes = 64UZ * 1024;

std::string keys_folder(const std::string& folder) {
  return folder + "/keys";
}
std::string seed_path(const std::string& folder) {
  return keys_folder(folder) + "/sign.seed";
}
std::string next_seed_path(const std::string& folder) {
  return keys_folder(folder) + "/next.seed";
}
std::string certificate_path(const std::string& folder) {
  return keys_folder(folder) + "/certificate";
}
std::string facts_path(const std::string& folder) {
  return keys_folder(folder) + "/centre.json";
}
std::string authority_path(const std::string& folder) {
  return folder + "/ca.pem";
}

// A file of a finished enrolment that is not there is damage, not "not enrolled".
Error missing_part(Error error) {
  if (error.code == ErrorCode::kNotFound) {
    error = {ErrorCode::kCorrupt, "the enrolment is incomplete: " + error.message};
  }
  return error;
}

Result<std::array<std::uint8_t, 32>> key_from_hex(const nlohmann::json& json, const char* name) {
  TRY_ASSIGN(const Bytes bytes, from_hex(json.at(name).get<std::string>()));
  return crypto::to_key(bytes);
}

Result<CentreFacts> parse_facts(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("format") != kFactsFormat) return fail(ErrorCode::kNewerVersion, "written in another format");
    CentreFacts facts;
    facts.url = json.at("url").get<std::string>();
    facts.identity.device = DeviceId{json.at("device").get<std::uint32_t>()};
    TRY_ASSIGN(facts.identity.device_code, parse_device_code(json.at("device_code").get<std::string>()));
    facts.identity.district = DistrictCode{json.at("district").get<std::string>()};
    TRY_ASSIGN(facts.verify_key, key_from_hex(json, "centre_verify_key"));
    TRY_ASSIGN(facts.box_key, key_from_hex(json, "centre_box_key"));
    TRY_ASSIGN(facts.office_box_key, key_from_hex(json, "office_box_key"));
    facts.policy_version = json.value("policy_version", std::uint32_t{0});
    return facts;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::kCorrupt, error.what());
  }
}

Result<crypto::SigningKey> load_or_make_key(const std::string& path, Env& env) {
  const auto seed = crypto::load_seed(path);
  if (seed) return crypto::SigningKey::from_seed(*seed);
  if (seed.error().code != ErrorCode::kNotFound) return std::unexpected(seed.error());
  crypto::SigningKey key = crypto::SigningKey::generate(env);
  TRY(crypto::save_seed(path, key.seed()));
  return key;
}

// The certificate is the new key's already; the key itself follows.
Status finish_rekey(const std::string& folder) {
  TRY_ASSIGN(const crypto::SecretBytes next, crypto::load_seed(next_seed_path(folder)));
  TRY(crypto::save_seed(seed_path(folder), next));
  std::error_code error;
  std::filesystem::remove(next_seed_path(folder), error);
  if (error) return std::unexpected(error_from_errno(error.value(), "removing " + next_seed_path(folder)));
  return {};
}

// Whether the certificate is that of the key that is to come.
bool next_key_is_certified(const std::string& folder, const CentreFacts& facts, ByteView certificate) {
  const auto next = crypto::load_seed(next_seed_path(folder));
  return next && check_certificate(certificate, facts, crypto::SigningKey::from_seed(*next).verify_key());
}

}  // namespace

std::string encode_centre_facts(const CentreFacts& facts) {
  const nlohmann::ordered_json json = {
      {"format", kFactsFormat},
      {"url", facts.url},
      {"device", facts.identity.device.value},
      {"device_code", facts.identity.device_code.value},
      {"district", facts.identity.district.value},
      {"centre_verify_key", to_hex(facts.verify_key)},
      {"centre_box_key", to_hex(facts.box_key)},
      {"office_box_key", to_hex(facts.office_box_key)},
      {"policy_version", facts.policy_version},
  };
  return json.dump(2) + "\n";
}

Result<CentreFacts> decode_centre_facts(std::string_view json) {
  auto facts = parse_facts(json);
  if (!facts) {
    const ErrorCode code =
        facts.error().code == ErrorCode::kNewerVersion ? ErrorCode::kNewerVersion : ErrorCode::kCorrupt;
    return fail(code, "what is known of the centre cannot be read: " + facts.error().message);
  }
  return facts;
}

StoreOptions Enrolment::store_options(const std::string& folder, const std::string& program_version,
                                      WallMs built_ms) const {
  StoreOptions options;
  options.folder = folder;
  options.identity = centre.identity;
  options.centre_key = centre.box_key;
  options.centre_verify_key = centre.verify_key;
  options.policy_version = centre.policy_version;
  options.office_key = centre.office_box_key;
  options.program_version = program_version;
  options.built_ms = built_ms;
  return options;
}

TransportOptions Enrolment::transport_options() const {
  TransportOptions options;
  options.url = centre.url;
  options.ca_pem = ca_pem;
  return options;
}

Result<wire::DeviceCertificate> check_certificate(ByteView certificate, const CentreFacts& facts,
                                                  const crypto::VerifyKey& device_key) {
  TRY_ASSIGN(auto read, wire::decode_certificate(certificate, facts.verify_key));
  if (read.device != facts.identity.device || read.device_code != facts.identity.device_code) {
    return fail(ErrorCode::kConflict, "the certificate is for kiosk " + read.device_code.value + ", this is " +
                                          facts.identity.device_code.value);
  }
  if (read.district != facts.identity.district) {
    return fail(ErrorCode::kConflict, "the certificate is for district " + read.district.value + ", this is " +
                                          facts.identity.district.value);
  }
  if (read.verify_key != device_key) return fail(ErrorCode::kConflict, "the certificate is for another key");
  return read;
}

Result<Enrolment> load_enrolment(const std::string& folder) {
  const auto certificate = read_file(certificate_path(folder), kCertificateBytes);
  if (!certificate) {
    if (certificate.error().code != ErrorCode::kNotFound) return std::unexpected(certificate.error());
    return fail(ErrorCode::kNotFound, "this kiosk is not enrolled: no certificate in " + keys_folder(folder));
  }
  const auto facts_text = read_file(facts_path(folder), kFactsBytes);
  if (!facts_text) return std::unexpected(missing_part(facts_text.error()));
  const auto authority = read_file(authority_path(folder), kAuthorityBytes);
  if (!authority) return std::unexpected(missing_part(authority.error()));
  Enrolment enrolment;
  TRY_ASSIGN(enrolment.centre, decode_centre_facts(as_text(*facts_text)));
  if (next_key_is_certified(folder, enrolment.centre, *certificate)) TRY(finish_rekey(folder));
  const auto seed = crypto::load_seed(seed_path(folder));
  if (!seed) return std::unexpected(missing_part(seed.error()));
  enrolment.ca_pem = as_text(*authority);
  enrolment.device_key = crypto::SigningKey::from_seed(*seed);
  auto checked = check_certificate(*certificate, enrolment.centre, enrolment.device_key.verify_key());
  if (!checked) {
    Error error = checked.error();
    if (error.code == ErrorCode::kConflict) error.code = ErrorCode::kCorrupt;
    return fail_with(std::move(error), "checking this kiosk's enrolment");
  }
  enrolment.certificate = *std::move(checked);
  return enrolment;
}

Result<crypto::SigningKey> prepare_device_key(const std::string& folder, Env& env) {
  TRY(make_private_folder(folder));
  TRY(make_private_folder(keys_folder(folder)));
  return load_or_make_key(seed_path(folder), env);
}

bool rekey_is_pending(const std::string& folder) {
  return std::filesystem::exists(next_seed_path(folder));
}

Result<crypto::SigningKey> prepare_next_device_key(const std::string& folder, Env& env) {
  return load_or_make_key(next_seed_path(folder), env);
}

Status take_next_device_key(const std::string& folder, ByteView certificate) {
  TRY(write_file_durably(certificate_path(folder), certificate, FileMode::kPrivate));
  return finish_rekey(folder);
}

Status save_enrolment(const std::string& folder, const CentreFacts& facts, const std::string& ca_pem,
                      ByteView certificate) {
  TRY(write_file_durably(authority_path(folder), as_bytes(ca_pem), FileMode::kPublic));
  TRY(write_file_durably(facts_path(folder), as_bytes(encode_centre_facts(facts)), FileMode::kPrivate));
  return write_file_durably(certificate_path(folder), certificate, FileMode::kPrivate);
}

}  // namespace mimika::sync
