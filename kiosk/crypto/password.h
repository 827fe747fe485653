// Passwords and PINs of staff accounts: Argon2id in libsodium's own text form ("$argon2id$…").
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/result.h"

namespace mimika::crypto {

// kInvalidInput for an empty password or one over 1024 bytes; kInternal when memory is short.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
[[nodiscard]] bool verify_password(const std::string& hash, std::string_view password);
// Takes as long as a real check: what a login does for an account that does not exist.
void verify_nobody(std::string_view password);

}  // namespace mimika::crypto
