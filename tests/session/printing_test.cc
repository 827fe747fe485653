// The receipt on its way to paper: nothing is called printed that was not, and no page outlives its person.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

struct PrinterWorld : SessionWorld {
  PrinterWorld() {
    context.printer = true;
    complaint_to_review().file_and_answer();
  }
  [[nodiscard]] const Printing& printing() const { return session.personal.receipt->printing; }
  PrinterWorld& print() {
    play(action::PrintReceipt{});
    return *this;
  }
};

}  // namespace

TEST_CASE("A kiosk without a printer asks for nothing, and cannot be made to print") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  world.play(action::PrintReceipt{}, action::TogglePrinted{}, action::CancelPrint{}, action::ReceiptDone{});
  CHECK(world.session.personal.receipt->printing == Printing{});
  CHECK(world.count<effect::AskPrinter>() == 0);
  CHECK(world.count<effect::PrintReceipt>() == 0);
  CHECK(world.session.screen == Screen::kReceipt);
}

TEST_CASE("The printer is asked as the receipt appears, so that an empty one is told before anybody touches print") {
  PrinterWorld world;
  CHECK(world.printing().stage == PrintStage::kReady);
  CHECK(world.count<effect::AskPrinter>() == 1);
  world.play(action::PrinterTold{world.last<effect::AskPrinter>().id, PrintTrouble::kPaperOut});
  CHECK(world.printing().stage == PrintStage::kReady);
  CHECK(world.printing().trouble == PrintTrouble::kPaperOut);
  // Somebody may have filled it meanwhile: it may be tried.
  world.print();
  CHECK(world.printing().stage == PrintStage::kPreparing);
  CHECK(world.printing().trouble == PrintTrouble::kNone);
}

TEST_CASE("A printer that has nothing to say draws nothing") {
  PrinterWorld world;
  const RequestId asked = world.last<effect::AskPrinter>().id;
  CHECK_FALSE(apply(world.session, action::PrinterTold{asked, PrintTrouble::kNone}, world.context).redraw);
  CHECK(apply(world.session, action::PrinterTold{asked, PrintTrouble::kOffline}, world.context).redraw);
}

TEST_CASE("A receipt is printed once however often print is touched, with what stands on the screen") {
  PrinterWorld world;
  world.print().print();
  CHECK(world.count<effect::PrintReceipt>() == 1);
  CHECK(world.last<effect::PrintReceipt>().receipt.code.view() == "4827 1093 5561 2048");
  CHECK(world.last<effect::PrintReceipt>().receipt.number == world.session.personal.receipt->number);
  world.play(action::PrintProgress{world.session.request});
  CHECK(world.printing().stage == PrintStage::kPrinting);
  world.print();
  CHECK(world.count<effect::PrintReceipt>() == 1);
}

TEST_CASE("Printed is not kept until the person says that the paper came out") {
  PrinterWorld world;
  world.print();
  world.play(action::TogglePrinted{});  // not yet
  world.play(action::PrintDone{world.session.request}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kReceipt);
  world.play(action::TogglePrinted{}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kHome);
}

TEST_CASE("A failed print says why, is no paper, and leaves the other ways") {
  PrinterWorld world;
  world.print().play(action::PrintFailed{world.session.request, PrintTrouble::kPaperJam});
  CHECK(world.printing().stage == PrintStage::kFailed);
  CHECK(world.printing().trouble == PrintTrouble::kPaperJam);
  world.play(action::TogglePrinted{}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kReceipt);
  world.play(action::ToggleWritten{}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kHome);
}

TEST_CASE("Paper that came out stays in the hand when a second print fails") {
  PrinterWorld world;
  world.print().play(action::PrintDone{world.session.request}, action::TogglePrinted{});
  world.print().play(action::PrintFailed{world.session.request, PrintTrouble::kPaperOut});
  CHECK(world.printing().stage == PrintStage::kFailed);
  CHECK(is_kept(*world.session.personal.receipt));
}

TEST_CASE("Stopping waits until the printer says that the job is gone, and a page that was faster has come out") {
  PrinterWorld world;
  world.print().play(action::CancelPrint{}, action::CancelPrint{});
  CHECK(world.printing().stage == PrintStage::kCancelling);
  CHECK(world.count<effect::CancelPrint>() == 1);
  world.print();
  CHECK(world.count<effect::PrintReceipt>() == 1);
  const Session cancelling = world.session;
  world.play(action::PrintFailed{world.session.request, PrintTrouble::kCancelled});
  CHECK(world.printing().trouble == PrintTrouble::kCancelled);
  world.session = cancelling;
  world.play(action::PrintDone{world.session.request});
  CHECK(world.printing().stage == PrintStage::kPrinted);
}

TEST_CASE("A print that has not finished is taken back however its person leaves") {
  const auto leave = GENERATE(as<std::string>{}, "done", "given up at the warning", "walked away");
  INFO(leave);
  PrinterWorld world;
  world.print().play(action::PrintProgress{world.session.request}, action::TogglePhotographed{});
  if (leave == "done") {
    world.play(action::ReceiptDone{});
  } else if (leave == "walked away") {
    world.pass_ms(140'000);
  } else {
    world.pass_ms(121'000).play(action::EndNow{});
  }
  CHECK(world.count<effect::CancelPrint>() == 1);
  CHECK_FALSE(world.session.personal.receipt);
}

TEST_CASE("A print that has ended is not taken back again") {
  PrinterWorld world;
  world.print().play(action::PrintDone{world.session.request});
  world.pass_ms(140'000);
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.count<effect::CancelPrint>() == 0);
}

TEST_CASE("What the printer says after the person has gone fits nothing, not even the next person's receipt") {
  // The first person walks away while their page is held; the next one files and stands at a receipt of their own.
  PrinterWorld world;
  world.print();
  const RequestId asked = world.last<effect::AskPrinter>().id;
  const RequestId late = world.session.request;
  world.pass_ms(140'000);
  const Session first_screen = world.session;
  const auto everything_late = [&] {
    world.play(action::PrinterTold{asked, PrintTrouble::kPaperOut}, action::PrintProgress{late},
               action::PrintDone{late}, action::PrintFailed{late, PrintTrouble::kPaperOut});
  };
  everything_late();
  CHECK(world.session == first_screen);

  world.complaint_to_review().file_and_answer();
  const Session receipt = world.session;
  everything_late();
  CHECK(world.session == receipt);
  world.print();
  const Session printing = world.session;
  everything_late();
  CHECK(world.session == printing);
}

TEST_CASE("The printer is no person: what it says keeps no visit alive") {
  PrinterWorld world;
  world.print();
  world.pass_ms(119'000);
  world.play(action::PrintProgress{world.session.request}, action::PrintDone{world.session.request});
  world.pass_ms(2'000);
  CHECK(world.session.warning_since_ms);
}
