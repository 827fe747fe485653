// Whether what staff did at a kiosk may stand: a kiosk is a machine that others can reach, and what it says of an
// officer is believed as far as the centre's own tables bear it out. Private to this folder.
#pragma once

#include <string>

#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"
#include "sync/central/store/database.h"
#include "sync/central/store/devices.h"

namespace mimika::central {

class StaffCheck {
 public:
  StaffCheck(Database& database, const Catalogue& catalogue, const Device& device, WallMs now_ms)
      : database_(database), catalogue_(catalogue), device_(device), now_ms_(now_ms) {}

  // Why it is set aside (docs/wire.md); empty when it is welcome, or is no event of staff.
  [[nodiscard]] Result<std::string> objection_to(const Event& event) const;

 private:
  [[nodiscard]] Result<std::string> objection_to_actor(const Event& event, const Actor& actor) const;
  [[nodiscard]] Result<std::string> objection_about_ticket(const Event& event, const TicketId& id) const;
  [[nodiscard]] Result<std::string> objection_to_withdrawal(const Event& event) const;
  [[nodiscard]] Result<bool> was_late(const Event& event, WallMs disabled_ms) const;

  Database& database_;
  const Catalogue& catalogue_;
  const Device& device_;
  WallMs now_ms_;
};

}  // namespace mimika::central
