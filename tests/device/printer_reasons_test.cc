#include "kiosk/device/printer_reasons.h"

#include <catch2/catch.hpp>

using namespace mimika::device;

namespace {

PrinterState told(const std::vector<std::string>& reasons, int state = kPrinterIdle) {
  return understand_printer({.state = state, .reasons = reasons}).state;
}

}  // namespace

TEST_CASE("a printer's keywords become one word of ours") {
  CHECK(told({"none"}) == PrinterState::kReady);
  CHECK(told({}) == PrinterState::kReady);
  CHECK(told({"none"}, kPrinterProcessing) == PrinterState::kBusy);
  CHECK(told({"none"}, kPrinterStopped) == PrinterState::kOtherTrouble);
  CHECK(told({}, 77) == PrinterState::kOtherTrouble);
  for (const char* suffix : {"", "-error", "-warning", "-report"}) {
    INFO(suffix);
    const auto with = [&](const char* keyword) { return told({std::string(keyword) + suffix}); };
    CHECK(with("media-empty") == PrinterState::kPaperOut);
    CHECK(with("media-needed") == PrinterState::kPaperOut);
    CHECK(with("media-jam") == PrinterState::kPaperJam);
    CHECK(with("trimmer-jam") == PrinterState::kPaperJam);
    CHECK(with("cover-open") == PrinterState::kCoverOpen);
    CHECK(with("door-open") == PrinterState::kCoverOpen);
    CHECK(with("interlock-open") == PrinterState::kCoverOpen);
    CHECK(with("offline") == PrinterState::kOffline);
    CHECK(with("shutdown") == PrinterState::kOffline);
    CHECK(with("media-low") == PrinterState::kReady);
  }
  for (const char* keyword : {"toner-empty", "marker-supply-empty", "marker-print-ribbon-empty-error",
                              "marker-toner-cartridge-missing-error", "marker-waste-full", "opc-life-over"}) {
    INFO(keyword);
    CHECK(told({keyword}) == PrinterState::kSupplyOut);
  }
  CHECK(told({"toner-empty-warning"}) == PrinterState::kReady);
  CHECK(told({"toner-empty-warning"}, kPrinterStopped) == PrinterState::kSupplyOut);
  CHECK(told({"toner-low"}) == PrinterState::kReady);
  CHECK(told({"spool-area-full"}) == PrinterState::kOtherTrouble);
  CHECK(told({"paused"}) == PrinterState::kOtherTrouble);
  CHECK(told({"connecting-to-device"}, kPrinterProcessing) == PrinterState::kBusy);
}

TEST_CASE("of several troubles the one to begin with is told") {
  CHECK(told({"media-empty", "cover-open", "media-jam"}) == PrinterState::kCoverOpen);
  CHECK(told({"media-empty-error", "media-jam-error"}) == PrinterState::kPaperJam);
  CHECK(told({"toner-empty-error", "media-empty-error"}) == PrinterState::kPaperOut);
  CHECK(told({"cover-open", "offline-report"}) == PrinterState::kOffline);
}

TEST_CASE("paper that is low is told beside the state, and a queue that takes nothing is trouble") {
  CHECK(understand_printer({.reasons = {"media-low-warning"}}).paper_low);
  CHECK_FALSE(understand_printer({.reasons = {"toner-low"}}).paper_low);
  CHECK(understand_printer({.accepting = false}).state == PrinterState::kOtherTrouble);
}

TEST_CASE("where a page did not come, a mild word explains it") {
  const PrinterSays says{.state = kPrinterProcessing, .reasons = {"toner-empty-warning"}};
  CHECK(understand_printer(says).state == PrinterState::kBusy);
  CHECK(understand_printer(says, Believe::kEverything).state == PrinterState::kSupplyOut);
}
