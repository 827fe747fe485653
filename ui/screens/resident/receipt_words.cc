#include "ui/screens/resident/receipt_words.h"

#include "ui/text/dates.h"

namespace mimika::screens {

ReceiptSubject receipt_subject(const Receipt& receipt, const SessionContext& context, const Text& text) {
  ReceiptSubject subject;
  const bool secret = is_secret(receipt.known);
  const Category* category = receipt.category && !secret ? context.catalogue.find_category(*receipt.category) : nullptr;
  const Service* service = receipt.service ? context.catalogue.find_service(*receipt.service) : nullptr;
  if (category != nullptr) {
    subject.name = in_language(category->name, text);
    subject.picture = "pictures/" + category->picture;
  } else if (service != nullptr) {
    subject.name = in_language(service->name, text);
    subject.icon = service->icon;
  } else {
    subject.name = kind_name(receipt.kind, text);
    subject.icon = secret ? "lock" : receipt.kind == TicketKind::kInformation ? "help" : "msg";
  }
  if (receipt.kampung && !secret) subject.kampung = kampung_name(*receipt.kampung, context, text);
  return subject;
}

// From the day the centre has it somebody must answer within the limit. Before that a day can only be named for "if it
// arrives today", and only by a clock that somebody vouched for; after it the centre's clock says the day.
ReceiptPromise receipt_promise(const Receipt& receipt, const SessionContext& context, const Text& text) {
  ReceiptPromise promise;
  promise.limit = text.count(context.catalogue.mark_rule.days == DayKind::kWorkingDays ? "receipt.next.working_days"
                                                                                       : "receipt.next.calendar_days",
                             context.catalogue.mark_rule.limit_days);
  if (receipt.arrived_ms) {
    const LocalDate due = answer_due(local_date(*receipt.arrived_ms), context);
    promise.day = text.format("receipt.next.at_latest", {day_and_month(text, due)});
  } else if (clock_is_trusted(context) && clock_is_plausible(context)) {
    const LocalDate due = answer_due(local_date(receipt.filed_ms), context);
    promise.day = text.format("receipt.next.if_today", {day_and_month(text, due)});
  }
  return promise;
}

ReceiptTime receipt_time(const Receipt& receipt, const SessionContext& context, const Text& text) {
  if (!receipt.arrived_ms && !clock_is_plausible(context)) return {};
  const WallMs at = receipt.arrived_ms.value_or(receipt.filed_ms);
  return {short_date(text, local_date(at)), clock_time(text, local_time(at))};
}

}  // namespace mimika::screens
