#include "sync/central/workflow/ticket_actions.h"

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/model/plain_text.h"
#include "sync/central/central_limits.h"
#include "sync/central/store/journals.h"
#include "sync/central/workflow/centre_journal.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

Actor actor_of(const Account& account) {
  return {account.login, account.full_name, account.role, account.opd};
}

Status check_words(const std::string& text, std::size_t max_bytes) {
  if (trimmed(text).empty()) return fail(ErrorCode::kInvalidInput, "no words");
  if (text.size() > max_bytes) return fail(ErrorCode::kInvalidInput, "too many words");
  if (!is_plain_text(text, LineBreaks::kAllowed)) return fail(ErrorCode::kInvalidInput, "not plain text");
  return {};
}

// Browsers send line ends as CR LF.
std::string without_carriage_returns(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r') out.push_back(c);
  }
  return std::string(trimmed(out));
}

// Public words, or the same sealed to the receipt where the ticket is secret.
struct Words {
  std::string text;
  Bytes sealed;
};

Result<Words> words_for(const Ticket& ticket, const std::string& text) {
  if (!is_secret(ticket.confidentiality)) return Words{text, {}};
  TRY_ASSIGN(Bytes sealed, crypto::seal_to(ticket.receipt_key, as_bytes(text)));
  return Words{{}, std::move(sealed)};
}

Result<EventPayload> payload_of(const ActionRequest& request, const Account& account, const Ticket& ticket,
                                const std::string& text) {
  const Actor actor = actor_of(account);
  switch (request.action) {
    case TicketAction::kVerify:
      return TicketVerified{ticket.id, actor};
    case TicketAction::kAssign:
      return TicketAssigned{ticket.id, actor, OpdId{text}};
    case TicketAction::kArchive:
      return TicketArchived{ticket.id, actor, text};
    case TicketAction::kHold:
      return TicketHeld{ticket.id, actor, text};
    case TicketAction::kMessage: {
      TRY_ASSIGN(Bytes sealed, crypto::seal_to(ticket.receipt_key, as_bytes(text)));
      return PrivateMessageAdded{ticket.id, actor, std::move(sealed)};
    }
    case TicketAction::kFollowUp: {
      TRY_ASSIGN(Words words, words_for(ticket, text));
      return FollowUpPublished{ticket.id, actor, std::move(words.text), std::move(words.sealed)};
    }
    case TicketAction::kResolve:
      break;
  }
  TRY_ASSIGN(Words words, words_for(ticket, text));
  return TicketResolved{ticket.id, actor, std::move(words.text), std::move(words.sealed)};
}

Result<OpenedPrivatePart> open_event(Database& database, const CentreKeys& keys, const EventKey& key) {
  TRY_ASSIGN(const auto stored, find_event(database, key));
  if (!stored) return fail(ErrorCode::kCorrupt, "a ticket without its event");
  TRY_ASSIGN(const Event event, wire::decode_event(key, stored->event));
  return open_private_part(database, keys, event, stored->sealed);
}

}  // namespace

bool possible(TicketAction action, const Ticket& ticket) {
  switch (action) {
    case TicketAction::kVerify:
      return ticket.status == TicketStatus::kUnverified;
    case TicketAction::kAssign:
    case TicketAction::kArchive:
    case TicketAction::kHold:
      return !is_closed(ticket);
    case TicketAction::kFollowUp:
      return !is_closed(ticket) && ticket.opd.has_value();
    case TicketAction::kResolve:
      return !is_closed(ticket) && ticket.first_follow_up_ms.has_value();
    case TicketAction::kMessage:
      return true;
  }
  return false;
}

Permission permission_for(TicketAction action) {
  switch (action) {
    case TicketAction::kVerify:
      return Permission::kVerify;
    case TicketAction::kAssign:
      return Permission::kAssign;
    case TicketAction::kArchive:
      return Permission::kArchive;
    case TicketAction::kFollowUp:
      return Permission::kFollowUp;
    case TicketAction::kHold:
      return Permission::kHold;
    case TicketAction::kResolve:
      return Permission::kResolve;
    case TicketAction::kMessage:
      break;
  }
  return Permission::kMessage;
}

Status TicketActions::act(Database& database, const Account& account, const ActionRequest& request) {
  const std::string text = without_carriage_returns(request.text);
  const bool has_words = request.action != TicketAction::kVerify && request.action != TicketAction::kAssign;
  const bool reason_only = request.action == TicketAction::kHold || request.action == TicketAction::kArchive;

  return in_transaction(database, [&]() -> Status {
    TRY_ASSIGN(const auto row, find_ticket(database, request.ticket));
    if (!row) return fail(ErrorCode::kNotFound, "no such ticket");
    const Ticket& ticket = row->ticket;
    if (!allowed(permission_for(request.action), account, *row, catalogue_)) {
      return fail(ErrorCode::kUnauthorised, "not this role's to do");
    }
    if (has_words) TRY(check_words(text, reason_only ? limits::kReasonBytes : mimika::limits::kReplyBytes));
    if (ticket.timeline.size() != request.seen_entries || !possible(request.action, ticket)) {
      return fail(ErrorCode::kConflict, "the ticket has moved on");
    }
    CentreJournal journal(env_, keys_);
    if (request.action == TicketAction::kAssign) {
      if (!may_receive(*row, OpdId{text}, catalogue_)) {
        return fail(ErrorCode::kInvalidInput, "not an OPD that may have it");
      }
      // Handing on is looking at it: nobody has to press two buttons for one decision.
      if (ticket.status == TicketStatus::kUnverified) {
        TRY(journal.append(database, TicketVerified{ticket.id, actor_of(account)}));
      }
    }
    TRY_ASSIGN(EventPayload payload, payload_of(request, account, ticket, text));
    TRY(journal.append(database, std::move(payload)));
    return {};
  });
}

Result<OpenedCase> TicketActions::open(Database& database, const Account& account, const TicketId& id,
                                       Permission permission) {
  return in_transaction(database, [&]() -> Result<OpenedCase> {
    TRY_ASSIGN(const auto row, find_ticket(database, id));
    if (!row) return fail(ErrorCode::kNotFound, "no such ticket");
    if (!allowed(permission, account, *row, catalogue_)) {
      return fail(ErrorCode::kUnauthorised, "not this role's to read");
    }
    TRY_ASSIGN(OpenedPrivatePart opened, open_event(database, keys_, id));
    TRY(CentreJournal(env_, keys_).append(database, PrivatePartRead{id, actor_of(account)}));
    if (permission == Permission::kReadStory) {
      PrivatePart story_only;
      story_only.story = opened.part().story;
      opened = OpenedPrivatePart(std::move(story_only));
    }
    OpenedCase whole{std::move(opened)};
    for (const TimelineEntry& entry : row->ticket.timeline) {
      if (entry.kind != TimelineKind::kPersonReply && entry.kind != TimelineKind::kReopened) continue;
      auto said = open_event(database, keys_, entry.event);
      // One that does not open must not hide the rest.
      if (said) {
        whole.said.emplace(entry.event, *std::move(said));
      } else if (said.error().code != ErrorCode::kNotFound) {
        log_warning("workflow", "what the person wrote in {}: {}", to_string(entry.event), said.error().message);
      }
    }
    return whole;
  });
}

}  // namespace mimika::central
