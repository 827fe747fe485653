// What must outlive the database, in a small file beside it: the last ticket number and the last event key this kiosk
// has used. A database that is lost, damaged or restored from yesterday knows neither, and numbers and keys must never
// be given twice. The file is raised durably before the commit that uses what it says, so it may be ahead of the
// database (a filing that a power cut undid) and is never behind.
//
// A cheaper form, raised a block of numbers ahead, was not taken: a database restored within a block would give the
// rest of the block again, and every power cut would tear a gap into the numbers people see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/ids.h"
#include "kiosk/base/result.h"

namespace mimika {

struct WitnessRecord {
  std::uint32_t counter = 0;  // of the last ticket number given; 0: none yet
  Epoch epoch;                // of the newest life
  Seq seq;                    // of the last event of that life; 0: none yet
  friend bool operator==(const WitnessRecord&, const WitnessRecord&) = default;
};

// Reads the file anew each time, because another process may have filed. Nothing when there is none; kCorrupt for a
// file that is not ours.
[[nodiscard]] Result<std::optional<WitnessRecord>> read_witness(const std::string& path);
[[nodiscard]] Status write_witness(const std::string& path, const WitnessRecord& record);

}  // namespace mimika
