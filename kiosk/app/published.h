// The centre's catalogue on this kiosk: taken out of the store into a file that the next start reads before the store
// is open. What cannot be read is left where it is, and the one inside the program serves.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/app/locations.h"
#include "kiosk/model/announcements.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/store/store.h"

namespace mimika {

// The published one, else that of the program.
[[nodiscard]] Result<Catalogue> newest_catalogue(const DataFolder& folder, const std::string& assets);

using Announcements = std::shared_ptr<const std::vector<Announcement>>;

class PublishedAnnouncements {
 public:
  // What the store holds, the office's own before the centre's; the same again while that is the same, and while a
  // newer one cannot be read.
  [[nodiscard]] Announcements refresh(Store& store);

 private:
  void read_document(Store& store);
  std::uint32_t seen_ = 0;
  std::vector<Announcement> of_centre_;
  Announcements announcements_;
};

class PublishedCatalogue {
 public:
  explicit PublishedCatalogue(DataFolder folder) : folder_(std::move(folder)) {}
  // After a round of the synchronisation: writes the file when the store holds another version than before.
  void refresh(Store& store);

 private:
  DataFolder folder_;
  std::uint32_t seen_ = 0;
};

}  // namespace mimika
