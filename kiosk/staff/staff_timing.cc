// When the counter closes by itself. Monotonic time alone: nobody stays signed in because a clock was set back.
#include <algorithm>

#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kSecond = 1'000;

std::int64_t idle_left_ms(const Session& session, const Context& context) {
  return session.last_activity_ms + kIdleMs - context.monotonic_ms;
}

std::int64_t duty_left_ms(const Session& session, const Context& context) {
  return session.duty ? session.duty->since_ms + kDutyMs - context.monotonic_ms : kDutyMs;
}

// To the next whole second of a countdown.
std::int64_t until_next_second(std::int64_t left_ms) {
  const std::int64_t into = left_ms % kSecond;
  return left_ms <= 0 ? 0 : (into == 0 ? kSecond : into);
}

bool is_before(const Session& session) {
  return !session.duty && session.waiting != Waiting::kSignIn;
}

}  // namespace

int seconds_until_idle_end(const Session& session, const Context& context) {
  return static_cast<int>(std::max<std::int64_t>(0, (idle_left_ms(session, context) + kSecond - 1) / kSecond));
}

int minutes_until_duty_end(const Session& session, const Context& context) {
  return static_cast<int>(std::max<std::int64_t>(0, (duty_left_ms(session, context) + kMinute - 1) / kMinute));
}

std::int64_t ms_until_next_tick(const Session& session, const Context& context) {
  const std::int64_t into_minute = ((context.wall_ms % kMinute) + kMinute) % kMinute;
  std::int64_t wait = kMinute - into_minute;
  const std::int64_t try_left = session.try_again_ms - context.monotonic_ms;
  if (session.screen == Screen::kPin && try_left > 0) wait = std::min(wait, until_next_second(try_left));
  if (is_before(session)) {
    wait = std::min(wait, session.last_activity_ms + kSignInIdleMs - context.monotonic_ms);
  } else if (session.duty) {
    const std::int64_t idle = idle_left_ms(session, context);
    wait = std::min(wait, idle > kIdleWarningMs ? idle - kIdleWarningMs : until_next_second(idle));
    const std::int64_t duty = duty_left_ms(session, context);
    wait = std::min(wait, duty > kDutyWarningMs ? duty - kDutyWarningMs : duty);
  }
  return std::max<std::int64_t>(wait, 0);
}

namespace reducers {

void tick(Change& change) {
  Session& session = change.session;
  const Context& context = change.context;
  if (session.trouble == Trouble::kPinWait && seconds_until_try(session, context) == 0) {
    session.trouble = Trouble::kNone;
  }
  if (!session.duty) {
    // Nobody is there who wants to sign in: residents find their first screen again.
    const bool idle = context.monotonic_ms - session.last_activity_ms >= kSignInIdleMs;
    if (is_before(session) && idle) close(change);
    return;
  }
  if (duty_left_ms(session, context) <= 0) return sign_out(change, SignOutWhy::kDutyOver);
  const std::int64_t idle = idle_left_ms(session, context);
  if (idle <= 0) return sign_out(change, SignOutWhy::kNobodyThere);
  if (idle <= kIdleWarningMs) {
    session.dialog = Dialog::kIdleWarning;
    return;
  }
  if (duty_left_ms(session, context) <= kDutyWarningMs && !session.duty_warned && session.dialog == Dialog::kNone) {
    session.duty_warned = true;
    session.dialog = Dialog::kDutyWarning;
  }
}

}  // namespace reducers
}  // namespace mimika::staff
