#include "kiosk/app/receipt_paper.h"

#include "kiosk/model/ticket_number.h"
#include "ui/screens/resident/receipt_words.h"

namespace mimika {
namespace {

const char* name_words(Confidentiality known) {
  if (is_anonymous(known)) return "slip.name.none";
  return known == Confidentiality::kOpen ? "slip.name.open" : "slip.name.hidden";
}

void add_facts(device::ReceiptSlip& slip, const Receipt& receipt, const SessionContext& context, const Text& text) {
  const screens::ReceiptSubject subject = screens::receipt_subject(receipt, context, text);
  slip.facts.emplace_back(text("slip.about"), subject.name);
  if (!subject.kampung.empty()) slip.facts.emplace_back(text("slip.place"), subject.kampung);
  // A service is asked for by name; there is nothing to choose.
  if (receipt.kind != TicketKind::kService) {
    slip.facts.emplace_back(text("slip.name"), text(name_words(receipt.known)));
  }
}

// Paper does not change any more: what had not arrived when it was printed is said to have not.
void add_state(device::ReceiptSlip& slip, const Receipt& receipt, const SessionContext& context, const Text& text) {
  slip.saved = text(receipt.arrived_ms ? "receipt.banner.arrived" : "receipt.banner");
  const screens::ReceiptTime at = screens::receipt_time(receipt, context, text);
  if (!at.date.empty()) slip.saved_when = text.format("slip.saved_when", {at.date, at.time});
  if (!receipt.arrived_ms) slip.not_arrived = text("slip.not_arrived");
}

void add_steps(device::ReceiptSlip& slip, const Receipt& receipt, const SessionContext& context, const Text& text) {
  slip.next_title = text("receipt.next");
  if (!receipt.arrived_ms) {
    slip.steps.push_back({device::SlipIcon::kOffice, text("receipt.next.network"), text("slip.next.network")});
  }
  const bool service = receipt.kind == TicketKind::kService;
  const screens::ReceiptPromise promise = screens::receipt_promise(receipt, context, text);
  std::string answer = promise.limit;
  if (!promise.day.empty()) answer += " " + promise.day;
  slip.steps.push_back({device::SlipIcon::kAnswer, text(service ? "receipt.next.office" : "receipt.next.agency"),
                        answer + " " + text("slip.next.late")});
  slip.steps.push_back(
      {device::SlipIcon::kSearch, text("slip.track"), text.format("slip.track.how", {text("home.track.title")})});
}

}  // namespace

device::ReceiptSlip make_receipt_slip(const Receipt& receipt, const SessionContext& context, const Text& text) {
  device::ReceiptSlip slip;
  slip.office = context.office_name;
  slip.regency = text("attract.regency");
  slip.title = text(receipt.kind == TicketKind::kComplaint ? "slip.title.complaint" : "slip.title.other");
  slip.number = format_ticket_number(receipt.number);
  slip.statement = receipt.qr_payload;
  slip.code_title = text("receipt.code.short");
  slip.code = std::string(receipt.code.view());
  slip.code_note = text("slip.code.note");
  add_facts(slip, receipt, context, text);
  add_state(slip, receipt, context, text);
  add_steps(slip, receipt, context, text);
  slip.keep = text("slip.keep");
  // Some services cost something; telling the office never does.
  if (receipt.kind != TicketKind::kService) slip.free_of_charge = text("slip.free");
  return slip;
}

}  // namespace mimika
