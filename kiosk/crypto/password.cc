#include "kiosk/crypto/password.h"

#include <sodium.h>

#include <array>

#include "kiosk/base/limits.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {
namespace {

constexpr std::size_t kMaxPasswordBytes = 1024;
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 64 * limits::kMiB;

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  init_crypto();
  if (password.empty() || password.size() > kMaxPasswordBytes) {
    return fail(ErrorCode::kInvalidInput, "a password has 1 to 1024 bytes");
  }
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::kInternal, "not enough memory to hash a password");
  }
  return std::string(text.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
  init_crypto();
  if (password.size() > kMaxPasswordBytes || hash.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void verify_nobody(std::string_view password) {
  static const Result<std::string> decoy = hash_password("nobody");
  if (decoy) static_cast<void>(verify_password(*decoy, password));
}

}  // namespace mimika::crypto
