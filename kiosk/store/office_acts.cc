// What officers do at the counter, as events of this kiosk's journal.
#include "kiosk/base/limits.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/model/iso_date.h"
#include "kiosk/model/plain_text.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

bool has_words(OfficerAction action) {
  return action != OfficerAction::kVerify && action != OfficerAction::kHandOver &&
         action != OfficerAction::kMarkDuplicate;
}

Status check_words(std::string_view words, std::size_t most) {
  if (trimmed(words).empty()) return fail(ErrorCode::kInvalidInput, "no words");
  if (words.size() > most) return fail(ErrorCode::kTooLarge, "too many words");
  if (!is_plain_text(words, LineBreaks::kAllowed)) return fail(ErrorCode::kInvalidInput, "not plain text");
  return {};
}

// Public words, or the same sealed to the receipt where the ticket is secret.
struct OfficeWords {
  std::string text;
  Bytes sealed;
};

Result<OfficeWords> words_for(const Ticket& ticket, std::string_view text) {
  if (!is_secret(ticket.confidentiality)) return OfficeWords{std::string(text), {}};
  TRY_ASSIGN(Bytes sealed, crypto::seal_to(ticket.receipt_key, as_bytes(text)));
  return OfficeWords{{}, std::move(sealed)};
}

}  // namespace

Result<EventPayload> Store::payload_of(const OfficerAct& act, const Ticket& ticket) {
  const std::string words(trimmed(act.words));
  switch (act.action) {
    case OfficerAction::kVerify:
      return TicketVerified{act.ticket, act.actor};
    case OfficerAction::kHandOver:
      return TicketAssigned{act.ticket, act.actor, act.opd};
    case OfficerAction::kHold:
      return TicketHeld{act.ticket, act.actor, words};
    case OfficerAction::kArchive:
      return TicketArchived{act.ticket, act.actor, words};
    case OfficerAction::kMarkDuplicate:
      return TicketDuplicated{act.ticket, act.actor, act.other};
    case OfficerAction::kAnswerPrivate: {
      TRY_ASSIGN(Bytes sealed, crypto::seal_to(ticket.receipt_key, as_bytes(words)));
      return PrivateMessageAdded{act.ticket, act.actor, std::move(sealed)};
    }
    case OfficerAction::kAskMore: {
      TRY_ASSIGN(Bytes sealed, crypto::seal_to(ticket.receipt_key, as_bytes(words)));
      return MoreAsked{act.ticket, act.actor, std::move(sealed)};
    }
    case OfficerAction::kAnswerPublic: {
      TRY_ASSIGN(OfficeWords said, words_for(ticket, words));
      return OfficeAnswered{act.ticket, act.actor, std::move(said.text), std::move(said.sealed)};
    }
    case OfficerAction::kResolve: {
      TRY_ASSIGN(OfficeWords said, words_for(ticket, words));
      return TicketResolved{act.ticket, act.actor, std::move(said.text), std::move(said.sealed)};
    }
    default:
      return fail(ErrorCode::kInvalidInput, "nothing that is done to a ticket");
  }
}

Result<Ticket> Store::act(const OfficerAct& act, std::vector<NewMedia> evidence) {
  std::vector<std::string> files;
  auto done = sqlite::guard("acting on a ticket", [&]() -> Result<Ticket> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const std::optional<Ticket> ticket, load_ticket(act.ticket));
    if (!ticket) return fail(ErrorCode::kNotFound, "no such ticket here");
    const bool reason_only = act.action == OfficerAction::kHold || act.action == OfficerAction::kArchive;
    if (has_words(act.action)) TRY(check_words(act.words, reason_only ? limits::kReasonBytes : limits::kReplyBytes));
    if (act.action == OfficerAction::kHandOver && act.opd.value.empty())
      return fail(ErrorCode::kInvalidInput, "handed to nobody");
    if (act.action == OfficerAction::kMarkDuplicate) {
      if (act.other == ticket->number) return fail(ErrorCode::kInvalidInput, "a duplicate of itself");
      TRY_ASSIGN(const std::optional<Ticket> other, find_ticket(act.other));
      if (!other) return fail(ErrorCode::kNotFound, "no ticket of that number here");
      // Two that are each other's duplicates would both be closed, and nobody would work on either.
      if (other->status == TicketStatus::kArchived)
        return fail(ErrorCode::kInvalidInput, "a duplicate of one that is closed without an answer");
    }
    if (ticket->timeline.size() != act.seen_entries || !possible(act.action, *ticket))
      return fail(ErrorCode::kConflict, "the ticket has moved on");
    Written last;
    // Handing on is looking at it: nobody has to press two keys for one decision.
    if (act.action == OfficerAction::kHandOver && possible(OfficerAction::kVerify, *ticket)) {
      TRY_ASSIGN(last, write_event(TicketVerified{act.ticket, act.actor}, nullptr));
    }
    for (const NewMedia& media : evidence) {
      TRY_ASSIGN(last, write_attachment({act.ticket, media.media, media.content, media.preview}, files));
    }
    TRY_ASSIGN(EventPayload payload, payload_of(act, *ticket));
    TRY_ASSIGN(last, write_event(std::move(payload), nullptr));
    TRY_ASSIGN(std::optional<Ticket> after, load_ticket(act.ticket));
    transaction.commit();
    note_written(last);
    return *std::move(after);
  });
  if (!done) {
    sealed_.reset();
    drop_files(files);
  }
  return done;
}

Status Store::note_one(EventPayload payload, const char* doing) {
  return sqlite::guard(doing, [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const Written written, write_event(std::move(payload), nullptr));
    transaction.commit();
    note_written(written);
    return {};
  });
}

Status Store::note_private_read(const TicketId& ticket, const Actor& actor) {
  return note_one(PrivatePartRead{ticket, actor}, "noting a reading");
}

Status Store::note_staff_act(const StaffActed& acted) {
  return note_one(acted, "noting what staff did");
}

Status Store::set_office(const Actor& actor, OfficeStand stand) {
  return sqlite::guard("setting how the office stands", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    const StaffAct what = stand == OfficeStand::kOpen     ? StaffAct::kOfficeOpened
                          : stand == OfficeStand::kPaused ? StaffAct::kOfficePaused
                                                          : StaffAct::kOfficeClosed;
    TRY_ASSIGN(const Written written, write_event(StaffActed{actor, what, {}}, nullptr));
    set_fact("office_stand", static_cast<std::int64_t>(stand));
    transaction.commit();
    note_written(written);
    return {};
  });
}

Result<OfficeStand> Store::office() {
  return sqlite::guard("reading how the office stands", [&]() -> Result<OfficeStand> {
    const std::int64_t stand = fact("office_stand", 0);
    return stand == 1 ? OfficeStand::kPaused : stand == 2 ? OfficeStand::kClosed : OfficeStand::kOpen;
  });
}

Result<EventKey> Store::post_notice(const Actor& actor, std::string_view title, std::string_view text,
                                    std::string_view until) {
  return sqlite::guard("posting an announcement", [&]() -> Result<EventKey> {
    TRY(check_words(title, limits::kNoticeTitleBytes));
    TRY(check_words(text, limits::kNoticeTextBytes));
    if (!is_plain_text(title, LineBreaks::kForbidden)) return fail(ErrorCode::kInvalidInput, "a title is one line");
    if (!until.empty() && !parse_iso_date(until)) return fail(ErrorCode::kInvalidInput, "no day");
    TRY_ASSIGN(const std::vector<PostedNotice> standing, notices());
    if (standing.size() >= limits::kNotices) return fail(ErrorCode::kTooLarge, "as many announcements as there may be");
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    AnnouncementPosted posted{actor, std::string(trimmed(title)), std::string(trimmed(text)), std::string(until)};
    TRY_ASSIGN(const Written written, write_event(std::move(posted), nullptr));
    transaction.commit();
    note_written(written);
    return written.key;
  });
}

Status Store::withdraw_notice(const Actor& actor, const EventKey& posted) {
  TRY_ASSIGN(const std::vector<PostedNotice> standing, notices());
  for (const PostedNotice& notice : standing) {
    if (notice.posted == posted) return note_one(AnnouncementWithdrawn{actor, posted}, "withdrawing an announcement");
  }
  return fail(ErrorCode::kNotFound, "it does not stand");
}

void Store::project_notice(const Event& event) {
  if (const auto* posted = std::get_if<AnnouncementPosted>(&event.payload)) {
    auto insert = statements_.lend(
        "INSERT OR IGNORE INTO office_notice (device, epoch, seq, posted_ms, by_name, title, text, until) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert->bind(1, static_cast<std::int64_t>(event.key.device.value));
    insert->bind(2, static_cast<std::int64_t>(event.key.epoch.value));
    insert->bind(3, static_cast<std::int64_t>(event.key.seq.value));
    insert->bind(4, event.time.wall_ms);
    insert->bind(5, posted->actor.name);
    insert->bind(6, posted->title);
    insert->bind(7, posted->text);
    insert->bind(8, posted->until);
    insert->exec();
  } else if (const auto* withdrawn = std::get_if<AnnouncementWithdrawn>(&event.payload)) {
    auto drop = statements_.lend("DELETE FROM office_notice WHERE device = ? AND epoch = ? AND seq = ?");
    drop->bind(1, static_cast<std::int64_t>(withdrawn->posted.device.value));
    drop->bind(2, static_cast<std::int64_t>(withdrawn->posted.epoch.value));
    drop->bind(3, static_cast<std::int64_t>(withdrawn->posted.seq.value));
    drop->exec();
  }
}

Result<std::vector<PostedNotice>> Store::notices() {
  return sqlite::guard("reading announcements", [&]() -> Result<std::vector<PostedNotice>> {
    std::vector<PostedNotice> notices;
    SQLite::Statement query(*database_,
                            "SELECT device, epoch, seq, posted_ms, by_name, title, text, until FROM office_notice "
                            "ORDER BY posted_ms DESC, device, epoch, seq");
    while (query.executeStep()) {
      const EventKey key{DeviceId{static_cast<std::uint32_t>(query.getColumn(0).getInt64())},
                         Epoch{static_cast<std::uint32_t>(query.getColumn(1).getInt64())},
                         Seq{static_cast<std::uint64_t>(query.getColumn(2).getInt64())}};
      notices.push_back({key, query.getColumn(3).getInt64(), query.getColumn(4).getString(),
                         query.getColumn(5).getString(), query.getColumn(6).getString(),
                         query.getColumn(7).getString()});
    }
    return notices;
  });
}

}  // namespace mimika
