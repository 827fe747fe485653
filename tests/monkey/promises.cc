#include "tests/monkey/promises.h"

#include <algorithm>
#include <string_view>

#include "kiosk/base/limits.h"
#include "kiosk/session/queries.h"
#include "ui/widgets/utf8.h"

namespace mimika::monkey {
namespace {

constexpr std::size_t kTicketNumberBytes = 13;
constexpr std::size_t kReceiptCodeBytes = 16;
constexpr std::size_t kTellingBytes = 12;

Broken check_text(std::string_view name, const PersonalText& text, std::size_t limit) {
  if (text.size() > limit) {
    return std::string(name) + " holds " + std::to_string(text.size()) + " bytes of " + std::to_string(limit);
  }
  for (std::size_t at = 0; at < text.size();) {
    if (ui::next_letter(text.view(), at) == ui::kReplacement) return std::string(name) + " is not well-formed";
  }
  return std::nullopt;
}

Broken check_draft(const Draft& draft) {
  if (Broken broken = check_text("the story", draft.story, limits::kStoryBytes)) return broken;
  if (Broken broken = check_text("the landmark", draft.landmark, limits::kLandmarkBytes)) return broken;
  if (Broken broken = check_text("the name", draft.name, limits::kNameBytes)) return broken;
  return check_text("the phone", draft.phone, limits::kPhoneBytes);
}

}  // namespace

Broken texts_within_limits(const Session& session) {
  const Personal& personal = session.personal;
  if (Broken broken = check_draft(personal.complaint)) return broken;
  if (Broken broken = check_draft(personal.idea)) return broken;
  for (const Answer& answer : personal.service.answers) {
    if (Broken broken = check_text(answer.field, answer.text, limits::kFieldBytes)) return broken;
  }
  if (Broken broken = check_text("the number", personal.tracking.number, kTicketNumberBytes)) return broken;
  return check_text("the code", personal.tracking.code, kReceiptCodeBytes);
}

Broken nobody_is_left(const Session& session) {
  if (session.personal != Personal{}) return "the session still holds something of the person";
  if (session.screen != Screen::kAttract) return "the visit ended on another screen than the first";
  if (session.preferences != Preferences{}) return "the next person finds another's language, size or contrast";
  if (session.warning_since_ms || session.dialog != Dialog::kNone) return "something lies over the first screen";
  return std::nullopt;
}

std::vector<std::string> traces_of(const Session& session) {
  std::vector<std::string> traces;
  const auto add = [&](const PersonalText& text) {
    if (text.size() >= kTellingBytes) traces.emplace_back(text.view());
  };
  for (const Draft* draft : {&session.personal.complaint, &session.personal.idea}) {
    add(draft->story);
    add(draft->landmark);
    add(draft->name);
    add(draft->phone);
  }
  for (const Answer& answer : session.personal.service.answers) add(answer.text);
  if (session.personal.receipt) add(session.personal.receipt->code);
  return traces;
}

Broken nothing_shown_of(const std::vector<std::string>& traces, const ui::Ui& ui) {
  for (const std::string& trace : traces) {
    for (const auto& [key, value] : ui.published()) {
      if (value.find(trace) != std::string::npos) return key + " still says what the last person wrote";
    }
    for (const ui::Target& target : ui.targets()) {
      if (target.label.find(trace) != std::string::npos) return target.id + " still says what the last person wrote";
    }
  }
  return std::nullopt;
}

Broken ends_by_itself(Session session, SessionContext context) {
  const bool kept_waiting = session.screen == Screen::kSaving || session.screen == Screen::kSaying;
  if (kept_waiting) return std::nullopt;  // the person's time starts when that is done
  const std::int64_t longest = context.limits.idle_ms + context.limits.answer_ms + 2000;
  const std::int64_t until = context.monotonic_ms + longest;
  constexpr int kMostTicks = 400;
  for (int tick = 0; nobody_is_left(session); ++tick) {
    const std::int64_t wait = ms_until_next_tick(session, context);
    if (tick > kMostTicks) return "ticks follow each other without an end";
    if (context.monotonic_ms + wait > until) return "left alone, the visit does not end";
    context.monotonic_ms += wait;
    context.wall_ms += wait;
    session = apply(std::move(session), action::Tick{}, context).session;
  }
  return std::nullopt;
}

Broken has_a_way_on(const Session& session, const ui::Ui& ui) {
  if (session.screen == Screen::kSaving && !session.problem) return std::nullopt;
  if (std::ranges::any_of(ui.targets(), &ui::Target::enabled)) return std::nullopt;
  return "nothing can be touched";
}

}  // namespace mimika::monkey
