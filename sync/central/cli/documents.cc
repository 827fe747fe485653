#include "sync/central/cli/documents.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/model/announcements.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/wire/dictionary.h"

namespace mimika::central {
namespace {

using wire::DocumentKind;

constexpr std::array<std::pair<const char*, DocumentKind>, 4> kKinds{{{"catalogue", DocumentKind::kCatalogue},
                                                                      {"accounts", DocumentKind::kAccounts},
                                                                      {"announcements", DocumentKind::kAnnouncements},
                                                                      {"dictionary", DocumentKind::kDictionary}}};

Result<DocumentKind> parse_kind(const std::string& word) {
  for (const auto& [name, kind] : kKinds) {
    if (word == name) return kind;
  }
  return fail(ErrorCode::kInvalidInput,
              "no kind " + word + "; there are catalogue, accounts, announcements and dictionary");
}

const char* name_of(DocumentKind wanted) {
  for (const auto& [name, kind] : kKinds) {
    if (kind == wanted) return name;
  }
  return "?";
}

Result<Bytes> read_document(DocumentKind kind, const std::string& path) {
  std::error_code ignored;
  if (kind == DocumentKind::kCatalogue && std::filesystem::is_directory(path, ignored)) {
    TRY_ASSIGN(const std::string bundle, bundle_catalogue(path));
    const ByteView bytes = as_bytes(bundle);
    return Bytes(bytes.begin(), bytes.end());
  }
  return read_file(path, mimika::limits::kDocumentRawBytes);
}

// As the kiosk will read it: what it would refuse is not published.
Status check_document(DocumentKind kind, std::uint32_t version, ByteView content) {
  switch (kind) {
    case DocumentKind::kCatalogue:
      TRY(parse_catalogue(as_text(content)));
      return {};
    case DocumentKind::kDictionary: {
      const auto opened = wire::Dictionary::open(version, content);
      if (opened) return {};
      return fail(ErrorCode::kInvalidInput,
                  fmt::format("this is not dictionary {}, which comes next: {}", version, opened.error().message));
    }
    case DocumentKind::kAnnouncements:
      TRY(parse_announcements(as_text(content)));
      return {};
    case DocumentKind::kAccounts:
      // Each kiosk's copy is sealed to it (sync/wire/staff_accounts.h): no file is that.
      return fail(ErrorCode::kInvalidInput, "accounts are published by the commands under 'staff'");
  }
  return {};
}

}  // namespace

Result<std::string> publish(Env& env, const std::string& data, const Catalogue& catalogue, const PublishOrder& order) {
  TRY_ASSIGN(const DocumentKind kind, parse_kind(order.kind));
  if (!order.district.empty() && catalogue.find_district(DistrictCode{order.district}) == nullptr) {
    return fail(ErrorCode::kInvalidInput, "no district " + order.district);
  }
  if (!order.district.empty() && kind == DocumentKind::kDictionary) {
    return fail(ErrorCode::kInvalidInput, "a dictionary is for all districts");
  }
  TRY_ASSIGN(const Bytes content, read_document(kind, order.file));
  TRY_ASSIGN(const DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  return in_transaction(*database, [&]() -> Result<std::string> {
    TRY_ASSIGN(const std::uint32_t next, next_document_version(*database, kind));
    TRY(check_document(kind, next, content));
    TRY_ASSIGN(const std::uint32_t version,
               publish_document(*database, kind, DistrictCode{order.district}, content, env.wall_ms()));
    return fmt::format("{} {} published for {}\n", order.kind, version,
                       order.district.empty() ? "all districts" : order.district);
  });
}

Result<std::string> describe_documents(Env& env, const std::string& data) {
  TRY_ASSIGN(const DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  TRY_ASSIGN(const auto documents, list_documents(*database));
  std::string out;
  for (const PublishedDocument& one : documents) {
    out += fmt::format("{:<14} {:>4}  {:<12} {} bytes\n", name_of(one.kind), one.version,
                       one.district.value.empty() ? "all" : one.district.value, one.bytes);
  }
  return out;
}

}  // namespace mimika::central
