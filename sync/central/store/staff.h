// Rows of those who work at kiosks: their accounts, the answers they got by telephone, their sticks, and what they did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/challenge.h"
#include "kiosk/crypto/staff_credential.h"
#include "kiosk/model/event.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct Staff {
  std::string login;
  std::string full_name;
  Role role = Role::kOfficer;
  DistrictCode district;  // empty for technicians: every district
  std::uint32_t version = 1;
  crypto::StaffCredential credential;
  WallMs created_ms = 0;
  std::optional<WallMs> disabled_ms;
};
[[nodiscard]] Result<std::optional<Staff>> find_staff(Database& database, const std::string& login);
[[nodiscard]] Result<std::vector<Staff>> list_staff(Database& database);    // by district, then login
[[nodiscard]] Status insert_staff(Database& database, const Staff& staff);  // kConflict: the login is taken
// Everything of it but login, role, district and when it was made.
[[nodiscard]] Status update_staff(Database& database, const Staff& staff);
// `by`: login of the centre; empty: the command line. Inside a transaction.
[[nodiscard]] Status note_staff_change(Database& database, const std::string& login, const std::string& what,
                                       const std::string& by, WallMs at_ms);

// Sealed to the centre's box key.
[[nodiscard]] Result<std::optional<Bytes>> find_challenge_secret(Database& database, DeviceId device);
[[nodiscard]] Status insert_challenge_secret(Database& database, DeviceId device, const Bytes& sealed, WallMs now_ms);

struct ChallengeAnswer {
  crypto::ChallengeFor what;
  crypto::Challenge challenge;
  std::string by;
  WallMs at_ms = 0;
};
[[nodiscard]] Result<std::optional<ChallengeAnswer>> find_challenge_answer(Database& database, DeviceId device,
                                                                           const crypto::Challenge& challenge);
[[nodiscard]] Status insert_challenge_answer(Database& database, const ChallengeAnswer& answer);
// The highest counter that was answered; 0: none.
[[nodiscard]] Result<std::uint32_t> last_challenge_counter(Database& database, DeviceId device);
[[nodiscard]] Result<std::vector<ChallengeAnswer>> list_challenge_answers(Database& database, int limit);

struct StickKeyRow {
  std::uint64_t serial = 0;
  std::string login;
  DistrictCode district;
  std::string kiosk;  // its code; empty: every one of the district
  std::string by;
  WallMs at_ms = 0;
};
[[nodiscard]] Status insert_stick_key(Database& database, const StickKeyRow& row);

// --- projections
struct StaffActRow {
  std::uint64_t position = 0;
  DeviceId device;
  StaffActed acted;
  EventTime time;
  WallMs arrived_ms = 0;
};
[[nodiscard]] Status insert_staff_act(Database& database, const StaffActRow& row);
// The newest of one kiosk.
[[nodiscard]] Result<std::vector<StaffActRow>> list_staff_acts(Database& database, DeviceId device, int limit);

struct OfficeAnnouncement {
  EventKey key;
  DistrictCode district;
  std::string title;
  std::string text;
  std::string until;
  std::string posted_by;  // name
  WallMs arrived_ms = 0;
  std::optional<std::string> withdrawn_by;
};
[[nodiscard]] Status insert_office_announcement(Database& database, const OfficeAnnouncement& announcement);
// One that is not here changes nothing.
[[nodiscard]] Status withdraw_office_announcement(Database& database, const EventKey& posted, const std::string& by);
[[nodiscard]] Result<std::vector<OfficeAnnouncement>> list_office_announcements(Database& database,
                                                                                const DistrictCode& district,
                                                                                int limit);

}  // namespace mimika::central
