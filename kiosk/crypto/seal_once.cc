#include "kiosk/crypto/seal_once.h"

#include <sodium.h>

#include "kiosk/base/check.h"
#include "kiosk/crypto/zero_nonce.h"

namespace mimika::crypto {

SecretBytes make_content_key(Env& env) {
  SecretBytes key(kContentKeyBytes);
  env.fill_random(key.span());
  return key;
}

Bytes seal_once(const SecretBytes& key, ByteView bound, ByteView content) {
  CHECK(key.size() == kContentKeyBytes);
  Bytes sealed(content.size() + kSealOnceOverheadBytes);
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), &length, content.data(), content.size(), bound.data(),
                                                   bound.size(), nullptr, kZeroNonce.data(), key.data()) == 0);
  return sealed;
}

Result<Bytes> open_once(const SecretBytes& key, ByteView bound, ByteView sealed) {
  if (key.size() != kContentKeyBytes) return fail(ErrorCode::kCorrupt, "a content key of the wrong size");
  if (sealed.size() < kSealOnceOverheadBytes) return fail(ErrorCode::kCorrupt, "sealed content too short");
  Bytes content(sealed.size() - kSealOnceOverheadBytes);
  std::uint8_t nothing = 0;
  std::uint8_t* const out = content.empty() ? &nothing : content.data();
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &length, nullptr, sealed.data(), sealed.size(), bound.data(),
                                                 bound.size(), kZeroNonce.data(), key.data()) != 0) {
    return fail(ErrorCode::kCorrupt, "sealed content does not verify");
  }
  return content;
}

}  // namespace mimika::crypto
