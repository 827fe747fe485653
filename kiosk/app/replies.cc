#include "kiosk/app/replies.h"

#include "kiosk/base/log.h"

namespace mimika {

Result<std::vector<OpenedReply>> open_replies(const Ticket& ticket, const crypto::ReceiptCode& code) {
  TRY_ASSIGN(const crypto::BoxKey key, code.derive_key(ticket.id.device));
  if (key.public_key() != ticket.receipt_key) {
    return fail(ErrorCode::kUnauthorised, "the receipt code belongs to another ticket");
  }
  std::vector<OpenedReply> replies;
  for (const TimelineEntry& entry : ticket.timeline) {
    if (entry.sealed_text.empty()) continue;
    const auto opened = key.open(entry.sealed_text);
    if (!opened) {
      log_warning("app", "a sealed answer of event {} does not open: {}", to_string(entry.event),
                  opened.error().message);
      continue;
    }
    replies.push_back({entry.event, PersonalText(as_text(opened->view()))});
  }
  return replies;
}

}  // namespace mimika
