// What the last technician saw is there for the next one, whatever happened in between.
#include "kiosk/maintenance/history.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

DiagnosticResult result(DiagnosticId id, WallMs at, Outcome outcome = Outcome::kPass) {
  return {id,
          {at, ClockConfidence::kSynced, 0xfedc'ba98'7654'3210ULL, 77},
          {outcome, {{"free", 5'000'000'000, Unit::kBytes}, {"off", -3, Unit::kMilliseconds}}, "a word"}};
}

std::string content_of(const std::string& path) {
  return std::string(as_text(*read_file(path, 1 << 26)));
}

}  // namespace

TEST_CASE("Every check's name can be read back, and so can a result of each") {
  for (const DiagnosticId id : all_diagnostics()) {
    CHECK(parse_diagnostic(diagnostic_name(id)) == id);
    const DiagnosticResult before = result(id, 1'795'000'000'000, Outcome::kWarning);
    CHECK(decode_result(encode_result(before)) == before);
  }
  CHECK_FALSE(parse_diagnostic("nonsense").has_value());
}

TEST_CASE("What is no result is refused") {
  const std::string good = encode_result(result(DiagnosticId::kMemory, 1));
  for (std::size_t cut = 0; cut < good.size(); ++cut) CHECK_FALSE(decode_result(good.substr(0, cut)).has_value());
  CHECK_FALSE(decode_result(R"({"id":"tea","outcome":"pass"})").has_value());
  CHECK_FALSE(decode_result("[]").has_value());
  CHECK_FALSE(decode_result("null").has_value());
}

TEST_CASE("The history tells the newest of each check, and all of one, after the program was started again") {
  const test::TempFolder folder;
  {
    auto history = DiagnosticHistory::open(folder / "maintenance");
    REQUIRE(history.has_value());
    REQUIRE(history->add(result(DiagnosticId::kMemory, 1)).has_value());
    REQUIRE(history->add(result(DiagnosticId::kStorageSpace, 2)).has_value());
    REQUIRE(history->add(result(DiagnosticId::kMemory, 3, Outcome::kFail)).has_value());
  }
  const auto history = DiagnosticHistory::open(folder / "maintenance");
  REQUIRE(history.has_value());
  REQUIRE(history->latest().size() == 2);
  CHECK(history->latest().at(0).id == DiagnosticId::kStorageSpace);
  CHECK(history->latest().at(1).at.wall_ms == 3);
  REQUIRE(history->of(DiagnosticId::kMemory).size() == 2);
  CHECK(history->of(DiagnosticId::kMemory).front().finding.outcome == Outcome::kFail);
  CHECK(history->of(DiagnosticId::kCamera).empty());
}

TEST_CASE("A file cut at any byte loses at most the line it was cut in, and goes on") {
  const test::TempFolder folder;
  const std::string file = folder / "diagnostics.jsonl";
  auto history = DiagnosticHistory::open(folder.path());
  REQUIRE(history->add(result(DiagnosticId::kMemory, 1)).has_value());
  REQUIRE(history->add(result(DiagnosticId::kPower, 2)).has_value());
  const std::string whole = content_of(file);
  const std::size_t first_line = whole.find('\n') + 1;
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    INFO("cut at " << cut);
    std::ofstream(file, std::ios::binary) << whole.substr(0, cut);
    auto torn = DiagnosticHistory::open(folder.path());
    REQUIRE(torn.has_value());
    // The end of a line may be missing where its content is not.
    CHECK(torn->latest().size() == (cut >= whole.size() - 1 ? 2U : cut + 1 >= first_line ? 1U : 0U));
    REQUIRE(torn->add(result(DiagnosticId::kTemperature, 9)).has_value());
    const auto again = DiagnosticHistory::open(folder.path());
    CHECK(again->of(DiagnosticId::kTemperature).size() == 1);
    CHECK(again->latest().size() == torn->latest().size());
  }
}

TEST_CASE("The history stays bounded: of each check the newest, and the file is made anew") {
  const test::TempFolder folder;
  const std::string file = folder / "diagnostics.jsonl";
  std::string many;
  for (WallMs at = 0; many.size() <= limits::kDiagnosticHistoryBytes; ++at) {
    many += encode_result(result(DiagnosticId::kMemory, at)) + "\n";
  }
  std::ofstream(file, std::ios::binary) << many;
  auto history = DiagnosticHistory::open(folder.path());
  CHECK(history->of(DiagnosticId::kMemory).size() == limits::kDiagnosticsPerItem);
  REQUIRE(history->add(result(DiagnosticId::kPower, 5)).has_value());
  CHECK(std::filesystem::file_size(file) < limits::kDiagnosticHistoryBytes / 10);
  const auto again = DiagnosticHistory::open(folder.path());
  CHECK(again->of(DiagnosticId::kMemory).size() == limits::kDiagnosticsPerItem);
  CHECK(again->of(DiagnosticId::kPower).size() == 1);
}

TEST_CASE("Two programs that add at the same time lose nothing of each other") {
  const test::TempFolder folder;
  auto one = DiagnosticHistory::open(folder.path());
  auto other = DiagnosticHistory::open(folder.path());
  REQUIRE(one->add(result(DiagnosticId::kMemory, 1)).has_value());
  REQUIRE(other->add(result(DiagnosticId::kPower, 2)).has_value());
  REQUIRE(one->add(result(DiagnosticId::kMemory, 3)).has_value());
  const auto all = DiagnosticHistory::open(folder.path());
  CHECK(all->of(DiagnosticId::kMemory).size() == 2);
  CHECK(all->of(DiagnosticId::kPower).size() == 1);
}

TEST_CASE("What is too long in a result is cut at a whole letter") {
  Finding finding{Outcome::kFail, std::vector<Fact>(limits::kDiagnosticFacts + 5), std::string(199, 'a') + "é"};
  DiagnosticResult long_one{DiagnosticId::kMemory, {}, finding};
  const test::TempFolder folder;
  auto history = DiagnosticHistory::open(folder.path());
  REQUIRE(history->add(long_one).has_value());
  CHECK(history->latest().front().finding.detail == std::string(199, 'a'));
  CHECK(history->latest().front().finding.facts.size() == limits::kDiagnosticFacts);
}
