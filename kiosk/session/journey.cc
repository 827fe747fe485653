// Going through a journey: which question comes next, and which came before. Nothing typed is ever lost by going back.
#include <algorithm>

#include "kiosk/model/plain_text.h"
#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

void start_journey(Change& change, Journey journey, Screen first) {
  change.session.journey = journey;
  change.session.changing = false;
  change.session.field_index = 0;
  show(change, first);
}

void go_home(Change& change) {
  change.session.journey = Journey::kNone;
  change.session.changing = false;
  change.session.personal.tracking = {};
  change.session.personal.survey = {};
  change.session.personal.recording = {};
  change.session.personal.viewfinder = {};
  show(change, Screen::kHome);
}

bool last_field(const Session& session, const SessionContext& context) {
  const Service* service = chosen_service(session, context);
  return service == nullptr || session.field_index + 1 >= service->fields.size();
}

// Whether the question on the screen is answered well enough to go on.
bool may_go_on(const Session& session, const SessionContext& context) {
  const Draft* draft = current_draft(session);
  switch (session.screen) {
    case Screen::kKind:
      return draft != nullptr && draft->kind.has_value();
    case Screen::kCategory:
      return draft != nullptr && draft->category.has_value();
    case Screen::kPlace:
      return draft != nullptr && (draft->kampung.has_value() || draft->place_unknown);
    case Screen::kStory:
      return !problem_of(session, TextTarget::kStory, context);
    case Screen::kVoice:
      return session.personal.recording.step == VoiceStep::kReady;
    case Screen::kCamera:
    case Screen::kPhotos:
    case Screen::kTrackScan:
      return false;
    case Screen::kContact:
      return !problem_of(session, TextTarget::kName, context) && !problem_of(session, TextTarget::kPhone, context);
    case Screen::kServiceField:
      return !problem_of(session, TextTarget::kAnswer, context);
    default:
      return true;
  }
}

// After a service's last question.
Screen after_fields(const Service* service) {
  return takes_papers(service) ? Screen::kPapers : Screen::kReview;
}

Screen before_papers(const Service* service) {
  return service == nullptr || service->fields.empty() ? Screen::kServiceDetails : Screen::kServiceField;
}

Screen before_review(const Session& session, const SessionContext& context) {
  if (session.journey == Journey::kService) {
    const Service* service = chosen_service(session, context);
    return takes_papers(service) ? Screen::kPapers : before_papers(service);
  }
  const Draft* draft = current_draft(session);
  return draft != nullptr && is_anonymous(draft->known) ? Screen::kKnown : Screen::kContact;
}

}  // namespace

Draft* draft_of(Session& session) {
  if (session.journey == Journey::kComplaint) return &session.personal.complaint;
  if (session.journey == Journey::kIdea) return &session.personal.idea;
  return nullptr;
}

// Consent was given to what stood there; when that changes it is asked for again.
void withdraw_consent(Session& session) {
  if (Draft* draft = draft_of(session)) draft->consent = false;
  if (session.journey == Journey::kService) session.personal.service.consent = false;
}

void show(Change& change, Screen screen) {
  change.session.screen = screen;
}

namespace {

// Where an outreach was is filled in for each, and can be changed.
void fill_in_place(Session& session) {
  Draft* draft = draft_of(session);
  if (draft == nullptr || !session.assisted || draft->kampung || draft->place_unknown) return;
  draft->kampung = session.assisted->kampung;
}

}  // namespace

void open_tile(Change& change, action::HomeTile tile) {
  using action::HomeTile;
  Session& session = change.session;
  switch (tile) {
    case HomeTile::kComplaint:
      start_journey(change, Journey::kComplaint, Screen::kCategory);
      return fill_in_place(session);
    case HomeTile::kIdeas:
      start_journey(change, Journey::kIdea, Screen::kKind);
      return fill_in_place(session);
    case HomeTile::kTrack:
      session.personal.tracking = {};
      return start_journey(change, Journey::kTrack, Screen::kTrackNumber);
    case HomeTile::kCivil:
      session.service_group = ServiceGroup::kCivilRegistration;
      return start_journey(change, Journey::kService, Screen::kServices);
    case HomeTile::kLicensing:
      session.service_group = ServiceGroup::kLicensing;
      return start_journey(change, Journey::kService, Screen::kServices);
    case HomeTile::kHealth:
      session.service_group = ServiceGroup::kHealth;
      return start_journey(change, Journey::kService, Screen::kServices);
    case HomeTile::kAnnouncements:
      return show(change, Screen::kAnnouncements);
    case HomeTile::kRate:
      session.personal.survey = {};
      return start_journey(change, Journey::kSurvey, Screen::kSurvey);
  }
}

void open_service(Change& change, const ServiceId& service) {
  if (change.context.catalogue.find_service(service) == nullptr) return;
  if (change.session.personal.service.service != service) change.session.personal.service.papers.clear();
  change.session.personal.service.service = service;
  withdraw_consent(change.session);
  show(change, Screen::kServiceDetails);
}

void advance(Change& change) {
  Session& session = change.session;
  if (session.changing) {
    session.changing = false;
    if (session.screen == Screen::kVoice) return leave_voice(change, Screen::kReview);
    return show(change, Screen::kReview);
  }
  switch (session.screen) {
    case Screen::kKind:
      return show(change, Screen::kStory);
    case Screen::kCategory:
      return show(change, Screen::kPlace);
    case Screen::kPlace:
      return show(change, Screen::kStory);
    case Screen::kStory:
      return show(change, Screen::kKnown);
    case Screen::kVoice:
      return leave_voice(change, Screen::kKnown);
    case Screen::kKnown: {
      const Draft* draft = current_draft(session);
      const bool nameless = draft != nullptr && is_anonymous(draft->known);
      return show(change, nameless ? Screen::kReview : Screen::kContact);
    }
    case Screen::kContact:
      return show(change, Screen::kReview);
    case Screen::kServiceDetails: {
      const Service* service = chosen_service(session, change.context);
      session.field_index = 0;
      return show(change,
                  service != nullptr && !service->fields.empty() ? Screen::kServiceField : after_fields(service));
    }
    case Screen::kServiceField:
      if (last_field(session, change.context)) {
        return show(change, after_fields(chosen_service(session, change.context)));
      }
      ++session.field_index;
      return;
    case Screen::kPapers:
      return show(change, Screen::kReview);
    default:
      return;
  }
}

void found_kampung(Change& change, const KampungCode& kampung) {
  Draft& draft = change.session.personal.complaint;
  for (const District& district : change.context.catalogue.districts) {
    const bool lies_in = std::ranges::any_of(district.kampung, [&](const Kampung& one) { return one.code == kampung; });
    if (lies_in) draft.district = district.code;
  }
  draft.place_search.wipe();
  show(change, Screen::kPlace);
}

void next(Change& change) {
  Session& session = change.session;
  if (!may_go_on(session, change.context)) return;
  switch (session.screen) {
    case Screen::kLandmark:
      return show(change, Screen::kPlace);
    case Screen::kTrackNumber:
      return search_ticket(change);
    case Screen::kTrackCode:
      return send_code(change);
    case Screen::kReply:
      return send_reply(change);
    case Screen::kSurveyThanks:
      return give_up_journey(change);
    default:
      return advance(change);
  }
}

void back(Change& change) {
  Session& session = change.session;
  switch (session.screen) {
    case Screen::kPlaceSearch:
      session.personal.complaint.place_search.wipe();
      return show(change, Screen::kPlace);
    case Screen::kDistricts:
    case Screen::kLandmark:
      return show(change, Screen::kPlace);
    case Screen::kVoice:
      return leave_voice(change, Screen::kStory);
    case Screen::kCamera:
      return leave_camera(change);
    case Screen::kPhotos:
      return leave_photos(change);
    case Screen::kTrackScan:
      session.personal.viewfinder = {};
      return show(change, Screen::kTrackNumber);
    case Screen::kTrackCode:
      session.personal.tracking.code.wipe();
      session.personal.tracking.problem = TrackProblem::kNone;
      return show(change, Screen::kTrackTicket);
    case Screen::kTrackOpening:
      return show(change, Screen::kTrackCode);
    case Screen::kReply:  // what was written stays until the ticket is left
    case Screen::kRating:
      return show(change, Screen::kTrackTicket);
    case Screen::kSurvey:
      return survey_back(change);
    case Screen::kTrackSearching:
    case Screen::kTrackMissing:
    case Screen::kTrackTicket:
      if (journey_has_input(session)) {  // a reply that was begun goes with its ticket
        session.dialog = Dialog::kConfirmCancel;
        return;
      }
      // The typed number stays, what was opened with the code does not.
      session.personal.tracking.code.wipe();
      session.personal.tracking.replies.clear();
      session.personal.tracking.opened = false;
      session.personal.tracking.sealed_news = false;
      session.personal.tracking.ticket.reset();
      forget_reply(session.personal.tracking);
      session.personal.tracking.said = false;
      return show(change, Screen::kTrackNumber);
    case Screen::kSaveFailed:
      return show(change, Screen::kReview);
    default:
      break;
  }
  if (session.changing) {
    session.changing = false;
    return show(change, Screen::kReview);
  }
  switch (session.screen) {
    case Screen::kPlace:
      return show(change, Screen::kCategory);
    case Screen::kStory:
      return show(change, session.journey == Journey::kIdea ? Screen::kKind : Screen::kPlace);
    case Screen::kKnown:
      return show(change, Screen::kStory);
    case Screen::kContact:
      return show(change, Screen::kKnown);
    case Screen::kServiceDetails:
      return show(change, Screen::kServices);
    case Screen::kServiceField:
      if (session.field_index == 0) return show(change, Screen::kServiceDetails);
      --session.field_index;
      return;
    case Screen::kPapers:
      return show(change, before_papers(chosen_service(session, change.context)));
    case Screen::kReview:
      return show(change, before_review(session, change.context));
    case Screen::kKind:
    case Screen::kCategory:
    case Screen::kServices:
    case Screen::kTrackNumber:
    case Screen::kAnnouncements:
    case Screen::kSurveyThanks:
      return go_home(change);
    default:
      return;  // attract, home, saving and receipt have nothing before them
  }
}

void cancel(Change& change) {
  const Screen screen = change.session.screen;
  if (screen == Screen::kSaving || screen == Screen::kSaying || screen == Screen::kReceipt) return;
  if (journey_has_input(change.session)) {
    change.session.dialog = Dialog::kConfirmCancel;
    return;
  }
  give_up_journey(change);
}

void give_up_journey(Change& change) {
  Session& session = change.session;
  if (Draft* draft = draft_of(session)) *draft = Draft{};
  if (session.journey == Journey::kService) session.personal.service = ServiceDraft{};
  session.save_failure.reset();
  go_home(change);
}

void change_from_review(Change& change, const action::Change& what) {
  Session& session = change.session;
  if (session.screen != Screen::kReview && session.screen != Screen::kSaveFailed) return;
  const Service* service = chosen_service(session, change.context);
  const bool of_service = session.journey == Journey::kService;
  switch (what.screen) {
    case Screen::kServiceField:
      if (!of_service || service == nullptr || what.field_index >= service->fields.size()) return;
      session.field_index = what.field_index;
      break;
    case Screen::kCategory:
    case Screen::kPlace:
      if (session.journey != Journey::kComplaint) return;
      break;
    case Screen::kKind:
      if (session.journey != Journey::kIdea) return;
      break;
    case Screen::kPapers:
      if (!of_service || !takes_papers(service)) return;
      break;
    case Screen::kVoice:
      if (of_service) return;
      return open_voice(change);
    case Screen::kPhotos:
      if (of_service) return;
      return open_photos(change);
    case Screen::kStory:
    case Screen::kKnown:
      if (of_service) return;
      break;
    case Screen::kContact:
      if (of_service || is_anonymous(current_draft(session)->known)) return;
      break;
    default:
      return;
  }
  session.changing = true;
  show(change, what.screen);
}

void choose_known(Change& change, Confidentiality known) {
  Draft* draft = draft_of(change.session);
  if (draft == nullptr || change.session.screen != Screen::kKnown) return;
  if (draft->known != known) withdraw_consent(change.session);
  draft->known = known;
  if (is_anonymous(known)) {
    draft->name.wipe();
    draft->phone.wipe();
  }
}

}  // namespace mimika::reducers
