// Makes a failing history short: what is left still breaks the same promise, and nothing of it can be taken out alone.
#pragma once

#include <string>

#include "tests/sim/world.h"

namespace mimika::sim {

struct Minimised {
  Plan plan;
  Outcome outcome;
  std::size_t runs = 0;
};
// `plan` must fail. At most `max_runs` histories are played.
[[nodiscard]] Minimised minimise(const Plan& plan, const RunOptions& options, std::size_t max_runs);

}  // namespace mimika::sim
