// The idle warning and the end of a session. After the end nothing of the person is left.
#include <algorithm>

#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kSecondMs = 1'000;

// Nothing runs out while nobody has begun, nor while the kiosk itself keeps the person waiting.
bool idle_counts(const Session& session) {
  return session.screen != Screen::kAttract && session.screen != Screen::kSaving && session.screen != Screen::kSaying;
}

// Somebody changed the language, the letters or the colours on the first screen, or opened the help there, and may have
// walked on. They are no visit yet, and nobody is warned; the next person finds the first screen as it is meant to be.
bool left_changed(const Session& session) {
  return session.screen == Screen::kAttract &&
         (session.preferences != Preferences{} || session.dialog != Dialog::kNone);
}

}  // namespace

std::int64_t ms_until_next_tick(const Session& session, const SessionContext& context) {
  const std::int64_t into_minute = ((context.wall_ms % kMinuteMs) + kMinuteMs) % kMinuteMs;
  std::int64_t wait = kMinuteMs - into_minute;
  if (!idle_counts(session) && !left_changed(session)) return wait;
  if (session.warning_since_ms) {
    const std::int64_t left = *session.warning_since_ms + context.limits.answer_ms - context.monotonic_ms;
    const std::int64_t into_second = left % kSecondMs;
    wait = std::min(wait, left <= 0 ? 0 : (into_second == 0 ? kSecondMs : into_second));
  } else {
    wait = std::min(wait, session.last_activity_ms + context.limits.idle_ms - context.monotonic_ms);
  }
  if (const auto unread = ms_until_unread(session, context)) wait = std::min(wait, *unread);
  return std::max<std::int64_t>(wait, 0);
}

namespace reducers {

void tick(Change& change) {
  Session& session = change.session;
  const SessionContext& context = change.context;
  look_for_code(change);
  if (left_changed(session)) {
    if (context.monotonic_ms - session.last_activity_ms >= context.limits.idle_ms) end_session(change);
    return;
  }
  if (!idle_counts(session)) {
    session.last_activity_ms = context.monotonic_ms;
    return;
  }
  // Whoever listens is here, and a page read slowly takes longer than the time to answer.
  if (context.sound.speaking) {
    (session.warning_since_ms ? *session.warning_since_ms : session.last_activity_ms) = context.monotonic_ms;
    return;
  }
  if (session.warning_since_ms) {
    if (seconds_left(session, context) == 0) end_session(change);
    return;
  }
  if (context.monotonic_ms - session.last_activity_ms < context.limits.idle_ms) return;
  if (session.extensions >= context.limits.extensions) return end_session(change);
  session.warning_since_ms = context.monotonic_ms;
  change.effects.emplace_back(effect::Chime{});
}

void still_here(Change& change) {
  Session& session = change.session;
  if (!session.warning_since_ms) return;
  session.warning_since_ms.reset();
  ++session.extensions;
  session.last_activity_ms = change.context.monotonic_ms;
}

void end_session(Change& change) {
  Session& session = change.session;
  take_back_print(change);
  session.personal.wipe();
  Session fresh;
  fresh.request = session.request;
  fresh.problem = session.problem;
  fresh.last_activity_ms = change.context.monotonic_ms;
  const bool assisted = session.assisted.has_value();
  session = std::move(fresh);
  change.effects.emplace_back(effect::EndSession{});
  if (assisted) change.effects.emplace_back(effect::EndAssist{});
}

void begin_assist(Change& change, Assisted& assisted) {
  Session& session = change.session;
  const Preferences preferences = session.preferences;  // the officer's, who reads the screen
  session.assisted.reset();
  end_session(change);
  session.preferences = preferences;
  session.assisted = std::move(assisted);
  session.screen = Screen::kHome;
}

void next_of_outreach(Change& change) {
  Assisted assisted = *change.session.assisted;
  begin_assist(change, assisted);
}

}  // namespace reducers
}  // namespace mimika
