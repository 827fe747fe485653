#include "kiosk/app/published.h"

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/model/iso_date.h"

namespace mimika {

Result<Catalogue> newest_catalogue(const DataFolder& folder, const std::string& assets) {
  if (const auto file = read_file(folder.published_catalogue(), limits::kDocumentRawBytes)) {
    auto catalogue = parse_catalogue(as_text(*file));
    if (catalogue) return catalogue;
    log_error("app", "the published catalogue cannot be read, the built-in one serves: {}", catalogue.error().message);
  }
  return load_catalogue(assets + "/catalogue");
}

void PublishedAnnouncements::read_document(Store& store) {
  const auto version = store.document_version(wire::DocumentKind::kAnnouncements);
  if (!version || *version == 0 || *version == seen_) return;
  const auto document = store.document(wire::DocumentKind::kAnnouncements);
  if (!document || !*document) return;
  seen_ = *version;
  auto read = parse_announcements(as_text((*document)->content));
  if (read) {
    of_centre_ = *std::move(read);
  } else {
    log_error("app", "announcements {} of the centre cannot be read: {}", *version, read.error().message);
  }
}

Announcements PublishedAnnouncements::refresh(Store& store) {
  read_document(store);
  std::vector<Announcement> all;
  if (const auto notices = store.notices()) {
    for (const PostedNotice& notice : *notices) {
      all.push_back({{notice.title, {}}, {notice.text, {}}, std::nullopt, parse_iso_date(notice.until)});
    }
  }
  all.insert(all.end(), of_centre_.begin(), of_centre_.end());
  // A new object only when there is something new: whoever shows it compares.
  const bool same = announcements_ ? *announcements_ == all : all.empty();
  if (!same) announcements_ = std::make_shared<const std::vector<Announcement>>(std::move(all));
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
