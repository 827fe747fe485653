// mimika-central import, export and sign-update: a stick at the centre's desk.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct StickReport {
  std::string text;           // a line for every file
  std::uint64_t refused = 0;  // files that could not be taken
};

enum class Acks { kWrite, kNone };
// What import_stick() does, with a centre that is open.
[[nodiscard]] Result<StickReport> take_stick(Env& env, const CentreKeys& keys, const Catalogue& catalogue,
                                             const std::string& blob_folder, Database& database,
                                             const std::string& folder, Acks acks);
// Takes every bundle of the folder, each kiosk's in their order, and writes an ACK for each kiosk beside them.
[[nodiscard]] Result<StickReport> import_stick(Env& env, const std::string& data, const Catalogue& catalogue,
                                               const std::string& folder, Acks acks);
// ACKs for one kiosk, or for all that are enrolled.
[[nodiscard]] Result<StickReport> export_stick(Env& env, const std::string& data, const Catalogue& catalogue,
                                               const std::string& folder, std::optional<DeviceId> device);
// The note beside an update package without which no kiosk keeps it, signed with the present key. Its text.
[[nodiscard]] Result<std::string> sign_update(Env& env, const std::string& data, const std::string& package,
                                              const std::string& version);

}  // namespace mimika::central
