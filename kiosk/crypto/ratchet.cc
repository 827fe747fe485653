#include "kiosk/crypto/ratchet.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/zero_nonce.h"

namespace mimika::crypto {
namespace {

constexpr std::array<char, crypto_kdf_CONTEXTBYTES> kContext = {'m', 'i', 'm', 'i', 'k', 'a', 'r', '1'};
constexpr std::uint64_t kMessageKey = 1;
constexpr std::uint64_t kNextChain = 2;

// Lives for one call, on the stack: locked and guarded memory would cost a system call for each of its walls.
class DerivedKey {
 public:
  DerivedKey(const SecretBytes& chain, std::uint64_t which) {
    CHECK(crypto_kdf_derive_from_key(bytes_.data(), bytes_.size(), which, kContext.data(), chain.data()) == 0);
  }
  ~DerivedKey() { sodium_memzero(bytes_.data(), bytes_.size()); }
  DerivedKey(const DerivedKey&) = delete;
  DerivedKey& operator=(const DerivedKey&) = delete;

  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
  void copy_to(SecretBytes& chain) const { std::ranges::copy(bytes_, chain.data()); }

 private:
  std::array<std::uint8_t, crypto_kdf_KEYBYTES> bytes_{};
};

// The chain that was is overwritten: what was sealed with it can no longer be opened here.
void advance(SecretBytes& chain) {
  DerivedKey(chain, kNextChain).copy_to(chain);
}

Bytes associated_data(Recipient recipient, const EventKey& key) {
  Bytes data;
  data.push_back(static_cast<std::uint8_t>(recipient));
  append_u32(data, key.device.value);
  append_u32(data, key.epoch.value);
  append_u64(data, key.seq.value);
  return data;
}

}  // namespace

Result<SealStream> SealStream::open(Env& env, Recipient recipient, const BoxPublicKey& to) {
  SealStream stream;
  stream.recipient_ = recipient;
  stream.chain_ = SecretBytes(crypto_kdf_KEYBYTES);
  env.fill_random(stream.chain_.span());
  TRY_ASSIGN(stream.sealed_key_, seal_to(to, stream.chain_.view()));
  return stream;
}

Bytes SealStream::seal(const EventKey& key, ByteView message) {
  CHECK(chain_.size() == crypto_kdf_KEYBYTES);
  CHECK(next_index_ < limits::kStreamEvents);
  const DerivedKey message_key(chain_, kMessageKey);
  advance(chain_);
  ++next_index_;

  const Bytes ad = associated_data(recipient_, key);
  Bytes sealed(message.size() + kMessageOverheadBytes);
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), &length, message.data(), message.size(), ad.data(),
                                                   ad.size(), nullptr, kZeroNonce.data(), message_key.data()) == 0);
  CHECK(length == sealed.size());
  return sealed;
}

Result<OpenStream> OpenStream::begin(const BoxKey& recipient_key, Recipient recipient, ByteView sealed_key) {
  OpenStream stream;
  stream.recipient_ = recipient;
  TRY_ASSIGN(stream.chain_, recipient_key.open(sealed_key));
  if (stream.chain_.size() != crypto_kdf_KEYBYTES) return fail(ErrorCode::kCorrupt, "chain key of the wrong size");
  return stream;
}

Status OpenStream::open(std::uint32_t index, const EventKey& key, ByteView sealed, Bytes& out) {
  CHECK(chain_.size() == crypto_kdf_KEYBYTES);
  if (index >= limits::kStreamEvents) return fail(ErrorCode::kTooLarge, "ratchet index over its limit");
  if (index < next_index_) return fail(ErrorCode::kInvalidInput, "the ratchet does not go back");
  if (sealed.size() < kMessageOverheadBytes) return fail(ErrorCode::kCorrupt, "sealed message too short");
  for (; next_index_ < index; ++next_index_) advance(chain_);
  const DerivedKey message_key(chain_, kMessageKey);
  advance(chain_);
  ++next_index_;

  const Bytes ad = associated_data(recipient_, key);
  out.resize(sealed.size() - kMessageOverheadBytes);
  std::uint8_t nothing = 0;
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.empty() ? &nothing : out.data(), &length, nullptr, sealed.data(),
                                                 sealed.size(), ad.data(), ad.size(), kZeroNonce.data(),
                                                 message_key.data()) != 0) {
    return fail(ErrorCode::kCorrupt, "sealed message does not verify");
  }
  return {};
}

Result<SecretBytes> open_message(const BoxKey& recipient_key, Recipient recipient, ByteView sealed_key,
                                 std::uint32_t index, const EventKey& key, ByteView sealed) {
  if (index >= limits::kStreamEvents) return fail(ErrorCode::kTooLarge, "ratchet index over its limit");
  if (sealed.size() < kMessageOverheadBytes) return fail(ErrorCode::kCorrupt, "sealed message too short");
  TRY_ASSIGN(SecretBytes chain, recipient_key.open(sealed_key));
  if (chain.size() != crypto_kdf_KEYBYTES) return fail(ErrorCode::kCorrupt, "chain key of the wrong size");
  for (std::uint32_t i = 0; i < index; ++i) advance(chain);
  const DerivedKey message_key(chain, kMessageKey);

  const Bytes ad = associated_data(recipient, key);
  SecretBytes message(sealed.size() - kMessageOverheadBytes);
  std::uint8_t nothing = 0;
  std::uint8_t* const out = message.empty() ? &nothing : message.data();
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &length, nullptr, sealed.data(), sealed.size(), ad.data(),
                                                 ad.size(), kZeroNonce.data(), message_key.data()) != 0) {
    return fail(ErrorCode::kCorrupt, "sealed message does not verify");
  }
  return message;
}

}  // namespace mimika::crypto
