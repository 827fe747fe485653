// What a technician can have looked at, and what came of it. Values only: how a thing is measured stands in
// linux_machine.h, what a measurement is worth in judgement.h, and what is drawn of it elsewhere. docs/operations.md
// tells technicians the same in words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/model/event.h"

namespace mimika::maintenance {

// In the order in which they are shown and done: what a person looks at, the machine, the network step by step, the
// synchronisation. The letters of a readiness report's QR code stand in this order too: new ones go to the end.
enum class DiagnosticId : std::uint8_t {
  kTouchGrid,
  kDeadPixels,
  kContrast,
  kSpeaker,
  kHeadphone,
  kMicrophone,
  kCamera,
  kPrinter,
  kKeypad,
  kStorageSpace,
  kStorageWear,
  kStorageProbe,
  kDatabase,
  kMemory,
  kTemperature,
  kClockDrift,
  kClockBattery,
  kPower,
  kNetworkLink,
  kNetworkAddress,
  kNetworkName,
  kNetworkReach,
  kNetworkTls,
  kNetworkServer,
  kSyncCursors,
  kSyncOldest,
  kSyncError,
  kWatchdog,
};
inline constexpr std::size_t kDiagnostics = 28;

enum class DiagnosticGroup : std::uint8_t {
  kTouch,
  kDisplay,
  kSound,
  kCamera,
  kPrinter,
  kKeypad,
  kStorage,
  kMemory,
  kTemperature,
  kClock,
  kPower,
  kNetwork,
  kSync,
  kWatchdog,
};

enum class Outcome : std::uint8_t {
  kPass,
  kWarning,
  kFail,
  kNotFitted,  // the machine has no such part
  kSkipped,    // not looked at, or nothing can be known here; the detail says why
};

enum class Unit : std::uint8_t {
  kCount,
  kPercent,
  kBytes,
  kBytesPerSecond,
  kMilliseconds,
  kSeconds,
  kMilliCelsius,
  kMicrovolts,
};

// One number that was measured. Whole numbers in small units, so that the same report always has the same bytes.
struct Fact {
  std::string name;  // "free", stable
  std::int64_t value = 0;
  Unit unit = Unit::kCount;
  friend bool operator==(const Fact&, const Fact&) = default;
};

// When, and what that is worth: a kiosk is looked after with a wrong clock too.
struct ResultTime {
  WallMs wall_ms = 0;
  ClockConfidence confidence = ClockConfidence::kUnknown;
  std::uint64_t boot_id = 0;  // Env::boot_id()
  std::int64_t monotonic_ms = 0;
  friend bool operator==(const ResultTime&, const ResultTime&) = default;
};

// What came of a check, before it is known when it was.
struct Finding {
  Outcome outcome = Outcome::kSkipped;
  std::vector<Fact> facts;
  std::string detail;  // English, for logs and technicians; nothing of a person
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct DiagnosticResult {
  DiagnosticId id = DiagnosticId::kTouchGrid;
  ResultTime at;
  Finding finding;
  friend bool operator==(const DiagnosticResult&, const DiagnosticResult&) = default;
};

[[nodiscard]] std::array<DiagnosticId, kDiagnostics> all_diagnostics();

// Stable, for files, the terminal and the ids of words: "storage_space".
[[nodiscard]] std::string_view diagnostic_name(DiagnosticId id);
[[nodiscard]] std::optional<DiagnosticId> parse_diagnostic(std::string_view name);
[[nodiscard]] DiagnosticGroup group_of(DiagnosticId id);
[[nodiscard]] std::string_view group_name(DiagnosticGroup group);
[[nodiscard]] std::string_view outcome_name(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view name);
[[nodiscard]] std::string_view unit_name(Unit unit);  // "bytes"
[[nodiscard]] std::optional<Unit> parse_unit(std::string_view name);
[[nodiscard]] std::string_view confidence_name(ClockConfidence confidence);
[[nodiscard]] std::optional<ClockConfidence> parse_confidence(std::string_view name);

// Somebody must look, listen or touch (person_checks.h); all others the machine does by itself.
[[nodiscard]] bool needs_person(DiagnosticId id);

// Ids of words: what the check is called, what the person is asked to do, and what to do when it fails. The last is
// the instruction that belongs to a result; a result that passed has none.
[[nodiscard]] std::string name_words(DiagnosticId id);
[[nodiscard]] std::string how_words(DiagnosticId id);  // only of those that need a person
[[nodiscard]] std::string outcome_words(Outcome outcome);
[[nodiscard]] std::optional<std::string> instruction_words(const DiagnosticResult& result);

[[nodiscard]] ResultTime result_time(Env& env, ClockConfidence confidence);

}  // namespace mimika::maintenance
