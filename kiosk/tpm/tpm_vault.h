// The device's secret sealed by a TPM 2.0: a disk that was taken out of its kiosk does not open, here or anywhere. What
// is sealed is bound to the chip alone and to no measurement of what was started, so that an update of the system locks
// nobody out; a whole kiosk that was stolen still starts, and then the PINs stand alone (docs/security.md).
#pragma once

#include <memory>
#include <string>

#include "kiosk/crypto/device_secret.h"

namespace mimika::crypto {

inline constexpr const char* kMachineTpm = "device:/dev/tpmrm0";  // as tss2 names it; the kernel's resource manager

// `folder`/device.tpm: the sealed object, which means nothing without this chip. `tpm`: how to reach it.
[[nodiscard]] std::unique_ptr<SecretVault> make_tpm_vault(const std::string& folder,
                                                          const std::string& tpm = kMachineTpm);

// The vault that holds the secret already; where there is none yet the TPM's if one answers, else the plain file's. A
// secret that a TPM sealed is never replaced because the chip is silent today.
[[nodiscard]] std::unique_ptr<SecretVault> choose_vault(const std::string& folder,
                                                        const std::string& tpm = kMachineTpm);

}  // namespace mimika::crypto
