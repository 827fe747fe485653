#include "sync/client/rekey.h"

#include "kiosk/base/log.h"
#include "sync/client/refusal.h"
#include "sync/wire/enrolment.h"

namespace mimika::sync {

Result<Enrolment> rekey(const std::string& folder, Transport& transport, Env& env) {
  TRY_ASSIGN(const Enrolment before, load_enrolment(folder));
  TRY_ASSIGN(const crypto::SigningKey next, prepare_next_device_key(folder, env));
  const Bytes request =
      wire::encode_rekey_request(before.centre.identity.device, before.centre.policy_version, before.device_key, next);
  TRY_ASSIGN(const HttpResponse response, transport.post(kRekeyPath, request));
  if (response.status != 200) return std::unexpected(read_refusal(response).error);
  const auto certificate = check_certificate(response.body, before.centre, next.verify_key());
  if (!certificate) return fail_with(certificate.error(), "reading the centre's certificate");
  TRY(take_next_device_key(folder, response.body));
  log_info("enrol", "this kiosk signs with another key now");
  return load_enrolment(folder);
}

Result<std::optional<crypto::SigningKey>> finish_pending_rekey(const std::string& folder, Transport& transport,
                                                               Env& env) {
  if (!rekey_is_pending(folder)) return std::nullopt;
  auto renewed = rekey(folder, transport, env);
  if (renewed) return std::move(renewed->device_key);
  if (is_of_the_link(renewed.error().code)) return std::unexpected(std::move(renewed).error());
  log_warning("enrol", "the change of this kiosk's key is not finished: {}", renewed.error().message);
  return std::nullopt;
}

}  // namespace mimika::sync
