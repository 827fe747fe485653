// Printing a receipt, while it is on the screen. A page belongs to the person who asked for it: whoever leaves the
// receipt, in whichever way, takes back what has not come out.
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

// The printing that an answer belongs to; nothing when its person, or its receipt, has gone.
Printing* awaited(Change& change, RequestId request) {
  Session& session = change.session;
  const bool fits = session.screen == Screen::kReceipt && session.personal.receipt &&
                    session.personal.receipt->printing.request == request;
  change.redraw = change.redraw && fits;
  return fits ? &session.personal.receipt->printing : nullptr;
}

RequestId await_answer(Session& session) {
  ++session.request.value;
  session.personal.receipt->printing.request = session.request;
  return session.request;
}

}  // namespace

void offer_printing(Change& change) {
  if (!change.context.printer) return;
  change.session.personal.receipt->printing.stage = PrintStage::kReady;
  change.effects.emplace_back(effect::AskPrinter{await_answer(change.session)});
}

void print_receipt(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReceipt || !session.personal.receipt) return;
  Receipt& receipt = *session.personal.receipt;
  if (receipt.printing.stage == PrintStage::kNoPrinter || is_under_way(receipt.printing)) return;
  receipt.printing.stage = PrintStage::kPreparing;
  receipt.printing.trouble = PrintTrouble::kNone;
  const RequestId request = await_answer(session);
  change.effects.emplace_back(effect::PrintReceipt{request, receipt});
}

void cancel_print(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReceipt || !session.personal.receipt) return;
  Printing& printing = session.personal.receipt->printing;
  if (printing.stage != PrintStage::kPreparing && printing.stage != PrintStage::kPrinting) return;
  printing.stage = PrintStage::kCancelling;
  change.effects.emplace_back(effect::CancelPrint{});
}

void take_back_print(Change& change) {
  const auto& receipt = change.session.personal.receipt;
  if (receipt && is_under_way(receipt->printing)) change.effects.emplace_back(effect::CancelPrint{});
}

void toggle_printed(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReceipt || !session.personal.receipt) return;
  Printing& printing = session.personal.receipt->printing;
  if (printing.came_from_printer) printing.confirmed = !printing.confirmed;
}

void printer_told(Change& change, const action::PrinterTold& told) {
  Printing* printing = awaited(change, told.request);
  if (printing == nullptr || printing->stage != PrintStage::kReady) return;
  change.redraw = printing->trouble != told.trouble;
  printing->trouble = told.trouble;
}

void print_progress(Change& change, const action::PrintProgress& progress) {
  Printing* printing = awaited(change, progress.request);
  if (printing == nullptr) return;
  change.redraw = printing->stage == PrintStage::kPreparing;
  if (printing->stage == PrintStage::kPreparing) printing->stage = PrintStage::kPrinting;
}

void print_done(Change& change, const action::PrintDone& done) {
  Printing* printing = awaited(change, done.request);
  if (printing == nullptr || !is_under_way(*printing)) return;
  printing->stage = PrintStage::kPrinted;
  printing->came_from_printer = true;
}

void print_failed(Change& change, const action::PrintFailed& failed) {
  Printing* printing = awaited(change, failed.request);
  if (printing == nullptr || !is_under_way(*printing)) return;
  printing->stage = PrintStage::kFailed;
  printing->trouble = failed.trouble;
}

}  // namespace mimika::reducers
