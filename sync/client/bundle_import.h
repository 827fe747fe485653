// Reading a stick: the centre's ACKs for this kiosk are taken, everything for and from others is kept to be carried on.
// Updates with the centre's signature are kept for whoever installs them. What a file is stands in it and not in its
// name. The stick is only read. Every file ends in one word; what is refused is refused whole, and what is none of ours
// is passed over and counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/limits.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/courier.h"
#include "sync/client/stick_watch.h"

namespace mimika::sync {

struct ImportedFile {
  std::string name;  // harmless to show
  // "taken", "carried", "had", "own", or why it was refused: "damaged", "newer_version", "too_large",
  // "wrong_signature", "courier_full", "unreadable", "conflict"; of updates "staged", "had", "note", or "unsigned",
  // "wrong_signature", "no_package", "updates_full"
  std::string result;
  std::string message;        // of a refusal, for the technician
  std::uint64_t damaged = 0;  // blocks that parity brought back
  std::string version;        // of an update
  [[nodiscard]] bool refused() const { return !message.empty(); }
};

// What lies in the folder and was not looked into.
struct PassedOver {
  std::uint64_t folders = 0;
  std::uint64_t links = 0;
  std::uint64_t special = 0;        // pipes, sockets, devices
  std::uint64_t strange_names = 0;  // line ends, what is no text
  std::uint64_t not_ours = 0;       // nothing that a kiosk knows
  std::uint64_t beyond = 0;         // more files than may be looked at
};

struct ImportReport {
  std::vector<ImportedFile> files;
  PassedOver passed_over;
  std::uint64_t medium_failed = 0;  // files that the medium did not give: it is bad, or was pulled
  std::uint64_t arrived = 0;        // own events the centre has, as it turned out now
  std::uint64_t feed_applied = 0;
  std::vector<wire::Reject> rejects;
};

// Where update packages are kept, and who may sign them; without keys there are no updates.
struct UpdatesFrom {
  std::string folder;
  std::vector<crypto::VerifyKey> centre_keys;
  std::uint64_t reserve_bytes = limits::kCourierReserveBytes;
};

// An error is trouble with the folder or with this kiosk's own disk; a bad file is none.
[[nodiscard]] Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key,
                                  Courier& courier, const UpdatesFrom& updates, ImportReport& report,
                                  StickWatch& watch);
[[nodiscard]] Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key,
                                  Courier& courier, ImportReport& report);

}  // namespace mimika::sync
