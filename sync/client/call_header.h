// What every call says of its kiosk, over a link as on a stick.
#pragma once

#include "kiosk/base/env.h"
#include "kiosk/store/store.h"

namespace mimika::sync {

// Everything but the call's number, and what only a call or only a bundle says.
[[nodiscard]] wire::CallHeader call_header(const Store& store, const Outgoing& outgoing, const CentreKeysKnown& centre,
                                           Env& env);

}  // namespace mimika::sync
