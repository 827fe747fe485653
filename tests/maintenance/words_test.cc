// Every id of words that is put together here has its words.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "kiosk/maintenance/diagnostic.h"
#include "kiosk/maintenance/power.h"
#include "kiosk/maintenance/readiness.h"

using namespace mimika;
using namespace mimika::maintenance;

TEST_CASE("Every check has a name and an instruction, and one that needs a person says what to do") {
  std::ifstream file(MIMIKA_SOURCE_ROOT "/assets/locale/id.po");
  const std::string words{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto has = [&](std::string_view id) {
    INFO(id);
    CHECK(words.find("msgid \"" + std::string(id) + "\"") != std::string::npos);
  };
  for (const DiagnosticId id : all_diagnostics()) {
    has(name_words(id));
    if (needs_person(id)) has(how_words(id));
    has(*instruction_words({id, {}, {Outcome::kFail, {}, ""}}));
  }
  for (const Outcome outcome :
       {Outcome::kPass, Outcome::kWarning, Outcome::kFail, Outcome::kNotFitted, Outcome::kSkipped}) {
    has(outcome_words(outcome));
  }
  for (const Readiness readiness : {Readiness::kReady, Readiness::kWithWarnings, Readiness::kNotReady}) {
    has("readiness.verdict." + std::string(readiness_name(readiness)));
  }
  for (const auto confidence : {ClockConfidence::kUnknown, ClockConfidence::kSynced, ClockConfidence::kSetByHand,
                                ClockConfidence::kRanBackwards}) {
    has("readiness.clock." + std::string(confidence_name(confidence)));
  }
  for (const bool may : {true, false}) {
    ShutdownReport report;
    report.power_may_be_cut = may;
    has(report.words());
  }
}
