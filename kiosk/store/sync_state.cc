// What the store knows of the centre: watermarks, the feed, the clock.
#include <algorithm>
#include <cstdlib>
#include <limits>

#include "kiosk/base/log.h"
#include "kiosk/model/reducer.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

// A clock this close to the centre's is called synced.
constexpr std::int64_t kSyncedWithinMs = 60'000;
constexpr std::uint64_t kMaxSeq = std::numeric_limits<std::int64_t>::max();  // what a column holds

}  // namespace

// From out.first_seq of out.epoch on, with the chain hash before.
Status Store::read_own_events(Outgoing& out, std::size_t max_events, std::size_t max_bytes) {
  out.chain_before = wire::chain_start(options_.identity.device, out.epoch);
  const auto before = static_cast<std::int64_t>(out.first_seq.value) - 1;
  SQLite::Statement query(*database_,
                          "SELECT seq, event, sealed, chain FROM event WHERE device = ? AND epoch = ? AND seq >= ? "
                          "AND chain IS NOT NULL ORDER BY seq LIMIT ?");
  query.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  query.bind(2, static_cast<std::int64_t>(out.epoch.value));
  query.bind(3, before);  // one before, for its chain hash
  query.bind(4, static_cast<std::int64_t>(max_events) + 2);
  std::size_t bytes = 0;
  while (query.executeStep()) {
    if (query.getColumn(0).getInt64() == before) {
      TRY_ASSIGN(out.chain_before, crypto::to_key(sqlite::blob(query.getColumn(3))));
      continue;
    }
    wire::EventRecord record{sqlite::blob(query.getColumn(1)), sqlite::blob(query.getColumn(2))};
    bytes += record.event.size() + record.sealed.size();
    if (out.records.size() == max_events || (bytes > max_bytes && !out.records.empty())) {
      out.more = true;
      break;
    }
    out.records.push_back(std::move(record));
  }
  return {};
}

Result<Outgoing> Store::outgoing(std::size_t max_events, std::size_t max_bytes) {
  return sqlite::guard("reading the outbox", [&]() -> Result<Outgoing> {
    // The oldest life with something unsent, or else the present one. Own events are those with a chain hash.
    SQLite::Statement life(
        *database_,
        "SELECT epoch, acked_seq FROM epoch p WHERE disputed = 0 AND (life = (SELECT MAX(life) FROM epoch) "
        "OR EXISTS (SELECT 1 FROM event e WHERE e.device = ?1 AND e.epoch = p.epoch AND e.seq > p.acked_seq "
        "AND e.chain IS NOT NULL)) ORDER BY life LIMIT 1");
    life.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    if (!life.executeStep()) return fail(ErrorCode::kCorrupt, "the journal has no epoch");
    Outgoing out;
    out.epoch = Epoch{static_cast<std::uint32_t>(life.getColumn(0).getInt64())};
    const std::int64_t acked = life.getColumn(1).getInt64();
    out.first_seq = Seq{static_cast<std::uint64_t>(acked) + 1};
    TRY_ASSIGN(out.ends_at, end_of(out.epoch));
    out.feed_cursor = FeedSeq{static_cast<std::uint64_t>(fact("feed_cursor", 0))};
    TRY(read_own_events(out, max_events, max_bytes));
    if (!out.more) {
      SQLite::Statement later(*database_,
                              "SELECT 1 FROM epoch p JOIN event e ON e.device = ?1 AND e.epoch = p.epoch "
                              "AND e.seq > p.acked_seq AND e.chain IS NOT NULL "
                              "WHERE p.disputed = 0 AND p.epoch <> ?2 LIMIT 1");
      later.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
      later.bind(2, static_cast<std::int64_t>(out.epoch.value));
      out.more = later.executeStep();
    }
    TRY(describe_documents(out));
    TRY_ASSIGN(out.states_after, states_after());
    return out;
  });
}

Result<std::vector<FormerLife>> Store::former_lives(std::size_t most) {
  return sqlite::guard("reading the former lives", [&]() -> Result<std::vector<FormerLife>> {
    SQLite::Statement lives(*database_,
                            "SELECT epoch FROM epoch p WHERE life < (SELECT MAX(life) FROM epoch) AND EXISTS (SELECT 1 "
                            "FROM event e WHERE e.device = ?1 AND e.epoch = p.epoch AND e.chain IS NOT NULL) "
                            "AND (disputed = 1 OR NOT EXISTS (SELECT 1 FROM event e WHERE e.device = ?1 AND "
                            "e.epoch = p.epoch AND e.seq > p.acked_seq AND e.chain IS NOT NULL)) "
                            "ORDER BY life DESC LIMIT ?2");
    lives.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    lives.bind(2, static_cast<std::int64_t>(most));
    std::vector<FormerLife> former;
    while (lives.executeStep()) {
      const Epoch epoch{static_cast<std::uint32_t>(lives.getColumn(0).getInt64())};
      TRY_ASSIGN(const Head last, head(epoch));
      former.push_back({epoch, last.seq});
    }
    return former;
  });
}

Result<std::uint64_t> Store::next_call_no(Epoch epoch) {
  return sqlite::guard("numbering a call", [&]() -> Result<std::uint64_t> {
    SQLite::Statement next(*database_, "UPDATE epoch SET call_no = call_no + 1 WHERE epoch = ? RETURNING call_no");
    next.bind(1, static_cast<std::int64_t>(epoch.value));
    if (!next.executeStep()) return fail(ErrorCode::kNotFound, "no such epoch");
    const auto number = static_cast<std::uint64_t>(next.getColumn(0).getInt64());
    next.executeStep();  // an UPDATE … RETURNING commits when it has been stepped to its end
    return number;
  });
}

Status Store::raise_call_no(Epoch epoch, std::uint64_t at_least) {
  return sqlite::guard("raising the call number", [&]() -> Status {
    SQLite::Statement raise(*database_, "UPDATE epoch SET call_no = MAX(call_no, ?) WHERE epoch = ?");
    raise.bind(1, static_cast<std::int64_t>(at_least));
    raise.bind(2, static_cast<std::int64_t>(epoch.value));
    raise.exec();
    return {};
  });
}

// The centre has this life's events up to `until`; up to `after` that was known.
Status Store::mark_arrivals(Epoch epoch, std::int64_t after, std::int64_t until, WallMs arrived_ms) {
  SQLite::Statement range(
      *database_, "SELECT device, epoch, seq FROM ticket WHERE device = ? AND epoch = ? AND seq > ? AND seq <= ?");
  range.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  range.bind(2, static_cast<std::int64_t>(epoch.value));
  range.bind(3, after);
  range.bind(4, until);
  std::vector<Seq> arrived;
  while (range.executeStep()) arrived.push_back(Seq{static_cast<std::uint64_t>(range.getColumn(2).getInt64())});
  for (const Seq seq : arrived) {
    TRY_ASSIGN(std::optional<Ticket> ticket, load_ticket({options_.identity.device, epoch, seq}));
    if (!ticket) continue;
    mark_arrived(*ticket, arrived_ms);
    TRY(save_ticket(*ticket));
  }
  SQLite::Statement rows(*database_,
                         "UPDATE event SET arrived_ms = COALESCE(arrived_ms, ?) "
                         "WHERE device = ? AND epoch = ? AND seq > ? AND seq <= ?");
  rows.bind(1, arrived_ms);
  rows.bind(2, static_cast<std::int64_t>(options_.identity.device.value));
  rows.bind(3, static_cast<std::int64_t>(epoch.value));
  rows.bind(4, after);
  rows.bind(5, until);
  rows.exec();
  SQLite::Statement watermark(*database_, "UPDATE epoch SET acked_seq = ? WHERE epoch = ?");
  watermark.bind(1, until);
  watermark.bind(2, static_cast<std::int64_t>(epoch.value));
  watermark.exec();
  return {};
}

Status Store::take_acknowledgement(Epoch epoch, const wire::Answer& answer, AnswerOutcome& outcome,
                                   Difference& differs) {
  SQLite::Statement known(*database_, "SELECT acked_seq FROM epoch WHERE epoch = ?");
  known.bind(1, static_cast<std::int64_t>(epoch.value));
  if (!known.executeStep()) return fail(ErrorCode::kNotFound, "an answer for an unknown epoch");
  const std::int64_t acked = known.getColumn(0).getInt64();
  if (answer.acknowledged.value > kMaxSeq) {
    differs.reason = kAcknowledgesUnknown;
    return fail(ErrorCode::kConflict, "an acknowledgement without measure");
  }
  const auto now = static_cast<std::int64_t>(answer.acknowledged.value);

  crypto::Hash ours = wire::chain_start(options_.identity.device, epoch);
  if (now > 0) {
    SQLite::Statement at(*database_,
                         "SELECT chain FROM event WHERE device = ? AND epoch = ? AND seq = ? AND chain IS NOT NULL");
    at.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    at.bind(2, static_cast<std::int64_t>(epoch.value));
    at.bind(3, now);
    if (!at.executeStep()) {
      differs = {kAcknowledgesUnknown, true};
      return fail(ErrorCode::kConflict, "the centre acknowledges events this kiosk does not have");
    }
    TRY_ASSIGN(ours, crypto::to_key(sqlite::blob(at.getColumn(0))));
  }
  if (wire::chain_mark(ours) != answer.chain_at) {
    differs = {"another_chain", true};
    return fail(ErrorCode::kConflict, "the centre's chain differs from this kiosk's at event " + std::to_string(now));
  }
  if (now == acked) return {};
  if (now < acked) {
    // The centre lost what it had acknowledged (restored from a backup). We still have it, so it goes up again from
    // there; that it had arrived once stays written.
    log_warning("store", "the centre went back from event {} to {}; sending again from there", acked, now);
    SQLite::Statement back(*database_, "UPDATE epoch SET acked_seq = ? WHERE epoch = ?");
    back.bind(1, now);
    back.bind(2, static_cast<std::int64_t>(epoch.value));
    back.exec();
    return {};
  }

  TRY(mark_arrivals(epoch, acked, now, answer.server_ms));
  outcome.newly_arrived = static_cast<std::uint64_t>(now - acked);
  return {};
}

// Feed numbers are dense: one that is not the next shows a gap, and everything after it waits for the next call.
Status Store::take_feed(const wire::Answer& answer, Way way, AnswerOutcome& outcome) {
  auto cursor = static_cast<std::uint64_t>(fact("feed_cursor", 0));
  for (const wire::FeedItem& item : answer.feed) {
    if (item.feed_seq.value <= cursor) continue;  // seen before
    if (item.feed_seq.value != cursor + 1) {
      log_warning("store", "feed gap: have {}, got {}", cursor, item.feed_seq.value);
      // Of several sticks a later one may have come first; a call is answered from where it says that it is.
      if (way == Way::kCall) count_refusal(RefusedWhat::kAnswer, "feed_gap");
      break;
    }
    TRY_ASSIGN(const bool taken, take_feed_item(item));
    if (!taken) break;
    cursor = item.feed_seq.value;
    ++outcome.feed_applied;
  }
  set_fact("feed_cursor", static_cast<std::int64_t>(cursor));
  return {};
}

// An event of an earlier life of ours, as we have it: the centre holds that life at least up to there. Its watermark
// cannot say so when a restored database lost events that had arrived: the centre's chain then ends where we have none.
// (Two disks that went apart have no event in common after it, so that what comes before is the same as well.)
Status Store::confirm_by_feed(const wire::FeedItem& item) {
  SQLite::Statement life(*database_,
                         "SELECT acked_seq FROM epoch WHERE epoch = ?1 AND life < (SELECT MAX(life) FROM epoch) "
                         "AND EXISTS (SELECT 1 FROM event WHERE device = ?2 AND epoch = ?1 AND seq = ?3 "
                         "AND chain IS NOT NULL)");
  life.bind(1, static_cast<std::int64_t>(item.key.epoch.value));
  life.bind(2, static_cast<std::int64_t>(item.key.device.value));
  life.bind(3, static_cast<std::int64_t>(item.key.seq.value));
  if (!life.executeStep()) return {};
  const std::int64_t acked = life.getColumn(0).getInt64();
  const auto seq = static_cast<std::int64_t>(item.key.seq.value);
  if (seq <= acked) return {};
  return mark_arrivals(item.key.epoch, acked, seq, item.arrived_ms);
}

// An own event about a ticket stands where the feed tells it, and arrived when the feed says, as for everybody else
// (the acknowledgement spoke of its call, moments later). Both are written down for when the tickets are computed
// again.
Status Store::confirm_place(const wire::FeedItem& item, ByteView bytes) {
  const auto event = wire::decode_event(item.key, bytes);
  if (!event || std::holds_alternative<TicketFiled>(event->payload)) return {};
  const std::optional<TicketId> id = ticket_of(*event);
  if (!id) return {};
  auto place = statements_.lend(
      "UPDATE event SET feed_seq = ?, arrived_ms = ? WHERE device = ? AND epoch = ? AND seq = ? "
      "AND feed_seq IS NULL");
  place->bind(1, static_cast<std::int64_t>(item.feed_seq.value));
  place->bind(2, item.arrived_ms);
  place->bind(3, static_cast<std::int64_t>(item.key.device.value));
  place->bind(4, static_cast<std::int64_t>(item.key.epoch.value));
  place->bind(5, static_cast<std::int64_t>(item.key.seq.value));
  place->exec();
  TRY_ASSIGN(std::optional<Ticket> ticket, load_ticket(*id));
  if (!ticket || !confirm_event(*ticket, item.key, item.arrived_ms)) return {};
  return save_ticket(*ticket);
}

// The feed is one district's; what happened in another one is not for this kiosk to hold.
bool Store::is_of_another_district(const DistrictCode& district, const std::string& what) {
  if (district == options_.identity.district) return false;
  log_error("store", "{} is of another district and is passed over", what);
  count_refusal(RefusedWhat::kAnswer, "another_district");
  return true;
}

// False: the event cannot be taken yet, and the feed waits before it.
Result<bool> Store::take_feed_item(const wire::FeedItem& item) {
  SQLite::Statement held(*database_, "SELECT event FROM event WHERE device = ? AND epoch = ? AND seq = ?");
  held.bind(1, static_cast<std::int64_t>(item.key.device.value));
  held.bind(2, static_cast<std::int64_t>(item.key.epoch.value));
  held.bind(3, static_cast<std::int64_t>(item.key.seq.value));
  if (held.executeStep()) {
    // No bytes: the centre says "yours", to save the link.
    if (!item.event.empty() && sqlite::blob(held.getColumn(0)) != item.event) {
      log_error("store", "the feed tells event {} differently; ours stays", to_string(item.key));
      count_refusal(RefusedWhat::kAnswer, "event_differs");
      return true;
    }
    if (item.key.device == options_.identity.device) {
      TRY(forget_set_aside(item.key));
      if (!item.event.empty()) TRY(confirm_by_feed(item));
      TRY(confirm_place(item, sqlite::blob(held.getColumn(0))));
    }
    return true;
  }
  const auto event = wire::decode_event(item.key, item.event);
  const auto* filed = event ? std::get_if<TicketFiled>(&event->payload) : nullptr;
  if (filed != nullptr && is_of_another_district(filed->district, to_string(item.key))) return true;
  TRY_ASSIGN(const Epoch current, current_epoch());
  if (item.key.device == options_.identity.device && item.key.epoch == current) {
    // Only a restored or cloned disk does not know its own events. Their keys are taken, so they come to lie in a life
    // that is over.
    log_error("store", "the feed knows event {} of this kiosk, which it does not: a new life begins",
              to_string(item.key));
    TRY(begin_life());
  }
  // The centre spares the bytes only for the life that asked; to the new one it sends them.
  if (item.event.empty()) return false;

  SQLite::Statement insert(*database_,
                           "INSERT INTO event (device, epoch, seq, event, sealed, office_sealed, feed_seq, arrived_ms) "
                           "VALUES (?, ?, ?, ?, x'', x'', ?, ?)");
  insert.bind(1, static_cast<std::int64_t>(item.key.device.value));
  insert.bind(2, static_cast<std::int64_t>(item.key.epoch.value));
  insert.bind(3, static_cast<std::int64_t>(item.key.seq.value));
  sqlite::bind_blob(insert, 4, item.event);
  insert.bind(5, static_cast<std::int64_t>(item.feed_seq.value));
  insert.bind(6, item.arrived_ms);
  insert.exec();
  const std::int64_t ord = database_->getLastInsertRowid();

  if (!event) {
    // One record that cannot be read (a newer centre, or a broken one) must not stop all that follow.
    log_error("store", "event {} of the feed cannot be read and is passed over: {}", to_string(item.key),
              event.error().message);
    count_refusal(RefusedWhat::kAnswer, "unreadable_event");
    return true;
  }
  if (filed != nullptr && filed->number.device == options_.identity.device_code &&
      filed->number.counter > fact("ticket_counter", 0)) {
    set_fact("ticket_counter", filed->number.counter);  // a number of ours that this database had lost
  }
  TRY(project(ord, *event, Source::kFeed, item.arrived_ms));
  return true;
}

Result<AnswerOutcome> Store::apply_answer(Epoch epoch, const wire::Answer& answer,
                                          std::span<const wire::BlobPart> sent) {
  Difference differs;
  auto outcome = take_answer(epoch, answer, sent, differs);
  if (differs.disputed) {
    TRY_ASSIGN(const bool known, is_disputed(epoch));
    if (known) return outcome;  // it was asked about a life of which that is known
  }
  if (!differs.reason.empty()) note_refusal(RefusedWhat::kAnswer, differs.reason);
  if (differs.disputed) TRY(dispute(epoch));
  return outcome;
}

Result<AnswerOutcome> Store::take_answer(Epoch epoch, const wire::Answer& answer, std::span<const wire::BlobPart> sent,
                                         Difference& differs) {
  return sqlite::guard("taking the centre's answer", [&]() -> Result<AnswerOutcome> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    AnswerOutcome outcome;
    outcome.rejects = answer.rejects;
    TRY(take_acknowledgement(epoch, answer, outcome, differs));
    TRY(settle_dispute(epoch));
    TRY(note_set_aside(epoch, answer.rejects));
    TRY(take_states(answer, outcome));
    TRY(take_feed(answer, Way::kCall, outcome));
    if (!answer.policy.empty()) TRY(take_policy(answer.policy, Way::kCall));
    if (fact("powered_without_word_ms", 0) != 0) set_fact("powered_without_word_ms", 0);
    TRY(take_wants(answer.wants, sent, outcome));
    TRY(take_documents(answer, Way::kCall, outcome));
    set_fact("last_contact_ms", answer.server_ms);
    if (fact("last_contact_by_stick", 0) != 0) set_fact("last_contact_by_stick", 0);
    if (answer.dictionary != fact("dictionary", 0)) set_fact("dictionary", answer.dictionary);
    const bool close = std::llabs(env_.wall_ms() - answer.server_ms) <= kSyncedWithinMs;
    set_fact("synced_boot_id", close ? static_cast<std::int64_t>(env_.boot_id()) : 0);
    // A wrong clock that once ran ahead must not call every later event "ran backwards" for ever.
    if (close && fact("latest_wall_ms", 0) > answer.server_ms + kSyncedWithinMs)
      set_fact("latest_wall_ms", answer.server_ms);
    transaction.commit();
    return outcome;
  });
}

}  // namespace mimika
