// What people say after they filed: replies and reopenings by whoever holds the receipt code, ratings, the survey.
// Whether somebody holds it was checked before it comes here.
#include <algorithm>

#include "kiosk/base/limits.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

std::size_t count_of(const Ticket& ticket, TimelineKind kind) {
  return static_cast<std::size_t>(std::ranges::count(ticket.timeline, kind, &TimelineEntry::kind));
}

}  // namespace

Result<Ticket> Store::ticket_to_answer(const NewReply& reply) {
  TRY_ASSIGN(std::optional<Ticket> ticket, load_ticket(reply.ticket));
  if (!ticket) return fail(ErrorCode::kNotFound, "no such ticket here");
  if (reply.words.size() > limits::kReplyBytes) return fail(ErrorCode::kTooLarge, "too long a reply");
  if (reply.kind == NewReply::Kind::kReply) {
    if (reply.words.empty() && reply.media.empty()) return fail(ErrorCode::kInvalidInput, "a reply without words");
    if (count_of(*ticket, TimelineKind::kPersonReply) >= limits::kRepliesPerTicket)
      return fail(ErrorCode::kTooLarge, "the ticket has as many replies as it may");
  } else {
    if (ticket->status != TicketStatus::kResolved)
      return fail(ErrorCode::kConflict, "only what was called solved can be reopened");
    if (count_of(*ticket, TimelineKind::kReopened) >= limits::kReopeningsPerTicket)
      return fail(ErrorCode::kTooLarge, "the ticket was reopened as often as it may");
  }
  return *std::move(ticket);
}

Result<EventKey> Store::reply(const NewReply& reply) {
  std::vector<std::string> files;
  auto written = sqlite::guard("replying to a ticket", [&]() -> Result<EventKey> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const Ticket ticket, ticket_to_answer(reply));
    Bytes sealed_text;
    // Of a reply without words the seal holds none: who reads the thread tells it from words that are not here.
    if (!reply.words.empty() || reply.kind == NewReply::Kind::kReply) {
      TRY_ASSIGN(sealed_text, crypto::seal_to(ticket.receipt_key, as_bytes(reply.words)));
    }
    EventPayload payload = reply.kind == NewReply::Kind::kReply
                               ? EventPayload(PersonReplied{reply.ticket, std::move(sealed_text)})
                               : EventPayload(TicketReopened{reply.ticket, std::move(sealed_text)});
    PrivatePart details;
    details.story = reply.words;
    const OfficeSees office = reply.hidden_from_office ? OfficeSees::kNo : OfficeSees::kYes;
    const auto done = write_event(std::move(payload), reply.words.empty() ? nullptr : &details, office);
    wipe(details);
    if (!done) return std::unexpected(done.error());
    Written last = *done;
    for (const NewMedia& media : reply.media) {
      TRY_ASSIGN(last, write_attachment({reply.ticket, media.media, media.content, media.preview}, files, office));
    }
    transaction.commit();
    note_written(last);
    return done->key;
  });
  if (!written) {
    sealed_.reset();
    drop_files(files);
  }
  return written;
}

Result<EventKey> Store::rate(const TicketId& ticket, Score score) {
  return sqlite::guard("rating a ticket", [&]() -> Result<EventKey> {
    if (score == 0 || score > kBestScore) return fail(ErrorCode::kInvalidInput, "a score is 1 to 4");
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const std::optional<Ticket> rated, load_ticket(ticket));
    if (!rated) return fail(ErrorCode::kNotFound, "no such ticket here");
    if (!rated->closed_ms) return fail(ErrorCode::kConflict, "only a closed ticket can be rated");
    if (count_of(*rated, TimelineKind::kRated) >= limits::kRepliesPerTicket)
      return fail(ErrorCode::kTooLarge, "the ticket was rated as often as it may");
    TRY_ASSIGN(const Written done, write_event(TicketRated{ticket, score}, nullptr));
    transaction.commit();
    note_written(done);
    return done.key;
  });
}

Result<EventKey> Store::answer_survey(const std::array<Score, kSurveyElements>& scores) {
  return sqlite::guard("keeping a survey", [&]() -> Result<EventKey> {
    if (std::ranges::any_of(scores, [](Score score) { return score > kBestScore; }))
      return fail(ErrorCode::kInvalidInput, "a score is 1 to 4");
    if (std::ranges::all_of(scores, [](Score score) { return score == 0; }))
      return fail(ErrorCode::kInvalidInput, "a survey without a single answer");
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const Written done, write_event(SurveyAnswered{options_.identity.district, scores}, nullptr));
    transaction.commit();
    note_written(done);
    return done.key;
  });
}

}  // namespace mimika
