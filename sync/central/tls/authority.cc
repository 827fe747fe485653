#include "sync/central/tls/authority.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika::central::tls {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;

constexpr std::size_t kPemBytes = 64 * mimika::limits::kKiB;
constexpr int kSerialBytes = 16;

// A kiosk whose clock battery is dead believes it is 1970, and one with a wrong year 2099. Both must still reach the
// centre, which is what sets their clock right. So our certificates are valid for all the time a clock can claim (RFC
// 5280's own value for "no end"); what is trusted is the pinned key, not the date.
constexpr const char* kNotBefore = "19700101000000Z";
constexpr const char* kNotAfter = "99991231235959Z";

std::unexpected<Error> openssl_failed(const std::string& doing) {
  char text[256] = "no reason given";
  if (const unsigned long code = ERR_get_error(); code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return fail(ErrorCode::kInternal, doing + ": " + text);
}

Result<std::string> bio_text(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  if (size <= 0) return openssl_failed("reading PEM");
  return std::string(data, static_cast<std::size_t>(size));
}

Result<std::string> to_pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return openssl_failed("writing a certificate");
  return bio_text(bio);
}

Status save_key(const std::string& path, EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return openssl_failed("writing a key");
  }
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  if (size <= 0) return openssl_failed("writing a key");
  return write_file_durably(path, as_bytes({data, static_cast<std::size_t>(size)}), FileMode::kPrivate);
}

Result<Key> load_key(const std::string& path) {
  TRY_ASSIGN(const Bytes pem, read_file(path, kPemBytes));
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!key) return fail(ErrorCode::kCorrupt, path + " is not a private key in PEM");
  return key;
}

Result<Certificate> load_certificate(const std::string& path) {
  TRY_ASSIGN(const Bytes pem, read_file(path, kPemBytes));
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!certificate) return fail(ErrorCode::kCorrupt, path + " is not a certificate in PEM");
  return certificate;
}

Status add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) {
    return openssl_failed("adding to a certificate: " + value);
  }
  return {};
}

Result<Certificate> blank_certificate(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate(X509_new());
  unsigned char random[kSerialBytes];
  if (!certificate || RAND_bytes(random, sizeof random) != 1) return openssl_failed("making a certificate");
  random[0] &= 0x7F;  // a serial number is positive
  const Number serial(BN_bin2bn(random, sizeof random, nullptr));
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto add_name = [&](const char* field, const std::string& value) {
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
  };
  const bool made = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                    BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())) != nullptr &&
                    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), kNotBefore) == 1 &&
                    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), kNotAfter) == 1 &&
                    add_name("O", "Mimika Center") && add_name("CN", common_name) &&
                    X509_set_pubkey(certificate.get(), key) == 1;
  if (!made) return openssl_failed("filling in a certificate");
  return certificate;
}

Result<Key> new_key() {
  Key key(EVP_EC_gen("P-256"));
  if (!key) return openssl_failed("generating a key");
  return key;
}

std::string ca_key_path(const std::string& data_folder) {
  return data_folder + "/keys/ca.key";
}
std::string ca_path(const std::string& data_folder) {
  return data_folder + "/ca.pem";
}

bool is_address(const std::string& name) {
  const std::unique_ptr<ASN1_OCTET_STRING, Freer<ASN1_OCTET_STRING_free>> address(a2i_IPADDRESS(name.c_str()));
  ERR_clear_error();
  return address != nullptr;
}

bool covers(X509* certificate, const std::string& name) {
  if (is_address(name)) return X509_check_ip_asc(certificate, name.c_str(), 0) == 1;
  return X509_check_host(certificate, name.c_str(), name.size(), 0, nullptr) == 1;
}

bool usable(X509* certificate, EVP_PKEY* key, X509* authority, const std::vector<std::string>& names) {
  const Key authority_key(X509_get_pubkey(authority));
  return X509_check_private_key(certificate, key) == 1 && X509_verify(certificate, authority_key.get()) == 1 &&
         std::all_of(names.begin(), names.end(), [&](const std::string& name) { return covers(certificate, name); });
}

Status issue(const std::string& data_folder, const ServerIdentity& paths, X509* authority,
             const std::vector<std::string>& names) {
  TRY_ASSIGN(const Key authority_key, load_key(ca_key_path(data_folder)));
  TRY_ASSIGN(const Key key, new_key());
  TRY_ASSIGN(const Certificate certificate, blank_certificate(key.get(), names.front()));
  std::string alternatives;
  for (const std::string& name : names) {
    if (!alternatives.empty()) alternatives += ",";
    alternatives += (is_address(name) ? "IP:" : "DNS:") + name;
  }
  X509* const raw = certificate.get();
  if (X509_set_issuer_name(raw, X509_get_subject_name(authority)) != 1) return openssl_failed("naming the issuer");
  TRY(add_extension(raw, authority, NID_basic_constraints, "critical,CA:FALSE"));
  TRY(add_extension(raw, authority, NID_key_usage, "critical,digitalSignature"));
  TRY(add_extension(raw, authority, NID_ext_key_usage, "serverAuth"));
  TRY(add_extension(raw, authority, NID_subject_alt_name, alternatives));
  TRY(add_extension(raw, authority, NID_authority_key_identifier, "keyid"));
  if (X509_sign(raw, authority_key.get(), EVP_sha256()) == 0) return openssl_failed("signing a certificate");
  TRY_ASSIGN(const std::string pem, to_pem(raw));
  // The key first: a certificate without its key would be found useless at the next start and made again.
  TRY(save_key(paths.key_path, key.get()));
  TRY(write_file_durably(paths.certificate_path, as_bytes(pem), FileMode::kPublic));
  log_info("tls", "issued a server certificate for {}", alternatives);
  return {};
}

}  // namespace

Result<std::string> prepare_authority(const std::string& data_folder) {
  auto existing = load_certificate(ca_path(data_folder));
  if (existing) return to_pem(existing->get());
  if (existing.error().code != ErrorCode::kNotFound) return std::unexpected(existing.error());

  // A key without its certificate is left by a power cut between the two files; it is used, not replaced.
  auto key = load_key(ca_key_path(data_folder));
  if (!key && key.error().code != ErrorCode::kNotFound) return std::unexpected(key.error());
  if (!key) {
    key = new_key();
    if (!key) return std::unexpected(key.error());
    TRY(save_key(ca_key_path(data_folder), key->get()));
  }
  TRY_ASSIGN(const Certificate authority, blank_certificate(key->get(), "Mimika Center CA"));
  X509* const raw = authority.get();
  if (X509_set_issuer_name(raw, X509_get_subject_name(raw)) != 1) return openssl_failed("naming the issuer");
  TRY(add_extension(raw, raw, NID_basic_constraints, "critical,CA:TRUE,pathlen:0"));
  TRY(add_extension(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign"));
  TRY(add_extension(raw, raw, NID_subject_key_identifier, "hash"));
  if (X509_sign(raw, key->get(), EVP_sha256()) == 0) return openssl_failed("signing the authority");
  TRY_ASSIGN(std::string pem, to_pem(raw));
  TRY(write_file_durably(ca_path(data_folder), as_bytes(pem), FileMode::kPublic));
  log_info("tls", "created a certificate authority in {}", ca_path(data_folder));
  return pem;
}

Result<ServerIdentity> prepare_server_identity(const std::string& data_folder, const std::vector<std::string>& names) {
  std::vector<std::string> wanted = names;
  for (const char* always : {"localhost", "127.0.0.1", "::1"}) {
    if (std::find(wanted.begin(), wanted.end(), always) == wanted.end()) wanted.emplace_back(always);
  }
  ServerIdentity paths{data_folder + "/server.pem", data_folder + "/keys/server.key"};
  TRY_ASSIGN(const Certificate authority, load_certificate(ca_path(data_folder)));

  const auto certificate = load_certificate(paths.certificate_path);
  const auto key = load_key(paths.key_path);
  if (certificate && key && usable(certificate->get(), key->get(), authority.get(), wanted)) return paths;
  TRY(issue(data_folder, paths, authority.get(), wanted));
  return paths;
}

}  // namespace mimika::central::tls
