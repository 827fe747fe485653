// Finding a ticket by its number, and opening its sealed answers with the receipt code.
#include <algorithm>
#include <utility>

#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika::reducers {
namespace {

constexpr std::size_t kShortestNumber = 9;  // JLA1 0417 K

RequestId next_request(Session& session) {
  ++session.request.value;
  return session.request;
}

bool awaits(const Session& session, Screen screen, RequestId request) {
  return session.screen == screen && session.request == request;
}

std::ptrdiff_t sealed_texts(const Ticket& ticket) {
  return std::count_if(ticket.timeline.begin(), ticket.timeline.end(),
                       [](const TimelineEntry& entry) { return !entry.sealed_text.empty(); });
}

}  // namespace

void search_ticket(Change& change) {
  Session& session = change.session;
  Tracking& tracking = session.personal.tracking;
  if (tracking.number.size() < kShortestNumber) {
    tracking.problem = TrackProblem::kNumberIncomplete;
    return;
  }
  Result<TicketNumber> number = parse_ticket_number(tracking.number.view());
  if (!number) {
    tracking.problem = TrackProblem::kNumberMistyped;
    return;
  }
  tracking.problem = TrackProblem::kNone;
  change.effects.emplace_back(effect::LookUpTicket{.id = next_request(session), .number = *std::move(number)});
  show(change, Screen::kTrackSearching);
}

void ticket_found(Change& change, action::TicketFound& found) {
  if (!awaits(change.session, Screen::kTrackSearching, found.request)) return;
  change.session.personal.tracking.ticket = std::move(found.ticket);
  show(change, Screen::kTrackTicket);
}

void ticket_not_found(Change& change, const action::TicketNotFound& missing) {
  if (!awaits(change.session, Screen::kTrackSearching, missing.request)) return;
  show(change, Screen::kTrackMissing);
}

void look_up_failed(Change& change, const action::LookUpFailed& failed) {
  if (!awaits(change.session, Screen::kTrackSearching, failed.request)) return;
  change.session.personal.tracking.problem = TrackProblem::kReadFailed;
  show(change, Screen::kTrackNumber);
}

// Whatever changed, only the ticket on the screen matters; nothing is drawn before it is known to differ.
void tickets_changed(Change& change) {
  change.redraw = false;
  if (const auto number = ticket_on_screen(change.session)) change.effects.emplace_back(effect::RefreshTicket{*number});
}

void ticket_refreshed(Change& change, Ticket& fresh) {
  change.redraw = false;
  if (ticket_on_screen(change.session) != fresh.number) return;  // its person has gone on
  Personal& personal = change.session.personal;
  if (personal.receipt) {
    change.redraw = personal.receipt->arrived_ms != fresh.arrived_ms;
    personal.receipt->arrived_ms = fresh.arrived_ms;
    return;
  }
  Tracking& tracking = personal.tracking;
  if (*tracking.ticket == fresh) return;
  if (tracking.opened && sealed_texts(fresh) > sealed_texts(*tracking.ticket)) tracking.sealed_news = true;
  tracking.ticket = std::move(fresh);
  change.redraw = true;
}

void send_code(Change& change) {
  Session& session = change.session;
  Tracking& tracking = session.personal.tracking;
  if (!tracking.ticket) return;
  if (tracking.code.size() < full_length_of(session, TextTarget::kTrackCode, change.context)) {
    tracking.problem = TrackProblem::kCodeIncomplete;
    return;
  }
  tracking.problem = TrackProblem::kNone;
  change.effects.emplace_back(
      effect::OpenReplies{.id = next_request(session), .ticket = tracking.ticket->id, .code = tracking.code});
  show(change, Screen::kTrackOpening);
}

void replies_opened(Change& change, action::RepliesOpened& opened) {
  if (!awaits(change.session, Screen::kTrackOpening, opened.request)) return;
  Tracking& tracking = change.session.personal.tracking;
  tracking.code.wipe();  // it has done its work
  tracking.replies = std::move(opened.replies);
  tracking.opened = true;
  tracking.sealed_news = false;
  show(change, Screen::kTrackTicket);
}

void replies_refused(Change& change, const action::RepliesRefused& refused) {
  if (!awaits(change.session, Screen::kTrackOpening, refused.request)) return;
  Tracking& tracking = change.session.personal.tracking;
  switch (refused.code) {
    case ErrorCode::kInvalidInput:
      tracking.problem = TrackProblem::kCodeMistyped;
      break;
    case ErrorCode::kUnauthorised:
      tracking.problem = TrackProblem::kCodeWrong;
      break;
    default:
      tracking.problem = TrackProblem::kReadFailed;
      break;
  }
  show(change, Screen::kTrackCode);
}

}  // namespace mimika::reducers
