// Key pairs: Ed25519 to sign, X25519 to seal to. Secret halves live in SecretBytes and are never copied.
#pragma once

#include <array>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

using VerifyKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using BoxPublicKey = std::array<std::uint8_t, 32>;

inline constexpr std::size_t kSeedBytes = 32;
inline constexpr std::size_t kSealOverheadBytes = 48;  // an ephemeral public key and a tag

class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate(Env& env);
  [[nodiscard]] static SigningKey from_seed(const SecretBytes& seed);  // kSeedBytes
  [[nodiscard]] const VerifyKey& verify_key() const { return public_; }
  [[nodiscard]] const SecretBytes& seed() const { return seed_; }
  [[nodiscard]] Signature sign(ByteView message) const;
  // What this key and the holder of a box key both know and nobody else: BoxKey::shared_with() gives the same 32 bytes.
  // The signing key serves as its X25519 twin. kInvalidInput for bytes that are no usable public key.
  [[nodiscard]] Result<SecretBytes> shared_with(const BoxPublicKey& other) const;
  // Opens what seal_to_twin() made for this key; errors as in BoxKey::open().
  [[nodiscard]] Result<SecretBytes> open(ByteView sealed) const;

 private:
  VerifyKey public_{};
  SecretBytes seed_;
  SecretBytes secret_;
};

[[nodiscard]] bool verify(const VerifyKey& key, ByteView message, const Signature& signature);

class BoxKey {
 public:
  [[nodiscard]] static BoxKey generate(Env& env);
  [[nodiscard]] static BoxKey from_seed(const SecretBytes& seed);
  [[nodiscard]] const BoxPublicKey& public_key() const { return public_; }
  [[nodiscard]] const SecretBytes& seed() const { return seed_; }
  // Opens what seal_to() made. kUnauthorised when it was sealed to another key or changed on the way.
  [[nodiscard]] Result<SecretBytes> open(ByteView sealed) const;
  // See SigningKey::shared_with().
  [[nodiscard]] Result<SecretBytes> shared_with(const VerifyKey& other) const;

 private:
  BoxPublicKey public_{};
  SecretBytes seed_;
  SecretBytes secret_;
};

// Anonymous sealing (crypto_box_seal): whoever holds the public key can write, only the secret's holder can read.
// kInvalidInput for bytes that are no usable public key (all zero, of low order): keys come from outside.
[[nodiscard]] Result<Bytes> seal_to(const BoxPublicKey& key, ByteView message);

// The same to the X25519 twin of a verify key: whoever is known by a signing key alone can be written to as well.
[[nodiscard]] Result<Bytes> seal_to_twin(const VerifyKey& key, ByteView message);

// A 32-byte array from bytes of that length; kCorrupt otherwise.
[[nodiscard]] Result<std::array<std::uint8_t, 32>> to_key(ByteView bytes);

// A seed kept in a private file (0600), as hexadecimal text.
[[nodiscard]] Status save_seed(const std::string& path, const SecretBytes& seed);
[[nodiscard]] Result<SecretBytes> load_seed(const std::string& path);

}  // namespace mimika::crypto
