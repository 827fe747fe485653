// The readiness report: signed, checked, and on paper.
#include "kiosk/maintenance/readiness.h"

#include <catch2/catch.hpp>
#include <set>

#include "kiosk/base/env.h"
#include "kiosk/device/printer_image.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/readiness_paper.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

DiagnosticResult result(DiagnosticId id, Outcome outcome) {
  return {id,
          {1'795'000'000'000, ClockConfidence::kSynced, 0xfedc'ba98'7654'3210ULL, 77},
          {outcome, {{"free", 5'000'000'000, Unit::kBytes}}, "a \"word\" é"}};
}

ReadinessReport report(Outcome outcome = Outcome::kPass) {
  ReadinessReport report;
  report.device_code = "JLA1";
  report.device = 7;
  report.district = "94.04.06";
  report.office = "Kantor Distrik Jila";
  report.centre_url = "https://centre.example:8443";
  report.version = "0.1.0";
  report.at = result(DiagnosticId::kMemory, outcome).at;
  report.zone = "Asia/Jayapura";
  report.free_bytes = 20'000'000'000;
  report.events = 1234;
  report.settings = {{"printer.uri", "ipp://192.168.1.50/ipp/print"}, {"screen.panel_width_mm", "344"}};
  for (const DiagnosticId id : all_diagnostics()) report.diagnostics.push_back(result(id, outcome));
  return report;
}

ReadinessWords plain_words() {
  return {[](std::string_view id) { return std::string(id); }, [](WallMs) { return std::string("24 Nov 2026"); }};
}

std::vector<std::string> fonts() {
  return {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter"};
}

struct Keys {
  FakeEnv env{0, 5};
  crypto::SigningKey own = crypto::SigningKey::generate(env);
  crypto::SigningKey other = crypto::SigningKey::generate(env);
};

int count_black(const device::BitImage& image) {
  int black = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) black += image.black(x, y) ? 1 : 0;
  }
  return black;
}

}  // namespace

TEST_CASE("A report comes back as it was, under the key that signed it and no other") {
  const Keys keys;
  const ReadinessReport before = report(Outcome::kWarning);
  const std::string document = encode_readiness(before, &keys.own);
  CHECK(document == encode_readiness(before, &keys.own));
  const auto after = verify_readiness(document, keys.own.verify_key());
  REQUIRE(after.has_value());
  CHECK(*after == before);
  CHECK(verify_readiness(document, keys.other.verify_key()).error().code == ErrorCode::kUnauthorised);
  CHECK(verify_readiness(encode_readiness(before, nullptr), keys.own.verify_key()).error().code ==
        ErrorCode::kUnauthorised);
}

TEST_CASE("A report that was changed at any place is refused") {
  const Keys keys;
  const std::string document = encode_readiness(report(), &keys.own);
  for (std::size_t at = 0; at < document.size(); at += 7) {
    std::string changed = document;
    changed[at] = changed[at] == '1' ? '2' : '1';
    if (changed == document) continue;
    CHECK_FALSE(verify_readiness(changed, keys.own.verify_key()).has_value());
  }
  CHECK(verify_readiness("{}", keys.own.verify_key()).error().code == ErrorCode::kCorrupt);
  CHECK(verify_readiness("", keys.own.verify_key()).error().code == ErrorCode::kCorrupt);
  CHECK(verify_readiness(std::string(limits::kReadinessBytes + 1, ' '), keys.own.verify_key()).error().code ==
        ErrorCode::kTooLarge);
}

TEST_CASE("A kiosk is ready when nothing failed and everything was looked at") {
  CHECK(readiness_of(report()) == Readiness::kReady);
  CHECK(readiness_of(report(Outcome::kNotFitted)) == Readiness::kReady);
  CHECK(readiness_of(report(Outcome::kWarning)) == Readiness::kWithWarnings);
  ReadinessReport one = report();
  one.diagnostics.at(3).finding.outcome = Outcome::kFail;
  CHECK(readiness_of(one) == Readiness::kNotReady);
  ReadinessReport missing = report();
  missing.diagnostics.pop_back();
  CHECK(readiness_of(missing) == Readiness::kNotReady);
}

TEST_CASE("The summary fits a small QR code, says what each check found, and is signed") {
  const Keys keys;
  ReadinessReport one = report();
  one.diagnostics.at(2).finding.outcome = Outcome::kFail;
  one.diagnostics.pop_back();
  const std::string summary = encode_summary(one, &keys.own);
  CHECK(summary.size() < 187);  // as short as a receipt's statement
  CHECK(summary.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-") == std::string::npos);
  const auto told = verify_summary(summary, keys.own.verify_key());
  REQUIRE(told.has_value());
  CHECK(told->device_code == "JLA1");
  CHECK(told->at_s == 1'795'000'000);
  REQUIRE(told->outcomes.size() == kDiagnostics);
  CHECK(told->outcomes.at(0) == Outcome::kPass);
  CHECK(told->outcomes.at(2) == Outcome::kFail);
  CHECK_FALSE(told->outcomes.back().has_value());
  CHECK(verify_summary(summary, keys.other.verify_key()).error().code == ErrorCode::kUnauthorised);
  for (std::size_t at = 0; at < summary.size(); ++at) {
    std::string changed = summary;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(verify_summary(changed, keys.own.verify_key()).has_value());
  }
}

TEST_CASE("On paper there is a strip of any printer's width, and sheets that become a PDF") {
  const Keys keys;
  const auto paper = ReadinessPaper::open(fonts());
  REQUIRE(paper.has_value());
  const std::string summary = encode_summary(report(), &keys.own);
  for (const int width : {384, 576, 832}) {
    const auto strip = paper->strip(report(Outcome::kFail), summary, plain_words(), width);
    REQUIRE(strip.has_value());
    CHECK(strip->width() == width);
    CHECK(strip->height() > width * 2);
    CHECK(count_black(*strip) > width * 20);
  }
  const auto sheets = paper->sheets(report(Outcome::kFail), summary, plain_words());
  REQUIRE(sheets.has_value());
  CHECK(!sheets->empty());
  // Nothing is drawn over the margin.
  for (const device::BitImage& sheet : *sheets) {
    for (int y = 0; y < sheet.height(); ++y) {
      CHECK_FALSE((sheet.black(20, y) || sheet.black(sheet.width() - 20, y)));
    }
  }
  const auto pdf = sheets_as_pdf(*sheets, "Readiness");
  REQUIRE(pdf.has_value());
  CHECK(as_text(*pdf).starts_with("%PDF-"));
  CHECK(pdf->size() < 200'000);
  CHECK_FALSE(sheets_as_pdf({}, "nothing").has_value());
}

TEST_CASE("Without its fonts there is no paper, and that is said") {
  CHECK(ReadinessPaper::open({"/nowhere"}).error().code == ErrorCode::kNotFound);
}
