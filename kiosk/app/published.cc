#include "kiosk/app/published.h"

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika {

Result<Catalogue> newest_catalogue(const DataFolder& folder, const std::string& assets) {
  if (const auto file = read_file(folder.published_catalogue(), limits::kDocumentRawBytes)) {
    auto catalogue = parse_catalogue(as_text(*file));
    if (catalogue) return catalogue;
    log_error("app", "the published catalogue cannot be read, the built-in one serves: {}", catalogue.error().message);
  }
  return load_catalogue(assets + "/catalogue");
}

Announcements PublishedAnnouncements::refresh(Store& store) {
  const auto version = store.document_version(wire::DocumentKind::kAnnouncements);
  if (!version || *version == 0 || *version == seen_) return announcements_;
  const auto document = store.document(wire::DocumentKind::kAnnouncements);
  if (!document || !*document) return announcements_;
  seen_ = *version;
  auto read = parse_announcements(as_text((*document)->content));
  if (read) {
    announcements_ = std::make_shared<const std::vector<Announcement>>(*std::move(read));
  } else {
    log_error("app", "announcements {} of the centre cannot be read: {}", *version, read.error().message);
  }
  return announcements_;
}

void PublishedCatalogue::refresh(Store& store) {
  const auto version = store.document_version(wire::DocumentKind::kCatalogue);
  if (!version || *version == 0 || *version == seen_) return;
  const auto document = store.document(wire::DocumentKind::kCatalogue);
  if (!document || !*document) return;
  seen_ = *version;
  const auto now = read_file(folder_.published_catalogue(), limits::kDocumentRawBytes);
  if (now && *now == (*document)->content) return;
  if (const auto catalogue = parse_catalogue(as_text((*document)->content)); !catalogue) {
    log_error("app", "catalogue {} of the centre cannot be read and is left out: {}", *version,
              catalogue.error().message);
    return;
  }
  Status written = make_private_folder(folder_.cache());
  if (written) {
    written = write_file_durably(folder_.published_catalogue(), (*document)->content, FileMode::kPrivate);
  }
  if (!written) {
    log_warning("app", "the new catalogue was not written: {}", written.error().message);
    seen_ = 0;
    return;
  }
  log_info("app", "catalogue {} of the centre serves from the next start on", *version);
}

}  // namespace mimika
