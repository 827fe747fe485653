#include "sync/central/workflow/receipt_check.h"

#include <algorithm>

#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"
#include "sync/wire/receipt_statement.h"

namespace mimika::central {
namespace {

// Signed with the present key, or with the one before: a receipt outlives a change of the kiosk's key.
Result<std::optional<wire::ReceiptStatement>> verified(Database& database, const Device& device,
                                                       const std::string& text) {
  TRY_ASSIGN(const auto previous, previous_device_key(database, device.id));
  for (const auto& key : {device.verify_key, previous}) {
    if (!key) continue;
    if (const auto statement = wire::decode_receipt_statement(text, *key)) return *statement;
  }
  return std::nullopt;
}

}  // namespace

Result<ReceiptCheck> check_receipt(Database& database, std::string_view copied) {
  std::string text(copied);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  ReceiptCheck check;
  const auto device_id = wire::device_of_receipt_statement(text);
  if (!device_id) return check;
  TRY_ASSIGN(const auto device, find_device(database, *device_id));
  if (!device || !device->verify_key) {
    check.verdict = ReceiptVerdict::kUnknownKiosk;
    return check;
  }
  TRY_ASSIGN(const auto statement, verified(database, *device, text));
  if (!statement) return check;
  check.number = statement->number;
  check.filed_ms = statement->filed_ms;
  TRY_ASSIGN(const auto event, find_event(database, statement->key));
  if (!event) {
    // Whoever has a stolen kiosk can sign what was never filed.
    check.verdict = device->revoked_ms ? ReceiptVerdict::kNotVouchedFor : ReceiptVerdict::kNotArrived;
    return check;
  }
  if (!std::equal(statement->content.begin(), statement->content.end(), event->chain.begin())) {
    check.verdict = device->revoked_ms ? ReceiptVerdict::kNotVouchedFor : ReceiptVerdict::kDiffers;
    return check;
  }
  if (event->set_aside) {
    check.verdict = ReceiptVerdict::kNotVouchedFor;
    return check;
  }
  check.verdict = ReceiptVerdict::kArrived;
  check.arrived_ms = event->received_ms;
  return check;
}

}  // namespace mimika::central
