// Enrolment, the kiosk's side: a technician brings a ticket; the kiosk brings a key of its own and takes home a
// certificate. The ticket's token is sent once and kept nowhere.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/env.h"
#include "sync/client/enrolment_files.h"
#include "sync/client/transport.h"
#include "sync/wire/enrolment.h"

namespace mimika::sync {

inline constexpr const char* kEnrolPath = "/v1/enrol";

// Safe to repeat with the same ticket until it succeeds, also after a power cut. A kiosk that is enrolled already under
// the ticket's device and centre is left as it is and loaded. kConflict: it is enrolled as another kiosk, or the
// certificate does not fit the ticket; kUnauthorised: the token or the certificate is not good; kUnreachable.
[[nodiscard]] Result<Enrolment> enrol(const wire::EnrolmentTicket& ticket, const std::string& folder,
                                      Transport& transport, Env& env);

// The same from the ticket's text, over HTTPS to the address in it.
[[nodiscard]] Result<Enrolment> enrol_kiosk(std::string_view ticket_json, const std::string& folder, Env& env);

}  // namespace mimika::sync
