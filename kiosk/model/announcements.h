// What the regency announces at its kiosks: a document of the centre (wire::DocumentKind::kAnnouncements), as JSON:
//
//   {"announcements": [{"from": "2026-12-01", "until": "2026-12-08",
//                       "title": {"id": "Libur Natal", "en": "Christmas holiday"},
//                       "text": {"id": "Kantor tutup 24 sampai 26 Desember."}}]}
//
// The days are optional and both included; English as well.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/model/calendar.h"
#include "kiosk/model/catalogue.h"

namespace mimika {

namespace limits {
inline constexpr std::size_t kAnnouncements = 20;  // in one document
inline constexpr std::size_t kAnnouncementTitleBytes = 120;
inline constexpr std::size_t kAnnouncementBytes = 1200;
}  // namespace limits

struct Announcement {
  LocalText title;
  LocalText text;
  std::optional<LocalDate> from;
  std::optional<LocalDate> until;
  friend bool operator==(const Announcement&, const Announcement&) = default;
};

// kInvalidInput, saying where, for anything that is not as above; kTooLarge beyond limits::kAnnouncements.
[[nodiscard]] Result<std::vector<Announcement>> parse_announcements(std::string_view json);

// Without a day that can be trusted nothing is left out: an old notice does less harm than a missing one.
[[nodiscard]] bool is_current(const Announcement& announcement, std::optional<LocalDate> today);

}  // namespace mimika
