// mimika-kiosk-ctl report: the figures of a day or a month, as on the officers' page, and as CSV for a spreadsheet.
// Counts alone, from what is public of tickets: nobody need be signed in, and no name is in them.
#pragma once

#include <string>

#include "kiosk/app/ctl_print.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/store/store.h"

namespace mimika {

enum class ReportForm { kWords, kCsv };

struct ReportRequest {
  std::string day = {};    // "2026-11-28"; one of the two
  std::string month = {};  // "2026-11"
  ReportForm form = ReportForm::kWords;
};

// kInvalidInput for a day or month that there is not.
[[nodiscard]] Result<CtlAnswer> make_report(Store& store, Env& env, const Catalogue& catalogue,
                                            const ReportRequest& request);

}  // namespace mimika
