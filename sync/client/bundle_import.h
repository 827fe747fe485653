// Reading a stick: the centre's ACKs for this kiosk are taken, everything for and from others is kept to be carried on.
// The stick is only read. Every file ends in one word; what is refused is refused whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/courier.h"

namespace mimika::sync {

struct ImportedFile {
  std::string name;
  // "taken", "carried", "had", "own", or why it was refused: "damaged", "newer_version", "too_large",
  // "wrong_signature", "courier_full", "unreadable", "conflict"
  std::string result;
  std::string message;        // of a refusal, for the technician
  std::uint64_t damaged = 0;  // blocks that parity brought back
  [[nodiscard]] bool refused() const { return !message.empty(); }
};

struct ImportReport {
  std::vector<ImportedFile> files;
  std::uint64_t arrived = 0;  // own events the centre has, as it turned out now
  std::uint64_t feed_applied = 0;
  std::vector<wire::Reject> rejects;
};

// An error is trouble with the folder or with this kiosk's own disk; a bad file is none.
[[nodiscard]] Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key,
                                  Courier& courier, ImportReport& report);

}  // namespace mimika::sync
