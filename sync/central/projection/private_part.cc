#include "sync/central/projection/private_part.h"

#include "kiosk/base/wipe.h"
#include "kiosk/crypto/ratchet.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {

namespace {

// Those inside the program and those this centre has published: a kiosk may have sealed with any of them.
Result<wire::Dictionaries> published_dictionaries(Database& database) {
  wire::Dictionaries known = wire::Dictionaries::built_in();
  TRY_ASSIGN(const std::uint32_t newest, newest_version(database, wire::DocumentKind::kDictionary));
  for (std::uint32_t version = wire::kNewestBuiltInDictionary + 1; version <= newest; ++version) {
    TRY_ASSIGN(const auto content, find_document(database, wire::DocumentKind::kDictionary, version));
    if (!content) continue;
    TRY_ASSIGN(auto dictionary, wire::Dictionary::open_shared(version, *content));
    known.add(std::move(dictionary));
  }
  return known;
}

}  // namespace

OpenedPrivatePart::~OpenedPrivatePart() {
  wipe(part_);
}

Result<OpenedPrivatePart> open_private_part(Database& database, const CentreKeys& keys, const Event& event,
                                            ByteView sealed) {
  if (!event.sealed_at || sealed.empty()) return fail(ErrorCode::kNotFound, "the event has no private part");
  const EventKey stream_key{event.key.device, event.key.epoch, event.sealed_at->stream};
  TRY_ASSIGN(const auto stored, find_event(database, stream_key));
  if (!stored) return fail(ErrorCode::kNotFound, "the stream " + to_string(stream_key) + " is not here");
  TRY_ASSIGN(const Event opener, wire::decode_event(stream_key, stored->event));
  const auto* stream = std::get_if<SealStreamOpened>(&opener.payload);
  if (stream == nullptr) return fail(ErrorCode::kCorrupt, to_string(stream_key) + " opens no stream");
  const auto open_with = [&](const crypto::BoxKey& key) {
    return crypto::open_message(key, crypto::Recipient::kCentre, stream->centre_sealed_key, event.sealed_at->index,
                                event.key, sealed);
  };
  auto compressed = open_with(keys.box);
  // It may have been sealed before the centre got other keys, the newest of them most likely.
  for (auto past = keys.past.rbegin(); !compressed && past != keys.past.rend(); ++past) {
    compressed = open_with(past->pair.box);
  }
  if (!compressed) return std::unexpected(compressed.error());
  auto part = wire::decode_private_part(compressed->view());
  if (!part && part.error().code == ErrorCode::kNewerVersion) {
    TRY_ASSIGN(const wire::Dictionaries known, published_dictionaries(database));
    part = wire::decode_private_part(compressed->view(), known);
  }
  TRY(part);
  return OpenedPrivatePart(*std::move(part));
}

}  // namespace mimika::central
