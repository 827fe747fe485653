#include "kiosk/maintenance/diagnostic.h"

#include <utility>

namespace mimika::maintenance {
namespace {

struct Known {
  DiagnosticId id;
  std::string_view name;
  DiagnosticGroup group;
  bool person;
};

constexpr std::array<Known, kDiagnostics> kKnown = {{
    {DiagnosticId::kTouchGrid, "touch_grid", DiagnosticGroup::kTouch, true},
    {DiagnosticId::kDeadPixels, "dead_pixels", DiagnosticGroup::kDisplay, true},
    {DiagnosticId::kContrast, "contrast", DiagnosticGroup::kDisplay, true},
    {DiagnosticId::kSpeaker, "speaker", DiagnosticGroup::kSound, true},
    {DiagnosticId::kHeadphone, "headphone", DiagnosticGroup::kSound, true},
    {DiagnosticId::kMicrophone, "microphone", DiagnosticGroup::kSound, true},
    {DiagnosticId::kCamera, "camera", DiagnosticGroup::kCamera, true},
    {DiagnosticId::kPrinter, "printer", DiagnosticGroup::kPrinter, true},
    {DiagnosticId::kKeypad, "keypad", DiagnosticGroup::kKeypad, true},
    {DiagnosticId::kStorageSpace, "storage_space", DiagnosticGroup::kStorage, false},
    {DiagnosticId::kStorageWear, "storage_wear", DiagnosticGroup::kStorage, false},
    {DiagnosticId::kStorageProbe, "storage_probe", DiagnosticGroup::kStorage, false},
    {DiagnosticId::kDatabase, "database", DiagnosticGroup::kStorage, false},
    {DiagnosticId::kMemory, "memory", DiagnosticGroup::kMemory, false},
    {DiagnosticId::kTemperature, "temperature", DiagnosticGroup::kTemperature, false},
    {DiagnosticId::kClockDrift, "clock_drift", DiagnosticGroup::kClock, false},
    {DiagnosticId::kClockBattery, "clock_battery", DiagnosticGroup::kClock, false},
    {DiagnosticId::kPower, "power", DiagnosticGroup::kPower, false},
    {DiagnosticId::kNetworkLink, "network_link", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kNetworkAddress, "network_address", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kNetworkName, "network_name", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kNetworkReach, "network_reach", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kNetworkTls, "network_tls", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kNetworkServer, "network_server", DiagnosticGroup::kNetwork, false},
    {DiagnosticId::kSyncCursors, "sync_cursors", DiagnosticGroup::kSync, false},
    {DiagnosticId::kSyncOldest, "sync_oldest", DiagnosticGroup::kSync, false},
    {DiagnosticId::kSyncError, "sync_error", DiagnosticGroup::kSync, false},
    {DiagnosticId::kWatchdog, "watchdog", DiagnosticGroup::kWatchdog, false},
}};

constexpr std::pair<DiagnosticGroup, std::string_view> kGroupNames[] = {{DiagnosticGroup::kTouch, "touch"},
                                                                        {DiagnosticGroup::kDisplay, "display"},
                                                                        {DiagnosticGroup::kSound, "sound"},
                                                                        {DiagnosticGroup::kCamera, "camera"},
                                                                        {DiagnosticGroup::kPrinter, "printer"},
                                                                        {DiagnosticGroup::kKeypad, "keypad"},
                                                                        {DiagnosticGroup::kStorage, "storage"},
                                                                        {DiagnosticGroup::kMemory, "memory"},
                                                                        {DiagnosticGroup::kTemperature, "temperature"},
                                                                        {DiagnosticGroup::kClock, "clock"},
                                                                        {DiagnosticGroup::kPower, "power"},
                                                                        {DiagnosticGroup::kNetwork, "network"},
                                                                        {DiagnosticGroup::kSync, "sync"},
                                                                        {DiagnosticGroup::kWatchdog, "watchdog"}};

constexpr std::pair<Outcome, std::string_view> kOutcomeNames[] = {{Outcome::kPass, "pass"},
                                                                  {Outcome::kWarning, "warning"},
                                                                  {Outcome::kFail, "fail"},
                                                                  {Outcome::kNotFitted, "not_fitted"},
                                                                  {Outcome::kSkipped, "skipped"}};

constexpr std::pair<Unit, std::string_view> kUnitNames[] = {{Unit::kCount, "count"},
                                                            {Unit::kPercent, "percent"},
                                                            {Unit::kBytes, "bytes"},
                                                            {Unit::kBytesPerSecond, "bytes_per_second"},
                                                            {Unit::kMilliseconds, "ms"},
                                                            {Unit::kSeconds, "s"},
                                                            {Unit::kMilliCelsius, "milli_celsius"},
                                                            {Unit::kMicrovolts, "microvolts"}};

constexpr std::pair<ClockConfidence, std::string_view> kConfidenceNames[] = {
    {ClockConfidence::kUnknown, "unknown"},
    {ClockConfidence::kSynced, "synced"},
    {ClockConfidence::kSetByHand, "set_by_hand"},
    {ClockConfidence::kRanBackwards, "ran_backwards"}};

template <typename Value, std::size_t N>
std::string_view name_in(const std::pair<Value, std::string_view> (&names)[N], Value value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "unknown";
}

template <typename Value, std::size_t N>
std::optional<Value> value_in(const std::pair<Value, std::string_view> (&names)[N], std::string_view wanted) {
  for (const auto& [known, name] : names) {
    if (name == wanted) return known;
  }
  return std::nullopt;
}

const Known& known(DiagnosticId id) {
  return kKnown.at(static_cast<std::size_t>(id));
}

}  // namespace

std::array<DiagnosticId, kDiagnostics> all_diagnostics() {
  std::array<DiagnosticId, kDiagnostics> all{};
  for (std::size_t i = 0; i < kDiagnostics; ++i) all.at(i) = kKnown.at(i).id;
  return all;
}

std::string_view diagnostic_name(DiagnosticId id) {
  return known(id).name;
}

std::optional<DiagnosticId> parse_diagnostic(std::string_view name) {
  for (const Known& one : kKnown) {
    if (one.name == name) return one.id;
  }
  return std::nullopt;
}

DiagnosticGroup group_of(DiagnosticId id) {
  return known(id).group;
}

std::string_view group_name(DiagnosticGroup group) {
  return name_in(kGroupNames, group);
}

std::string_view outcome_name(Outcome outcome) {
  return name_in(kOutcomeNames, outcome);
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  return value_in(kOutcomeNames, name);
}

std::string_view unit_name(Unit unit) {
  return name_in(kUnitNames, unit);
}

std::optional<Unit> parse_unit(std::string_view name) {
  return value_in(kUnitNames, name);
}

std::string_view confidence_name(ClockConfidence confidence) {
  return name_in(kConfidenceNames, confidence);
}

std::optional<ClockConfidence> parse_confidence(std::string_view name) {
  return value_in(kConfidenceNames, name);
}

bool needs_person(DiagnosticId id) {
  return known(id).person;
}

std::string name_words(DiagnosticId id) {
  return std::string("diagnostic.name.").append(diagnostic_name(id));
}

std::string how_words(DiagnosticId id) {
  return std::string("diagnostic.how.").append(diagnostic_name(id));
}

std::string outcome_words(Outcome outcome) {
  return std::string("diagnostic.outcome.").append(outcome_name(outcome));
}

std::optional<std::string> instruction_words(const DiagnosticResult& result) {
  if (result.finding.outcome != Outcome::kFail && result.finding.outcome != Outcome::kWarning) return std::nullopt;
  return std::string("diagnostic.advice.").append(diagnostic_name(result.id));
}

ResultTime result_time(Env& env, ClockConfidence confidence) {
  return {env.wall_ms(), confidence, env.boot_id(), env.monotonic_ms()};
}

}  // namespace mimika::maintenance
