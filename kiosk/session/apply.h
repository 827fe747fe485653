// The reducer: a session, something that happened, and what is known now, give the next session and what to do about
// it. Pure: the same arguments always give the same step.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/session/action.h"
#include "kiosk/session/effect.h"
#include "kiosk/session/session.h"

namespace mimika {

struct Step {
  Session session;
  std::vector<Effect> effects;  // in the order they are to run
  bool redraw = true;           // false: what is shown stays as it is
};

// An action that does not fit the screen (a late result, a second finger) changes nothing but counts as a sign of life
// when a person caused it.
[[nodiscard]] Step apply(Session session, Action action, const SessionContext& context);

// How long until a Tick would change something: the next minute of the clock, a second of the countdown, the warning,
// the end. At most a minute.
[[nodiscard]] std::int64_t ms_until_next_tick(const Session& session, const SessionContext& context);

}  // namespace mimika
