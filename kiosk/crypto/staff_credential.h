// What lets a person at a kiosk in: a PIN or a passphrase, and where the account asks for it a key file besides. The
// same secret opens the office's own secret key, which is wrapped under it: nobody who has not signed in can read a
// private part, and nothing of a PIN is kept that could be compared without paying for Argon2id.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"

namespace mimika::crypto {

// What one try costs whoever has the disk: RFC 9106's second choice is 64 MiB and three passes.
struct PinCost {
  std::uint64_t passes = 3;
  std::uint64_t memory_bytes = std::uint64_t{64} * 1024 * 1024;
  friend bool operator==(const PinCost&, const PinCost&) = default;
};
inline constexpr std::uint64_t kMostPinPasses = 16;
inline constexpr std::uint64_t kLeastPinMemoryBytes = std::uint64_t{8} * 1024;  // what Argon2id itself asks for
inline constexpr std::uint64_t kMostPinMemoryBytes = std::uint64_t{256} * 1024 * 1024;

inline constexpr std::size_t kLeastPinDigits = 6;
inline constexpr std::size_t kLeastPassphraseLetters = 8;
inline constexpr std::size_t kMostPinBytes = 64;
inline constexpr std::size_t kKeyFileBytes = 32;

// Whether it may be chosen: six digits or more, or a passphrase of eight letters or more; not one digit repeated, not
// digits in a row up or down, not "112233" pairs. Pure: nothing is hashed.
enum class PinFault : std::uint8_t { kNone, kTooShort, kTooLong, kTooSimple };
[[nodiscard]] PinFault check_pin(std::string_view pin);

struct StaffCredential {
  PinCost cost;
  std::array<std::uint8_t, 16> salt{};
  std::array<std::uint8_t, 32> verifier{};
  Bytes wrapped_seed;  // of the office's box key, under the PIN; empty for those who never read cases
  bool needs_key_file = false;
  friend bool operator==(const StaffCredential&, const StaffCredential&) = default;
};

// `key_file`: kKeyFileBytes, or null for none. `office_seed`: what is wrapped, or null. kInvalidInput for a PIN that
// check_pin() would not take; kInternal when memory is short.
[[nodiscard]] Result<StaffCredential> make_credential(Env& env, std::string_view pin, const SecretBytes* key_file,
                                                      const SecretBytes* office_seed, const PinCost& cost = {});

// The office's seed (empty where none is wrapped). kUnauthorised for a wrong PIN or key file, or none where one is
// needed; kCorrupt for a cost out of range or a seed that does not open though the PIN is right. Takes as long as the
// cost says; a right PIN and a wrong one take the same.
[[nodiscard]] Result<SecretBytes> open_credential(const StaffCredential& credential, std::string_view pin,
                                                  const SecretBytes* key_file);

// Takes as long as a real try: what a sign-in does for an account that does not exist.
void try_nobody(std::string_view pin, const PinCost& cost = {});

// --- at rest on a kiosk: mixed with a secret of this device, so that a copied database alone is of no use, and where
// the device secret is sealed by a TPM neither is the whole disk.
// AEAD under a key derived from `device_secret` and `purpose`; a fresh nonce stands in front.
[[nodiscard]] Bytes seal_at_rest(Env& env, const SecretBytes& device_secret, std::string_view purpose, ByteView plain);
// kUnauthorised for another device's secret, another purpose, or a changed text.
[[nodiscard]] Result<SecretBytes> open_at_rest(const SecretBytes& device_secret, std::string_view purpose,
                                               ByteView sealed);

}  // namespace mimika::crypto
