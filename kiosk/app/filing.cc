#include "kiosk/app/filing.h"

#include <algorithm>
#include <utility>

#include "sync/wire/receipt_statement.h"

namespace mimika {

Result<ReceiptPair> make_receipt_pair(Env& env, DeviceId device) {
  crypto::ReceiptCode code = crypto::ReceiptCode::generate(env);
  TRY_ASSIGN(const crypto::BoxKey key, code.derive_key(device));
  return ReceiptPair{std::move(code), key.public_key()};
}

Result<Receipted> file_request(Store& store, const Catalogue& catalogue, const FilingRequest& request, ReceiptPair pair,
                               const crypto::SigningKey& device_key, LocalDate today, std::span<const NewMedia> media,
                               const std::optional<TicketAssisted>& assisted) {
  if (const auto problems = check_filing(request, catalogue, today); !problems.empty()) {
    return fail(ErrorCode::kInvalidInput, problems.front().field + ": " + problem_message_id(problems.front().problem));
  }
  NewTicket ticket;
  ticket.kind = request.kind;
  ticket.confidentiality = request.confidentiality;
  ticket.category = request.category;
  ticket.service = request.service;
  ticket.kampung = request.kampung;
  ticket.receipt_key = pair.public_key;
  ticket.details = request.details;
  ticket.media.assign(media.begin(), media.end());
  ticket.hidden_from_office = is_about_staff(catalogue, request.category);
  ticket.assisted = assisted;
  auto filed = store.file_ticket(ticket);
  wipe(ticket.details);
  if (!filed) return std::unexpected(filed.error());

  wire::ReceiptStatement statement;
  statement.number = filed->number;
  statement.key = filed->key;
  statement.filed_ms = filed->filed_ms;
  std::copy_n(filed->chain.begin(), statement.content.size(), statement.content.begin());
  return Receipted{*filed, std::move(pair.code), wire::encode_receipt_statement(statement, device_key)};
}

bool is_about_staff(const Catalogue& catalogue, const std::optional<CategoryId>& category) {
  if (!category) return false;
  const Category* known = catalogue.find_category(*category);
  return known != nullptr && known->about_staff;
}

}  // namespace mimika
