// What was written to the person alone: opened with the receipt code, on the kiosk, offline.
#pragma once

#include <vector>

#include "kiosk/crypto/receipt_code.h"
#include "kiosk/model/ticket.h"
#include "kiosk/session/personal.h"

namespace mimika {

// kUnauthorised when the code is not this ticket's. A single text that does not open is left out and logged: it must
// not hide the others.
[[nodiscard]] Result<std::vector<OpenedReply>> open_replies(const Ticket& ticket, const crypto::ReceiptCode& code);

}  // namespace mimika
