// mimika-kiosk-ctl usb, export and import: a stick in the hands of a technician, and what it carries for whom.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "kiosk/app/ctl_print.h"
#include "kiosk/app/locations.h"
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
  DataFolder data;
};

// Where the stick is: a folder that is there, or a device to be looked at, mounted and unmounted again.
struct StickPlace {
  std::string folder;
  std::string device;
};
// How far it has come, on standard error: lines of JSON or of words, or nothing.
enum class StickTelling : std::uint8_t { kNothing, kWords, kJson };

// What is plugged in, and what is on one; neither needs an enrolled kiosk.
[[nodiscard]] Result<nlohmann::ordered_json> list_sticks();
[[nodiscard]] Result<CtlAnswer> inspect_stick(const std::string& device, Env& env);

// `with`: paths of logs and reports that go along. The exit code is 0 when everything was done, 1 when not; the answer
// tells what was, either way. An interrupt or the wish to terminate ends it between two blocks.
[[nodiscard]] Result<CtlAnswer> export_to_stick(const StickKiosk& kiosk, const StickPlace& place,
                                                const std::vector<std::string>& with, StickTelling telling);
[[nodiscard]] Result<CtlAnswer> import_from_stick(const StickKiosk& kiosk, const StickPlace& place,
                                                  StickTelling telling);

// Adds to `status` what left on sticks and what waits to be carried.
[[nodiscard]] Status add_stick_status(const StickKiosk& kiosk, nlohmann::ordered_json& status);
// What this kiosk carries for others goes to the centre.
[[nodiscard]] Result<nlohmann::ordered_json> forward_bundles(const StickKiosk& kiosk, sync::Transport& transport);

}  // namespace mimika
