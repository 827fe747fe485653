#include "kiosk/crypto/keys.h"

#include <sodium.h>

#include <algorithm>

#include "kiosk/base/check.h"
#include "kiosk/base/files.h"
#include "kiosk/base/wipe.h"

namespace mimika::crypto {
namespace {

SecretBytes random_seed(Env& env) {
  SecretBytes seed(kSeedBytes);
  env.fill_random(seed.span());
  return seed;
}

constexpr std::size_t kSeedFileBytes = 256;

Result<SecretBytes> open_sealed(ByteView sealed, const BoxPublicKey& my_public, const SecretBytes& my_secret) {
  if (sealed.size() < kSealOverheadBytes) return fail(ErrorCode::kCorrupt, "sealed text too short");
  SecretBytes message(sealed.size() - kSealOverheadBytes);
  std::uint8_t nothing = 0;
  std::uint8_t* const out = message.empty() ? &nothing : message.data();
  if (crypto_box_seal_open(out, sealed.data(), sealed.size(), my_public.data(), my_secret.data()) != 0) {
    return fail(ErrorCode::kUnauthorised, "sealed to another key, or changed");
  }
  return message;
}

Result<SecretBytes> shared_key(ByteView their_public, const SecretBytes& my_secret) {
  SecretBytes shared(crypto_box_BEFORENMBYTES);
  if (crypto_box_beforenm(shared.data(), their_public.data(), my_secret.data()) != 0) {
    return fail(ErrorCode::kInvalidInput, "not a usable public key");
  }
  return shared;
}

}  // namespace

SigningKey SigningKey::generate(Env& env) {
  return from_seed(random_seed(env));
}

SigningKey SigningKey::from_seed(const SecretBytes& seed) {
  CHECK(seed.size() == kSeedBytes);
  SigningKey key;
  key.seed_ = SecretBytes::copy_of(seed.view());
  key.secret_ = SecretBytes(crypto_sign_SECRETKEYBYTES);
  CHECK(crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data()) == 0);
  return key;
}

Signature SigningKey::sign(ByteView message) const {
  CHECK(secret_.size() == crypto_sign_SECRETKEYBYTES);
  Signature signature{};
  CHECK(crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data()) == 0);
  return signature;
}

Result<SecretBytes> SigningKey::shared_with(const BoxPublicKey& other) const {
  CHECK(secret_.size() == crypto_sign_SECRETKEYBYTES);
  SecretBytes twin(crypto_scalarmult_curve25519_BYTES);
  CHECK(crypto_sign_ed25519_sk_to_curve25519(twin.data(), secret_.data()) == 0);
  return shared_key(other, twin);
}

Result<SecretBytes> SigningKey::open(ByteView sealed) const {
  CHECK(secret_.size() == crypto_sign_SECRETKEYBYTES);
  SecretBytes twin(crypto_scalarmult_curve25519_BYTES);
  CHECK(crypto_sign_ed25519_sk_to_curve25519(twin.data(), secret_.data()) == 0);
  BoxPublicKey twin_public{};
  CHECK(crypto_sign_ed25519_pk_to_curve25519(twin_public.data(), public_.data()) == 0);
  return open_sealed(sealed, twin_public, twin);
}

bool verify(const VerifyKey& key, ByteView message, const Signature& signature) {
  init_crypto();
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

BoxKey BoxKey::generate(Env& env) {
  return from_seed(random_seed(env));
}

BoxKey BoxKey::from_seed(const SecretBytes& seed) {
  CHECK(seed.size() == kSeedBytes);
  BoxKey key;
  key.seed_ = SecretBytes::copy_of(seed.view());
  key.secret_ = SecretBytes(crypto_box_SECRETKEYBYTES);
  CHECK(crypto_box_seed_keypair(key.public_.data(), key.secret_.data(), seed.data()) == 0);
  return key;
}

Result<SecretBytes> BoxKey::open(ByteView sealed) const {
  CHECK(secret_.size() == crypto_box_SECRETKEYBYTES);
  return open_sealed(sealed, public_, secret_);
}

Result<SecretBytes> BoxKey::shared_with(const VerifyKey& other) const {
  CHECK(secret_.size() == crypto_box_SECRETKEYBYTES);
  BoxPublicKey twin{};
  if (crypto_sign_ed25519_pk_to_curve25519(twin.data(), other.data()) != 0) {
    return fail(ErrorCode::kInvalidInput, "not a usable public key");
  }
  return shared_key(twin, secret_);
}

Result<Bytes> seal_to(const BoxPublicKey& key, ByteView message) {
  init_crypto();
  Bytes sealed(message.size() + kSealOverheadBytes);
  if (crypto_box_seal(sealed.data(), message.data(), message.size(), key.data()) != 0) {
    return fail(ErrorCode::kInvalidInput, "not a usable public key");
  }
  return sealed;
}

Result<Bytes> seal_to_twin(const VerifyKey& key, ByteView message) {
  init_crypto();
  BoxPublicKey twin{};
  if (crypto_sign_ed25519_pk_to_curve25519(twin.data(), key.data()) != 0) {
    return fail(ErrorCode::kInvalidInput, "not a usable public key");
  }
  return seal_to(twin, message);
}

Result<std::array<std::uint8_t, 32>> to_key(ByteView bytes) {
  std::array<std::uint8_t, 32> key{};
  if (bytes.size() != key.size()) return fail(ErrorCode::kCorrupt, "a key has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

Status save_seed(const std::string& path, const SecretBytes& seed) {
  std::string hex = to_hex(seed.view());
  const Status written = write_file_durably(path, as_bytes(hex), FileMode::kPrivate);
  wipe(hex);
  return written;
}

Result<SecretBytes> load_seed(const std::string& path) {
  TRY_ASSIGN(Bytes hex, read_file(path, kSeedFileBytes));
  while (!hex.empty() && (hex.back() == '\n' || hex.back() == ' ')) hex.pop_back();
  auto seed = from_hex(as_text(hex));
  wipe(hex);
  if (!seed || seed->size() != kSeedBytes) return fail(ErrorCode::kCorrupt, path + " is not a key file");
  SecretBytes secret = SecretBytes::copy_of(*seed);
  wipe(*seed);
  return secret;
}

}  // namespace mimika::crypto
