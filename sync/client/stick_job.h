// An export or an import as one piece of work that a technician starts, watches, ends early or runs again: bundles,
// what is carried for others, logs and a report on the way out; answers, bundles of others and updates on the way in.
// Runs on whatever thread calls it. Pulled or cancelled at any moment, the same job on the same stick completes it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "sync/client/stick_watch.h"

namespace mimika::sync {

struct StickKiosk {
  Store& store;
  const crypto::SigningKey& device_key;
  Courier& courier;
  Env& env;
};

// A file that goes along into mimika/<device>/ on the stick: a log without personal data, the readiness report.
struct ExtraFile {
  std::string name;                        // small letters, digits and ._- alone, up to 64
  std::function<Result<Bytes>()> content;  // asked for when its turn comes; up to limits::kStickExtraBytes
};

enum class StickEnd : std::uint8_t {
  kDone,
  kCancelled,
  kFull,          // the stick's; what was written before is good and counts
  kReadOnly,      //
  kMediumFailed,  // it was pulled, or has gone bad
  kFailed,        // anything else; the error says what
};
[[nodiscard]] const char* end_name(StickEnd end);  // "medium_failed"

struct ExtraResult {
  std::string name;
  std::uint64_t bytes = 0;
  std::string result;  // "written", "there", or why not: "left_out"
  std::string message;
};

struct ExportSummary {
  StickEnd end = StickEnd::kFailed;
  Error error;  // when it is not kDone
  ExportReport report;
  std::vector<ExtraResult> extras;
  std::uint64_t bytes_written = 0;  // and read back
};

struct ImportSummary {
  StickEnd end = StickEnd::kFailed;
  Error error;
  ImportReport report;
  std::uint64_t bytes_read = 0;
};

// `folder` is the stick's. The summary says what was achieved however it ended.
[[nodiscard]] ExportSummary run_export(const StickKiosk& kiosk, const std::string& folder,
                                       const std::vector<ExtraFile>& extras, StickWatch& watch);
[[nodiscard]] ImportSummary run_import(const StickKiosk& kiosk, const std::string& folder, const UpdatesFrom& updates,
                                       StickWatch& watch);

}  // namespace mimika::sync
