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

// --- histories that long runs found, as short as they became

Outcome played(Plan plan, std::initializer_list<const char*> lines) {
  open_log("", LogLevel::kError);
  for (const char* line : lines) plan.actions.push_back(parse_line(line).value());
  return play(plan, {});
}

// The clone's own third event is no filing, so that no key and no number was given twice.
TEST_CASE("what a clone wrote under a key of its twin is not asked of it") {
  const Outcome outcome =
      played({.seed = 1795828716, .kiosks = 4, .districts = 1, .poll_ms = 86'400'000, .actions = {}},
             {"file k5 +51813 dice 6611989825863092362", "clone k1 +0 dice 1292643948446133150",
              "file k1 +69128 dice 452151453593295467", "file k1 +0 dice 436410987326661972",
              "file k4 +0 dice 1949459531238898765"});
  INFO((outcome.violation ? outcome.violation->text : std::string()));
  CHECK_FALSE(outcome.violation);
}

// A lie made the kiosk begin a new life; of the one before nobody was asked again.
TEST_CASE("what a restored centre has lost of a former life comes again") {
  const Outcome outcome =
      played({.seed = 1795900009, .kiosks = 3, .districts = 1, .poll_ms = 86'400'000, .actions = {}},
             {"centre-backup k6 +0 dice 6431997980373327968", "lose-answer k3 +15505 dice 2411887236672224627",
              "lying-centre k6 +0 dice 1731620205282628649", "file k0 +0 dice 1734141870189162607",
              "stick-trip k6 +21314 dice 9123448667738149079", "centre-restore k1 +0 dice 3488051380386974916"});
  INFO((outcome.violation ? outcome.violation->text : std::string()));
  CHECK_FALSE(outcome.violation);
}

// The centre had more of the former life than the kiosk put back, whose last event no feed brings.
TEST_CASE("a database put back from a backup leaves nothing in dispute that the centre has") {
  const Outcome outcome =
      played({.seed = 1795900008, .kiosks = 4, .districts = 1, .poll_ms = 43'200'000, .actions = {}},
             {"clone k3 +0 dice 183716483981223662", "link-down k0 +0 dice 1778332016149337750",
              "file k0 +64465845 dice 8423678446092813067", "attach k0 +0 dice 7234673825781418339",
              "backup k0 +0 dice 1586044718246174422", "file k0 +0 dice 5639802196695314846",
              "link-up k0 +0 dice 5321155464230802740", "restore-database k5 +54881525 dice 5631662427411335424"});
  INFO((outcome.violation ? outcome.violation->text : std::string()));
  CHECK_FALSE(outcome.violation);
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
