#include "kiosk/session/queries.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "kiosk/model/plain_text.h"

namespace mimika {
namespace {

constexpr std::size_t kNationalNumberDigits = 16;
constexpr std::size_t kDateDigits = 8;
constexpr std::size_t kReceiptCodeDigits = 16;

bool has_input(const Draft& draft) {
  return draft.category || draft.kampung || draft.place_unknown || !draft.landmark.empty() || !draft.story.empty() ||
         !draft.name.empty() || !draft.phone.empty() || draft.voice || !draft.photos.empty() ||
         draft.known != Confidentiality::kNameHidden;
}

bool has_input(const Tracking& tracking) {
  return !tracking.reply.empty() || !tracking.photos.empty();
}

bool has_input(const ServiceDraft& draft) {
  return !draft.papers.empty() || std::any_of(draft.answers.begin(), draft.answers.end(),
                                              [](const Answer& answer) { return !answer.text.empty(); });
}

FieldKind kind_of(const Session& session, TextTarget target, const SessionContext& context) {
  switch (target) {
    case TextTarget::kName:
      return FieldKind::kName;
    case TextTarget::kPhone:
      return FieldKind::kPhone;
    case TextTarget::kAnswer:
      if (const ServiceField* field = current_field(session, context)) return field->kind;
      return FieldKind::kText;
    case TextTarget::kStory:
    case TextTarget::kLandmark:
    case TextTarget::kPlaceSearch:
    case TextTarget::kTrackNumber:
    case TextTarget::kReply:
    case TextTarget::kTrackCode:
      break;
  }
  return FieldKind::kText;
}

bool told_otherwise(const Session& session) {
  const Draft* draft = current_draft(session);
  return draft != nullptr && (draft->voice || !draft->photos.empty());
}

// The steps of each filing, in the order of their questions.
std::vector<Screen> complaint_steps() {
  return {Screen::kCategory, Screen::kPlace, Screen::kStory, Screen::kKnown, Screen::kContact, Screen::kReview};
}

std::vector<Screen> idea_steps() {
  return {Screen::kKind, Screen::kStory, Screen::kKnown, Screen::kContact, Screen::kReview};
}

Screen step_screen(Screen screen) {
  switch (screen) {
    case Screen::kDistricts:
    case Screen::kPlaceSearch:
    case Screen::kLandmark:
      return Screen::kPlace;
    case Screen::kVoice:
    case Screen::kCamera:
    case Screen::kPhotos:
      return Screen::kStory;
    case Screen::kSaving:
    case Screen::kSaveFailed:
      return Screen::kReview;
    default:
      return screen;
  }
}

}  // namespace

const Draft* current_draft(const Session& session) {
  switch (session.journey) {
    case Journey::kComplaint:
      return &session.personal.complaint;
    case Journey::kIdea:
      return &session.personal.idea;
    case Journey::kNone:
    case Journey::kService:
    case Journey::kTrack:
    case Journey::kSurvey:
      break;
  }
  return nullptr;
}

const Service* chosen_service(const Session& session, const SessionContext& context) {
  const auto& service = session.personal.service.service;
  return service ? context.catalogue.find_service(*service) : nullptr;
}

const ServiceField* current_field(const Session& session, const SessionContext& context) {
  if (session.screen != Screen::kServiceField) return nullptr;
  const Service* service = chosen_service(session, context);
  if (service == nullptr || session.field_index >= service->fields.size()) return nullptr;
  return &service->fields[session.field_index];
}

std::string_view answer_to(const Session& session, std::string_view field) {
  for (const Answer& answer : session.personal.service.answers) {
    if (answer.field == field) return answer.text.view();
  }
  return {};
}

const District* listed_district(const Session& session, const SessionContext& context) {
  const Draft* draft = current_draft(session);
  const bool elsewhere = draft != nullptr && draft->district.has_value();
  return context.catalogue.find_district(elsewhere ? *draft->district : context.district);
}

PageShown page_shown(const Session& session) {
  std::size_t part = 0;
  if (session.screen == Screen::kServiceField) part = session.field_index;
  if (session.screen == Screen::kSurvey) part = session.personal.survey.at;
  return {.screen = session.screen,
          .dialog = session.dialog,
          .warned = session.warning_since_ms.has_value(),
          .problem = session.problem.has_value(),
          .part = part};
}

bool journey_has_input(const Session& session) {
  if (session.journey == Journey::kTrack) return has_input(session.personal.tracking);
  if (session.journey == Journey::kService) return has_input(session.personal.service);
  const Draft* draft = current_draft(session);
  return draft != nullptr && has_input(*draft);
}

bool session_has_input(const Session& session) {
  const Personal& personal = session.personal;
  return has_input(personal.complaint) || has_input(personal.idea) || has_input(personal.service) ||
         has_input(personal.tracking);
}

Progress progress_of(const Session& session, const SessionContext& context) {
  if (session.journey == Journey::kService) {
    const Service* service = chosen_service(session, context);
    if (service == nullptr) return {};
    const std::size_t papers = takes_papers(service) ? 1 : 0;
    const std::size_t steps = service->fields.size() + papers + 1;
    if (session.screen == Screen::kPapers || session.screen == Screen::kCamera) {
      return {.step = service->fields.size() + 1, .steps = steps};
    }
    if (session.screen == Screen::kServiceField) return {.step = session.field_index + 1, .steps = steps};
    if (session.screen == Screen::kReview) return {.step = steps, .steps = steps};
    return {};
  }
  std::vector<Screen> steps;
  if (session.journey == Journey::kComplaint) steps = complaint_steps();
  if (session.journey == Journey::kIdea) steps = idea_steps();
  const auto at = std::find(steps.begin(), steps.end(), step_screen(session.screen));
  if (at == steps.end()) return {};
  return {.step = static_cast<std::size_t>(at - steps.begin()) + 1, .steps = steps.size()};
}

std::string_view text_of(const Session& session, TextTarget target, const SessionContext& context) {
  const Draft* draft = current_draft(session);
  switch (target) {
    case TextTarget::kStory:
      return draft != nullptr ? draft->story.view() : std::string_view{};
    case TextTarget::kLandmark:
      return draft != nullptr ? draft->landmark.view() : std::string_view{};
    case TextTarget::kPlaceSearch:
      return draft != nullptr ? draft->place_search.view() : std::string_view{};
    case TextTarget::kName:
      return draft != nullptr ? draft->name.view() : std::string_view{};
    case TextTarget::kPhone:
      return draft != nullptr ? draft->phone.view() : std::string_view{};
    case TextTarget::kAnswer:
      if (const ServiceField* field = current_field(session, context)) return answer_to(session, field->id);
      return {};
    case TextTarget::kTrackNumber:
      return session.personal.tracking.number.view();
    case TextTarget::kTrackCode:
      return session.personal.tracking.code.view();
    case TextTarget::kReply:
      return session.personal.tracking.reply.view();
  }
  return {};
}

std::size_t full_length_of(const Session& session, TextTarget target, const SessionContext& context) {
  if (target == TextTarget::kTrackCode) return kReceiptCodeDigits;
  switch (kind_of(session, target, context)) {
    case FieldKind::kNik:
    case FieldKind::kFamilyCard:
      return kNationalNumberDigits;
    case FieldKind::kDate:
      return kDateDigits;
    case FieldKind::kName:
    case FieldKind::kPhone:
    case FieldKind::kText:
    case FieldKind::kPlace:
      break;
  }
  return 0;
}

std::optional<FieldProblem> problem_of(const Session& session, TextTarget target, const SessionContext& context) {
  const std::string_view text = text_of(session, target, context);
  switch (target) {
    case TextTarget::kStory:
      return trimmed(text).empty() && !told_otherwise(session) ? std::optional(FieldProblem::kRequired) : std::nullopt;
    case TextTarget::kName:
    case TextTarget::kPhone:
      return check_field(kind_of(session, target, context), text, false, context.today);
    case TextTarget::kAnswer:
      if (const ServiceField* field = current_field(session, context)) {
        return check_field(field->kind, text, field->required, context.today);
      }
      return std::nullopt;
    case TextTarget::kLandmark:
    case TextTarget::kPlaceSearch:
    case TextTarget::kTrackNumber:
    case TextTarget::kReply:
    case TextTarget::kTrackCode:
      break;
  }
  return std::nullopt;
}

std::optional<FieldProblem> problem_to_show(const Session& session, TextTarget target, const SessionContext& context) {
  const std::optional<FieldProblem> problem = problem_of(session, target, context);
  if (!problem) return std::nullopt;
  const std::size_t full = full_length_of(session, target, context);
  const bool complete = full != 0 && text_of(session, target, context).size() >= full;
  return complete ? problem : std::nullopt;
}

CameraUse camera_use(const Session& session) {
  if (session.warning_since_ms || session.problem) return CameraUse::kOff;
  if (session.screen == Screen::kTrackScan) return CameraUse::kCode;
  const bool looking = session.screen == Screen::kCamera && !session.personal.viewfinder.taken;
  return looking ? CameraUse::kPhoto : CameraUse::kOff;
}

std::optional<std::int64_t> ms_until_unread(const Session& session, const SessionContext& context) {
  const Viewfinder& finder = session.personal.viewfinder;
  if (camera_use(session) != CameraUse::kCode || !finder.seen_since_ms || finder.unread) return std::nullopt;
  return *finder.seen_since_ms + context.limits.unread_ms - context.monotonic_ms;
}

MicrophoneUse microphone_use(const Session& session) {
  switch (session.personal.recording.step) {
    case VoiceStep::kStarting:
    case VoiceStep::kRecording:
      return MicrophoneUse::kRecord;
    case VoiceStep::kStopping:
      return MicrophoneUse::kClose;
    case VoiceStep::kNone:
    case VoiceStep::kReady:
    case VoiceStep::kFailed:
      break;
  }
  return MicrophoneUse::kOff;
}

const Voice* voice_to_play(const Session& session) {
  const Draft* draft = current_draft(session);
  return session.personal.recording.playing && draft != nullptr && draft->voice ? &*draft->voice : nullptr;
}

std::vector<const Photo*> photos_of(const Session& session) {
  std::vector<const Photo*> photos;
  const Personal& personal = session.personal;
  for (const auto* kept :
       {&personal.complaint.photos, &personal.idea.photos, &personal.service.papers, &personal.tracking.photos}) {
    for (const Photo& photo : *kept) photos.push_back(&photo);
  }
  if (personal.viewfinder.taken) photos.push_back(&*personal.viewfinder.taken);
  return photos;
}

const std::vector<Photo>* kept_photos(const Session& session) {
  if (session.journey == Journey::kTrack) return &session.personal.tracking.photos;
  const Draft* draft = current_draft(session);
  return draft == nullptr ? nullptr : &draft->photos;
}

const Photo* paper_photo(const Session& session, std::size_t requirement) {
  const auto& papers = session.personal.service.papers;
  const auto found = std::ranges::find(papers, requirement, &Photo::paper);
  return found == papers.end() ? nullptr : &*found;
}

bool takes_papers(const Service* service) {
  return service != nullptr && !service->requirements.empty();
}

bool is_kept(const Receipt& receipt) {
  return receipt.photographed || receipt.written || receipt.printing.confirmed;
}

bool reply_says_something(const Tracking& tracking) {
  return tracking.saying == SayKind::kReopen || !tracking.reply.empty() || !tracking.photos.empty();
}

bool ticket_is_shown(const Tracking& tracking) {
  if (!tracking.ticket) return false;
  const Confidentiality known = tracking.ticket->confidentiality;
  return tracking.opened || (!is_secret(known) && !is_anonymous(known));
}

bool can_say(const Ticket& ticket, SayKind kind) {
  switch (kind) {
    case SayKind::kReply:
      return true;
    case SayKind::kReopen:
      return ticket.status == TicketStatus::kResolved;
    case SayKind::kRate:
      return ticket.status == TicketStatus::kResolved || ticket.status == TicketStatus::kArchived;
  }
  return false;
}

std::optional<TicketNumber> ticket_on_screen(const Session& session) {
  if (session.personal.receipt) return session.personal.receipt->number;
  if (session.personal.tracking.ticket) return session.personal.tracking.ticket->number;
  return std::nullopt;
}

int seconds_left(const Session& session, const SessionContext& context) {
  if (!session.warning_since_ms) return 0;
  const std::int64_t left_ms = *session.warning_since_ms + context.limits.answer_ms - context.monotonic_ms;
  return left_ms <= 0 ? 0 : static_cast<int>((left_ms + 999) / 1000);
}

LocalDate answer_due(LocalDate arrival, const SessionContext& context) {
  const MarkRule& rule = context.catalogue.mark_rule;
  if (rule.days == DayKind::kWorkingDays) {
    return context.catalogue.work_calendar().add_working_days(arrival, rule.limit_days);
  }
  return LocalDate{std::chrono::sys_days{arrival} + std::chrono::days{rule.limit_days}};
}

bool clock_is_trusted(const SessionContext& context) {
  return clock_is_trusted(context.clock);
}

bool clock_is_trusted(ClockConfidence clock) {
  return clock == ClockConfidence::kSynced || clock == ClockConfidence::kSetByHand;
}

std::optional<Age> age_of(WallMs at, const SessionContext& context) {
  constexpr WallMs kMinuteMs = 60'000;
  constexpr long kAheadMinutes = 5;
  constexpr long kHour = 60;
  constexpr long kDay = 24 * kHour;
  if (!clock_is_trusted(context)) return std::nullopt;
  const long minutes = static_cast<long>(context.wall_ms / kMinuteMs - at / kMinuteMs);
  if (minutes < -kAheadMinutes) return std::nullopt;
  if (minutes < kHour) return Age{AgeUnit::kMinutes, std::max(minutes, 0L)};
  if (minutes < kDay) return Age{AgeUnit::kHours, minutes / kHour};
  return Age{AgeUnit::kDays, minutes / kDay};
}

}  // namespace mimika
