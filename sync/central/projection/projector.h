// Turns events, in the centre's order, into what people and kiosks see: tickets, feeds, the log of private readings.
// The tickets come from the same reducer the kiosks use.
#pragma once

#include <optional>

#include "kiosk/crypto/keys.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/tickets.h"

namespace mimika::central {

class Projector {
 public:
  // Both must outlive the projector. `keys` open the hidden category of secret tickets, for routing alone. `catalogue`:
  // where events of kiosks come in, so that what waited for its ticket is looked at again; null elsewhere.
  explicit Projector(const CentreKeys& keys, const Catalogue* catalogue = nullptr)
      : keys_(keys), catalogue_(catalogue) {}

  // Inside the transaction that stores the event. `position` is the event's place in the total order.
  [[nodiscard]] Status apply(Database& database, const Event& event, ByteView sealed, std::uint64_t position,
                             WallMs arrived_ms) const;

  // The ticket after one event, without storing it; empty when the event is about no ticket, or one we do not have.
  [[nodiscard]] Result<std::optional<TicketRow>> next(Database& database, std::optional<TicketRow> before,
                                                      const Event& event, ByteView sealed, WallMs arrived_ms) const;

 private:
  [[nodiscard]] Status apply_waiting(Database& database, const TicketId& ticket) const;
  [[nodiscard]] Result<bool> kept_from_office(Database& database, const Event& event, const StoredEvent& stored) const;
  const CentreKeys& keys_;
  const Catalogue* catalogue_;
};

// A complaint about staff ("berkadar pengawasan"): not the office's to touch, nor the OPD's that it names.
[[nodiscard]] bool is_about_staff_of(const TicketRow& row, const Catalogue& catalogue);

// Whether an event goes to the kiosks of its ticket's district. Who read what never leaves the centre, and attachments
// are of no use to other kiosks.
[[nodiscard]] bool belongs_in_feed(const Event& event);

}  // namespace mimika::central
