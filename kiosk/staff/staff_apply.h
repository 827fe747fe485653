// The counter's reducer: pure, like kiosk/session/apply.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// The counter stands on the screen, and not the residents' pages for which an officer is filing. A warning stands
// before those too.
[[nodiscard]] bool counter_is_shown(const Session& session);

// Whether somebody has written what going away would lose.
[[nodiscard]] bool has_words(const Session& session);

// Whole seconds, rounded up: until a PIN may be tried again; until the counter signs out by itself.
[[nodiscard]] int seconds_until_try(const Session& session, const Context& context);
[[nodiscard]] int seconds_until_idle_end(const Session& session, const Context& context);
[[nodiscard]] int minutes_until_duty_end(const Session& session, const Context& context);

// What the camera should be doing; every photo the screen may show, under its id.
[[nodiscard]] CameraUse camera_use(const Session& session);
[[nodiscard]] std::vector<const Photo*> photos_of(const Session& session);

// "2026-11-24" of "24112026"; nothing when that is no day.
[[nodiscard]] std::optional<LocalDate> day_typed(std::string_view digits);
[[nodiscard]] std::string digits_of(LocalDate day);

// Why a new PIN or passphrase will not do; kNone when it will.
[[nodiscard]] Trouble trouble_of_new_pin(const PinEntry& entry);

// Whether the act takes back, closes or gives away, so that it is asked about once; whether its words become public.
[[nodiscard]] bool asks_first(OfficerAction action);
[[nodiscard]] bool speaks_in_public(OfficerAction action, const Ticket& ticket);

// Overwrites everything of a case; what remains is who may sign in.
void forget_cases(Session& session);

}  // namespace mimika::staff
