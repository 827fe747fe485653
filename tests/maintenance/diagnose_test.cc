// The checks in a row, on a machine that was told what to say.
#include "kiosk/maintenance/diagnose.h"

#include <catch2/catch.hpp>

namespace {

using namespace mimika;
using namespace mimika::maintenance;

struct World {
  FakeEnv env{1'795'000'000'000};
  FakeMachine machine;
  FakeReach reach;
  DiagnosePlan plan;
  int asked = 0;
  Result<int> answer = 400;
  World() {
    plan.data_folder = "unused";
    plan.centre_url = "https://centre.example:8443";
    plan.service_watchdog_us = 30'000'000;
    plan.check_database = [] { return Finding{Outcome::kPass, {}, ""}; };
    plan.ask_centre = [this] {
      ++asked;
      return answer;
    };
    plan.sync = [] {
      SyncState state;
      state.enrolled = true;
      return Result<SyncState>(state);
    };
    plan.confidence = [] { return ClockConfidence::kSynced; };
  }
  std::vector<DiagnosticResult> all() { return Diagnoser(plan, machine, reach, env).run(automatic_diagnostics()); }
};

Outcome of(const std::vector<DiagnosticResult>& results, DiagnosticId id) {
  for (const DiagnosticResult& result : results) {
    if (result.id == id) return result.finding.outcome;
  }
  FAIL("no result of " << diagnostic_name(id));
  return Outcome::kSkipped;
}

}  // namespace

TEST_CASE("On a machine where all is well every check passes, with its time and what that is worth") {
  World world;
  world.machine.rtc_now = RtcReading{1'795'000'000, 3'000'000};
  const auto results = world.all();
  CHECK(results.size() == automatic_diagnostics().size());
  for (const DiagnosticResult& result : results) {
    INFO(diagnostic_name(result.id) << ": " << result.finding.detail);
    CHECK(result.finding.outcome == Outcome::kPass);
    CHECK(result.at.wall_ms == 1'795'000'000'000);
    CHECK(result.at.confidence == ClockConfidence::kSynced);
    CHECK(result.at.boot_id == world.env.boot_id());
    CHECK_FALSE(instruction_words(result).has_value());
  }
  CHECK(world.asked == 1);
}

TEST_CASE("Behind a step of the network that failed nothing is waited for") {
  World world;
  world.reach.look_up_now = fail(ErrorCode::kUnreachable, "no such name");
  const auto results = world.all();
  CHECK(of(results, DiagnosticId::kNetworkAddress) == Outcome::kPass);
  CHECK(of(results, DiagnosticId::kNetworkName) == Outcome::kFail);
  CHECK(of(results, DiagnosticId::kNetworkReach) == Outcome::kSkipped);
  CHECK(of(results, DiagnosticId::kNetworkServer) == Outcome::kSkipped);
  CHECK(of(results, DiagnosticId::kWatchdog) == Outcome::kPass);
  CHECK(world.asked == 0);
}

TEST_CASE("Another authority fails at TLS, and a centre in trouble at its answer") {
  World world;
  world.answer = fail(ErrorCode::kUnauthorised, "not signed by the pinned authority");
  CHECK(of(world.all(), DiagnosticId::kNetworkTls) == Outcome::kFail);
  CHECK(of(world.all(), DiagnosticId::kNetworkServer) == Outcome::kSkipped);
  world.answer = 503;
  CHECK(of(world.all(), DiagnosticId::kNetworkTls) == Outcome::kPass);
  CHECK(of(world.all(), DiagnosticId::kNetworkServer) == Outcome::kFail);
}

TEST_CASE("A kiosk that is not enrolled looks at its machine all the same") {
  World world;
  world.plan = DiagnosePlan{};
  const auto results = world.all();
  CHECK(of(results, DiagnosticId::kMemory) == Outcome::kPass);
  CHECK(of(results, DiagnosticId::kNetworkLink) == Outcome::kPass);
  for (const DiagnosticId id :
       {DiagnosticId::kDatabase, DiagnosticId::kNetworkName, DiagnosticId::kNetworkTls, DiagnosticId::kSyncError}) {
    CHECK(of(results, id) == Outcome::kSkipped);
  }
}

TEST_CASE("A damaged database is a failure with its reason and its instruction") {
  World world;
  world.plan.check_database = [] { return judge_error({ErrorCode::kCorrupt, "the chain is broken"}); };
  Diagnoser diagnoser(world.plan, world.machine, world.reach, world.env);
  const DiagnosticResult result = diagnoser.run(DiagnosticId::kDatabase);
  CHECK(result.finding.outcome == Outcome::kFail);
  CHECK(result.finding.detail == "the chain is broken");
  CHECK(instruction_words(result) == "diagnostic.advice.database");
}

TEST_CASE("What needs a person is not answered by the machine") {
  World world;
  Diagnoser diagnoser(world.plan, world.machine, world.reach, world.env);
  for (const DiagnosticId id : all_diagnostics()) {
    if (needs_person(id)) CHECK(diagnoser.run(id).finding.outcome == Outcome::kSkipped);
  }
}

TEST_CASE("A run can be ended after any result") {
  World world;
  int heard = 0;
  const auto ids = automatic_diagnostics();
  Diagnoser diagnoser(world.plan, world.machine, world.reach, world.env);
  CHECK(diagnoser.run(ids, [&](const DiagnosticResult&) { return ++heard < 3; }).size() == 3);
}
