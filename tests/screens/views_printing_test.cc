// What the screen says of the paper, state by state.
#include "kiosk/app/receipt_paper.h"
#include "tests/screens/views_world.h"
#include "ui/screens/resident/receipt.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;

namespace {

struct ReceiptWorld : SessionWorld {
  explicit ReceiptWorld(bool printer = true) {
    context.printer = printer;
    complaint_to_review().file_and_answer();
  }
  [[nodiscard]] KeepView view(const Text& text = indonesian()) const {
    return make_receipt_view(session, context, text).keep;
  }
  ReceiptWorld& fail(PrintTrouble trouble) {
    play(action::PrintReceipt{});
    play(action::PrintFailed{session.request, trouble});
    return *this;
  }
};

}  // namespace

TEST_CASE("Without a printer nothing on the receipt speaks of printing") {
  const KeepView view = ReceiptWorld(false).view();
  CHECK_FALSE(view.print);
  CHECK_FALSE(view.aside);
  CHECK(view.kept.size() == 2);
  CHECK(view.words == indonesian()("receipt.keep"));
  CHECK(view.done.disabled_reason == indonesian()("receipt.keep_first"));
}

TEST_CASE("A printer that is ready is one more way to keep the receipt, with its own picture") {
  const KeepView view = ReceiptWorld().view();
  REQUIRE(view.print);
  CHECK(view.print->icon == "printer");
  CHECK(view.print->disabled_reason.empty());
  CHECK(view.mood == NoteMood::kPlain);
  CHECK(view.done.disabled_reason == indonesian()("receipt.keep_first.print"));
}

TEST_CASE("An empty printer is told before anybody touches print, in words and not by colour alone") {
  ReceiptWorld world;
  world.play(action::PrinterTold{world.session.request, PrintTrouble::kPaperOut});
  const KeepView view = world.view();
  CHECK(view.mood == NoteMood::kBad);
  CHECK(view.words == indonesian()("receipt.print.not.paper_out"));
  CHECK(view.paper == "paper_out");
  REQUIRE(view.print);
  CHECK(view.print->disabled_reason.empty());
}

TEST_CASE("While it prints the screen says so, and stopping stands apart from where print was touched") {
  ReceiptWorld world;
  world.play(action::PrintReceipt{});
  CHECK(world.view().words == indonesian()("receipt.print.preparing"));
  world.play(action::PrintProgress{world.session.request});
  const KeepView view = world.view();
  CHECK(view.words == indonesian()("receipt.print.on_its_way"));
  CHECK_FALSE(view.print->disabled_reason.empty());
  REQUIRE(view.aside);
  CHECK(view.aside->id == "receipt.print.stop");
  CHECK(std::holds_alternative<action::CancelPrint>(view.aside_does));
  world.play(action::CancelPrint{});
  CHECK_FALSE(world.view().aside->disabled_reason.empty());
}

TEST_CASE("After printing the person is asked whether the paper came out, and nothing is kept before they say so") {
  ReceiptWorld world;
  world.play(action::PrintReceipt{});
  world.play(action::PrintDone{world.session.request});
  KeepView view = world.view();
  CHECK_FALSE(view.print);
  CHECK(view.words == indonesian()("receipt.print.look"));
  CHECK_FALSE(with_id(view.kept, "receipt.printed").checked);
  CHECK(view.done.disabled_reason == indonesian()("receipt.keep_first.paper"));
  CHECK(view.aside->id == "receipt.print.again");
  world.play(action::TogglePrinted{});
  view = world.view();
  CHECK(with_id(view.kept, "receipt.printed").checked);
  CHECK(view.done.disabled_reason.empty());
}

TEST_CASE("Every trouble has words of its own in every complete language, and a way to try again") {
  std::vector<std::string> said;
  for (const PrintTrouble trouble :
       {PrintTrouble::kPaperOut, PrintTrouble::kPaperJam, PrintTrouble::kCoverOpen, PrintTrouble::kSupplyOut,
        PrintTrouble::kOffline, PrintTrouble::kStuck, PrintTrouble::kOther, PrintTrouble::kCannot,
        PrintTrouble::kMayStillPrint, PrintTrouble::kCancelled}) {
    ReceiptWorld world;
    world.fail(trouble);
    const KeepView view = world.view();
    INFO(view.words);
    CHECK(std::find(said.begin(), said.end(), view.words) == said.end());
    CHECK_FALSE(view.words.starts_with("receipt."));
    CHECK(world.view(english()).words != view.words);
    CHECK((view.mood == NoteMood::kBad) == (trouble != PrintTrouble::kCancelled));
    REQUIRE(view.print);
    CHECK(view.print->disabled_reason.empty());
    CHECK_FALSE(view.aside);
    said.push_back(view.words);
  }
}

// --- on paper

TEST_CASE("The slip says in the person's language what stands on the screen") {
  ReceiptWorld world;
  const Receipt& receipt = *world.session.personal.receipt;
  const device::ReceiptSlip slip = make_receipt_slip(receipt, world.context, indonesian());
  CHECK(slip.office == "Kantor Distrik Jila");
  CHECK(slip.number == format_ticket_number(receipt.number));
  CHECK(slip.statement == receipt.qr_payload);
  CHECK(slip.code == "4827 1093 5561 2048");
  REQUIRE(slip.facts.size() == 3);
  CHECK(slip.facts[0].second == "Air bersih");
  CHECK(slip.facts[2].second == "disembunyikan");
  CHECK(slip.saved == "Tersimpan di kios ini");
  CHECK(slip.saved_when == "24 Nov 2026, jam 09.24");
  CHECK_FALSE(slip.not_arrived.empty());
  REQUIRE(slip.steps.size() == 3);
  CHECK(slip.steps[1].text.find("1 Desember") != std::string::npos);
  CHECK_FALSE(slip.free_of_charge.empty());
  CHECK(make_receipt_slip(receipt, world.context, english()).title == english()("slip.title.complaint"));
}

TEST_CASE("A slip calls arrived only what has arrived, and names no day by a clock that nobody vouched for") {
  ReceiptWorld world;
  Receipt receipt = *world.session.personal.receipt;
  world.context.clock = ClockConfidence::kUnknown;
  CHECK(make_receipt_slip(receipt, world.context, indonesian()).steps[1].text.find("Desember") == std::string::npos);
  receipt.arrived_ms = kTuesdayMorning + 60'000;
  const device::ReceiptSlip arrived = make_receipt_slip(receipt, world.context, indonesian());
  CHECK(arrived.saved == "Sudah tiba di Mimika Center");
  CHECK(arrived.not_arrived.empty());
  CHECK(arrived.steps.size() == 2);
}

TEST_CASE("The slip of a secret complaint does not say what and where") {
  ReceiptWorld world;
  Receipt receipt = *world.session.personal.receipt;
  receipt.known = Confidentiality::kSecretAnonymous;
  const device::ReceiptSlip slip = make_receipt_slip(receipt, world.context, indonesian());
  REQUIRE(slip.facts.size() == 2);
  CHECK(slip.facts[0].second == kind_name(TicketKind::kComplaint, indonesian()));
  CHECK(slip.facts[1].second == "tanpa nama");
}

TEST_CASE("A service may cost something, so its slip does not call it free") {
  SessionWorld world;
  world.birth_certificate_to_review().file_and_answer();
  const device::ReceiptSlip slip = make_receipt_slip(*world.session.personal.receipt, world.context, indonesian());
  CHECK(slip.free_of_charge.empty());
  CHECK(slip.facts.size() == 1);
  CHECK(slip.title == indonesian()("slip.title.other"));
}
