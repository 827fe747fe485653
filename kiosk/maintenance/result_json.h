// A result as JSON, the same in the history, the readiness report and on the terminal.
#pragma once

#include <nlohmann/json.hpp>

#include "kiosk/base/result.h"
#include "kiosk/maintenance/diagnostic.h"

namespace mimika::maintenance {

// Its keys are sorted and its numbers whole, so that the same result has the same bytes.
[[nodiscard]] nlohmann::json result_to_json(const DiagnosticResult& result);
// kCorrupt for anything but what result_to_json() makes; further keys, of a newer program, are passed over.
[[nodiscard]] Result<DiagnosticResult> result_from_json(const nlohmann::json& json);

// Cuts what is over limits::kDiagnosticDetailBytes and limits::kDiagnosticFacts, whole letters only.
void limit_finding(Finding& finding);

}  // namespace mimika::maintenance
