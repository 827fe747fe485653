// Filing: from what was asked for to a ticket that is saved. The one way in, for the screens and for mimika-kiosk-ctl.
#pragma once

#include <span>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/crypto/receipt_code.h"
#include "kiosk/model/validation.h"
#include "kiosk/store/store.h"

namespace mimika {

struct Receipted {
  FiledTicket filed;
  crypto::ReceiptCode code;
  std::string statement;  // what the QR code carries
};

// A receipt code with the key pair it derives, made before it is needed: deriving is slow by intent.
struct ReceiptPair {
  crypto::ReceiptCode code;
  ReceiptPublicKey public_key{};
};
[[nodiscard]] Result<ReceiptPair> make_receipt_pair(Env& env, DeviceId device);

// Commits a request that check_filing() found nothing wrong with (kInvalidInput, naming the first field, otherwise) and
// signs its receipt. `media` is saved with it or nothing is. `assisted`: an officer typed it for somebody.
[[nodiscard]] Result<Receipted> file_request(Store& store, const Catalogue& catalogue, const FilingRequest& request,
                                             ReceiptPair pair, const crypto::SigningKey& device_key, LocalDate today,
                                             std::span<const NewMedia> media = {},
                                             const std::optional<TicketAssisted>& assisted = {});

// Goes to Inspektorat, and no copy of it to this office.
[[nodiscard]] bool is_about_staff(const Catalogue& catalogue, const std::optional<CategoryId>& category);

}  // namespace mimika
