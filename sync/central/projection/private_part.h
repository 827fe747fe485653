// Opening what a kiosk sealed to the centre. Opening is all it does: who may ask, and that it is written down, is
// workflow's business.
#pragma once

#include <map>

#include "kiosk/crypto/keys.h"
#include "kiosk/model/event.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

// Wiped when it goes out of scope.
class OpenedPrivatePart {
 public:
  explicit OpenedPrivatePart(PrivatePart part) : part_(std::move(part)) {}
  OpenedPrivatePart(OpenedPrivatePart&&) = default;
  OpenedPrivatePart& operator=(OpenedPrivatePart&&) = default;
  ~OpenedPrivatePart();
  [[nodiscard]] const PrivatePart& part() const { return part_; }

 private:
  PrivatePart part_;
};

// A ticket opened whole: its filing, and what the person wrote afterwards (PersonReplied, TicketReopened), by event.
struct OpenedCase {
  OpenedPrivatePart filing;
  std::map<EventKey, OpenedPrivatePart> said = {};
};

// kNotFound: the event has none, or its stream has not come; kUnauthorised, kCorrupt: it does not open.
[[nodiscard]] Result<OpenedPrivatePart> open_private_part(Database& database, const CentreKeys& keys,
                                                          const Event& event, ByteView sealed);

}  // namespace mimika::central
