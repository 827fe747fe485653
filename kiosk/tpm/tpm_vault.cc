#include "kiosk/tpm/tpm_vault.h"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/wipe.h"

namespace mimika::crypto {
namespace {

constexpr std::string_view kSealedMagic = "MKT1";
constexpr std::size_t kSealedFileBytes = 4096;

Status check(TSS2_RC code, const char* doing) {
  if (code == TSS2_RC_SUCCESS) return {};
  return fail(ErrorCode::kInternal, std::string("the TPM, ") + doing + ": " + Tss2_RC_Decode(code));
}

// Whatever the library allocates for an answer.
template <typename T>
struct Answer {
  T* value = nullptr;
  Answer() = default;
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;
  ~Answer() {
    if (value == nullptr) return;
    overwrite_memory(value, sizeof(T));
    Esys_Free(value);
  }
};

// One conversation with the chip: the storage key, which it derives anew each time, and a session under it, so that
// nothing crosses the bus in clear.
class Conversation {
 public:
  explicit Conversation(std::string tpm) : tpm_(std::move(tpm)) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation() {
    if (esys_ != nullptr) {
      for (const ESYS_TR handle : {session_, primary_}) {
        if (handle != ESYS_TR_NONE) static_cast<void>(Esys_FlushContext(esys_, handle));
      }
      Esys_Finalize(&esys_);
    }
    if (tcti_ != nullptr) Tss2_TctiLdr_Finalize(&tcti_);
  }

  Status reach() {
    TRY(check(Tss2_TctiLdr_Initialize(tpm_.c_str(), &tcti_), "reaching it"));
    return check(Esys_Initialize(&esys_, tcti_, nullptr), "greeting it");
  }

  Status begin() {
    TRY(reach());
    const TPM2B_SENSITIVE_CREATE sensitive{};
    TPM2B_PUBLIC wanted{};
    TPMT_PUBLIC& area = wanted.publicArea;
    area.type = TPM2_ALG_ECC;
    area.nameAlg = TPM2_ALG_SHA256;
    area.objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT |
                            TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN |
                            TPMA_OBJECT_NODA;
    area.parameters.eccDetail.symmetric.algorithm = TPM2_ALG_AES;
    area.parameters.eccDetail.symmetric.keyBits.aes = 128;
    area.parameters.eccDetail.symmetric.mode.aes = TPM2_ALG_CFB;
    area.parameters.eccDetail.scheme.scheme = TPM2_ALG_NULL;
    area.parameters.eccDetail.curveID = TPM2_ECC_NIST_P256;
    area.parameters.eccDetail.kdf.scheme = TPM2_ALG_NULL;
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION no_pcr{};
    TRY(check(Esys_CreatePrimary(esys_, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &sensitive,
                                 &wanted, &outside, &no_pcr, &primary_, nullptr, nullptr, nullptr, nullptr),
              "making its storage key"));
    TPMT_SYM_DEF cipher{};
    cipher.algorithm = TPM2_ALG_AES;
    cipher.keyBits.aes = 128;
    cipher.mode.aes = TPM2_ALG_CFB;
    TRY(check(Esys_StartAuthSession(esys_, primary_, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, nullptr,
                                    TPM2_SE_HMAC, &cipher, TPM2_ALG_SHA256, &session_),
              "beginning a session"));
    constexpr TPMA_SESSION kAttributes = TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT | TPMA_SESSION_CONTINUESESSION;
    return check(Esys_TRSess_SetAttributes(esys_, session_, kAttributes, 0xFF), "closing the session to listeners");
  }

  // The sealed object as bytes.
  Result<Bytes> seal(const SecretBytes& secret) {
    TPM2B_SENSITIVE_CREATE sensitive{};
    sensitive.sensitive.data.size = static_cast<UINT16>(secret.size());
    std::ranges::copy(secret.view(), sensitive.sensitive.data.buffer);
    TPM2B_PUBLIC wanted{};
    wanted.publicArea.type = TPM2_ALG_KEYEDHASH;
    wanted.publicArea.nameAlg = TPM2_ALG_SHA256;
    wanted.publicArea.objectAttributes =
        TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_NODA;
    wanted.publicArea.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION no_pcr{};
    Answer<TPM2B_PRIVATE> inside;
    Answer<TPM2B_PUBLIC> about;
    const TSS2_RC sealed = Esys_Create(esys_, primary_, session_, ESYS_TR_NONE, ESYS_TR_NONE, &sensitive, &wanted,
                                       &outside, &no_pcr, &inside.value, &about.value, nullptr, nullptr, nullptr);
    overwrite_memory(&sensitive, sizeof sensitive);
    TRY(check(sealed, "sealing"));
    Bytes out(kSealedFileBytes);
    std::ranges::copy(kSealedMagic, out.begin());
    std::size_t at = kSealedMagic.size();
    TRY(check(Tss2_MU_TPM2B_PUBLIC_Marshal(about.value, out.data(), out.size(), &at), "writing what it sealed"));
    TRY(check(Tss2_MU_TPM2B_PRIVATE_Marshal(inside.value, out.data(), out.size(), &at), "writing what it sealed"));
    out.resize(at);
    return out;
  }

  Result<SecretBytes> unseal(ByteView sealed) {
    TPM2B_PUBLIC about{};
    TPM2B_PRIVATE inside{};
    std::size_t at = kSealedMagic.size();
    const bool whole = as_text(sealed).starts_with(kSealedMagic) &&
                       Tss2_MU_TPM2B_PUBLIC_Unmarshal(sealed.data(), sealed.size(), &at, &about) == TSS2_RC_SUCCESS &&
                       Tss2_MU_TPM2B_PRIVATE_Unmarshal(sealed.data(), sealed.size(), &at, &inside) == TSS2_RC_SUCCESS &&
                       at == sealed.size();
    if (!whole) return fail(ErrorCode::kCorrupt, "device.tpm is damaged");
    ESYS_TR object = ESYS_TR_NONE;
    // Another chip, or the same after it was cleared, does not take what it has not sealed.
    if (Esys_Load(esys_, primary_, session_, ESYS_TR_NONE, ESYS_TR_NONE, &inside, &about, &object) != TSS2_RC_SUCCESS) {
      return fail(ErrorCode::kUnauthorised, "the secret was sealed by another TPM, or this one was cleared");
    }
    Answer<TPM2B_SENSITIVE_DATA> data;
    const TSS2_RC opened = Esys_Unseal(esys_, object, session_, ESYS_TR_NONE, ESYS_TR_NONE, &data.value);
    static_cast<void>(Esys_FlushContext(esys_, object));
    TRY(check(opened, "opening what it sealed"));
    if (data.value->size != kDeviceSecretBytes) return fail(ErrorCode::kCorrupt, "a secret of the wrong size");
    return SecretBytes::copy_of({data.value->buffer, data.value->size});
  }

 private:
  std::string tpm_;
  TSS2_TCTI_CONTEXT* tcti_ = nullptr;
  ESYS_CONTEXT* esys_ = nullptr;
  ESYS_TR primary_ = ESYS_TR_NONE;
  ESYS_TR session_ = ESYS_TR_NONE;
};

class TpmVault final : public SecretVault {
 public:
  TpmVault(const std::string& folder, std::string tpm)
      : folder_(folder), path_(folder + "/device.tpm"), tpm_(std::move(tpm)) {}

  [[nodiscard]] const char* name() const override { return "tpm"; }

  [[nodiscard]] Result<bool> has_secret() override {
    const auto there = read_file(path_, kSealedFileBytes);
    return there || there.error().code != ErrorCode::kNotFound;
  }

  [[nodiscard]] Result<SecretBytes> secret(Env& env) override {
    const auto there = read_file(path_, kSealedFileBytes);
    if (!there && there.error().code != ErrorCode::kNotFound) return std::unexpected(there.error());
    Conversation tpm(tpm_);
    TRY(tpm.begin());
    if (there) return tpm.unseal(*there);
    TRY(make_private_folder(folder_));
    SecretBytes made(kDeviceSecretBytes);
    env.fill_random(made.span());
    TRY_ASSIGN(const Bytes sealed, tpm.seal(made));
    TRY(write_file_durably(path_, sealed, FileMode::kPrivate));
    // What is used from now on must be what opens after the next start.
    return tpm.unseal(sealed);
  }

 private:
  std::string folder_;
  std::string path_;
  std::string tpm_;
};

}  // namespace

std::unique_ptr<SecretVault> make_tpm_vault(const std::string& folder, const std::string& tpm) {
  return std::make_unique<TpmVault>(folder, tpm);
}

std::unique_ptr<SecretVault> choose_vault(const std::string& folder, const std::string& tpm) {
  auto sealed = make_tpm_vault(folder, tpm);
  auto plain = make_file_vault(folder);
  if (const auto has = sealed->has_secret(); has && *has) return sealed;
  if (const auto has = plain->has_secret(); has && *has) return plain;
  // Most machines have no chip; tss2 would write three lines about that to standard error.
  constexpr std::string_view kDevice = "device:";
  std::error_code ignored;
  if (tpm.starts_with(kDevice) && !std::filesystem::exists(tpm.substr(kDevice.size()), ignored)) return plain;
  Conversation first(tpm);
  if (first.begin()) return sealed;
  return plain;
}

}  // namespace mimika::crypto
