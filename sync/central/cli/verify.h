// mimika-central verify: SQLite's own check, every hash chain recomputed, every projection rebuilt from the events and
// compared with what is stored, every attachment read. Changes nothing.
#pragma once

#include <string>
#include <vector>

#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"
#include "sync/wire/blob.h"

namespace mimika::central {

struct VerifyReport {
  std::uint64_t journals = 0;
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t feed_items = 0;
  std::uint64_t attachments = 0;      // files that were read
  std::vector<wire::BlobId> damaged;  // attachments whose files are not what they were
  std::vector<std::string> problems;  // at most 100; empty: all is well
};

// An error means that it could not look; what it found wrong stands in the report.
[[nodiscard]] Result<VerifyReport> verify_database(Database& database, const CentreKeys& keys);
// Reads every attachment that has come whole and compares it with its name. Adds to the report.
[[nodiscard]] Status verify_attachments(Database& database, const std::string& blob_folder, VerifyReport& report);
[[nodiscard]] std::string describe(const VerifyReport& report);

}  // namespace mimika::central
