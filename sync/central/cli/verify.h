// mimika-central verify: SQLite's own check, every hash chain recomputed, every projection rebuilt from the events and
// compared with what is stored. Changes nothing.
#pragma once

#include <string>
#include <vector>

#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct VerifyReport {
  std::uint64_t journals = 0;
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t feed_items = 0;
  std::vector<std::string> problems;  // at most 100; empty: all is well
};

// An error means that it could not look; what it found wrong stands in the report.
[[nodiscard]] Result<VerifyReport> verify_database(Database& database, const CentreKeys& keys);
[[nodiscard]] std::string describe(const VerifyReport& report);

}  // namespace mimika::central
