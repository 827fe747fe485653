// Sealing one long content under a key that is used for it alone (XChaCha20-Poly1305): files on a stick. How the key
// reaches the reader is the caller's business.
#pragma once

#include "kiosk/base/env.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

inline constexpr std::size_t kContentKeyBytes = 32;
inline constexpr std::size_t kSealOnceOverheadBytes = 16;  // the tag; the nonce is fixed, as the key is used once

[[nodiscard]] SecretBytes make_content_key(Env& env);
// `bound` is not hidden, and must be the same when it is opened.
[[nodiscard]] Bytes seal_once(const SecretBytes& key, ByteView bound, ByteView content);
// kCorrupt for another key, other `bound`, or a change on the way.
[[nodiscard]] Result<Bytes> open_once(const SecretBytes& key, ByteView bound, ByteView sealed);

}  // namespace mimika::crypto
