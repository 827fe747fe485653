// One ticket: reading it, and what is said and done about it. Nothing is called done before ActDone.
#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/model/plain_text.h"
#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff {

bool asks_first(OfficerAction action) {
  return action == OfficerAction::kArchive || action == OfficerAction::kMarkDuplicate ||
         action == OfficerAction::kResolve || action == OfficerAction::kHandOver;
}

bool speaks_in_public(OfficerAction action, const Ticket& ticket) {
  switch (action) {
    case OfficerAction::kAnswerPublic:
    case OfficerAction::kResolve:
      return !is_secret(ticket.confidentiality);
    case OfficerAction::kHold:
    case OfficerAction::kArchive:
      return true;
    case OfficerAction::kMarkDuplicate:  // the other number is; no words are
    case OfficerAction::kSeeInQueue:
    case OfficerAction::kReadPrivate:
    case OfficerAction::kVerify:
    case OfficerAction::kAnswerPrivate:
    case OfficerAction::kAskMore:
    case OfficerAction::kHandOver:
    case OfficerAction::kAssist:
    case OfficerAction::kReport:
    case OfficerAction::kSetOffice:
    case OfficerAction::kAnnounce:
    case OfficerAction::kLetIn:
    case OfficerAction::kMaintain:
      break;
  }
  return false;
}

namespace reducers {
namespace {

bool ticket_allows(const Session& session, OfficerAction action) {
  return session.ticket && session.ticket->may.at(static_cast<std::size_t>(action));
}

bool is_of_ticket(Screen screen) {
  return screen == Screen::kTicket || screen == Screen::kCompose || screen == Screen::kOpds ||
         screen == Screen::kCamera || screen == Screen::kPhoto;
}

const CaseMedia* media_of(const Session& session, const EventKey& event) {
  if (!session.ticket) return nullptr;
  const auto found = std::ranges::find(session.ticket->media, event, &CaseMedia::event);
  return found == session.ticket->media.end() ? nullptr : &*found;
}

Trouble trouble_of(const Session& session) {
  const Composing& composing = session.composing;
  if (composing.action == OfficerAction::kMarkDuplicate) {
    const Result<TicketNumber> other = parse_ticket_number(composing.other.view());
    return other && *other != session.ticket->ticket.number ? Trouble::kNone : Trouble::kNumberWrong;
  }
  return trimmed(composing.words.view()).empty() ? Trouble::kNoWords : Trouble::kNone;
}

}  // namespace

void open_ticket(Change& change, const TicketId& ticket) {
  Session& session = change.session;
  if (session.screen != Screen::kQueue && session.screen != Screen::kSearch) return;
  session.ticket_from = session.screen;
  session.trouble = Trouble::kNone;
  const RequestId id = ask(change, Waiting::kCase);
  change.effects.emplace_back(effect::ReadCase{.id = id, .ticket = ticket});
}

void read_case_again(Change& change) {
  const Session& session = change.session;
  if (!session.ticket) return;
  const RequestId id = ask(change, Waiting::kCase);
  change.effects.emplace_back(effect::ReadCase{.id = id, .ticket = session.ticket->ticket.id, .again = true});
}

void case_read(Change& change, action::CaseRead& read) {
  Session& session = change.session;
  const bool of_media = session.waiting == Waiting::kMedia;
  if (!answers(change, read.request, of_media ? Waiting::kMedia : Waiting::kCase) || !session.duty) return;
  if (!is_of_ticket(session.screen)) {
    // Opened from a list; the page turns when there is something to show.
    if (session.screen != session.ticket_from) return;
    go(change, Screen::kTicket);
  } else if (!session.ticket || session.ticket->ticket.id != read.ticket.ticket.id) {
    return;
  }
  session.ticket = std::move(read.ticket);
  if (std::exchange(session.stale, false) && !of_media) read_case_again(change);
}

void open_media(Change& change, const EventKey& event) {
  Session& session = change.session;
  const CaseMedia* media = media_of(session, event);
  if (session.screen != Screen::kTicket || media == nullptr) return;
  const bool heard_now = session.media == event;
  const bool voice = media->media == MediaKind::kVoice;
  stop_media(change);
  if (heard_now) return;
  const TicketId ticket = session.ticket->ticket.id;
  if (!voice) go(change, Screen::kPhoto);
  session.media = event;
  // A voice is heard beside whatever else is asked for.
  const RequestId id = voice ? session.request : ask(change, Waiting::kMedia);
  change.effects.emplace_back(effect::PlayMedia{.id = id, .ticket = ticket, .event = event});
}

void stop_media(Change& change) {
  Session& session = change.session;
  if (!session.media) return;
  const CaseMedia* media = media_of(session, *session.media);
  if (media != nullptr && media->media == MediaKind::kVoice) change.effects.emplace_back(effect::StopMedia{});
  session.media.reset();
}

void media_played(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kPhoto) session.media.reset();
}

void compose(Change& change, OfficerAction action) {
  Session& session = change.session;
  if (session.screen != Screen::kTicket || !is_about_ticket(action) || !ticket_allows(session, action)) return;
  if (action == OfficerAction::kSeeInQueue || action == OfficerAction::kReadPrivate) return;
  // Words that waited while the ticket moved on are there again, for the same act alone.
  const bool kept = session.composing.action == action;
  Composing composing = kept ? std::move(session.composing) : Composing{};
  if (!kept) session.composing = {};
  composing.action = action;
  composing.opd.reset();
  if (action == OfficerAction::kVerify) {
    session.composing = std::move(composing);
    return act(change);
  }
  go(change, action == OfficerAction::kHandOver ? Screen::kOpds : Screen::kCompose);
  session.composing = std::move(composing);
}

void choose_opd(Change& change, const OpdId& opd) {
  Session& session = change.session;
  if (session.screen != Screen::kOpds || change.context.catalogue.find_opd(opd) == nullptr) return;
  session.composing.opd = opd;
  session.dialog = Dialog::kConfirmAct;
}

void send_words(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kCompose || !session.ticket) return;
  session.trouble = trouble_of(session);
  if (session.trouble != Trouble::kNone) return;
  if (asks_first(session.composing.action)) {
    session.dialog = Dialog::kConfirmAct;
    return;
  }
  act(change);
}

void act(Change& change) {
  Session& session = change.session;
  if (!session.ticket || session.waiting == Waiting::kAct || !ticket_allows(session, session.composing.action)) return;
  session.trouble = Trouble::kNone;
  const RequestId id = ask(change, Waiting::kAct);
  // A copy: what was written stays until it is saved.
  change.effects.emplace_back(effect::Act{.id = id,
                                          .ticket = session.ticket->ticket.id,
                                          .seen_entries = session.ticket->ticket.timeline.size(),
                                          .what = session.composing});
}

void act_done(Change& change, action::ActDone& done) {
  Session& session = change.session;
  if (!answers(change, done.request, Waiting::kAct) || !session.duty || !session.ticket) return;
  session.composing = {};
  go(change, Screen::kTicket);
  session.ticket = std::move(done.ticket);
  session.done = true;
  if (std::exchange(session.stale, false)) read_case_again(change);
}

// --- photos as evidence

void open_camera(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kCompose || session.composing.action != OfficerAction::kResolve) return;
  if (session.composing.photos.size() >= limits::kPhotosPerFiling) return;
  session.viewfinder = {};
  session.screen = Screen::kCamera;
}

void take_photo(Change& change) {
  Session& session = change.session;
  Viewfinder& finder = session.viewfinder;
  const bool sees = finder.sight == CameraSight::kLive || finder.sight == CameraSight::kTooDark;
  if (session.screen != Screen::kCamera || !sees || finder.taking || finder.taken) return;
  finder.taking = true;
  finder.failed = false;
  change.effects.emplace_back(effect::TakePhoto{});
}

void keep_photo(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kCamera || !session.viewfinder.taken) return;
  session.composing.photos.push_back(std::move(*session.viewfinder.taken));
  go(change, Screen::kCompose);
}

void again_photo(Change& change) {
  Session& session = change.session;
  if (session.screen == Screen::kCamera) session.viewfinder.taken.reset();
}

void remove_photo(Change& change, std::uint32_t id) {
  if (change.session.screen != Screen::kCompose) return;
  std::erase_if(change.session.composing.photos, [&](const Photo& photo) { return photo.id == id; });
}

void camera_seen(Change& change, CameraSight sight) {
  if (change.session.screen == Screen::kCamera) change.session.viewfinder.sight = sight;
}

void photo_taken(Change& change, action::PhotoTaken& taken) {
  Session& session = change.session;
  if (session.screen != Screen::kCamera || !session.viewfinder.taking) return;
  session.viewfinder.taking = false;
  ++session.last_photo;
  session.viewfinder.taken =
      Photo{.id = session.last_photo, .jpeg = std::move(taken.jpeg), .preview = std::move(taken.preview), .paper = 0};
}

void photo_failed(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kCamera || !session.viewfinder.taking) return;
  session.viewfinder.taking = false;
  session.viewfinder.failed = true;
}

}  // namespace reducers
}  // namespace mimika::staff
