// Catching up by state: a kiosk that is far behind is told how tickets are, page by page, and the feed goes on after.
#include "kiosk/base/log.h"
#include "kiosk/model/reducer.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/states_mark.h"

namespace mimika {
namespace {

constexpr const char* kBase = "states_base";  // absent: no paging is under way
constexpr const char* kDevice = "states_device";
constexpr const char* kEpoch = "states_epoch";
constexpr const char* kSeq = "states_seq";

}  // namespace

Result<Bytes> Store::states_after() {
  const auto base = find_fact(kBase);
  if (!base || *base == 0) return Bytes{};
  wire::StatesMark mark;
  mark.base = FeedSeq{static_cast<std::uint64_t>(*base)};
  mark.after = {DeviceId{static_cast<std::uint32_t>(fact(kDevice, 0))},
                Epoch{static_cast<std::uint32_t>(fact(kEpoch, 0))}, Seq{static_cast<std::uint64_t>(fact(kSeq, 0))}};
  return wire::encode_states_mark(mark);
}

// Own events that the centre cannot have put into a state yet.
Result<Store::UnsentByTicket> Store::unsent_by_ticket() {
  UnsentByTicket unsent;
  SQLite::Statement query(*database_,
                          "SELECT e.epoch, e.seq, e.event FROM epoch p JOIN event e ON e.device = ?1 "
                          "AND e.epoch = p.epoch AND e.seq > p.acked_seq AND e.chain IS NOT NULL ORDER BY e.ord");
  query.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  while (query.executeStep()) {
    const EventKey key{options_.identity.device, Epoch{static_cast<std::uint32_t>(query.getColumn(0).getInt64())},
                       Seq{static_cast<std::uint64_t>(query.getColumn(1).getInt64())}};
    TRY_ASSIGN(Event event, wire::decode_event(key, sqlite::blob(query.getColumn(2))));
    if (const auto ticket = ticket_of(event)) unsent[*ticket].push_back(std::move(event));
  }
  return unsent;
}

Status Store::take_states(const wire::Answer& answer, AnswerOutcome& outcome) {
  if (answer.states.empty() && answer.states_until.value == 0) return {};
  TRY_ASSIGN(const UnsentByTicket unsent, unsent_by_ticket());
  std::optional<TicketId> last;
  for (const wire::TicketState& state : answer.states) {
    const auto ticket = wire::decode_ticket(state.ticket);
    if (!ticket) {
      log_error("store", "a ticket's state cannot be read and is passed over: {}", ticket.error().message);
      continue;
    }
    last = ticket->id;
    TRY(take_state(*ticket, state, unsent));
    ++outcome.states_applied;
  }
  const auto cursor = static_cast<std::uint64_t>(fact("feed_cursor", 0));
  if (answer.states_until.value > cursor) {
    log_info("store", "caught up by state from feed number {} to {}", cursor, answer.states_until.value);
    set_fact("feed_cursor", static_cast<std::int64_t>(answer.states_until.value));
  }
  if (answer.states_until.value > 0) {
    set_fact(kBase, 0);
  } else if (last) {
    // The feed goes on after what the first page was told from: later pages know more, which it repeats harmlessly.
    // A base that the cursor has passed belongs to a paging that is over.
    if (fact(kBase, 0) <= static_cast<std::int64_t>(cursor)) {
      set_fact(kBase, static_cast<std::int64_t>(answer.states.front().feed_seq.value));
    }
    set_fact(kDevice, last->device.value);
    set_fact(kEpoch, last->epoch.value);
    set_fact(kSeq, static_cast<std::int64_t>(last->seq.value));
  }
  return {};
}

// Inside the caller's transaction: the base, and the ticket computed from it and from what is still unsent here.
Status Store::take_state(const Ticket& ticket, const wire::TicketState& state, const UnsentByTicket& unsent) {
  if (is_of_another_district(ticket.district, to_string(ticket.id))) return {};
  const StoreIdentity& mine = options_.identity;
  TRY_ASSIGN(const std::optional<Ticket> before, load_ticket(ticket.id));
  if (!before) {
    TRY_ASSIGN(const bool taken, number_is_taken(ticket));
    if (taken) {
      log_error("store", "{} claims the number of another ticket and is passed over", to_string(ticket.id));
      return {};
    }
    TRY_ASSIGN(const Epoch current, current_epoch());
    if (ticket.id.device == mine.device && ticket.id.epoch == current) {
      log_error("store", "the centre knows ticket {} of this kiosk, which it does not: a new life begins",
                to_string(ticket.id));
      TRY(begin_life());
    }
  }
  if (ticket.number.device == mine.device_code && ticket.number.counter > fact("ticket_counter", 0)) {
    set_fact("ticket_counter", ticket.number.counter);  // a number of ours that this database had lost
  }
  SQLite::Statement base(*database_,
                         "INSERT INTO ticket_base (device, epoch, seq, feed_seq, state) VALUES (?, ?, ?, ?, ?) "
                         "ON CONFLICT (device, epoch, seq) DO UPDATE SET feed_seq = excluded.feed_seq, "
                         "state = excluded.state");
  base.bind(1, static_cast<std::int64_t>(ticket.id.device.value));
  base.bind(2, static_cast<std::int64_t>(ticket.id.epoch.value));
  base.bind(3, static_cast<std::int64_t>(ticket.id.seq.value));
  base.bind(4, static_cast<std::int64_t>(state.feed_seq.value));
  const Bytes bytes = wire::encode_ticket(ticket);
  sqlite::bind_blob(base, 5, bytes);
  base.exec();

  std::optional<Ticket> now = ticket;
  if (const auto own = unsent.find(ticket.id); own != unsent.end()) {
    for (const Event& event : own->second) now = apply_event(std::move(now), event, std::nullopt);
  }
  TRY(save_ticket(*now));
  return project_orphans(ticket.id);
}

// Where rebuilding begins. Events that are in a base already change nothing when they are applied to it: the reducer
// knows them by their keys.
Status Store::project_bases() {
  SQLite::Statement query(*database_, "SELECT state FROM ticket_base");
  while (query.executeStep()) {
    TRY_ASSIGN(const Ticket ticket, wire::decode_ticket(sqlite::blob(query.getColumn(0))));
    TRY(save_ticket(ticket));
  }
  return {};
}

}  // namespace mimika
