// Does the checks that need no person, one after the other. What other parts of the program know (the store, the sync,
// the transport) arrives as functions, so that this folder knows none of them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/maintenance/diagnostic.h"
#include "kiosk/maintenance/judgement.h"
#include "kiosk/maintenance/machine.h"
#include "kiosk/maintenance/network_reach.h"

namespace mimika::maintenance {

struct DiagnosePlan {
  std::string data_folder;  // whose disk is looked at
  std::string centre_url;   // empty: not enrolled, and there is nobody to reach
  WallMs built_ms = 0;
  // How long the service manager lets the program be silent (WATCHDOG_USEC).
  std::optional<std::int64_t> service_watchdog_us;
  // Each may be missing: the check is skipped then.
  std::function<Finding()> check_database;
  // One exchange with the centre over the transport of the synchronisation, with the authority pinned at enrolment:
  // the HTTP status of the answer. kUnauthorised: the other side is not the centre.
  std::function<Result<int>()> ask_centre;
  std::function<Result<SyncState>()> sync;
  std::function<ClockConfidence()> confidence;
  std::function<std::optional<std::int64_t>()> off_centre_ms;
};

class Diagnoser {
 public:
  // All three must outlive it.
  Diagnoser(DiagnosePlan plan, Machine& machine, NetworkReach& reach, Env& env);

  // Blocking, for a thread of the app: half a minute where the centre does not answer. kSkipped for a check that needs
  // a person.
  [[nodiscard]] DiagnosticResult run(DiagnosticId id);

  // In this order. Once a step of the network failed, those behind it are skipped instead of waited for. `done` hears
  // of each result when it is there, and ends the run by answering false.
  [[nodiscard]] std::vector<DiagnosticResult> run(std::span<const DiagnosticId> ids,
                                                  const std::function<bool(const DiagnosticResult&)>& done = {});

 private:
  [[nodiscard]] Finding look(DiagnosticId id);
  [[nodiscard]] Finding look_at_network(DiagnosticId id);
  [[nodiscard]] Finding look_at_sync(DiagnosticId id);
  [[nodiscard]] ClockState clock();
  [[nodiscard]] ResultTime now();
  // Asked once, and told twice: whether TLS came about, and what the centre said.
  [[nodiscard]] const Result<int>& centre_answer();

  DiagnosePlan plan_;
  Machine& machine_;
  NetworkReach& reach_;
  Env& env_;
  std::optional<Result<int>> centre_answer_;
  std::int64_t centre_took_ms_ = 0;
};

// The ones a machine does by itself, in order.
[[nodiscard]] std::vector<DiagnosticId> automatic_diagnostics();

}  // namespace mimika::maintenance
