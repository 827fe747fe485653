// A kiosk gives itself another signing key: because a technician suspects the old one, or years have passed. The office
// keeps working; nothing but the key changes.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "sync/client/enrolment_files.h"
#include "sync/client/transport.h"

namespace mimika::sync {

inline constexpr const char* kRekeyPath = "/v1/rekey";

// Begins a change, or goes on with one. Safe to repeat, also after a power cut at any moment: the new key is on the
// disk before the centre hears of it, and the old one stays until the new certificate is there. A program that runs
// meanwhile must be started again. kUnauthorised: the centre does not know the old key, or has revoked this kiosk;
// kUnreachable.
[[nodiscard]] Result<Enrolment> rekey(const std::string& folder, Transport& transport, Env& env);

// Goes on with a change that was begun and not answered. The new key when it is done; nothing when there was none to go
// on with, or when the centre refuses it: then the old one is still the key. kUnreachable.
[[nodiscard]] Result<std::optional<crypto::SigningKey>> finish_pending_rekey(const std::string& folder,
                                                                             Transport& transport, Env& env);

}  // namespace mimika::sync
