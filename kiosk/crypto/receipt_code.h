// The receipt code: 16 digits that only the person has. With Argon2id it derives a key pair; the public half rides in
// the filing event, so that answers can be sealed to the receipt and opened with it at any kiosk, offline. The kiosk
// keeps neither the code nor the secret half.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/keys.h"

namespace mimika::crypto {

class ReceiptCode {
 public:
  // 15 random digits (50 bits) and a check digit (Luhn).
  [[nodiscard]] static ReceiptCode generate(Env& env);
  // Spaces and dashes are ignored. kInvalidInput: not 16 digits, or one of them mistyped.
  [[nodiscard]] static Result<ReceiptCode> parse(std::string_view text);
  ReceiptCode(ReceiptCode&&) = default;
  ReceiptCode& operator=(ReceiptCode&&) = default;

  // "4827 1093 5561 2047"; the caller wipes it.
  [[nodiscard]] std::string grouped() const;

  // Takes about a tenth of a second and 64 MiB by intent (Argon2id): a stolen disk must not make guessing cheap. The
  // salt is the filing device's id, not the ticket: so the pair can be made before the number is known, and one
  // guess still costs as much.
  [[nodiscard]] Result<BoxKey> derive_key(DeviceId filing_device) const;

 private:
  explicit ReceiptCode(SecretBytes digits) : digits_(std::move(digits)) {}
  SecretBytes digits_;  // 16 characters '0'-'9'
};

}  // namespace mimika::crypto
