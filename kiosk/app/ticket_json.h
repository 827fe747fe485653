// A filing as JSON, for mimika-kiosk-ctl: outreach lists, tests, migration from paper.
//
//   {"kind": "complaint", "category": "air", "kampung": "94.04.06.2002", "confidentiality": "name_hidden",
//    "story": "…", "landmark": "…", "name": "…", "nik": "…", "phone": "…", "address": "…",
//    "service": "akta_lahir", "fields": {"nama_anak": "…"}, "consent": true}
#pragma once

#include <string_view>

#include "kiosk/base/result.h"
#include "kiosk/model/validation.h"

namespace mimika {

// kInvalidInput, naming the member, for anything malformed, unknown or of the wrong type. What the values mean is
// checked later, by the same check_filing() as at the screen.
[[nodiscard]] Result<FilingRequest> filing_from_json(std::string_view json);

}  // namespace mimika
