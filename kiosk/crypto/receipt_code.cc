#include "kiosk/crypto/receipt_code.h"

#include <sodium.h>

#include <algorithm>

#include "kiosk/base/ascii.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/hash.h"

namespace mimika::crypto {
namespace {

constexpr std::size_t kDigits = 16;
constexpr std::size_t kGroup = 4;
constexpr unsigned long long kArgonPasses = 2;
constexpr std::size_t kArgonMemoryBytes = 64 * limits::kMiB;

// Luhn over the first 15 digits: the digit that makes the whole sum divisible by ten.
std::uint8_t check_digit(ByteView digits) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < kDigits - 1; ++i) {
    unsigned value = static_cast<unsigned>(digits[i] - '0');
    if (i % 2 == 0) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return static_cast<std::uint8_t>('0' + (10 - sum % 10) % 10);
}

}  // namespace

ReceiptCode ReceiptCode::generate(Env& env) {
  SecretBytes digits(kDigits);
  for (std::size_t i = 0; i < kDigits - 1; ++i) {
    std::uint8_t byte = 0;
    do {
      env.fill_random({&byte, 1});
    } while (byte >= 250);  // 250 is a multiple of ten: every digit is equally likely
    digits.data()[i] = static_cast<std::uint8_t>('0' + byte % 10);
  }
  digits.data()[kDigits - 1] = check_digit(digits.view());
  return ReceiptCode(std::move(digits));
}

Result<ReceiptCode> ReceiptCode::parse(std::string_view text) {
  SecretBytes digits(kDigits);
  std::size_t count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c)) return fail(ErrorCode::kInvalidInput, "a receipt code is digits only");
    if (count == kDigits) return fail(ErrorCode::kInvalidInput, "a receipt code has 16 digits");
    digits.data()[count++] = static_cast<std::uint8_t>(c);
  }
  if (count != kDigits) return fail(ErrorCode::kInvalidInput, "a receipt code has 16 digits");
  if (digits.data()[kDigits - 1] != check_digit(digits.view())) {
    return fail(ErrorCode::kInvalidInput, "a digit of the receipt code is mistyped");
  }
  return ReceiptCode(std::move(digits));
}

std::string ReceiptCode::grouped() const {
  std::string text;
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    if (i > 0 && i % kGroup == 0) text.push_back(' ');
    text.push_back(static_cast<char>(digits_.data()[i]));
  }
  return text;
}

Result<BoxKey> ReceiptCode::derive_key(DeviceId filing_device) const {
  const Hash salt = Hasher("mimika receipt salt 1").add_u32(filing_device.value).finish();
  static_assert(sizeof(Hash) >= crypto_pwhash_SALTBYTES);
  SecretBytes seed(kSeedBytes);
  const int failed =
      crypto_pwhash(seed.data(), seed.size(), reinterpret_cast<const char*>(digits_.data()), digits_.size(),
                    salt.data(), kArgonPasses, kArgonMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return fail(ErrorCode::kInternal, "not enough memory to derive the receipt key");
  return BoxKey::from_seed(seed);
}

}  // namespace mimika::crypto
