// What the centre publishes: it comes in parts over as many calls as it takes, and takes the place of the version
// before in the transaction in which the last part came.
#include <algorithm>

#include "kiosk/base/log.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/zstd_codec.h"

namespace mimika {
namespace {

struct Incoming {
  std::int64_t kind = 0;
  std::uint32_t version = 0;
  wire::BlobId blob;
  Bytes manifest;
  Bytes held;
  bool refused = false;
};

constexpr const char* kIncomingColumns = "SELECT kind, version, blob, manifest, held, refused FROM incoming_document ";

Result<Incoming> read_incoming(SQLite::Statement& row) {
  Incoming incoming;
  incoming.kind = row.getColumn(0).getInt64();
  incoming.version = static_cast<std::uint32_t>(row.getColumn(1).getInt64());
  TRY_ASSIGN(incoming.blob, wire::to_blob_id(sqlite::blob(row.getColumn(2))));
  incoming.manifest = sqlite::blob(row.getColumn(3));
  incoming.held = sqlite::blob(row.getColumn(4));
  incoming.refused = row.getColumn(5).getInt() != 0;
  return incoming;
}

Result<std::optional<Incoming>> find_incoming(SQLite::Database& database, std::int64_t kind) {
  SQLite::Statement query(database, std::string(kIncomingColumns) + "WHERE kind = ?");
  query.bind(1, kind);
  if (!query.executeStep()) return std::nullopt;
  TRY_ASSIGN(Incoming incoming, read_incoming(query));
  return incoming;
}

std::uint32_t version_in_use(SQLite::Database& database, std::int64_t kind) {
  SQLite::Statement query(database, "SELECT version FROM document WHERE kind = ?");
  query.bind(1, kind);
  return query.executeStep() ? static_cast<std::uint32_t>(query.getColumn(0).getInt64()) : 0;
}

void save_progress(SQLite::Database& database, const Incoming& incoming) {
  SQLite::Statement update(database, "UPDATE incoming_document SET manifest = ?, held = ? WHERE kind = ?");
  sqlite::bind_blob(update, 1, incoming.manifest);
  sqlite::bind_blob(update, 2, incoming.held);
  update.bind(3, incoming.kind);
  update.exec();
}

}  // namespace

Status Store::describe_documents(Outgoing& out) {
  for (std::uint32_t kind = 1; kind < wire::kDocumentKinds; ++kind) {
    std::uint32_t version = version_in_use(*database_, kind);
    TRY_ASSIGN(const auto incoming, find_incoming(*database_, kind));
    if (incoming && incoming->refused) version = std::max(version, incoming->version);
    if (incoming && !incoming->refused) out.wants.push_back({incoming->blob, incoming->held});
    if (version > 0) out.documents.push_back({static_cast<wire::DocumentKind>(kind), version});
  }
  return {};
}

Status Store::take_documents(const wire::Answer& answer, Way way, AnswerOutcome& outcome) {
  for (const wire::DocumentHead& head : answer.documents) TRY(take_document_head(head, way));
  for (const wire::BlobPart& part : answer.parts) TRY(take_document_part(part, outcome));
  return {};
}

Status Store::take_document_head(const wire::DocumentHead& head, Way way) {
  const auto kind = static_cast<std::int64_t>(head.kind);
  const std::uint32_t in_use = version_in_use(*database_, kind);
  if (way == Way::kCall && head.version < in_use) {
    log_warning("store", "an old document is refused: kind {} version {} after {}", kind, head.version, in_use);
    count_refusal(RefusedWhat::kAnswer, "old_document");
  }
  if (head.version <= in_use) return {};  // versions only grow
  TRY_ASSIGN(const auto incoming, find_incoming(*database_, kind));
  if (incoming && head.version <= incoming->version) return {};
  SQLite::Statement drop(*database_, "DELETE FROM incoming_document WHERE kind = ?");
  drop.bind(1, kind);
  drop.exec();
  SQLite::Statement insert(*database_, "INSERT INTO incoming_document (kind, version, blob) VALUES (?, ?, ?)");
  insert.bind(1, kind);
  insert.bind(2, static_cast<std::int64_t>(head.version));
  sqlite::bind_blob(insert, 3, head.content.hash);
  insert.exec();
  return {};
}

Status Store::take_document_part(const wire::BlobPart& part, AnswerOutcome& outcome) {
  std::optional<Incoming> incoming;
  {
    SQLite::Statement query(*database_, std::string(kIncomingColumns) + "WHERE blob = ? AND refused = 0");
    sqlite::bind_blob(query, 1, part.blob.hash);
    if (!query.executeStep()) return {};  // of a version that is not waited for any more
    TRY_ASSIGN(incoming, read_incoming(query));
  }
  if (!part.manifest.empty() && incoming->held.empty()) {
    const auto manifest = wire::decode_manifest(part.manifest, part.blob);
    if (!manifest) {
      log_warning("store", "a manifest of document kind {} is no good", incoming->kind);
      count_refusal(RefusedWhat::kAnswer, "damaged_document");
      return {};
    }
    incoming->manifest = part.manifest;
    incoming->held = wire::LeafMap(manifest->leaves.size()).bits();
    ++outcome.leaves_received;
  }
  if (incoming->held.empty()) return {};
  TRY_ASSIGN(const wire::Manifest manifest, wire::decode_manifest(incoming->manifest, incoming->blob));
  wire::LeafMap held = wire::LeafMap::from(incoming->held, manifest.leaves.size());
  ByteView rest = part.content;
  for (std::size_t leaf = part.first_leaf; !rest.empty() && leaf < manifest.leaves.size(); ++leaf) {
    const ByteView content = rest.first(std::min(rest.size(), wire::leaf_size(manifest, leaf)));
    rest = rest.subspan(content.size());
    if (!wire::leaf_fits(manifest, leaf, content)) {
      log_warning("store", "leaf {} of document kind {} is damaged and left out", leaf, incoming->kind);
      count_refusal(RefusedWhat::kAnswer, "damaged_document");
      continue;
    }
    if (held.has(leaf)) continue;
    SQLite::Statement insert(*database_, "INSERT INTO incoming_leaf (kind, leaf, content) VALUES (?, ?, ?)");
    insert.bind(1, incoming->kind);
    insert.bind(2, static_cast<std::int64_t>(leaf));
    sqlite::bind_blob(insert, 3, content);
    insert.exec();
    held.set(leaf);
    ++outcome.leaves_received;
  }
  incoming->held = held.bits();
  save_progress(*database_, *incoming);
  return held.complete() ? finish_document(incoming->kind) : Status{};
}

Status Store::finish_document(std::int64_t kind) {
  TRY_ASSIGN(const auto incoming, find_incoming(*database_, kind));
  Bytes content;
  {
    SQLite::Statement leaves(*database_, "SELECT content FROM incoming_leaf WHERE kind = ? ORDER BY leaf");
    leaves.bind(1, kind);
    while (leaves.executeStep()) mimika::append(content, sqlite::blob(leaves.getColumn(0)));
  }
  const bool whole = incoming && wire::id_of(wire::manifest_of(content)) == incoming->blob;
  const auto raw = wire::decompress(content, limits::kDocumentRawBytes);
  if (!whole || !raw) {
    log_error("store", "document kind {} version {} came whole and is no good; the one before stays", kind,
              incoming ? incoming->version : 0);
    count_refusal(RefusedWhat::kAnswer, "unreadable_document");
    SQLite::Statement refuse(*database_, "UPDATE incoming_document SET refused = 1 WHERE kind = ?");
    refuse.bind(1, kind);
    refuse.exec();
    SQLite::Statement clear(*database_, "DELETE FROM incoming_leaf WHERE kind = ?");
    clear.bind(1, kind);
    clear.exec();
    return {};
  }
  SQLite::Statement take(*database_,
                         "INSERT INTO document (kind, version, content) VALUES (?, ?, ?) "
                         "ON CONFLICT (kind) DO UPDATE SET version = excluded.version, content = excluded.content");
  take.bind(1, kind);
  take.bind(2, static_cast<std::int64_t>(incoming->version));
  sqlite::bind_blob(take, 3, content);
  take.exec();
  SQLite::Statement drop(*database_, "DELETE FROM incoming_document WHERE kind = ?");
  drop.bind(1, kind);
  drop.exec();
  log_info("store", "document kind {} is now version {}", kind, incoming->version);
  return {};
}

Result<std::uint32_t> Store::document_version(wire::DocumentKind kind) {
  return sqlite::guard("reading a document's version", [&]() -> Result<std::uint32_t> {
    return version_in_use(*database_, static_cast<std::int64_t>(kind));
  });
}

Result<std::optional<Store::Document>> Store::document(wire::DocumentKind kind) {
  return sqlite::guard("reading a document", [&]() -> Result<std::optional<Document>> {
    SQLite::Statement query(*database_, "SELECT version, content FROM document WHERE kind = ?");
    query.bind(1, static_cast<std::int64_t>(kind));
    if (!query.executeStep()) return std::nullopt;
    Document document;
    if (query.getColumn(1).getBytes() == 0)
      return std::nullopt;  // accounts, which are kept elsewhere once they are taken
    document.version = static_cast<std::uint32_t>(query.getColumn(0).getInt64());
    TRY_ASSIGN(document.content, wire::decompress(sqlite::blob(query.getColumn(1)), limits::kDocumentRawBytes));
    return document;
  });
}

// Null: it has not come, or this program cannot use it. Another process may have taken it into the database.
std::shared_ptr<const wire::Dictionary> Store::received_dictionary() {
  const std::uint32_t held = version_in_use(*database_, static_cast<std::int64_t>(wire::DocumentKind::kDictionary));
  if (held == looked_for_dictionary_) return received_dictionary_;
  looked_for_dictionary_ = held;
  received_dictionary_.reset();
  const auto content = document(wire::DocumentKind::kDictionary);
  if (!content || !*content) return nullptr;
  auto opened = wire::Dictionary::open_shared(held, (*content)->content);
  if (opened) {
    received_dictionary_ = *std::move(opened);
  } else {
    log_error("store", "dictionary {} is no good: {}", held, opened.error().message);
  }
  return received_dictionary_;
}

}  // namespace mimika
