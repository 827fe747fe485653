#include "sync/central/store/blobs.h"

#include "kiosk/base/files.h"
#include "kiosk/base/part_file.h"
#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr const char* kBlobColumns = "SELECT id, device, bytes, manifest, held, complete FROM blob ";
constexpr std::int64_t kPreviewRank = 0;
constexpr std::int64_t kContentRank = 1;

Result<BlobRow> read_blob(const Row& row) {
  BlobRow blob;
  TRY_ASSIGN(blob.id, wire::to_blob_id(row.bytes(0)));
  blob.device = DeviceId{static_cast<std::uint32_t>(row.integer(1))};
  blob.bytes = row.unsigned_integer(2);
  blob.manifest = row.bytes(3);
  blob.held = row.bytes(4);
  blob.complete = row.integer(5) != 0;
  return blob;
}

Status name_blob(Database& database, DeviceId device, const BlobRef& blob, std::int64_t rank, std::uint64_t position) {
  TRY(
      database.execute("INSERT INTO blob (id, device, bytes, rank, position, manifest, held, complete) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT (id) DO NOTHING",
                       {value_of(ByteView(blob.id)), value_of(device.value), value_of(blob.bytes), rank,
                        value_of(position), Bytes(), Bytes()}));
  return {};
}

Result<std::vector<BlobRow>> read_blobs(const std::vector<Row>& rows) {
  std::vector<BlobRow> blobs;
  for (const Row& row : rows) {
    TRY_ASSIGN(BlobRow blob, read_blob(row));
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

}  // namespace

Result<std::optional<BlobRow>> find_blob(Database& database, const wire::BlobId& id) {
  static const std::string sql = std::string(kBlobColumns) + "WHERE id = $1";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(ByteView(id.hash))}));
  if (rows.empty()) return std::optional<BlobRow>();
  TRY_ASSIGN(BlobRow row, read_blob(rows[0]));
  return std::optional(std::move(row));
}

Result<std::vector<BlobRow>> missing_blobs(Database& database, DeviceId device, std::size_t limit) {
  static const std::string sql =
      std::string(kBlobColumns) + "WHERE device = $1 AND complete = 0 ORDER BY rank, position LIMIT $2";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(device.value), static_cast<std::int64_t>(limit)}));
  return read_blobs(rows);
}

Result<std::vector<BlobRow>> complete_blobs(Database& database) {
  static const std::string sql = std::string(kBlobColumns) + "WHERE complete = 1 ORDER BY position, rank";
  TRY_ASSIGN(const auto rows, database.query(sql));
  return read_blobs(rows);
}

Result<std::vector<wire::BlobWant>> newest_blobs(Database& database, DeviceId device, std::size_t limit) {
  static const std::string sql = std::string(kBlobColumns) + "WHERE device = $1 ORDER BY position DESC, rank LIMIT $2";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(device.value), static_cast<std::int64_t>(limit)}));
  std::vector<wire::BlobWant> blobs;
  for (const Row& row : rows) {
    TRY_ASSIGN(BlobRow blob, read_blob(row));
    blobs.push_back({blob.id, std::move(blob.held)});
  }
  return blobs;
}

Status forget_leaves(Database& database, const wire::BlobId& id) {
  TRY(database.execute("UPDATE blob SET held = $2, complete = 0 WHERE id = $1",
                       {value_of(ByteView(id.hash)), Bytes()}));
  return {};
}

Status add_leaves(Database& database, const wire::BlobId& id, ByteView manifest, const wire::LeafMap& leaves) {
  TRY_ASSIGN(const auto row, find_blob(database, id));
  if (!row) return fail(ErrorCode::kNotFound, "no blob " + wire::to_string(id));
  wire::LeafMap held = wire::LeafMap::from(row->held, leaves.leaves());
  for (std::size_t leaf = 0; leaf < leaves.leaves(); ++leaf) {
    if (leaves.has(leaf)) held.set(leaf);
  }
  TRY(database.execute("UPDATE blob SET manifest = $2, held = $3, complete = $4 WHERE id = $1",
                       {value_of(ByteView(id.hash)), value_of(manifest), value_of(ByteView(held.bits())),
                        std::int64_t{held.complete() ? 1 : 0}}));
  return {};
}

Status insert_attachment(Database& database, const EventKey& event, const AttachmentAdded& added,
                         std::uint64_t position, std::int64_t added_ms) {
  TRY(database.execute(
      "INSERT INTO attachment (device, epoch, seq, ticket_device, ticket_epoch, ticket_seq, media, "
      "content, preview, added_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {value_of(event.device.value), value_of(event.epoch.value), value_of(event.seq.value),
       value_of(added.ticket.device.value), value_of(added.ticket.epoch.value), value_of(added.ticket.seq.value),
       static_cast<std::int64_t>(added.media), value_of(ByteView(added.content.id)),
       added.preview ? value_of(ByteView(added.preview->id)) : Value(), added_ms}));
  if (added.preview) TRY(name_blob(database, event.device, *added.preview, kPreviewRank, position));
  return name_blob(database, event.device, added.content, kContentRank, position);
}

Result<std::vector<Attachment>> attachments_of(Database& database, const TicketId& ticket) {
  TRY_ASSIGN(const auto rows,
             database.query(
                 "SELECT device, epoch, seq, media, content, preview, added_ms FROM attachment WHERE "
                 "ticket_device = $1 AND ticket_epoch = $2 AND ticket_seq = $3 ORDER BY added_ms, device, epoch, seq",
                 {value_of(ticket.device.value), value_of(ticket.epoch.value), value_of(ticket.seq.value)}));
  std::vector<Attachment> attachments;
  for (const Row& row : rows) {
    Attachment attachment;
    attachment.event = read_key(row, 0);
    attachment.ticket = ticket;
    attachment.media = static_cast<MediaKind>(row.integer(3));
    TRY_ASSIGN(attachment.content, wire::to_blob_id(row.bytes(4)));
    if (!row.is_null(5)) {
      TRY_ASSIGN(attachment.preview, wire::to_blob_id(row.bytes(5)));
    }
    attachment.added_ms = row.integer(6);
    attachments.push_back(attachment);
  }
  return attachments;
}

Result<std::int64_t> count_attachments(Database& database, const TicketId& ticket) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT COUNT(*) FROM attachment WHERE ticket_device = $1 AND ticket_epoch = $2 AND "
                            "ticket_seq = $3",
                            {value_of(ticket.device.value), value_of(ticket.epoch.value), value_of(ticket.seq.value)}));
  return rows[0].integer(0);
}

// Two hundred and fifty-six folders: none of them grows beyond what a person can still list.
std::string BlobFiles::shelf(const wire::BlobId& id) const {
  return folder_ + "/" + wire::to_string(id).substr(0, 2);
}

Status BlobFiles::write(const wire::BlobId& id, std::size_t first_leaf, ByteView content) const {
  const std::string folder = shelf(id);
  TRY(make_private_folder(folder));
  TRY_ASSIGN(PartFile file, PartFile::open(folder + "/" + wire::to_string(id)));
  TRY(file.write_at(std::uint64_t{first_leaf} * wire::kLeafBytes, content));
  TRY(file.sync());
  return sync_folder(folder_);
}

Result<Bytes> BlobFiles::read(const BlobRow& row) const {
  if (!row.complete) return fail(ErrorCode::kNotFound, "blob " + wire::to_string(row.id) + " has not come whole");
  TRY_ASSIGN(Bytes content,
             read_file_at(shelf(row.id) + "/" + wire::to_string(row.id), 0, static_cast<std::size_t>(row.bytes)));
  if (wire::id_of(wire::manifest_of(content)) != row.id) {
    return fail(ErrorCode::kCorrupt, "blob " + wire::to_string(row.id) + " is damaged on the disk");
  }
  return content;
}

}  // namespace mimika::central
