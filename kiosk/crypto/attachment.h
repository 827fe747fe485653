// Content outside the journal, sealed under a random key of its own before it touches the disk. The key travels in the
// private part of the event that names the content; nobody who has only the disk can open it.
#pragma once

#include <cstdint>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

inline constexpr std::size_t kAttachmentKeyBytes = 32;
inline constexpr std::size_t kAttachmentOverheadBytes = 16;  // the tag; the nonce says which of the two it is

// One key seals at most these two, each once.
enum class AttachmentPart : std::uint8_t { kContent = 1, kPreview = 2 };

[[nodiscard]] SecretBytes make_attachment_key(Env& env);
// Bound to its ticket: it opens beside no other.
[[nodiscard]] Bytes seal_attachment(const SecretBytes& key, AttachmentPart part, const TicketId& ticket,
                                    ByteView content);
// kInvalidInput for a key of another length, kCorrupt for whatever does not verify.
[[nodiscard]] Result<Bytes> open_attachment(const SecretBytes& key, AttachmentPart part, const TicketId& ticket,
                                            ByteView sealed);

}  // namespace mimika::crypto
