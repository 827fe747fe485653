#include "kiosk/crypto/attachment.h"

#include <sodium.h>

#include <array>

#include "kiosk/base/check.h"

namespace mimika::crypto {
namespace {

using Nonce = std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

// A key is drawn for one attachment and seals each part once, so the part is nonce enough.
Nonce nonce_of(AttachmentPart part) {
  Nonce nonce{};
  nonce.front() = static_cast<std::uint8_t>(part);
  return nonce;
}

Bytes associated_data(const TicketId& ticket) {
  constexpr std::string_view kPurpose = "mimika attachment 1";
  Bytes data;
  append(data, as_bytes(kPurpose));
  append_u32(data, ticket.device.value);
  append_u32(data, ticket.epoch.value);
  append_u64(data, ticket.seq.value);
  return data;
}

}  // namespace

SecretBytes make_attachment_key(Env& env) {
  SecretBytes key(kAttachmentKeyBytes);
  env.fill_random(key.span());
  return key;
}

Bytes seal_attachment(const SecretBytes& key, AttachmentPart part, const TicketId& ticket, ByteView content) {
  CHECK(key.size() == kAttachmentKeyBytes);
  const Bytes ad = associated_data(ticket);
  const Nonce nonce = nonce_of(part);
  Bytes sealed(content.size() + kAttachmentOverheadBytes);
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), &length, content.data(), content.size(), ad.data(),
                                                   ad.size(), nullptr, nonce.data(), key.data()) == 0);
  CHECK(length == sealed.size());
  return sealed;
}

Result<Bytes> open_attachment(const SecretBytes& key, AttachmentPart part, const TicketId& ticket, ByteView sealed) {
  if (key.size() != kAttachmentKeyBytes) return fail(ErrorCode::kInvalidInput, "an attachment's key has 32 bytes");
  if (sealed.size() <= kAttachmentOverheadBytes) return fail(ErrorCode::kCorrupt, "an attachment too short");
  const Bytes ad = associated_data(ticket);
  const Nonce nonce = nonce_of(part);
  Bytes content(sealed.size() - kAttachmentOverheadBytes);
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(content.data(), &length, nullptr, sealed.data(), sealed.size(),
                                                 ad.data(), ad.size(), nonce.data(), key.data()) != 0) {
    return fail(ErrorCode::kCorrupt, "the attachment does not verify");
  }
  return content;
}

}  // namespace mimika::crypto
