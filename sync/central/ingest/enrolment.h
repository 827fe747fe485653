// Enrolment at the centre: a ticket is written for a technician to carry; a kiosk that brings its token and a key of
// its own gets a certificate.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"
#include "sync/wire/enrolment.h"

namespace mimika::central {

struct EnrolmentOrder {
  DistrictCode district;
  std::optional<int> number;  // 1-9 within the district; the next free one when empty
  std::string name;           // what people call the place; may be empty
  std::string url;            // where the kiosk finds the centre
};

// Creates the device, the district's office key when it is the first, and a token that works once within seven days.
// kInvalidInput: no such district, a bad number; kConflict: the number is taken and has enrolled. A kiosk that has not
// enrolled yet may be given a new ticket under its number.
[[nodiscard]] Result<wire::EnrolmentTicket> order_enrolment(Database& database, Env& env, const DataFolder& folder,
                                                            const Catalogue& catalogue, const EnrolmentOrder& order);

// POST /v1/enrol: the certificate's bytes. The same kiosk asking again with the same key (its answer was lost on the
// way) gets the same certificate; another key is refused.
[[nodiscard]] Answered<Bytes> take_enrolment(Database& database, Env& env, const CentreKeys& keys, ByteView body);

// POST /v1/rekey: a kiosk gives itself another key; the certificate's bytes. Repeating it is safe. A key that was used
// before cannot come back.
[[nodiscard]] Answered<Bytes> take_rekey(Database& database, Env& env, const CentreKeys& keys, ByteView body);

}  // namespace mimika::central
