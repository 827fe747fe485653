// The counter's reducer: pure, like kiosk/session/apply.h.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/staff/staff_action.h"
#include "kiosk/staff/staff_effect.h"

namespace mimika::staff {

struct Step {
  Session session;
  std::vector<Effect> effects;  // in the order they are to run
  bool redraw = true;
};

// An action that does not fit the screen, or a result nobody waits for any more, changes nothing.
[[nodiscard]] Step apply(Session session, Action action, const Context& context);

// How long until a Tick would change something: a second of a countdown, the idle warning, the end of duty, the clock's
// minute. At most a minute.
[[nodiscard]] std::int64_t ms_until_next_tick(const Session& session, const Context& context);

// Overwrites everything of a case; what remains is who may sign in.
void forget_cases(Session& session);

}  // namespace mimika::staff
