#include "kiosk/maintenance/diagnose.h"

#include <utility>

namespace mimika::maintenance {
namespace {

constexpr int kHttpServerError = 500;

Finding skipped(const char* why) {
  return {Outcome::kSkipped, {}, why};
}

Finding judge_tls(const Result<int>& answer, std::int64_t took_ms) {
  const Fact took{"took", took_ms, Unit::kMilliseconds};
  // Whatever was answered came through TLS with the pinned authority.
  if (answer) return {Outcome::kPass, {took}, ""};
  return {Outcome::kFail, {took}, answer.error().message};
}

Finding judge_server(const Result<int>& answer, std::int64_t took_ms) {
  const Fact took{"took", took_ms, Unit::kMilliseconds};
  if (!answer) return {Outcome::kFail, {took}, answer.error().message};
  const Fact status{"http_status", *answer, Unit::kCount};
  // A refusal of our empty question is an answer of the centre all the same.
  if (*answer < kHttpServerError) return {Outcome::kPass, {took, status}, ""};
  return {Outcome::kFail, {took, status}, "the centre answers that it is in trouble"};
}

}  // namespace

Diagnoser::Diagnoser(DiagnosePlan plan, Machine& machine, NetworkReach& reach, Env& env)
    : plan_(std::move(plan)), machine_(machine), reach_(reach), env_(env) {}

ClockState Diagnoser::clock() {
  ClockState state{env_.wall_ms(), plan_.built_ms, ClockConfidence::kUnknown, std::nullopt};
  if (plan_.confidence) state.confidence = plan_.confidence();
  if (plan_.off_centre_ms) state.off_centre_ms = plan_.off_centre_ms();
  return state;
}

ResultTime Diagnoser::now() {
  return result_time(env_, plan_.confidence ? plan_.confidence() : ClockConfidence::kUnknown);
}

const Result<int>& Diagnoser::centre_answer() {
  if (!centre_answer_) {
    const std::int64_t began = env_.monotonic_ms();
    centre_answer_ = plan_.ask_centre();
    centre_took_ms_ = env_.monotonic_ms() - began;
  }
  return *centre_answer_;
}

DiagnosticResult Diagnoser::run(DiagnosticId id) {
  centre_answer_.reset();
  DiagnosticResult result{id, {}, look(id)};
  result.at = now();
  return result;
}

std::vector<DiagnosticResult> Diagnoser::run(std::span<const DiagnosticId> ids,
                                             const std::function<bool(const DiagnosticResult&)>& done) {
  centre_answer_.reset();
  std::vector<DiagnosticResult> results;
  bool network_ends_here = false;
  for (const DiagnosticId id : ids) {
    const bool network = group_of(id) == DiagnosticGroup::kNetwork;
    DiagnosticResult result{id, {}, network && network_ends_here ? skipped("a step before failed") : look(id)};
    result.at = now();
    network_ends_here = network_ends_here || (network && result.finding.outcome == Outcome::kFail);
    results.push_back(result);
    if (done && !done(result)) break;
  }
  return results;
}

Finding Diagnoser::look(DiagnosticId id) {
  switch (group_of(id)) {
    case DiagnosticGroup::kMemory:
      return judge_memory(machine_.memory());
    case DiagnosticGroup::kTemperature:
      return judge_temperatures(machine_.temperatures());
    case DiagnosticGroup::kClock:
      return id == DiagnosticId::kClockDrift ? judge_drift(machine_.rtc(), clock())
                                             : judge_clock_battery(machine_.rtc(), clock());
    case DiagnosticGroup::kPower:
      return judge_power(machine_.supplies());
    case DiagnosticGroup::kWatchdog:
      return judge_watchdog(machine_.watchdog(), plan_.service_watchdog_us);
    case DiagnosticGroup::kNetwork:
      return look_at_network(id);
    case DiagnosticGroup::kSync:
      return look_at_sync(id);
    default:
      break;
  }
  if (id == DiagnosticId::kStorageSpace) return judge_space(machine_.space(plan_.data_folder));
  if (id == DiagnosticId::kStorageWear) return judge_wear(machine_.wear());
  if (id == DiagnosticId::kStorageProbe) return judge_probe(machine_.probe(plan_.data_folder));
  if (id != DiagnosticId::kDatabase) return skipped("somebody must look at this");
  if (!plan_.check_database) return skipped("this kiosk is not enrolled");
  return plan_.check_database();
}

Finding Diagnoser::look_at_network(DiagnosticId id) {
  if (id == DiagnosticId::kNetworkLink) return judge_link(machine_.links());
  if (id == DiagnosticId::kNetworkAddress) return judge_address(machine_.addresses());
  if (plan_.centre_url.empty()) return skipped("this kiosk is not enrolled");
  const auto centre = parse_centre_url(plan_.centre_url);
  if (!centre) return {Outcome::kFail, {}, centre.error().message};
  if (id == DiagnosticId::kNetworkName) return check_name(reach_, *centre, env_);
  if (id == DiagnosticId::kNetworkReach) return check_reach(reach_, *centre, env_);
  if (!plan_.ask_centre) return skipped("this kiosk is not enrolled");
  const Result<int>& answer = centre_answer();
  return id == DiagnosticId::kNetworkTls ? judge_tls(answer, centre_took_ms_) : judge_server(answer, centre_took_ms_);
}

Finding Diagnoser::look_at_sync(DiagnosticId id) {
  if (!plan_.sync) return skipped("this kiosk is not enrolled");
  const auto state = plan_.sync();
  if (!state) return {Outcome::kFail, {}, state.error().message};
  if (id == DiagnosticId::kSyncCursors) return judge_cursors(*state);
  if (id == DiagnosticId::kSyncOldest) return judge_oldest(*state, env_.wall_ms());
  return judge_sync_error(*state);
}

std::vector<DiagnosticId> automatic_diagnostics() {
  std::vector<DiagnosticId> ids;
  for (const DiagnosticId id : all_diagnostics()) {
    if (!needs_person(id)) ids.push_back(id);
  }
  return ids;
}

}  // namespace mimika::maintenance
