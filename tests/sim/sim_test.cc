// Whether the simulator can be believed: it repeats itself, it finds what is built in wrong, and it says so briefly.
// That the product keeps its promises is asked by mimika_sim itself (CMakeLists.txt of this folder).
#include <catch2/catch.hpp>

#include "kiosk/base/log.h"
#include "tests/sim/minimise.h"
#include "tests/sim/world.h"

namespace mimika::sim {
namespace {

PlanOptions small(std::size_t steps = 60, std::size_t kiosks = 3) {
  open_log("", LogLevel::kError);
  PlanOptions options;
  options.steps = steps;
  options.kiosks = kiosks;
  return options;
}

// The first of these seeds that finds the mistake.
std::optional<Plan> first_to_find(Planted planted, const std::string& invariant) {
  RunOptions options;
  options.planted = planted;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Plan plan = make_plan(seed, small());
    const Outcome outcome = play(plan, options);
    if (outcome.violation && outcome.violation->invariant == invariant) return plan;
  }
  return std::nullopt;
}

Minimised shrunk(const Plan& plan, Planted planted) {
  RunOptions options;
  options.planted = planted;
  return minimise(plan, options, 600);
}

TEST_CASE("a seed is a history, and played twice it is the same in every line") {
  PlanOptions options = small(120, 4);
  options.few_kinds = false;
  for (const std::uint64_t seed : {7U, 8U, 9U}) {
    const Plan plan = make_plan(seed, options);
    std::vector<std::string> first;
    std::vector<std::string> second;
    RunOptions listening;
    listening.listener = [&](const std::string& line) { first.push_back(line); };
    const Outcome once = play(plan, listening);
    listening.listener = [&](const std::string& line) { second.push_back(line); };
    const Outcome twice = play(plan, listening);
    CHECK(first.size() > 120);
    CHECK(first == second);
    CHECK(once.trace_hash == twice.trace_hash);
    CHECK(once.tally == twice.tally);
  }
  CHECK(play(make_plan(7, options), {}).trace_hash != play(make_plan(8, options), {}).trace_hash);
}

TEST_CASE("an acknowledgement of what was never stored is found, and told in a few actions") {
  const auto plan = first_to_find(Planted::kAcknowledgesUnstored, "arrived");
  REQUIRE(plan);
  const Minimised small = shrunk(*plan, Planted::kAcknowledgesUnstored);
  REQUIRE(small.outcome.violation);
  CHECK(small.outcome.violation->invariant == "arrived");
  CHECK(small.plan.actions.size() <= 3);
  CHECK(small.plan.kiosks == 1);
}

TEST_CASE("a disk that only says it has synced is found by the power cut that shows it") {
  const auto plan = first_to_find(Planted::kDiskIgnoresSyncs, "saved");
  REQUIRE(plan);
  const Minimised small = shrunk(*plan, Planted::kDiskIgnoresSyncs);
  REQUIRE(small.outcome.violation);
  CHECK(small.outcome.violation->invariant == "saved");
  CHECK(small.plan.actions.size() <= 8);
  CHECK(std::ranges::any_of(small.plan.actions, [](const Action& action) { return action.kind == Kind::kPowerCut; }));
}

TEST_CASE("a minimised history can be written down and read again") {
  const Plan plan = make_plan(3, small());
  for (const Action& action : plan.actions) {
    const auto read = parse_line(line_of(action));
    REQUIRE(read);
    CHECK(*read == action);
  }
  CHECK_FALSE(parse_line("earthquake k1 +5 dice 3"));
  CHECK_FALSE(parse_line("file k1 5 dice 3"));
}

}  // namespace
}  // namespace mimika::sim
