// One key per event, from a hash ratchet. A stream starts with a random chain key, sealed to the recipient's public
// key; each message takes KDF(chain, 1) and moves the chain to KDF(chain, 2), wiping the old one at once: what is in
// memory cannot open what was written before, and a damaged message does not hide the next one. (libsodium's
// secretstream was not taken: there each message depends on the one before.)
#pragma once

#include <cstdint>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/keys.h"

namespace mimika::crypto {

inline constexpr std::size_t kMessageOverheadBytes = 16;  // the Poly1305 tag; the nonce is fixed, a key is used once

enum class Recipient : std::uint8_t { kCentre = 1, kOffice = 2 };

class SealStream {
 public:
  // Draws a chain key; `sealed_key()` is what the recipient needs to follow.
  [[nodiscard]] static Result<SealStream> open(Env& env, Recipient recipient, const BoxPublicKey& to);
  [[nodiscard]] const Bytes& sealed_key() const { return sealed_key_; }
  [[nodiscard]] std::uint32_t next_index() const { return next_index_; }  // from 0

  // Seals one message for the event `key` and forgets the key it used.
  [[nodiscard]] Bytes seal(const EventKey& key, ByteView message);

 private:
  Recipient recipient_ = Recipient::kCentre;
  SecretBytes chain_;
  Bytes sealed_key_;
  std::uint32_t next_index_ = 0;
};

// Opens a stream's messages in the order in which they were sealed: the sealed key once, and each message for one step
// of the ratchet. For whoever opens thousands of them.
class OpenStream {
 public:
  // kUnauthorised for the wrong key, kCorrupt for a sealed key that is none.
  [[nodiscard]] static Result<OpenStream> begin(const BoxKey& recipient_key, Recipient recipient, ByteView sealed_key);
  // An index below that of the message before is kInvalidInput: the ratchet does not go back. Else as open_message().
  // The message goes into `out`, whose capacity is kept from call to call; the caller wipes it.
  [[nodiscard]] Status open(std::uint32_t index, const EventKey& key, ByteView sealed, Bytes& out);

 private:
  Recipient recipient_ = Recipient::kCentre;
  SecretBytes chain_;
  std::uint32_t next_index_ = 0;
};

// Opens message `index` of a stream. kUnauthorised for the wrong key, kCorrupt for a changed message, kTooLarge for an
// index at or over limits::kStreamEvents.
[[nodiscard]] Result<SecretBytes> open_message(const BoxKey& recipient_key, Recipient recipient, ByteView sealed_key,
                                               std::uint32_t index, const EventKey& key, ByteView sealed);

}  // namespace mimika::crypto
