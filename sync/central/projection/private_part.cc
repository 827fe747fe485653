#include "sync/central/projection/private_part.h"

#include "kiosk/base/wipe.h"
#include "kiosk/crypto/ratchet.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {

OpenedPrivatePart::~OpenedPrivatePart() {
  wipe(part_);
}

Result<OpenedPrivatePart> open_private_part(Database& database, const crypto::BoxKey& centre_key, const Event& event,
                                            ByteView sealed) {
  if (!event.sealed_at || sealed.empty()) return fail(ErrorCode::kNotFound, "the event has no private part");
  const EventKey stream_key{event.key.device, event.key.epoch, event.sealed_at->stream};
  TRY_ASSIGN(const auto stored, find_event(database, stream_key));
  if (!stored) return fail(ErrorCode::kNotFound, "the stream " + to_string(stream_key) + " is not here");
  TRY_ASSIGN(const Event opener, wire::decode_event(stream_key, stored->event));
  const auto* stream = std::get_if<SealStreamOpened>(&opener.payload);
  if (stream == nullptr) return fail(ErrorCode::kCorrupt, to_string(stream_key) + " opens no stream");
  TRY_ASSIGN(const crypto::SecretBytes compressed,
             crypto::open_message(centre_key, crypto::Recipient::kCentre, stream->centre_sealed_key,
                                  event.sealed_at->index, event.key, sealed));
  TRY_ASSIGN(PrivatePart part, wire::decode_private_part(compressed.view()));
  return OpenedPrivatePart(std::move(part));
}

}  // namespace mimika::central
