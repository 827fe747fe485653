// The receipt on paper, in the words of whoever takes it home.
#pragma once

#include "kiosk/device/receipt_slip.h"
#include "kiosk/session/session.h"
#include "ui/text/text.h"

namespace mimika {

// The slip holds the receipt code in plain strings; whoever has it overwrites it (device::wipe).
[[nodiscard]] device::ReceiptSlip make_receipt_slip(const Receipt& receipt, const SessionContext& context,
                                                    const Text& text);

}  // namespace mimika
