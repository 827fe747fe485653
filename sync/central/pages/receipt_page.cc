// /receipt: anyone who holds a printed receipt may ask whether it is genuine, without a login. The page says the number
// and the times that stand on the receipt, whether it arrived, and nothing of what was filed or by whom.
#include "sync/central/central_limits.h"
#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/workflow/receipt_check.h"

namespace mimika::central {
namespace {

const char* name_of(ReceiptVerdict verdict) {
  switch (verdict) {
    case ReceiptVerdict::kNotGenuine:
      return "not_genuine";
    case ReceiptVerdict::kUnknownKiosk:
      return "unknown_kiosk";
    case ReceiptVerdict::kNotVouchedFor:
      return "not_vouched_for";
    case ReceiptVerdict::kArrived:
      return "arrived";
    case ReceiptVerdict::kNotArrived:
      return "not_arrived";
    case ReceiptVerdict::kDiffers:
      break;
  }
  return "differs";
}

bool is_genuine(ReceiptVerdict verdict) {
  return verdict == ReceiptVerdict::kArrived || verdict == ReceiptVerdict::kNotArrived ||
         verdict == ReceiptVerdict::kDiffers;
}

void fill_verdict(Dictionary& body, const PageContext& context, const ReceiptCheck& check) {
  const std::string name = name_of(check.verdict);
  Dictionary* verdict = body.AddSectionDictionary("VERDICT");
  verdict->SetValue("KIND", check.verdict == ReceiptVerdict::kArrived || check.verdict == ReceiptVerdict::kNotArrived
                                ? "done"
                                : "problem");
  verdict->SetValue("TITLE", context.text("receipt." + name + ".title"));
  verdict->SetValue("WORDS", context.text("receipt." + name + ".words"));
  if (!is_genuine(check.verdict)) return;
  Dictionary* facts = verdict->AddSectionDictionary("FACTS");
  facts->SetValue("NUMBER", format_ticket_number(check.number));
  facts->SetValue("FILED", date_and_time(context, check.filed_ms));
  if (check.arrived_ms) {
    facts->SetValueAndShowSection("AT", date_and_time(context, *check.arrived_ms), "ARRIVED");
  }
}

}  // namespace

http::Response receipt_page(const PageContext& context) {
  const std::string_view text = context.request.query_value("statement");
  std::optional<ReceiptCheck> check;
  if (text.size() > limits::kReceiptTextBytes) {
    check.emplace();  // no statement is so long
  } else if (!text.empty()) {
    auto checked = check_receipt(context.database, text);
    if (!checked) return failure_page(context, checked.error());
    check = *std::move(checked);
  }
  return render(context, 200, context.text("receipt.title"), "receipt", [&](Dictionary& body) {
    if (check) fill_verdict(body, context, *check);
  });
}

}  // namespace mimika::central
