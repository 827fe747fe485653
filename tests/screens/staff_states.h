// Every state an officer can see at the counter.
#pragma once

#include <string>
#include <vector>

#include "tests/staff/staff_world.h"

namespace mimika::testing {

struct StaffState {
  std::string name;  // "50-staff-queue"
  staff::Session session;
  std::int64_t monotonic_ms = 0;
  OfficeState office = OfficeState::kOpen;
  Standing standing = {};
};

// Each session is in Indonesian, at the standard size and contrast.
[[nodiscard]] std::vector<StaffState> all_staff_states();

}  // namespace mimika::testing
