#include "kiosk/store/refusals.h"

#include <algorithm>

#include "kiosk/base/log.h"
#include "kiosk/model/reducer.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

// Reasons come over the network as well, and go onto a screen: a short name, whatever was sent.
std::string name_of(std::string_view reason) {
  std::string name(reason.substr(0, limits::kRefusalReasonBytes));
  const auto is_odd = [](char c) { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_'; };
  std::ranges::replace_if(name, is_odd, '_');
  return name.empty() ? "unnamed" : name;
}

}  // namespace

const char* refused_what_name(RefusedWhat what) {
  switch (what) {
    case RefusedWhat::kAnswer:
      return "answer";
    case RefusedWhat::kStickFile:
      return "stick_file";
    case RefusedWhat::kCall:
      return "call";
    case RefusedWhat::kCarriedBundle:
      return "carried_bundle";
  }
  return "answer";
}

void Store::note_refusal(RefusedWhat what, std::string_view reason) {
  const Status counted = sqlite::guard("counting a refusal", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    count_refusal(what, reason);
    transaction.commit();
    return {};
  });
  if (!counted) log_warning("store", "{}", counted.error().message);
}

void Store::count_refusal(RefusedWhat what, std::string_view reason) {
  std::string name = name_of(reason);
  SQLite::Statement more(*database_,
                         "UPDATE refusal SET times = times + 1, last_ms = ?3 WHERE what = ?1 AND reason = ?2");
  const auto count = [&](SQLite::Statement& statement) {
    statement.bind(1, static_cast<int>(what));
    statement.bind(2, name);
    statement.bind(3, env_.wall_ms());
    return statement.exec() > 0;
  };
  if (count(more)) return;
  const auto known = static_cast<std::size_t>(database_->execAndGet("SELECT COUNT(*) FROM refusal").getInt64());
  if (known >= limits::kRefusalReasons) name = "other";
  SQLite::Statement first(*database_,
                          "INSERT INTO refusal (what, reason, times, last_ms) VALUES (?1, ?2, 1, ?3) "
                          "ON CONFLICT (what, reason) DO UPDATE SET times = times + 1, last_ms = excluded.last_ms");
  count(first);
}

// Told again and again, an event is noted once. What is no event of ours is nobody's.
Status Store::note_set_aside(Epoch epoch, std::span<const wire::Reject> rejects) {
  for (const wire::Reject& reject : rejects) {
    SQLite::Statement insert(*database_,
                             "INSERT INTO set_aside (epoch, seq, reason, noted_ms) SELECT ?1, ?2, ?3, ?4 "
                             "WHERE EXISTS (SELECT 1 FROM event WHERE device = ?5 AND epoch = ?1 AND seq = ?2 "
                             "AND chain IS NOT NULL) "
                             "ON CONFLICT (epoch, seq) DO UPDATE SET reason = excluded.reason");
    insert.bind(1, static_cast<std::int64_t>(epoch.value));
    insert.bind(2, static_cast<std::int64_t>(reject.seq.value));
    insert.bind(3, name_of(reject.reason));
    insert.bind(4, env_.wall_ms());
    insert.bind(5, static_cast<std::int64_t>(options_.identity.device.value));
    insert.exec();
    TRY(project_refusal({options_.identity.device, epoch, reject.seq}, true));
  }
  return {};
}

// What the centre does not count must not count here either: an archive by an account that was closed would look closed
// at this kiosk alone, for ever.
Status Store::project_refusal(const EventKey& key, bool refused) {
  std::optional<TicketId> id;
  {
    SQLite::Statement query(*database_, "SELECT event FROM event WHERE device = ? AND epoch = ? AND seq = ?");
    query.bind(1, static_cast<std::int64_t>(key.device.value));
    query.bind(2, static_cast<std::int64_t>(key.epoch.value));
    query.bind(3, static_cast<std::int64_t>(key.seq.value));
    if (!query.executeStep()) return {};
    const auto event = wire::decode_event(key, sqlite::blob(query.getColumn(0)));
    if (event) id = ticket_of(*event);
  }
  if (!id) return {};
  TRY_ASSIGN(std::optional<Ticket> ticket, load_ticket(*id));
  if (!ticket || !refuse_event(*ticket, key, refused)) return {};
  return save_ticket(*ticket);
}

// The feed has it: it counts after all.
Status Store::forget_set_aside(const EventKey& key) {
  auto drop = statements_.lend("DELETE FROM set_aside WHERE epoch = ? AND seq = ?");
  drop->bind(1, static_cast<std::int64_t>(key.epoch.value));
  drop->bind(2, static_cast<std::int64_t>(key.seq.value));
  return drop->exec() > 0 ? project_refusal(key, false) : Status{};
}

// A time that is still to come was noted under a wrong clock: rather shown too long than never.
void Store::read_lately(OutboxStatus& status) {
  const std::int64_t since = env_.wall_ms() - kRefusalShownDays * kDayMs;
  auto refused = statements_.lend(
      "SELECT EXISTS (SELECT 1 FROM refusal WHERE last_ms > ?1 AND (what = ?2 OR (what = ?3 AND reason NOT IN (?4, "
      "?5))))");
  refused->bind(1, since);
  refused->bind(2, static_cast<int>(RefusedWhat::kCall));
  refused->bind(3, static_cast<int>(RefusedWhat::kAnswer));
  refused->bind(4, kTooSlowRefusal);
  refused->bind(5, kWrongCertificateRefusal);
  status.refused_lately = refused->executeStep() && refused->getColumn(0).getInt() != 0;
  auto aside = statements_.lend("SELECT EXISTS (SELECT 1 FROM set_aside WHERE noted_ms > ?)");
  aside->bind(1, since);
  status.set_aside_lately = aside->executeStep() && aside->getColumn(0).getInt() != 0;
}

Result<std::vector<RefusalCount>> Store::refusals() {
  return sqlite::guard("reading the refusals", [&]() -> Result<std::vector<RefusalCount>> {
    SQLite::Statement query(*database_, "SELECT what, reason, times, last_ms FROM refusal ORDER BY what, reason");
    std::vector<RefusalCount> counts;
    while (query.executeStep()) {
      counts.push_back({static_cast<RefusedWhat>(query.getColumn(0).getInt()), query.getColumn(1).getString(),
                        static_cast<std::uint64_t>(query.getColumn(2).getInt64()), query.getColumn(3).getInt64()});
    }
    return counts;
  });
}

Result<std::vector<SetAsideCount>> Store::set_aside_events() {
  return sqlite::guard("reading what was set aside", [&]() -> Result<std::vector<SetAsideCount>> {
    SQLite::Statement query(*database_,
                            "SELECT reason, COUNT(*), MAX(noted_ms) FROM set_aside GROUP BY reason ORDER BY reason");
    std::vector<SetAsideCount> counts;
    while (query.executeStep()) {
      counts.push_back({query.getColumn(0).getString(), static_cast<std::uint64_t>(query.getColumn(1).getInt64()),
                        query.getColumn(2).getInt64()});
    }
    return counts;
  });
}

}  // namespace mimika
