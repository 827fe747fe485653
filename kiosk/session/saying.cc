// What the holder of a receipt code says of a ticket, and the satisfaction survey: both are saved, and both can be
// left.
#include <algorithm>
#include <utility>

#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

RequestId ask_to_say(Session& session) {
  ++session.request.value;
  return session.request;
}

bool may_say(const Session& session, SayKind kind) {
  const Tracking& tracking = session.personal.tracking;
  return tracking.ticket && tracking.opened && can_say(*tracking.ticket, kind);
}

void say(Change& change, effect::SayMore what) {
  Session& session = change.session;
  what.id = ask_to_say(session);
  what.ticket = session.personal.tracking.ticket->id;
  what.kind = session.personal.tracking.saying;
  session.personal.tracking.not_said.reset();
  change.effects.emplace_back(std::move(what));
  show(change, Screen::kSaying);
}

void advance_survey(Change& change) {
  SurveyDraft& survey = change.session.personal.survey;
  if (survey.at + 1 < kSurveyElements) {
    ++survey.at;
    return;
  }
  const bool empty = std::ranges::all_of(survey.scores, [](Score score) { return score == 0; });
  if (empty) return give_up_journey(change);  // passed over from first to last: nothing is kept, so nobody is thanked
  change.session.personal.tracking.not_said.reset();
  change.effects.emplace_back(effect::AnswerSurvey{.id = ask_to_say(change.session), .scores = survey.scores});
  show(change, Screen::kSaying);
}

}  // namespace

void open_reply(Change& change, SayKind kind) {
  if (change.session.screen != Screen::kTrackTicket || kind == SayKind::kRate || !may_say(change.session, kind)) return;
  Tracking& tracking = change.session.personal.tracking;
  // What was begun of the same kind is still there.
  if (tracking.begun != kind) forget_reply(tracking);
  tracking.begun = kind;
  tracking.saying = kind;
  tracking.not_said.reset();
  show(change, Screen::kReply);
}

void forget_reply(Tracking& tracking) {
  tracking.reply.wipe();
  tracking.photos.clear();
}

void open_rating(Change& change) {
  if (change.session.screen != Screen::kTrackTicket || !may_say(change.session, SayKind::kRate)) return;
  change.session.personal.tracking.saying = SayKind::kRate;
  change.session.personal.tracking.not_said.reset();
  show(change, Screen::kRating);
}

void send_reply(Change& change) {
  Tracking& tracking = change.session.personal.tracking;
  if (!may_say(change.session, tracking.saying)) return;
  if (!reply_says_something(tracking)) return;
  effect::SayMore what{.id = {}, .ticket = {}, .words = tracking.reply};
  for (const Photo& photo : tracking.photos) {
    what.media.push_back({.media = MediaKind::kPhoto, .content = photo.jpeg, .preview = photo.preview});
  }
  say(change, std::move(what));
}

void choose_score(Change& change, Score score) {
  if (score == 0 || score > kBestScore) return;
  Session& session = change.session;
  if (session.screen == Screen::kRating && may_say(session, SayKind::kRate)) {
    return say(change, {.id = {}, .ticket = {}, .words = {}, .score = score});
  }
  if (session.screen != Screen::kSurvey) return;
  session.personal.survey.scores[session.personal.survey.at] = score;
  advance_survey(change);
}

void skip_score(Change& change) {
  if (change.session.screen != Screen::kSurvey) return;
  SurveyDraft& survey = change.session.personal.survey;
  survey.scores[survey.at] = 0;
  advance_survey(change);
}

void survey_back(Change& change) {
  SurveyDraft& survey = change.session.personal.survey;
  if (survey.at > 0) {
    --survey.at;
    return;
  }
  give_up_journey(change);
}

void said_more(Change& change, action::SaidMore& said) {
  Session& session = change.session;
  if (session.screen != Screen::kSaying || session.request != said.request) return;
  Tracking& tracking = session.personal.tracking;
  tracking.ticket = std::move(said.ticket);
  if (said.reply) tracking.replies.push_back(*std::move(said.reply));
  tracking.photos_left_out = said.media_left_out;
  if (tracking.saying != SayKind::kRate) {
    tracking.reply.wipe();
    // What had no room is still there, to be shown with less beside it, or taken away.
    if (!said.media_left_out) tracking.photos.clear();
  }
  tracking.said = true;
  show(change, Screen::kTrackTicket);
}

void say_failed(Change& change, const action::SayFailed& failed) {
  Session& session = change.session;
  if (session.screen != Screen::kSaying || session.request != failed.request) return;
  session.personal.tracking.not_said = failed.code;
  if (session.journey == Journey::kSurvey) return show(change, Screen::kSurvey);
  show(change, session.personal.tracking.saying == SayKind::kRate ? Screen::kRating : Screen::kReply);
}

void survey_saved(Change& change, const action::SurveySaved& saved) {
  Session& session = change.session;
  if (session.screen != Screen::kSaying || session.request != saved.request) return;
  session.personal.survey = {};
  show(change, Screen::kSurveyThanks);
}

}  // namespace mimika::reducers
