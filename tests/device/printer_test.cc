// Against a real IPP printer, ippeveprinter. What a printer does wrong that no real one can be made to do is in
// printer_fault_test.cc.
#include "kiosk/device/printer.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "tests/device/ippeve.h"
#include "tests/device/slip_world.h"

using namespace mimika;
using namespace mimika::device;
using namespace std::chrono_literals;
using mimika::test::IppEvePrinter;
using mimika::test::sample_slip;

namespace {

struct Desk {
  explicit Desk(const std::string& uri, PrinterTimeouts timeouts = {}) {
    timeouts.poll_ms = 100;
    printer = open_printer({.uri = uri, .owner = "JLA1", .timeouts = timeouts}, *env).value();
  }
  PrintOutcome print() {
    return printer->print([this](int width) { return maker.render(slip, width); }, cancellation);
  }
  [[nodiscard]] PrinterStatus status() { return printer->status(cancellation); }

  std::unique_ptr<Env> env = make_system_env();
  SlipMaker maker = test::slip_maker();
  ReceiptSlip slip = sample_slip();
  Cancellation cancellation;
  std::unique_ptr<Printer> printer;
};

// A receipt printer: a roll of 80 mm, 203 dpi, cut where the page ends.
constexpr const char* kThermal = R"(
ATTR mimeMediaType document-format-supported application/octet-stream,image/pwg-raster
ATTR mimeMediaType document-format-default image/pwg-raster
ATTR keyword media-supported roll_max_80x1000mm,roll_min_80x50mm
ATTR keyword media-default roll_max_80x1000mm
ATTR keyword media-ready roll_max_80x1000mm
ATTR collection media-size-supported { MEMBER integer x-dimension 8000 MEMBER rangeOfInteger y-dimension 5000-100000 }
ATTR resolution pwg-raster-document-resolution-supported 203dpi
ATTR keyword pwg-raster-document-type-supported black_1
ATTR resolution printer-resolution-supported 203dpi
ATTR resolution printer-resolution-default 203dpi
ATTR textWithoutLanguage printer-make-and-model "Kiosk Thermal 80"
ATTR keyword print-color-mode-supported monochrome
)";

}  // namespace

TEST_CASE("a slip comes out of a sheet printer as it was made") {
  IppEvePrinter real;
  Desk desk(real.uri());
  const PrinterStatus before = desk.status();
  CHECK(before.state == PrinterState::kReady);
  CHECK_FALSE(before.model.empty());
  const PrintOutcome outcome = desk.print();
  INFO(outcome.detail);
  CHECK(outcome.end == PrintEnd::kPrinted);
  CHECK(outcome.nothing_left);
  REQUIRE(real.printed().size() == 1);
  const BitImage page = test::read_pwg_raster(real.printed().front());
  test::keep_picture(page, "page-sheet");
  CHECK(test::read_qr(page) == desk.slip.statement);
  // In the middle of the sheet.
  const int edge = (page.width() - 851) / 2;
  CHECK(test::black_dots(page, 0, 0, edge - 2, page.height()) == 0);
  CHECK(test::black_dots(page, page.width() - edge + 2, 0, page.width(), page.height()) == 0);
  CHECK(test::black_dots(page, edge, 0, page.width() - edge, page.height()) > 10'000);
  CHECK(desk.status().state == PrinterState::kReady);
}

TEST_CASE("a slip comes out of a roll printer dot for dot, on paper as long as the slip") {
  IppEvePrinter real("", kThermal);
  Desk desk(real.uri());
  CHECK(desk.status().model == "Kiosk Thermal 80");
  const PrintOutcome outcome = desk.print();
  INFO(outcome.detail);
  CHECK(outcome.end == PrintEnd::kPrinted);
  REQUIRE(real.printed().size() == 1);
  const BitImage page = test::read_pwg_raster(real.printed().front());
  test::keep_picture(page, "page-roll");
  const BitImage slip = desk.maker.render(desk.slip).value();
  CHECK(page.width() == 639);  // 80 mm
  CHECK(std::abs(page.height() - slip.height()) <= 2);
  const int left = (page.width() - slip.width()) / 2;
  long different = 0;
  for (int y = 0; y < slip.height(); ++y) {
    for (int x = 0; x < slip.width(); ++x) different += slip.black(x, y) != page.black(left + x, y) ? 1 : 0;
  }
  CHECK(different == 0);
  CHECK(test::read_qr(page) == desk.slip.statement);
}

TEST_CASE("a printer that takes no raster gets a PDF with the same page") {
  IppEvePrinter real("application/pdf");
  Desk desk(real.uri());
  CHECK(desk.print().end == PrintEnd::kPrinted);
  REQUIRE(real.printed().size() == 1);
  std::ifstream in(real.printed().front(), std::ios::binary);
  std::string start(8, '\0');
  in.read(start.data(), 8);
  CHECK(start == "%PDF-1.4");
}

TEST_CASE("a printer that takes none of our formats is told apart from one in trouble") {
  IppEvePrinter real("text/plain");
  Desk desk(real.uri());
  CHECK(desk.print().end == PrintEnd::kCannotPrint);
  CHECK(real.printed().empty());
}

TEST_CASE("a printer that is off is unreachable within seconds") {
  std::string uri;
  {
    const IppEvePrinter real;
    uri = real.uri();
  }
  Desk desk(uri);
  const std::int64_t start_ms = desk.env->monotonic_ms();
  CHECK(desk.status().state == PrinterState::kOffline);
  const PrintOutcome outcome = desk.print();
  CHECK(outcome.end == PrintEnd::kNotReady);
  CHECK(outcome.printer == PrinterState::kOffline);
  CHECK(desk.env->monotonic_ms() - start_ms < 3'000);
}

TEST_CASE("a page that meets trouble is cancelled, told by its name, and never printed when that is put right") {
  // The paper ends while the first person's slip is printed. An officer puts in more, minutes later; then the second
  // person prints. Of the first person's slip nothing may come out.
  struct Case {
    const char* keyword;
    PrintEnd end;
    PrinterState told;
  };
  for (const Case& c : {Case{"media-empty-error", PrintEnd::kTrouble, PrinterState::kPaperOut},
                        Case{"media-needed-error", PrintEnd::kTrouble, PrinterState::kPaperOut},
                        Case{"media-jam", PrintEnd::kTrouble, PrinterState::kPaperJam},
                        Case{"cover-open-error", PrintEnd::kTrouble, PrinterState::kCoverOpen},
                        // While it works, this printer makes an error a warning; one of a supply need not stop it.
                        Case{"toner-empty", PrintEnd::kTimedOut, PrinterState::kSupplyOut}}) {
    INFO(c.keyword);
    IppEvePrinter real;
    Desk desk(real.uri(), {.job_ms = 2'000});
    real.trouble(c.keyword);
    const PrintOutcome first = desk.print();
    INFO(first.detail);
    CHECK(first.end == c.end);
    CHECK(first.printer == c.told);
    CHECK(first.nothing_left);
    real.wait_until_idle();
    // The officer has not come yet: it still says so, and is not given another page.
    if (c.end == PrintEnd::kTrouble) {
      CHECK(desk.status().state == c.told);
      CHECK(desk.print().end == PrintEnd::kNotReady);
    }

    real.put_right();
    real.wait_until_idle();
    std::this_thread::sleep_for(300ms);
    CHECK(real.printed().empty());
  }
}

TEST_CASE("a page that is cancelled in the middle does not come out") {
  IppEvePrinter real;
  Desk desk(real.uri());
  real.slow(5);
  std::thread visitor([&] {
    std::this_thread::sleep_for(700ms);
    desk.cancellation.cancel();
  });
  const std::int64_t start_ms = desk.env->monotonic_ms();
  const PrintOutcome outcome = desk.print();
  const std::int64_t took_ms = desk.env->monotonic_ms() - start_ms;
  visitor.join();
  INFO(outcome.detail);
  CHECK(outcome.end == PrintEnd::kCancelled);
  CHECK(outcome.nothing_left);
  CHECK(took_ms < 4'000);
  real.wait_until_idle();
  CHECK(real.printed().empty());
}

TEST_CASE("a page that waits in a queue when its person leaves is never given to the printer") {
  IppEvePrinter real;
  Desk desk(real.uri());
  desk.cancellation.cancel();
  CHECK(desk.print().end == PrintEnd::kCancelled);
  CHECK(real.printed().empty());
}

TEST_CASE("a page that takes longer than it may is cancelled") {
  IppEvePrinter real;
  Desk desk(real.uri(), {.job_ms = 1'000});
  real.slow(8);
  const PrintOutcome outcome = desk.print();
  CHECK(outcome.end == PrintEnd::kTimedOut);
  CHECK(outcome.nothing_left);
  real.wait_until_idle();
  CHECK(real.printed().empty());
}

TEST_CASE("what a kiosk left in the printer when its power failed is cancelled before anything else is printed") {
  // A first life of the kiosk is killed while its page waits for paper: nobody cancelled that job.
  IppEvePrinter real;
  real.trouble("media-empty");
  std::string uri = real.uri();
  {
    const test::TempFolder folder;
    std::ofstream(folder / "job.test")
        << "{\nOPERATION Print-Job\nGROUP operation-attributes-tag\n"
           "ATTR charset attributes-charset utf-8\nATTR language attributes-natural-language en\n"
           "ATTR uri printer-uri $uri\nATTR name requesting-user-name \"mimika-kiosk JLA1\"\n"
           "ATTR name job-name \"mimika-kiosk JLA1\"\nATTR mimeMediaType document-format application/pdf\n"
           "FILE $filename\nSTATUS successful-ok\n}\n";
    std::ofstream(folder / "old.pdf") << "%PDF-1.4 of an earlier person\n";
    REQUIRE(std::system(("ipptool -q -f " + (folder / "old.pdf") + " " + uri + " " + (folder / "job.test")).c_str()) ==
            0);
  }
  Desk second(uri);
  CHECK(second.printer->clear_leftovers(second.cancellation).has_value());
  real.put_right();
  real.wait_until_idle();
  CHECK(real.printed().empty());
  // Another kiosk's jobs on the same printer are none of ours.
  CHECK(second.printer->clear_leftovers(second.cancellation).has_value());
}

TEST_CASE("a kiosk without a printer says so, and prints nothing") {
  Desk desk("");
  CHECK(desk.status().state == PrinterState::kNoneSetUp);
  CHECK(desk.print().printer == PrinterState::kNoneSetUp);
  CHECK(desk.print().end == PrintEnd::kNotReady);
}

TEST_CASE("an address that is none of a printer is refused with what may stand there") {
  const auto env = make_system_env();
  for (const char* uri : {"socket://10.0.0.5:9100", "usb://EPSON/TM", "ipp://", "ipp:///ipp/print", "a queue",
                          "http://x/", "ipp://host:99999999/ipp/print", "../../etc"}) {
    INFO(uri);
    CHECK(open_printer({.uri = uri}, *env).error().code == ErrorCode::kInvalidInput);
  }
  for (const char* uri : {"ipp://10.0.0.5/ipp/print", "ipps://printer.local/ipp/print", "kasir", "TM-T82_1"}) {
    CHECK(open_printer({.uri = uri}, *env).has_value());
  }
}
