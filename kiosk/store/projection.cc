// Projections: tickets computed from events, rebuilt at will.
#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/model/reducer.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

void bind_key(SQLite::Statement& statement, int first, const EventKey& key) {
  statement.bind(first, static_cast<std::int64_t>(key.device.value));
  statement.bind(first + 1, static_cast<std::int64_t>(key.epoch.value));
  statement.bind(first + 2, static_cast<std::int64_t>(key.seq.value));
}

EventKey key_from(SQLite::Statement& row, int first) {
  return {DeviceId{static_cast<std::uint32_t>(row.getColumn(first).getInt64())},
          Epoch{static_cast<std::uint32_t>(row.getColumn(first + 1).getInt64())},
          Seq{static_cast<std::uint64_t>(row.getColumn(first + 2).getInt64())}};
}

std::optional<WallMs> optional_ms(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional<WallMs>(column.getInt64());
}

}  // namespace

Result<std::optional<Ticket>> Store::load_ticket(const TicketId& id) {
  auto query = statements_.lend("SELECT state FROM ticket WHERE device = ? AND epoch = ? AND seq = ?");
  bind_key(*query, 1, id);
  if (!query->executeStep()) return std::nullopt;
  TRY_ASSIGN(Ticket ticket, wire::decode_ticket(sqlite::blob(query->getColumn(0))));
  return ticket;
}

Status Store::save_ticket(const Ticket& ticket) {
  auto upsert = statements_.lend(
      "INSERT INTO ticket (device, epoch, seq, number, status, filed_ms, state) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (device, epoch, seq) DO UPDATE SET status = excluded.status, state = excluded.state");
  bind_key(*upsert, 1, ticket.id);
  upsert->bind(4, format_ticket_number(ticket.number));
  upsert->bind(5, static_cast<int>(ticket.status));
  upsert->bind(6, ticket.filed_ms);
  const Bytes state = wire::encode_ticket(ticket);
  sqlite::bind_blob(*upsert, 7, state);
  upsert->exec();
  if (touched_.size() < limits::kTouchedTickets) {
    touched_.push_back(ticket.id);
  } else {
    touched_too_many_ = true;
  }
  return {};
}

std::optional<std::vector<TicketId>> Store::take_touched() {
  std::vector<TicketId> touched = std::exchange(touched_, {});
  if (std::exchange(touched_too_many_, false)) return std::nullopt;
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  return touched;
}

// Numbers are unique; two tickets with one number is somebody's fault, and must not stop a feed.
Result<bool> Store::number_is_taken(const Ticket& ticket) {
  auto query = statements_.lend("SELECT 1 FROM ticket WHERE number = ?");
  query->bind(1, format_ticket_number(ticket.number));
  return query->executeStep();
}

Status Store::project(std::int64_t ord, const Event& event, Source source, std::optional<WallMs> arrived_ms) {
  const std::optional<TicketId> id = ticket_of(event);
  if (!id) {
    project_notice(event);
    return {};
  }
  TRY_ASSIGN(std::optional<Ticket> before, load_ticket(*id));
  const bool is_new = !before.has_value();
  const std::optional<Ticket> after = apply_event(std::move(before), event, arrived_ms);
  if (!after) {
    auto wait = statements_.lend("INSERT OR IGNORE INTO orphan (ord, device, epoch, seq) VALUES (?, ?, ?, ?)");
    wait->bind(1, ord);
    bind_key(*wait, 2, *id);
    wait->exec();
    return {};
  }
  if (is_new && source == Source::kFeed) {
    TRY_ASSIGN(const bool taken, number_is_taken(*after));
    if (taken) {
      log_error("store", "{} claims the number of another ticket; only its event is kept", to_string(event.key));
      return {};
    }
  }
  TRY(save_ticket(*after));
  return is_new ? project_orphans(*id) : Status{};
}

// The filing has come: what was said of it before applies now, in the order it was learnt.
Status Store::project_orphans(const TicketId& ticket) {
  struct Waiting {
    std::int64_t ord;
    EventKey key;
    Bytes event;
  };
  std::vector<Waiting> waiting;
  {
    auto query = statements_.lend(
        "SELECT e.ord, e.device, e.epoch, e.seq, e.event FROM orphan o JOIN event e ON e.ord = o.ord "
        "WHERE o.device = ? AND o.epoch = ? AND o.seq = ? ORDER BY e.ord");
    bind_key(*query, 1, ticket);
    while (query->executeStep()) {
      waiting.push_back({query->getColumn(0).getInt64(), key_from(*query, 1), sqlite::blob(query->getColumn(4))});
    }
  }
  for (const Waiting& one : waiting) {
    SQLite::Statement done(*database_, "DELETE FROM orphan WHERE ord = ?");
    done.bind(1, one.ord);
    done.exec();
    TRY_ASSIGN(const Event event, wire::decode_event(one.key, one.event));
    TRY(project(one.ord, event, Source::kFeed, std::nullopt));
  }
  return {};
}

// Own events that the feed has placed, by their place.
Result<std::vector<Store::Placed>> Store::placed_events() {
  std::vector<Placed> placed;
  SQLite::Statement query(*database_,
                          "SELECT feed_seq, device, epoch, seq, event, arrived_ms FROM event "
                          "WHERE feed_seq IS NOT NULL AND chain IS NOT NULL ORDER BY feed_seq");
  while (query.executeStep()) {
    const EventKey key = key_from(query, 1);
    TRY_ASSIGN(const Event event, wire::decode_event(key, sqlite::blob(query.getColumn(4))));
    if (const auto id = ticket_of(event)) {
      placed.push_back({query.getColumn(0).getInt64(), key, *id, query.getColumn(5).getInt64()});
    }
  }
  return placed;
}

Status Store::confirm_placed(const Placed& placed) {
  TRY_ASSIGN(std::optional<Ticket> ticket, load_ticket(placed.ticket));
  if (!ticket || !confirm_event(*ticket, placed.key, placed.arrived_ms)) return {};
  return save_ticket(*ticket);
}

// Every event again, in the order it was learnt, and own events where the feed has placed them. Own filings are marked
// as arrived from their row, as they were then.
Status Store::project_everything() {
  database_->exec("DELETE FROM orphan");
  database_->exec("DELETE FROM ticket");
  database_->exec("DELETE FROM office_notice");
  TRY(project_bases());
  TRY_ASSIGN(const std::vector<Placed> placed, placed_events());
  auto next_placed = placed.begin();
  SQLite::Statement query(
      *database_, "SELECT ord, device, epoch, seq, event, arrived_ms, chain IS NULL, feed_seq FROM event ORDER BY ord");
  while (query.executeStep()) {
    const Source source = query.getColumn(6).getInt() != 0 ? Source::kFeed : Source::kOwn;
    const auto event = wire::decode_event(key_from(query, 1), sqlite::blob(query.getColumn(4)));
    if (!event && source == Source::kFeed) continue;  // passed over when it came, and now
    if (!event) return fail_with(event.error(), "reading own event " + to_string(key_from(query, 1)));
    if (source == Source::kFeed) {
      for (; next_placed != placed.end() && next_placed->feed_seq < query.getColumn(7).getInt64(); ++next_placed)
        TRY(confirm_placed(*next_placed));
    }
    // What was written here waits for its place, as it did then; a filing has none.
    const bool waits = source == Source::kOwn && !std::holds_alternative<TicketFiled>(event->payload);
    TRY(project(query.getColumn(0).getInt64(), *event, source, waits ? std::nullopt : optional_ms(query.getColumn(5))));
  }
  for (; next_placed != placed.end(); ++next_placed) TRY(confirm_placed(*next_placed));
  std::vector<EventKey> aside;
  SQLite::Statement refused(*database_, "SELECT epoch, seq FROM set_aside");
  while (refused.executeStep()) {
    aside.push_back({options_.identity.device, Epoch{static_cast<std::uint32_t>(refused.getColumn(0).getInt64())},
                     Seq{static_cast<std::uint64_t>(refused.getColumn(1).getInt64())}});
  }
  for (const EventKey& key : aside) TRY(project_refusal(key, true));
  return {};
}

Status Store::rebuild_projections() {
  return sqlite::guard("rebuilding the projections", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY(project_everything());
    transaction.commit();
    return {};
  });
}

Result<std::optional<Ticket>> Store::find_ticket(const TicketNumber& number) {
  return sqlite::guard("looking up a ticket", [&]() -> Result<std::optional<Ticket>> {
    SQLite::Statement query(*database_, "SELECT state FROM ticket WHERE number = ?");
    query.bind(1, format_ticket_number(number));
    if (!query.executeStep()) return std::nullopt;
    TRY_ASSIGN(Ticket ticket, wire::decode_ticket(sqlite::blob(query.getColumn(0))));
    return ticket;
  });
}

Result<std::optional<Ticket>> Store::find_ticket(const TicketId& id) {
  return sqlite::guard("looking up a ticket", [&] { return load_ticket(id); });
}

Result<std::vector<Ticket>> Store::tickets(std::size_t limit) {
  return sqlite::guard("listing tickets", [&]() -> Result<std::vector<Ticket>> {
    SQLite::Statement query(*database_, "SELECT state FROM ticket ORDER BY filed_ms DESC, seq DESC LIMIT ?");
    query.bind(1, static_cast<std::int64_t>(limit));
    std::vector<Ticket> tickets;
    while (query.executeStep()) {
      TRY_ASSIGN(Ticket ticket, wire::decode_ticket(sqlite::blob(query.getColumn(0))));
      tickets.push_back(std::move(ticket));
    }
    return tickets;
  });
}

}  // namespace mimika
