// What was found, when: a line of JSON for each result in <data>/maintenance/diagnostics.jsonl, appended and synced, so
// that the next technician sees what the last one saw. A line that a power cut tore is passed over, and the next one
// begins on a line of its own. Results say nothing of persons.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/maintenance/diagnostic.h"

namespace mimika::maintenance {

class DiagnosticHistory {
 public:
  // `folder` is made when it is not there. Lines that cannot be read are left out; a file that cannot be is an error.
  [[nodiscard]] static Result<DiagnosticHistory> open(const std::string& folder);

  // Returns when the disk has it. What is too long in it is cut to its limit. Over limits::kDiagnosticHistoryBytes the
  // file is written anew with the newest limits::kDiagnosticsPerItem of each check; several processes may add.
  [[nodiscard]] Status add(DiagnosticResult result);

  // The newest of each check that was ever done, in the order of the checks.
  [[nodiscard]] std::vector<DiagnosticResult> latest() const;
  // Newest first, at most limits::kDiagnosticsPerItem.
  [[nodiscard]] std::vector<DiagnosticResult> of(DiagnosticId id) const;

 private:
  explicit DiagnosticHistory(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Status load();
  void remember(DiagnosticResult result);
  [[nodiscard]] Status write_anew();
  [[nodiscard]] std::string path() const { return folder_ + "/diagnostics.jsonl"; }

  std::string folder_;
  std::map<DiagnosticId, std::vector<DiagnosticResult>> results_;  // oldest first
};

// One result as one line without its end, and back; kCorrupt for anything else.
[[nodiscard]] std::string encode_result(const DiagnosticResult& result);
[[nodiscard]] Result<DiagnosticResult> decode_result(std::string_view line);

}  // namespace mimika::maintenance
