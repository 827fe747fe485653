// Whether the event log is what was written: each line follows from the one before it, no file is missing in between,
// and the end is there.
//
// The chain has no key. Whoever owns the machine can write another log and chain it anew; what the chain finds is a
// disk that changed a byte, and a hand that changed a line. To find more, compare the chain at a seq with an export
// that somebody has taken away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::eventlog {

struct ChainBreak {
  std::uint64_t file = 0;
  std::uint64_t line = 0;   // from 1; 0: the file as a whole
  std::uint64_t after = 0;  // the last seq before it that is sound; 0: none is
  std::string why;
};

struct VerifyReport {
  std::uint64_t files = 0;
  std::uint64_t events = 0;     // that could be read
  std::uint64_t first_seq = 0;  // older ones were dropped
  std::uint64_t last_seq = 0;
  std::string last_chain;        // in hexadecimal
  std::uint64_t torn_bytes = 0;  // behind the last line: a power cut, or somebody is writing just now
  std::vector<ChainBreak> breaks;
  [[nodiscard]] bool sound() const { return breaks.empty() && torn_bytes == 0; }
};

// At most kEventBreaks are told. Changes nothing.
[[nodiscard]] Result<VerifyReport> verify_events(const std::string& folder);

}  // namespace mimika::eventlog
