// What must outlive the database, in a small file beside it: the last ticket number and the last event key this kiosk
// has used. A database that is lost, damaged or restored from yesterday knows neither, and numbers and keys must never
// be given twice.
//
// The file follows each commit and is never ahead of what was committed. It is written over in the system's cache, so a
// filing waits for the disk once, for its commit; the disk has it soon after (in idle moments, when the store closes,
// and at the latest after kWitnessMayLag filings). Only a power cut that takes the database with it can leave it behind
// what was given out, by no more than that. So whoever goes on from the witness alone leaves as many numbers out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/files.h"
#include "kiosk/base/ids.h"
#include "kiosk/base/result.h"

namespace mimika {

constexpr std::uint32_t kWitnessMayLag = 128;  // filings

struct WitnessRecord {
  std::uint32_t counter = 0;  // of the last ticket number given; 0: none yet
  Epoch epoch;                // of the newest life
  Seq seq;                    // of the last event of that life; 0: none yet
  friend bool operator==(const WitnessRecord&, const WitnessRecord&) = default;
};

// Nothing when there is none; kCorrupt for a file that is not ours.
[[nodiscard]] Result<std::optional<WitnessRecord>> read_witness(const std::string& path);
[[nodiscard]] Status write_witness(const std::string& path, const WitnessRecord& record, Durability durability);

}  // namespace mimika
