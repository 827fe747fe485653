// The readiness report: what a kiosk is, how it is set up and what its diagnostics found, signed by the device's key,
// so that Mimika Center can believe a file that came on a stick and a photo of the QR code. It says nothing of anyone
// who used the kiosk.
//
//   JSON      {"format":1,"report":{…},"signature":"…"}: the signature is over the bytes of "report" with sorted keys
//   summary   MR1:<device code>:<seconds since 1970>:<a letter for each check>:<signature in base32>, for a QR code
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/maintenance/diagnostic.h"

namespace mimika::maintenance {

struct ReadinessReport {
  // Who. Without an enrolment the code is empty and nothing is signed.
  std::string device_code;
  std::uint32_t device = 0;
  std::string district;
  std::string office;
  std::string centre_url;
  std::string verify_key;  // hexadecimal
  // What runs on it.
  std::string version;
  WallMs built_ms = 0;
  // When this was written, and where the clock stands.
  ResultTime at;
  std::string zone;
  // What it holds.
  std::uint64_t free_bytes = 0;
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t unsent_events = 0;
  // kiosk.toml, "printer.uri" → its value.
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<DiagnosticResult> diagnostics;  // the newest of each check that was done
  friend bool operator==(const ReadinessReport&, const ReadinessReport&) = default;
};

enum class Readiness : std::uint8_t {
  kReady,
  kWithWarnings,
  kNotReady,  // something failed, or was never looked at
};
[[nodiscard]] Readiness readiness_of(const ReadinessReport& report);
[[nodiscard]] std::string_view readiness_name(Readiness readiness);
// The newest result of a check, or nothing.
[[nodiscard]] const DiagnosticResult* find_result(const ReadinessReport& report, DiagnosticId id);

// The document as JSON; nullptr: unsigned, of a kiosk that is not enrolled.
[[nodiscard]] std::string encode_readiness(const ReadinessReport& report, const crypto::SigningKey* key);
// kUnauthorised: not signed by this key; kCorrupt, kTooLarge, kNewerVersion.
[[nodiscard]] Result<ReadinessReport> verify_readiness(std::string_view document, const crypto::VerifyKey& key);

[[nodiscard]] std::string encode_summary(const ReadinessReport& report, const crypto::SigningKey* key);
struct ReadinessSummary {
  std::string device_code;
  std::int64_t at_s = 0;
  // In the order of the checks, nothing for one that was never done. Of a newer program there may be more.
  std::vector<std::optional<Outcome>> outcomes;
};
[[nodiscard]] Result<ReadinessSummary> verify_summary(std::string_view text, const crypto::VerifyKey& key);

}  // namespace mimika::maintenance
