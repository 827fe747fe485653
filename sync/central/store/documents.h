// What the centre publishes to its kiosks: each kind has versions that only grow, for one district or for all.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "sync/central/store/database.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// Compresses and stores the next version; empty district: all of them. kTooLarge when it does not fit a blob. Inside a
// transaction.
[[nodiscard]] Result<std::uint32_t> publish_document(Database& database, wire::DocumentKind kind,
                                                     const DistrictCode& district, ByteView content, WallMs now_ms);
// The number the next one gets.
[[nodiscard]] Result<std::uint32_t> next_document_version(Database& database, wire::DocumentKind kind);

// The newest of every kind that a district's kiosks should have and that is newer than what this one holds.
[[nodiscard]] Result<std::vector<wire::DocumentHead>> newer_documents(Database& database, const DistrictCode& district,
                                                                      std::span<const wire::DocumentVersion> held);
// As it travels: compressed.
[[nodiscard]] Result<std::optional<Bytes>> document_content(Database& database, const wire::BlobId& blob);
// As it was published; nothing when there is none of that version.
[[nodiscard]] Result<std::optional<Bytes>> find_document(Database& database, wire::DocumentKind kind,
                                                         std::uint32_t version);
// 0: none.
[[nodiscard]] Result<std::uint32_t> newest_version(Database& database, wire::DocumentKind kind);

struct PublishedDocument {
  wire::DocumentKind kind = wire::DocumentKind::kCatalogue;
  DistrictCode district;
  std::uint32_t version = 0;
  std::uint64_t bytes = 0;  // compressed
  WallMs created_ms = 0;
};
[[nodiscard]] Result<std::vector<PublishedDocument>> list_documents(Database& database);

}  // namespace mimika::central
