#include "sync/central/store/documents.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "sync/central/store/columns.h"
#include "sync/wire/dictionary.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::central {
namespace {

std::int64_t number_of(wire::DocumentKind kind) {
  return static_cast<std::int64_t>(kind);
}

}  // namespace

Result<std::uint32_t> newest_version(Database& database, wire::DocumentKind kind) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT COALESCE(MAX(version), 0) FROM document WHERE kind = $1", {number_of(kind)}));
  return static_cast<std::uint32_t>(rows[0].integer(0));
}

// Dictionaries go on after those inside the program: their number is in what was compressed with them.
Result<std::uint32_t> next_document_version(Database& database, wire::DocumentKind kind) {
  TRY_ASSIGN(const std::uint32_t newest, newest_version(database, kind));
  const std::uint32_t floor = kind == wire::DocumentKind::kDictionary ? wire::kNewestBuiltInDictionary : 0;
  return std::max(newest, floor) + 1;
}

Result<std::uint32_t> publish_document(Database& database, wire::DocumentKind kind, const DistrictCode& district,
                                       ByteView content, WallMs now_ms) {
  if (content.size() > mimika::limits::kDocumentRawBytes) return fail(ErrorCode::kTooLarge, "too large a document");
  const Bytes compressed = wire::compress(content, wire::Effort::kBackground);
  if (compressed.size() > wire::kBlobBytes) return fail(ErrorCode::kTooLarge, "too large a document, compressed");
  TRY_ASSIGN(const std::uint32_t version, next_document_version(database, kind));
  const wire::BlobId id = wire::id_of(wire::manifest_of(compressed));
  TRY(database.execute(
      "INSERT INTO document (kind, district, version, blob, content, created_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      {number_of(kind), district.value, value_of(version), value_of(ByteView(id.hash)), compressed, now_ms}));
  return version;
}

Result<std::vector<wire::DocumentHead>> newer_documents(Database& database, const DistrictCode& district,
                                                        std::span<const wire::DocumentVersion> held) {
  std::vector<wire::DocumentHead> heads;
  for (std::uint32_t number = 1; number < wire::kDocumentKinds; ++number) {
    const auto kind = static_cast<wire::DocumentKind>(number);
    const auto mine = std::ranges::find(held, kind, &wire::DocumentVersion::kind);
    const std::uint32_t have = mine == held.end() ? 0 : mine->version;
    TRY_ASSIGN(const auto rows,
               database.query("SELECT version, blob FROM document WHERE kind = $1 AND district IN ('', $2) AND "
                              "version > $3 ORDER BY version DESC LIMIT 1",
                              {number_of(kind), district.value, value_of(have)}));
    if (rows.empty()) continue;
    wire::DocumentHead head{kind, static_cast<std::uint32_t>(rows[0].integer(0)), {}};
    TRY_ASSIGN(head.content, wire::to_blob_id(rows[0].bytes(1)));
    heads.push_back(head);
  }
  return heads;
}

Result<std::optional<Bytes>> document_content(Database& database, const wire::BlobId& blob) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT content FROM document WHERE blob = $1 LIMIT 1", {value_of(ByteView(blob.hash))}));
  if (rows.empty()) return std::optional<Bytes>();
  return std::optional(rows[0].bytes(0));
}

Result<std::optional<Bytes>> find_document(Database& database, wire::DocumentKind kind, std::uint32_t version) {
  TRY_ASSIGN(const auto rows, database.query("SELECT content FROM document WHERE kind = $1 AND version = $2",
                                             {number_of(kind), value_of(version)}));
  if (rows.empty()) return std::optional<Bytes>();
  TRY_ASSIGN(Bytes content, wire::decompress(rows[0].bytes(0), mimika::limits::kDocumentRawBytes));
  return std::optional(std::move(content));
}

Result<std::vector<PublishedDocument>> list_documents(Database& database) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT kind, district, version, LENGTH(content), created_ms FROM document "
                            "ORDER BY kind, version"));
  std::vector<PublishedDocument> documents;
  for (const Row& row : rows) {
    documents.push_back({static_cast<wire::DocumentKind>(row.integer(0)), DistrictCode{row.text(1)},
                         static_cast<std::uint32_t>(row.integer(2)), row.unsigned_integer(3), row.integer(4)});
  }
  return documents;
}

}  // namespace mimika::central
