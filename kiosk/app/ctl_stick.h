// mimika-kiosk-ctl export and import: a stick in the hands of a technician, and what it carries for whom.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/store/store.h"
#include "sync/client/enrolment_files.h"
#include "sync/client/transport.h"

namespace mimika {

struct StickKiosk {
  Store& store;
  const sync::Enrolment& enrolment;
  Env& env;
  std::string courier_folder;
};

[[nodiscard]] Result<nlohmann::ordered_json> export_to_stick(const StickKiosk& kiosk, const std::string& folder);
[[nodiscard]] Result<nlohmann::ordered_json> import_from_stick(const StickKiosk& kiosk, const std::string& folder);
// Adds to `status` what left on sticks and what waits to be carried.
[[nodiscard]] Status add_stick_status(const StickKiosk& kiosk, nlohmann::ordered_json& status);
// What this kiosk carries for others goes to the centre.
[[nodiscard]] Result<nlohmann::ordered_json> forward_bundles(const StickKiosk& kiosk, sync::Transport& transport);

}  // namespace mimika
