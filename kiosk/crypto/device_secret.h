// The secret of this device, 32 random bytes made on first use: what a kiosk keeps of accounts is sealed under it
// (seal_at_rest()), so that a database that was copied away is of no use. Where a TPM keeps it, neither is the whole
// disk (kiosk/tpm/tpm_vault.h).
#pragma once

#include <memory>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

inline constexpr std::size_t kDeviceSecretBytes = 32;

// Where it lies. One process at a time asks: the kiosk's program.
class SecretVault {
 public:
  virtual ~SecretVault() = default;
  // "file" or "tpm": for technicians.
  [[nodiscard]] virtual const char* name() const = 0;
  // Whether a secret was made here before.
  [[nodiscard]] virtual Result<bool> has_secret() = 0;
  // The same at every call, made at the first and on the disk before it is returned. What is there and cannot be read
  // is an error and never replaced: everything sealed under it would be lost.
  [[nodiscard]] virtual Result<SecretBytes> secret(Env& env) = 0;
};

// `folder`/device.secret, hexadecimal, 0600. The folder is made when it is missing.
[[nodiscard]] std::unique_ptr<SecretVault> make_file_vault(const std::string& folder);

}  // namespace mimika::crypto
