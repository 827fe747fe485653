// Writing what the centre is not known to have on a stick: events, then what this kiosk carries for others, then
// attachments. What lies on the
// stick already, whole and ours, is not written again; what has arrived is taken off it. A file counts only after it
// was read back; whoever waits can end it between two blocks, and running it again completes it; a stick that is full,
// read-only or gone ends it with an error, and what was there before stays.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/courier.h"
#include "sync/client/stick_watch.h"

namespace mimika::sync {

struct ExportedFile {
  std::string name;
  std::uint64_t events = 0;
  std::uint64_t parts = 0;  // of attachments
  std::uint64_t bytes = 0;
  bool written = false;  // false: it was there
};

struct ExportReport {
  std::vector<ExportedFile> bundles;
  std::vector<std::string> acks;       // for other kiosks, written now
  std::vector<std::string> removed;    // arrived long since
  std::vector<std::string> leftovers;  // half-written files of ours, of a stick that was pulled; taken away
};

// `report` says what was achieved also when it ends with an error.
[[nodiscard]] Status export_bundles(const std::string& folder, Store& store, const crypto::SigningKey& device_key,
                                    Courier& courier, Env& env, ExportReport& report, StickWatch& watch);
[[nodiscard]] Status export_bundles(const std::string& folder, Store& store, const crypto::SigningKey& device_key,
                                    Courier& courier, Env& env, ExportReport& report);

}  // namespace mimika::sync
