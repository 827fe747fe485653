// Between this kiosk's data folder and kiosk/maintenance: what the store, the enrolment and the transport know of the
// machine's state, for the terminal and for the technician's screens.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/locations.h"
#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/maintenance/diagnose.h"
#include "kiosk/maintenance/history.h"
#include "kiosk/maintenance/readiness.h"
#include "kiosk/maintenance/time_settings.h"
#include "kiosk/store/store.h"
#include "sync/client/enrolment_files.h"

namespace mimika {

// A kiosk in whatever state a technician finds it: not enrolled, with a store that does not open. Opening never fails;
// what could not be opened is a finding.
class MaintainedKiosk {
 public:
  MaintainedKiosk(DataFolder folder, Env& env);
  ~MaintainedKiosk();
  MaintainedKiosk(const MaintainedKiosk&) = delete;
  MaintainedKiosk& operator=(const MaintainedKiosk&) = delete;

  // Its functions look at this object, which must outlive the Diagnoser.
  [[nodiscard]] maintenance::DiagnosePlan plan(const std::string& bus_address);
  [[nodiscard]] ClockConfidence clock();
  [[nodiscard]] Result<maintenance::DiagnosticHistory> history() const;
  // With the newest results that `history` has.
  [[nodiscard]] maintenance::ReadinessReport readiness(const maintenance::DiagnosticHistory& history,
                                                       maintenance::Machine& machine, const std::string& zone);
  // Nothing without an enrolment.
  [[nodiscard]] const crypto::SigningKey* key() const;
  [[nodiscard]] const DataFolder& folder() const { return folder_; }

 private:
  [[nodiscard]] Result<maintenance::SyncState> sync_state();
  [[nodiscard]] maintenance::Finding check_database();
  [[nodiscard]] Result<int> ask_centre() const;

  DataFolder folder_;
  Env& env_;
  Result<sync::Enrolment> enrolment_;
  Result<std::unique_ptr<Store>> store_;
};

}  // namespace mimika
