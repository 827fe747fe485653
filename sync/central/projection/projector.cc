#include "sync/central/projection/projector.h"

#include "kiosk/base/log.h"
#include "kiosk/model/reducer.h"
#include "sync/central/projection/private_part.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/staff.h"
#include "sync/central/store/states.h"
#include "sync/central/store/surveys.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

Status note_private_read(Database& database, const PrivatePartRead& read, std::uint64_t position, WallMs at_ms) {
  TRY(
      database.execute("INSERT INTO private_read (position, account, device, epoch, seq, read_ms) "
                       "VALUES ($1, $2, $3, $4, $5, $6)",
                       {value_of(position), read.actor.account, value_of(read.ticket.device.value),
                        value_of(read.ticket.epoch.value), value_of(read.ticket.seq.value), at_ms}));
  return {};
}

}  // namespace

bool belongs_in_feed(const Event& event) {
  return ticket_of(event).has_value() && !std::holds_alternative<PrivatePartRead>(event.payload) &&
         !std::holds_alternative<AttachmentAdded>(event.payload);
}

Result<std::optional<TicketRow>> Projector::next(Database& database, std::optional<TicketRow> before,
                                                 const Event& event, ByteView sealed, WallMs arrived_ms) const {
  const bool known = before.has_value();
  std::optional<Ticket> after =
      apply_event(known ? std::optional(std::move(before->ticket)) : std::nullopt, event, arrived_ms);
  if (!after) return std::optional<TicketRow>();

  TicketRow row{std::move(*after), known ? std::move(before->routing_category) : std::nullopt};
  if (!known) {
    row.routing_category = row.ticket.category;
    // A secret complaint about staff must reach Inspektorat without passing before a colleague of the person it names,
    // so the machine, not a person, looks at the hidden category. It is used to route and shown to nobody.
    if (is_secret(row.ticket.confidentiality)) {
      const auto opened = open_private_part(database, keys_, event, sealed);
      if (opened) {
        row.routing_category = opened->part().category;
      } else {
        log_warning("projection", "the private part of {} does not open: {}", to_string(event.key),
                    opened.error().message);
      }
    }
  }
  return std::optional(std::move(row));
}

Status Projector::apply(Database& database, const Event& event, ByteView sealed, std::uint64_t position,
                        WallMs arrived_ms) const {
  if (const auto* read = std::get_if<PrivatePartRead>(&event.payload)) {
    return note_private_read(database, *read, position, arrived_ms);
  }
  if (const auto* added = std::get_if<AttachmentAdded>(&event.payload)) {
    return insert_attachment(database, event.key, *added, position, arrived_ms);
  }
  if (const auto* answered = std::get_if<SurveyAnswered>(&event.payload)) {
    return insert_survey(database, event.key, *answered, arrived_ms);
  }
  if (const auto* acted = std::get_if<StaffActed>(&event.payload)) {
    return insert_staff_act(database, {position, event.key.device, *acted, event.time, arrived_ms});
  }
  if (const auto* posted = std::get_if<AnnouncementPosted>(&event.payload)) {
    TRY_ASSIGN(const auto device, find_device(database, event.key.device));
    if (!device) return fail(ErrorCode::kCorrupt, "an announcement of no kiosk");
    return insert_office_announcement(database, {event.key, device->district, posted->title, posted->text,
                                                 posted->until, posted->actor.name, arrived_ms, std::nullopt});
  }
  if (const auto* withdrawn = std::get_if<AnnouncementWithdrawn>(&event.payload)) {
    return withdraw_office_announcement(database, withdrawn->posted, withdrawn->actor.name);
  }
  const std::optional<TicketId> id = ticket_of(event);
  if (!id) return {};
  TRY_ASSIGN(std::optional<TicketRow> before, find_ticket(database, *id));
  TRY_ASSIGN(const std::optional<TicketRow> after, next(database, std::move(before), event, sealed, arrived_ms));
  if (!after) return note_waiting(database, position, *id);
  TRY(save_ticket(database, *after));
  if (belongs_in_feed(event)) {
    TRY_ASSIGN(const FeedSeq feed_seq, append_feed(database, after->ticket.district, event.key));
    TRY(note_feed_seq(database, after->ticket.id, feed_seq));
  }
  return std::holds_alternative<TicketFiled>(event.payload) ? apply_waiting(database, *id) : Status();
}

bool is_about_staff_of(const TicketRow& row, const Catalogue& catalogue) {
  if (!row.routing_category) return false;
  const Category* category = catalogue.find_category(*row.routing_category);
  return category != nullptr && category->about_staff;
}

// While its ticket was not here nobody could tell that the office must not touch it.
Result<bool> Projector::kept_from_office(Database& database, const Event& event, const StoredEvent& stored) const {
  const Actor* actor = doer_of(event);
  const auto id = ticket_of(event);
  if (catalogue_ == nullptr || actor == nullptr || !is_kiosk_role(actor->role) || !id) return false;
  TRY_ASSIGN(const auto row, find_ticket(database, *id));
  if (!row || !is_about_staff_of(*row, *catalogue_)) return false;
  log_error("ingest", "ALARM event {} set aside: about_staff", to_string(stored.key));
  TRY(set_event_aside(database, stored.key, "about_staff"));
  TRY_ASSIGN(const bool kept, quarantine(database, {stored.key, stored.chain, stored.event, stored.sealed,
                                                    "about_staff", stored.received_ms}));
  if (!kept) log_error("ingest", "the quarantine is full, event {} was not kept", to_string(stored.key));
  return true;
}

// The filing has come: what was said of it before applies now, in the order in which it came.
Status Projector::apply_waiting(Database& database, const TicketId& ticket) const {
  TRY_ASSIGN(const std::vector<StoredEvent> waiting, take_waiting(database, ticket));
  for (const StoredEvent& stored : waiting) {
    TRY_ASSIGN(const Event event, wire::decode_event(stored.key, stored.event));
    TRY_ASSIGN(const bool kept, kept_from_office(database, event, stored));
    if (kept) continue;
    TRY(apply(database, event, stored.sealed, stored.position, stored.received_ms));
  }
  return {};
}

}  // namespace mimika::central
