// The device-signed statement a receipt's QR code carries: proof of filing that anyone with the device's certificate
// can check and no one can forge. Base32 upper case, so that the QR code uses its compact alphanumeric mode.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"

namespace mimika::wire {

struct ReceiptStatement {
  TicketNumber number;
  EventKey key;
  WallMs filed_ms = 0;
  std::array<std::uint8_t, 16> content{};  // of the chain hash at the filing event: covers public and sealed part
  friend bool operator==(const ReceiptStatement&, const ReceiptStatement&) = default;
};

// "MK1:JLA1-0417-K:<base32>"; the number stands in clear for a person with a phone's QR reader.
[[nodiscard]] std::string encode_receipt_statement(const ReceiptStatement& statement, const crypto::SigningKey& key);
// Whose key to check it with, as the text itself says; nothing is proven yet. kCorrupt for another text.
[[nodiscard]] Result<DeviceId> device_of_receipt_statement(std::string_view text);
// kCorrupt for another text, kUnauthorised when the signature does not verify.
[[nodiscard]] Result<ReceiptStatement> decode_receipt_statement(std::string_view text, const crypto::VerifyKey& key);

// The number on a scanned receipt of any kiosk, for looking the ticket up; that needs no proof, and the signature is
// not looked at: only the kiosk that signed it, and the centre, know the key. kInvalidInput for a text that is no
// receipt, kNewerVersion for one of a later form, kCorrupt for a receipt that is cut or misspelt.
[[nodiscard]] Result<TicketNumber> ticket_number_of_receipt(std::string_view text);

}  // namespace mimika::wire
