// The mirrored rule of the touch audit: whatever a finger reaches, the arrow keys and Enter reach too.
#pragma once

#include "tests/screens/audit_stage.h"

namespace mimika::testing {

// Walks over a page with the arrow keys alone until every target has had the focus or no step leads to a new one.
// Says which were never reached, where the focus could not be seen, and which enabled ones Enter did not press.
[[nodiscard]] std::vector<Fault> focus_faults(AuditStage& stage, const AuditView& view);

}  // namespace mimika::testing
