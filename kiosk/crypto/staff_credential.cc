#include "kiosk/crypto/staff_credential.h"

#include <sodium.h>

#include <algorithm>

#include "kiosk/base/check.h"
#include "kiosk/base/wipe.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/zero_nonce.h"

namespace mimika::crypto {
namespace {

constexpr std::size_t kHalfBytes = 32;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "000000", "123456", "987654", "567890": every step is the same, and at most one.
bool goes_in_steps(std::string_view pin) {
  const bool digits = std::ranges::all_of(pin, is_digit);
  const auto step_of = [&](std::size_t i) {
    const int step = static_cast<unsigned char>(pin[i]) - static_cast<unsigned char>(pin[i - 1]);
    if (!digits || (step != 9 && step != -9)) return step;
    return step > 0 ? -1 : 1;  // a row goes on from 9 to 0
  };
  const int first = step_of(1);
  if (first < -1 || first > 1) return false;
  for (std::size_t i = 2; i < pin.size(); ++i) {
    if (step_of(i) != first) return false;
  }
  return true;
}

bool is_in_pairs(std::string_view pin) {
  if (pin.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < pin.size(); i += 2) {
    if (pin[i] != pin[i + 1]) return false;
  }
  return true;
}

// Letters as people count them, not bytes of UTF-8.
std::size_t count_letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool in_range(const PinCost& cost) {
  return cost.passes >= 1 && cost.passes <= kMostPinPasses && cost.memory_bytes >= kLeastPinMemoryBytes &&
         cost.memory_bytes <= kMostPinMemoryBytes;
}

// What Argon2id makes of PIN and key file: one half proves, the other wraps. Neither can be had from the other.
struct Halves {
  SecretBytes proof{kHalfBytes};
  SecretBytes wrap{kHalfBytes};
};

Result<Halves> derive(const StaffCredential& credential, std::string_view pin, const SecretBytes* key_file) {
  Hasher hasher("mimika staff pin 1");
  hasher.add_sized(as_bytes(pin));
  hasher.add_sized(key_file != nullptr ? key_file->view() : ByteView());
  Hash input = hasher.finish();
  SecretBytes both(2 * kHalfBytes);
  const int outcome = crypto_pwhash(
      both.data(), both.size(), reinterpret_cast<const char*>(input.data()), input.size(), credential.salt.data(),
      credential.cost.passes, static_cast<std::size_t>(credential.cost.memory_bytes), crypto_pwhash_ALG_ARGON2ID13);
  overwrite_memory(input.data(), input.size());
  if (outcome != 0) return fail(ErrorCode::kInternal, "not enough memory to try a PIN");
  Halves halves;
  std::copy_n(both.data(), kHalfBytes, halves.proof.data());
  std::copy_n(both.data() + kHalfBytes, kHalfBytes, halves.wrap.data());
  return halves;
}

Hash verifier_of(const Halves& halves) {
  return hash_of("mimika staff pin verifier 1", halves.proof.view());
}

// The wrapped seed belongs to this credential and to no other.
Bytes bound_to(const StaffCredential& credential) {
  Bytes bound;
  append(bound, as_bytes("mimika wrapped seed 1"));
  append_u64(bound, credential.cost.passes);
  append_u64(bound, credential.cost.memory_bytes);
  append(bound, credential.salt);
  append(bound, credential.verifier);
  bound.push_back(credential.needs_key_file ? 1 : 0);
  return bound;
}

SecretBytes at_rest_key(const SecretBytes& device_secret, std::string_view purpose) {
  Hasher hasher("mimika at rest 1");
  hasher.add_sized(device_secret.view());
  hasher.add_sized(as_bytes(purpose));
  Hash key = hasher.finish();
  SecretBytes secret = SecretBytes::copy_of(key);
  overwrite_memory(key.data(), key.size());
  return secret;
}

}  // namespace

PinFault check_pin(std::string_view pin) {
  if (pin.size() > kMostPinBytes) return PinFault::kTooLong;
  const bool digits = std::ranges::all_of(pin, is_digit);
  if (digits ? pin.size() < kLeastPinDigits : count_letters(pin) < kLeastPassphraseLetters) return PinFault::kTooShort;
  if (goes_in_steps(pin) || (digits && is_in_pairs(pin))) return PinFault::kTooSimple;
  return PinFault::kNone;
}

Result<StaffCredential> make_credential(Env& env, std::string_view pin, const SecretBytes* key_file,
                                        const SecretBytes* office_seed, const PinCost& cost) {
  init_crypto();
  if (check_pin(pin) != PinFault::kNone) return fail(ErrorCode::kInvalidInput, "a PIN that may not be chosen");
  if (!in_range(cost)) return fail(ErrorCode::kInvalidInput, "the cost of a PIN is out of range");
  if (key_file != nullptr && key_file->size() != kKeyFileBytes) {
    return fail(ErrorCode::kInvalidInput, "a key file has 32 bytes");
  }
  CHECK(office_seed == nullptr || office_seed->size() == kSeedBytes);
  StaffCredential credential;
  credential.cost = cost;
  env.fill_random(credential.salt);
  credential.needs_key_file = key_file != nullptr;
  TRY_ASSIGN(const Halves halves, derive(credential, pin, key_file));
  credential.verifier = verifier_of(halves);
  if (office_seed == nullptr) return credential;
  // The salt is new, so the key is, and seals this one message.
  const Bytes bound = bound_to(credential);
  credential.wrapped_seed.resize(office_seed->size() + kTagBytes);
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(credential.wrapped_seed.data(), &length, office_seed->data(),
                                                   office_seed->size(), bound.data(), bound.size(), nullptr,
                                                   kZeroNonce.data(), halves.wrap.data()) == 0);
  return credential;
}

Result<SecretBytes> open_credential(const StaffCredential& credential, std::string_view pin,
                                    const SecretBytes* key_file) {
  init_crypto();
  // A cost from a changed disk must neither stop the kiosk for an hour nor make trying cheap.
  if (!in_range(credential.cost)) return fail(ErrorCode::kCorrupt, "the cost of a PIN is out of range");
  const bool fits = key_file != nullptr && key_file->size() == kKeyFileBytes;
  const SecretBytes* const used = credential.needs_key_file && fits ? key_file : nullptr;
  TRY_ASSIGN(const Halves halves, derive(credential, pin, used));
  const Hash verifier = verifier_of(halves);
  if (!equal_in_constant_time(verifier, credential.verifier) || (credential.needs_key_file && used == nullptr)) {
    return fail(ErrorCode::kUnauthorised, "a wrong PIN or key file");
  }
  if (credential.wrapped_seed.empty()) return SecretBytes();
  if (credential.wrapped_seed.size() != kSeedBytes + kTagBytes) {
    return fail(ErrorCode::kCorrupt, "a wrapped seed of the wrong size");
  }
  const Bytes bound = bound_to(credential);
  SecretBytes seed(kSeedBytes);
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(seed.data(), &length, nullptr, credential.wrapped_seed.data(),
                                                 credential.wrapped_seed.size(), bound.data(), bound.size(),
                                                 kZeroNonce.data(), halves.wrap.data()) != 0) {
    return fail(ErrorCode::kCorrupt, "the office's key does not open though the PIN is right");
  }
  return seed;
}

void try_nobody(std::string_view pin, const PinCost& cost) {
  init_crypto();
  StaffCredential nobody;
  if (in_range(cost)) nobody.cost = cost;
  static_cast<void>(derive(nobody, pin, nullptr));
}

Bytes seal_at_rest(Env& env, const SecretBytes& device_secret, std::string_view purpose, ByteView plain) {
  init_crypto();
  CHECK(!device_secret.empty());
  const SecretBytes key = at_rest_key(device_secret, purpose);
  Bytes sealed(kNonceBytes + plain.size() + kTagBytes);
  env.fill_random(std::span(sealed).first(kNonceBytes));
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonceBytes, &length, plain.data(), plain.size(),
                                                   nullptr, 0, nullptr, sealed.data(), key.data()) == 0);
  return sealed;
}

Result<SecretBytes> open_at_rest(const SecretBytes& device_secret, std::string_view purpose, ByteView sealed) {
  init_crypto();
  CHECK(!device_secret.empty());
  if (sealed.size() < kNonceBytes + kTagBytes) return fail(ErrorCode::kUnauthorised, "sealed text too short");
  const SecretBytes key = at_rest_key(device_secret, purpose);
  SecretBytes plain(sealed.size() - kNonceBytes - kTagBytes);
  std::uint8_t nothing = 0;
  std::uint8_t* const out = plain.empty() ? &nothing : plain.data();
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &length, nullptr, sealed.data() + kNonceBytes,
                                                 sealed.size() - kNonceBytes, nullptr, 0, sealed.data(),
                                                 key.data()) != 0) {
    return fail(ErrorCode::kUnauthorised, "sealed by another device, for another purpose, or changed");
  }
  return plain;
}

}  // namespace mimika::crypto
