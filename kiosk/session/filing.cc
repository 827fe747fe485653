// From the review to the receipt. A filing is asked for once: while it is being saved every further touch on "save" is
// ignored, and what was written stays until the store has said that it is committed.
#include <algorithm>
#include <utility>

#include "kiosk/base/log.h"
#include "kiosk/model/plain_text.h"
#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

std::string copy_of(const PersonalText& text) {
  return std::string(trimmed(text.view()));
}

void fill_from_draft(FilingRequest& request, const Draft& draft) {
  request.confidentiality = draft.known;
  request.category = draft.category;
  request.kampung = draft.kampung;
  request.consent = draft.consent;
  request.details.story = copy_of(draft.story);
  request.told_by_media = draft.voice.has_value() || !draft.photos.empty();
  request.details.landmark = copy_of(draft.landmark);
  if (is_anonymous(draft.known)) return;
  request.details.name = copy_of(draft.name);
  request.details.phone = copy_of(draft.phone);
}

// "24112026" is how a date is typed; "24-11-2026" is how people read it.
std::string readable_date(std::string digits) {
  constexpr std::size_t kDateDigits = 8;
  if (digits.size() == kDateDigits) digits.insert(4, "-").insert(2, "-");
  return digits;
}

void fill_from_answers(FilingRequest& request, const Service& service, const Session& session) {
  request.service = service.id;
  request.consent = session.personal.service.consent;
  request.details.fields.reserve(service.fields.size());  // growing would leave copies of the answers behind
  for (const ServiceField& field : service.fields) {
    const std::string_view answer = trimmed(answer_to(session, field.id));
    if (answer.empty()) continue;
    auto& [id, text] = request.details.fields.emplace_back();
    id = field.id;
    text = field.kind == FieldKind::kDate ? readable_date(std::string(answer)) : std::string(answer);
  }
}

// Copies: what was said and shown stays until the store has said that it is committed.
void fill_media(std::vector<FilingMedia>& media, const Session& session) {
  if (const Draft* draft = current_draft(session)) {
    if (draft->voice) media.push_back({.media = MediaKind::kVoice, .content = draft->voice->opus});
    for (const Photo& photo : draft->photos) {
      media.push_back({.media = MediaKind::kPhoto, .content = photo.jpeg, .preview = photo.preview});
    }
  }
  if (session.journey != Journey::kService) return;
  std::vector<const Photo*> papers;
  for (const Photo& paper : session.personal.service.papers) papers.push_back(&paper);
  std::ranges::sort(papers, {}, &Photo::paper);
  for (const Photo* paper : papers) {
    media.push_back({.media = MediaKind::kPaper, .content = paper->jpeg, .preview = paper->preview});
  }
}

bool consent_given(const Session& session) {
  if (session.journey == Journey::kService) return session.personal.service.consent;
  const Draft* draft = current_draft(session);
  return draft != nullptr && draft->consent;
}

TicketKind kind_of(const Session& session) {
  switch (session.journey) {
    case Journey::kService:
      return TicketKind::kService;
    case Journey::kIdea:
      return session.personal.idea.kind.value_or(TicketKind::kAspiration);
    case Journey::kNone:
    case Journey::kComplaint:
    case Journey::kTrack:
    case Journey::kSurvey:
      break;
  }
  return TicketKind::kComplaint;
}

// The question a problem belongs to. The screens let nobody reach the review with one, so this is the last wall.
void go_to_problem(Change& change, const std::string& field) {
  Session& session = change.session;
  if (const Service* service = chosen_service(session, change.context); session.journey == Journey::kService) {
    for (std::size_t i = 0; service != nullptr && i < service->fields.size(); ++i) {
      if (service->fields[i].id == field) return change_from_review(change, {Screen::kServiceField, i});
    }
    return;
  }
  if (field == "category") return change_from_review(change, {Screen::kCategory});
  if (field == "kampung" || field == "landmark") return change_from_review(change, {Screen::kPlace});
  if (field == "name" || field == "phone") return change_from_review(change, {Screen::kContact});
  change_from_review(change, {Screen::kStory});
}

}  // namespace

void save(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReview && session.screen != Screen::kSaveFailed) return;
  if (!consent_given(session)) return;

  // Filled where it will stay: moving short strings about would leave copies of them.
  change.effects.emplace_back(effect::FileTicket{});
  auto& file = std::get<effect::FileTicket>(change.effects.back());
  FilingRequest& request = file.request;
  request.kind = kind_of(session);
  const Service* service = chosen_service(session, change.context);
  if (session.journey == Journey::kService && service != nullptr) {
    fill_from_answers(request, *service, session);
  } else if (const Draft* draft = current_draft(session)) {
    fill_from_draft(request, *draft);
  }

  const auto problems = check_filing(request, change.context.catalogue, change.context.today);
  if (!problems.empty()) {
    log_warning("session", "the review let through a request with a problem in {}", problems.front().field);
    wipe(request);
    change.effects.pop_back();
    return go_to_problem(change, problems.front().field);
  }
  fill_media(file.media, session);
  ++session.request.value;
  file.id = session.request;
  file.assisted = session.assisted;
  session.save_failure.reset();
  show(change, Screen::kSaving);
}

void filing_done(Change& change, action::FilingDone& done) {
  Session& session = change.session;
  if (session.screen != Screen::kSaving || done.request != session.request) return;
  Receipt receipt{.number = std::move(done.number),
                  .code = std::move(done.code),
                  .qr_payload = std::move(done.qr_payload),
                  .filed_ms = done.filed_ms,
                  .kind = kind_of(session)};
  receipt.media_left_out = done.media_left_out;
  session.personal.recording = {};
  if (Draft* draft = draft_of(session)) {
    receipt.known = draft->known;
    receipt.category = draft->category;
    receipt.kampung = draft->kampung;
    *draft = Draft{};
  } else {
    receipt.service = session.personal.service.service;
    session.personal.service = ServiceDraft{};
  }
  session.personal.receipt = std::move(receipt);
  show(change, Screen::kReceipt);
  offer_printing(change);
}

void filing_failed(Change& change, const action::FilingFailed& failed) {
  Session& session = change.session;
  if (session.screen != Screen::kSaving || failed.request != session.request) return;
  session.save_failure = failed.code;
  show(change, Screen::kSaveFailed);
}

void receipt_done(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReceipt || !session.personal.receipt) return;
  if (!is_kept(*session.personal.receipt)) return;
  take_back_print(change);
  // Whoever was helped takes their receipt along; nothing of them stays for the next one.
  if (session.assisted) {
    return session.assisted->how == AssistKind::kOutreach ? next_of_outreach(change) : end_session(change);
  }
  session.personal.receipt.reset();
  session.journey = Journey::kNone;
  show(change, Screen::kHome);
}

}  // namespace mimika::reducers
