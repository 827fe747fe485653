// Attachments: sealed, kept as files beside the journal, and sent piece by piece. docs/storage.md has the rules.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <limits>
#include <set>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/base/part_file.h"
#include "kiosk/crypto/attachment.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

enum class BlobState { kWanted = 0, kComplete = 1, kRefused = 2, kDamaged = 3 };

// Of a part besides content and manifest: its id, lengths, the frame's tag.
constexpr std::size_t kPartOverheadBytes = 56;
// A longer manifest goes alone, so that a cut costs one of the two.
constexpr std::size_t kManifestBesideContent = 1024;

struct SealedBlob {
  wire::Manifest manifest;
  wire::BlobId id;
  Bytes content;
};

SealedBlob sealed_blob(const crypto::SecretBytes& key, crypto::AttachmentPart part, const TicketId& ticket,
                       ByteView content) {
  SealedBlob blob;
  blob.content = crypto::seal_attachment(key, part, ticket, content);
  blob.manifest = wire::manifest_of(blob.content);
  blob.id = wire::id_of(blob.manifest);
  return blob;
}

Status write_blob(const std::string& folder, const SealedBlob& blob) {
  return write_file_durably(folder + "/" + wire::to_string(blob.id), blob.content, FileMode::kPrivate);
}

// As it stands in ticket_device: 0 for a ticket that was filed here.
std::int64_t foreign_device(const TicketId& ticket, DeviceId own) {
  return ticket.device == own ? 0 : static_cast<std::int64_t>(ticket.device.value);
}

enum class Rank { kPreview = 0, kFull = 1 };

void insert_blob(SQLite::Database& database, const SealedBlob& blob, Rank rank, const EventKey& event,
                 const TicketId& ticket) {
  SQLite::Statement insert(database,
                           "INSERT INTO blob (id, bytes, manifest, is_full, epoch, seq, ticket_epoch, ticket_seq, "
                           "ticket_device) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const Bytes manifest = wire::encode_manifest(blob.manifest);
  sqlite::bind_blob(insert, 1, blob.id.hash);
  insert.bind(2, static_cast<std::int64_t>(blob.manifest.bytes));
  sqlite::bind_blob(insert, 3, manifest);
  insert.bind(4, static_cast<int>(rank));
  insert.bind(5, static_cast<std::int64_t>(event.epoch.value));
  insert.bind(6, static_cast<std::int64_t>(event.seq.value));
  insert.bind(7, static_cast<std::int64_t>(ticket.epoch.value));
  insert.bind(8, static_cast<std::int64_t>(ticket.seq.value));
  insert.bind(9, foreign_device(ticket, event.device));
  insert.exec();
}

// A blob the centre lacks something of.
struct PendingBlob {
  std::int64_t number = 0;
  bool is_full = false;
  wire::BlobId id;
  Bytes manifest;
  Bytes held;
  bool doubtful = false;
};

// In the order in which they go, after `after`.
Result<std::vector<PendingBlob>> pending_blobs(SQLite::Database& database, const std::optional<BlobPlace>& after,
                                               std::size_t most) {
  SQLite::Statement query(database,
                          "SELECT b.blob_no, b.is_full, b.id, b.manifest, b.held, b.doubtful FROM blob b JOIN epoch p "
                          "ON p.epoch = b.epoch WHERE b.state = 0 AND p.disputed = 0 "
                          "AND (b.is_full, b.blob_no) > (?, ?) ORDER BY b.is_full, b.blob_no LIMIT ?");
  query.bind(1, after && after->is_full ? 1 : 0);
  query.bind(2, after ? after->number : -1);
  query.bind(3, static_cast<std::int64_t>(most));
  std::vector<PendingBlob> blobs;
  while (query.executeStep()) {
    PendingBlob blob;
    blob.number = query.getColumn(0).getInt64();
    blob.is_full = query.getColumn(1).getInt() != 0;
    TRY_ASSIGN(blob.id, wire::to_blob_id(sqlite::blob(query.getColumn(2))));
    blob.manifest = sqlite::blob(query.getColumn(3));
    blob.held = sqlite::blob(query.getColumn(4));
    blob.doubtful = query.getColumn(5).getInt() != 0;
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

void mark_blob(SQLite::Database& database, const char* change, std::int64_t number) {
  SQLite::Statement update(database, std::string("UPDATE blob SET ") + change + " WHERE blob_no = ?");
  update.bind(1, number);
  update.exec();
}

void set_blob_aside(SQLite::Database& database, const PendingBlob& blob, const Error& why) {
  log_error("store", "attachment {} cannot be read here and is set aside: {}", wire::to_string(blob.id), why.message);
  mark_blob(database, "state = 3", blob.number);
}

// Puts parts of blobs into a call as long as there is room.
class PartPacker {
 public:
  PartPacker(std::string folder, const PartBudget& budget)
      : folder_(std::move(folder)), budget_(budget), left_(budget.bytes) {}

  [[nodiscard]] bool has_room() const { return budget_.bytes > 0 && (left_ > kPartOverheadBytes || content_.empty()); }
  void ask(const wire::BlobId& id) { questions_.push_back({id, 0, {}, {}}); }

  // False: the call is full. kCorrupt: the file is not what it was.
  Result<bool> add(const PendingBlob& blob) {
    TRY_ASSIGN(const wire::Manifest manifest, wire::decode_manifest(blob.manifest, blob.id));
    Bytes first_manifest;
    if (blob.held.empty()) {
      if (blob.manifest.size() > kManifestBesideContent) {
        if (!push({blob.id, 0, {}, blob.manifest})) return false;
      } else {
        first_manifest = blob.manifest;
      }
    }
    const wire::LeafMap held = wire::LeafMap::from(blob.held, manifest.leaves.size());
    for (std::size_t leaf = 0; leaf < held.leaves();) {
      const std::size_t count = run_at(held, leaf);
      if (count > 0) {
        wire::BlobPart part{blob.id, static_cast<std::uint32_t>(leaf), {}, std::exchange(first_manifest, {})};
        TRY_ASSIGN(part.content, read(blob.id, manifest, leaf, count));
        if (!push(std::move(part))) return false;
      }
      leaf += std::max<std::size_t>(count, 1);
    }
    return true;
  }

  std::vector<wire::BlobPart> finish() && {
    std::ranges::move(content_, std::back_inserter(questions_));
    return std::move(questions_);
  }

 private:
  [[nodiscard]] std::size_t run_at(const wire::LeafMap& held, std::size_t leaf) const {
    std::size_t count = 0;
    while (count < budget_.leaves && leaf + count < held.leaves() && !held.has(leaf + count)) ++count;
    return count;
  }

  [[nodiscard]] Result<Bytes> read(const wire::BlobId& id, const wire::Manifest& manifest, std::size_t leaf,
                                   std::size_t count) const {
    std::size_t size = 0;
    for (std::size_t i = 0; i < count; ++i) size += wire::leaf_size(manifest, leaf + i);
    TRY_ASSIGN(Bytes content,
               read_file_at(folder_ + "/" + wire::to_string(id), std::uint64_t{leaf} * wire::kLeafBytes, size));
    ByteView rest = content;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t bytes = wire::leaf_size(manifest, leaf + i);
      if (!wire::leaf_fits(manifest, leaf + i, rest.first(bytes))) {
        return fail(ErrorCode::kCorrupt, "leaf " + std::to_string(leaf + i) + " is not what it was");
      }
      rest = rest.subspan(bytes);
    }
    return content;
  }

  // The first part always fits: a link that bears little must bear that.
  bool push(wire::BlobPart part) {
    const std::size_t size = part.content.size() + part.manifest.size() + kPartOverheadBytes;
    if (!content_.empty() && size > left_) return false;
    left_ -= std::min(size, left_);
    content_.push_back(std::move(part));
    return true;
  }

  std::string folder_;
  PartBudget budget_;
  std::size_t left_;
  std::vector<wire::BlobPart> questions_;
  std::vector<wire::BlobPart> content_;
};

}  // namespace

Status Store::check_attachment(const NewAttachment& attachment) {
  if (attachment.content.empty()) return fail(ErrorCode::kInvalidInput, "an attachment without content");
  if (attachment.content.size() > limits::kAttachmentBytes)
    return fail(ErrorCode::kTooLarge, "too large an attachment");
  if (attachment.preview.size() > limits::kPreviewBytes) return fail(ErrorCode::kTooLarge, "too large a preview");
  TRY_ASSIGN(const std::optional<Ticket> ticket, load_ticket(attachment.ticket));
  if (!ticket) return fail(ErrorCode::kNotFound, "no such ticket here");
  SQLite::Statement count(*database_,
                          "SELECT COUNT(*) FROM blob WHERE is_full = 1 AND ticket_epoch = ? AND ticket_seq = ? "
                          "AND ticket_device = ?");
  count.bind(1, static_cast<std::int64_t>(attachment.ticket.epoch.value));
  count.bind(2, static_cast<std::int64_t>(attachment.ticket.seq.value));
  count.bind(3, foreign_device(attachment.ticket, options_.identity.device));
  if (count.executeStep() &&
      count.getColumn(0).getInt64() >= static_cast<std::int64_t>(limits::kAttachmentsPerTicket)) {
    return fail(ErrorCode::kTooLarge, "the ticket has as many attachments as it may");
  }
  const std::uint64_t more = attachment.content.size() + attachment.preview.size();
  const auto in_all =
      static_cast<std::uint64_t>(database_->execAndGet("SELECT COALESCE(SUM(bytes), 0) FROM blob").getInt64());
  if (in_all + more > limits::kAttachmentBytesInAll) {
    return fail(ErrorCode::kStorageFull, "this kiosk holds as many attachments as it may");
  }
  TRY_ASSIGN(const std::uint64_t free, free_bytes(options_.folder));
  if (free < options_.attachment_reserve_bytes + more) {
    return fail(ErrorCode::kStorageFull, "what is free is kept for text");
  }
  return {};
}

// Part of a transaction that holds the database. Names of written files go into `files`, whatever comes of it.
Result<Store::Written> Store::write_attachment(const NewAttachment& attachment, std::vector<std::string>& files,
                                               OfficeSees office) {
  TRY(check_attachment(attachment));
  TRY(make_private_folder(blob_folder()));
  const crypto::SecretBytes key = crypto::make_attachment_key(env_);
  const TicketId& ticket = attachment.ticket;
  const SealedBlob content = sealed_blob(key, crypto::AttachmentPart::kContent, ticket, attachment.content);
  files.push_back(wire::to_string(content.id));
  TRY(write_blob(blob_folder(), content));
  AttachmentAdded payload{ticket, attachment.media, {content.id.hash, content.manifest.bytes}, {}};
  std::optional<SealedBlob> preview;
  if (!attachment.preview.empty()) {
    preview = sealed_blob(key, crypto::AttachmentPart::kPreview, ticket, attachment.preview);
    files.push_back(wire::to_string(preview->id));
    TRY(write_blob(blob_folder(), *preview));
    payload.preview = BlobRef{preview->id.hash, preview->manifest.bytes};
  }

  PrivatePart details;
  details.attachment_key.assign(key.view().begin(), key.view().end());
  auto written = write_event(std::move(payload), &details, office);
  wipe(details);
  if (!written) return written;
  if (preview) insert_blob(*database_, *preview, Rank::kPreview, written->key, ticket);
  insert_blob(*database_, content, Rank::kFull, written->key, ticket);
  return written;
}

void Store::drop_files(const std::vector<std::string>& files) {
  for (const std::string& name : files) {
    std::error_code ignored;
    std::filesystem::remove(blob_folder() + "/" + name, ignored);
  }
}

// The files are written while the database is locked: drop_unnamed_blobs() of another process must not find them before
// their event.
Result<EventKey> Store::attach(const NewAttachment& attachment) {
  std::vector<std::string> files;
  auto attached = sqlite::guard("attaching to a ticket", [&]() -> Result<EventKey> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const Written written, write_attachment(attachment, files));
    transaction.commit();
    note_written(written);
    return written.key;
  });
  if (!attached) {
    sealed_.reset();
    drop_files(files);
  }
  return attached;
}

// A power cut between the files and their event leaves files whose key nobody has.
void Store::drop_unnamed_blobs() {
  std::error_code none;
  if (!std::filesystem::is_directory(blob_folder(), none)) return;
  const Status done = sqlite::guard("looking for unnamed blobs", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    std::set<std::string> named;
    SQLite::Statement query(*database_, "SELECT id FROM blob");
    while (query.executeStep()) named.insert(to_hex(sqlite::blob(query.getColumn(0))));
    std::error_code error;
    for (std::filesystem::directory_iterator file(blob_folder(), error), end; !error && file != end;
         file.increment(error)) {
      if (named.contains(file->path().filename().string())) continue;
      std::error_code ignored;
      std::filesystem::remove(file->path(), ignored);
    }
    return {};
  });
  if (!done) log_warning("store", "{}", done.error().message);
}

Result<std::vector<wire::BlobPart>> Store::outgoing_parts(const PartBudget& budget) {
  return sqlite::guard("reading attachments", [&]() -> Result<std::vector<wire::BlobPart>> {
    TRY_ASSIGN(const std::vector<PendingBlob> blobs, pending_blobs(*database_, {}, limits::kBlobsPerCall));
    if (blobs.empty()) return std::vector<wire::BlobPart>();
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    PartPacker packer(blob_folder(), budget);
    bool marked = false;
    for (const PendingBlob& blob : blobs) {
      if (blob.doubtful) {
        packer.ask(blob.id);
        continue;
      }
      if (!packer.has_room()) continue;
      const auto added = packer.add(blob);
      marked = true;
      if (!added) {
        set_blob_aside(*database_, blob, added.error());
      } else {
        mark_blob(*database_, "doubtful = 1", blob.number);
      }
    }
    if (marked) transaction.commit();
    return std::move(packer).finish();
  });
}

Result<StickParts> Store::parts_for_stick(const std::optional<BlobPlace>& after, std::size_t max_bytes) {
  return sqlite::guard("reading attachments for a stick", [&]() -> Result<StickParts> {
    TRY_ASSIGN(const std::vector<PendingBlob> blobs, pending_blobs(*database_, after, limits::kBundleBlobs));
    StickParts out;
    std::size_t used = 0;
    for (const PendingBlob& blob : blobs) {
      PartPacker packer(blob_folder(), {std::numeric_limits<std::size_t>::max(), wire::kLeavesPerPart});
      const auto added = packer.add(blob);
      if (!added) {
        set_blob_aside(*database_, blob, added.error());
        continue;
      }
      std::vector<wire::BlobPart> parts = std::move(packer).finish();
      std::size_t size = 0;
      for (const wire::BlobPart& part : parts) size += part.content.size() + part.manifest.size() + kPartOverheadBytes;
      if (used > 0 && used + size > max_bytes) break;
      used += size;
      out.until = {blob.is_full, blob.number};
      std::ranges::move(parts, std::back_inserter(out.parts));
    }
    return out;
  });
}

Status Store::note_exported_parts(std::span<const wire::BlobPart> parts) {
  return sqlite::guard("noting exported attachments", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    for (const wire::BlobPart& part : parts) {
      SQLite::Statement mark(*database_, "UPDATE blob SET doubtful = 1 WHERE id = ? AND state = 0");
      sqlite::bind_blob(mark, 1, part.blob.hash);
      mark.exec();
    }
    transaction.commit();
    return {};
  });
}

// The centre takes no part of an attachment whose event it has set aside; a stick would carry it for ever.
void Store::refuse_blobs_of(Epoch epoch, std::span<const wire::Reject> set_aside) {
  for (const wire::Reject& event : set_aside) {
    SQLite::Statement refuse(*database_, "UPDATE blob SET state = 2 WHERE epoch = ? AND seq = ? AND state = 0");
    refuse.bind(1, static_cast<std::int64_t>(epoch.value));
    refuse.bind(2, static_cast<std::int64_t>(event.seq.value));
    refuse.exec();
  }
}

// What the centre says it holds is what it holds, also when it is less than it once said: it may have been restored.
Status Store::take_wants(std::span<const wire::BlobWant> wants, std::span<const wire::BlobPart> sent,
                         AnswerOutcome& outcome) {
  std::set<wire::BlobId> told;
  for (const wire::BlobWant& want : wants) {
    told.insert(want.blob);
    SQLite::Statement query(*database_, "SELECT blob_no, bytes, held, state FROM blob WHERE id = ?");
    sqlite::bind_blob(query, 1, want.blob.hash);
    if (!query.executeStep()) continue;  // of a database that was lost: nobody has it any more
    const auto state = static_cast<BlobState>(query.getColumn(3).getInt());
    if (state == BlobState::kDamaged) continue;
    const std::size_t leaves = wire::leaf_count(static_cast<std::uint64_t>(query.getColumn(1).getInt64()));
    const wire::LeafMap before = wire::LeafMap::from(sqlite::blob(query.getColumn(2)), leaves);
    const wire::LeafMap now = wire::LeafMap::from(want.held, leaves);
    if (now.count() > before.count()) outcome.leaves_arrived += now.count() - before.count();
    SQLite::Statement update(*database_, "UPDATE blob SET held = ?, state = ?, doubtful = 0 WHERE blob_no = ?");
    const Bytes held = want.held.empty() ? Bytes{} : now.bits();
    sqlite::bind_blob(update, 1, held);
    update.bind(2, static_cast<int>(now.complete() ? BlobState::kComplete : BlobState::kWanted));
    update.bind(3, query.getColumn(0).getInt64());
    update.exec();
  }
  for (const wire::BlobPart& part : sent) {
    if (!told.insert(part.blob).second) continue;
    log_warning("store", "the centre does not want attachment {}", wire::to_string(part.blob));
    SQLite::Statement refuse(*database_, "UPDATE blob SET state = 2, doubtful = 0 WHERE id = ? AND state = 0");
    sqlite::bind_blob(refuse, 1, part.blob.hash);
    refuse.exec();
  }
  return {};
}

}  // namespace mimika
