#include "sync/client/enrol.h"

#include <memory>
#include <optional>
#include <utility>

#include "kiosk/base/log.h"
#include "sync/client/refusal.h"

namespace mimika::sync {
namespace {

CentreFacts facts_of(const wire::EnrolmentTicket& ticket) {
  return {ticket.url,
          {ticket.device, ticket.device_code, ticket.district},
          ticket.centre_verify_key,
          ticket.centre_box_key,
          ticket.office_box_key,
          ticket.policy_version};
}

// The enrolment that is here already, nothing when there is none, kConflict when it is another kiosk's.
Result<std::optional<Enrolment>> existing_enrolment(const CentreFacts& wanted, const std::string& folder) {
  auto existing = load_enrolment(folder);
  if (!existing) {
    if (existing.error().code == ErrorCode::kNotFound) return std::nullopt;
    return std::unexpected(std::move(existing).error());
  }
  if (existing->centre.identity.device != wanted.identity.device || existing->centre.verify_key != wanted.verify_key) {
    return fail(ErrorCode::kConflict,
                "this kiosk is enrolled already, as " + existing->centre.identity.device_code.value);
  }
  return std::optional<Enrolment>(*std::move(existing));
}

}  // namespace

Result<Enrolment> enrol(const wire::EnrolmentTicket& ticket, const std::string& folder, Transport& transport,
                        Env& env) {
  const CentreFacts facts = facts_of(ticket);
  TRY_ASSIGN(auto existing, existing_enrolment(facts, folder));
  if (existing) return *std::move(existing);

  TRY_ASSIGN(const crypto::SigningKey key, prepare_device_key(folder, env));
  TRY_ASSIGN(const HttpResponse response, transport.post(kEnrolPath, wire::encode_enrol_request(ticket.token, key)));
  if (response.status != 200) return std::unexpected(read_refusal(response).error);
  const auto certificate = check_certificate(response.body, facts, key.verify_key());
  if (!certificate) return fail_with(certificate.error(), "reading the centre's certificate");
  TRY(save_enrolment(folder, facts, ticket.ca_pem, response.body));
  log_info("enrol", "enrolled as {} (device {})", certificate->device_code.value, certificate->device.value);
  return load_enrolment(folder);  // as every later start will find it
}

Result<Enrolment> enrol_kiosk(std::string_view ticket_json, const std::string& folder, Env& env) {
  TRY_ASSIGN(const wire::EnrolmentTicket ticket, wire::decode_enrolment_ticket(ticket_json));
  TransportOptions options;
  options.url = ticket.url;
  options.ca_pem = ticket.ca_pem;
  TRY_ASSIGN(const auto transport, CurlTransport::open(options));
  return enrol(ticket, folder, *transport, env);
}

}  // namespace mimika::sync
