// Large content at the centre: rows that say what is held, and files that hold it. A bit in the map is set only after
// the disk has its leaf. Content is checked against the blob's own hashes wherever it comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/ids.h"
#include "kiosk/model/event.h"
#include "sync/central/store/database.h"
#include "sync/wire/blob.h"

namespace mimika::central {

struct BlobRow {
  wire::BlobId id;
  DeviceId device;  // whose event named it
  std::uint64_t bytes = 0;
  Bytes manifest;  // empty: it has not come
  Bytes held;      // LeafMap::bits(); empty without the manifest
  bool complete = false;
};
[[nodiscard]] Result<std::optional<BlobRow>> find_blob(Database& database, const wire::BlobId& id);
// Of one device, incomplete, previews first, then in the order in which they were named.
[[nodiscard]] Result<std::vector<BlobRow>> missing_blobs(Database& database, DeviceId device, std::size_t limit);
// How the blobs of one device stand, those that were named last.
[[nodiscard]] Result<std::vector<wire::BlobWant>> newest_blobs(Database& database, DeviceId device, std::size_t limit);
// Those that have come whole.
[[nodiscard]] Result<std::vector<BlobRow>> complete_blobs(Database& database);
// As if nothing of it had come: its kiosk is asked for it again, and sends it while it has it. Inside a transaction.
[[nodiscard]] Status forget_leaves(Database& database, const wire::BlobId& id);
// Adds what was written to the map that is there by now. Inside a transaction.
[[nodiscard]] Status add_leaves(Database& database, const wire::BlobId& id, ByteView manifest,
                                const wire::LeafMap& leaves);

struct Attachment {
  EventKey event;
  TicketId ticket;
  MediaKind media = MediaKind::kPhoto;
  wire::BlobId content;
  std::optional<wire::BlobId> preview;
  std::int64_t added_ms = 0;
};
// The attachment and its blobs, in the transaction of its event. A blob that is known already stays as it is.
[[nodiscard]] Status insert_attachment(Database& database, const EventKey& event, const AttachmentAdded& added,
                                       std::uint64_t position, std::int64_t added_ms);
[[nodiscard]] Result<std::vector<Attachment>> attachments_of(Database& database, const TicketId& ticket);
[[nodiscard]] Result<std::int64_t> count_attachments(Database& database, const TicketId& ticket);

// The files: <folder>/aa/<id in hexadecimal>.
class BlobFiles {
 public:
  explicit BlobFiles(std::string folder) : folder_(std::move(folder)) {}
  // Leaves from `first` on, as they stand one after the other in `content`; returns when the disk has them.
  [[nodiscard]] Status write(const wire::BlobId& id, std::size_t first_leaf, ByteView content) const;
  // The whole content; kNotFound while it is incomplete, kCorrupt when the file is not what it was.
  [[nodiscard]] Result<Bytes> read(const BlobRow& row) const;

 private:
  [[nodiscard]] std::string shelf(const wire::BlobId& id) const;
  std::string folder_;
};

}  // namespace mimika::central
