// Is a printed receipt genuine, and what became of what it proves? Answers with nothing that the receipt does not say
// itself, and whether it arrived.
#pragma once

#include <optional>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/model/ticket_number.h"
#include "sync/central/store/database.h"

namespace mimika::central {

enum class ReceiptVerdict {
  kNotGenuine,     // no statement of a kiosk, or one that was changed
  kUnknownKiosk,   // of a kiosk that is not known here: nothing can be said
  kNotVouchedFor,  // signed with the key of a kiosk that is revoked, and what it says counts for nothing here
  kArrived,        // genuine, and what it proves is here
  kNotArrived,     // genuine, and what it proves is not here yet
  kDiffers,        // genuine, but here stands something else in its place: a disk was restored or copied
};

struct ReceiptCheck {
  ReceiptVerdict verdict = ReceiptVerdict::kNotGenuine;
  // Of a genuine one.
  TicketNumber number;
  WallMs filed_ms = 0;
  std::optional<WallMs> arrived_ms;
};

// `text` is what a telephone reads from the QR code; spaces and line ends in it do not matter. Errors are of the
// database alone.
[[nodiscard]] Result<ReceiptCheck> check_receipt(Database& database, std::string_view text);

}  // namespace mimika::central
