// The promises, checked after every step on the machines that did something.
#include <algorithm>

#include "kiosk/sqlite/database.h"
#include "sync/central/store/columns.h"
#include "sync/central/store/journals.h"
#include "tests/sim/world.h"

namespace mimika::sim {
namespace {

struct OwnEvent {
  crypto::Hash chain{};
  bool arrived = false;
};

std::map<EventKey, OwnEvent> own_events(SimKiosk& kiosk) {
  SQLite::Statement query(kiosk.look(),
                          "SELECT epoch, seq, chain, arrived_ms IS NOT NULL FROM event WHERE chain IS NOT NULL");
  std::map<EventKey, OwnEvent> events;
  while (query.executeStep()) {
    const EventKey key{kiosk.device(), Epoch{static_cast<std::uint32_t>(query.getColumn(0).getInt64())},
                       Seq{static_cast<std::uint64_t>(query.getColumn(1).getInt64())}};
    OwnEvent event;
    event.chain = crypto::to_key(sqlite::blob(query.getColumn(2))).value_or(crypto::Hash{});
    event.arrived = query.getColumn(3).getInt() != 0;
    events.emplace(key, event);
  }
  return events;
}

}  // namespace

// No number and no key is ever given twice, but where a whole disk was put back or cloned.
void World::check_numbers(const Filing& filing) {
  const std::size_t index = ledger_.filings.size() - 1;
  const std::string number = format_ticket_number(filing.number);
  const bool new_number = ledger_.by_number.emplace(number, index).second;
  const bool new_key = ledger_.by_key.emplace(filing.key, index).second;
  if (!new_key) ledger_.keys_given_twice.insert(filing.key);
  if (!new_number) ledger_.numbers_given_twice.insert(number);
  if (ledger_.doubled.contains(filing.key.device)) return;
  if (!new_number) universe_.violated("numbers", number + " was given twice");
  if (!new_key) universe_.violated("keys", to_string(filing.key) + " was used twice");
}

void World::check_kiosk(SimKiosk& kiosk) {
  const test::MemoryVfs::Untroubled looking;
  check_arrivals(kiosk);
  check_feed(kiosk);
}

void World::check_arrivals(SimKiosk& kiosk) {
  const auto events = own_events(kiosk);
  for (const std::size_t index : kiosk.truth.filings) {
    Filing& filing = ledger_.filings[index];
    const auto found = events.find(filing.key);
    if (found == events.end() || found->second.chain != filing.chain) {
      universe_.violated("saved",
                         format_ticket_number(filing.number) + " was called saved and is not in " + kiosk.name());
    }
    filing.called_arrived = filing.called_arrived || found->second.arrived;
  }
  // After a backup of the centre was put back, what had arrived must arrive again in the end.
  if (!centre_.up() || centre_.restored > 0) return;
  centre_.with_database([&](central::Database& database) {
    for (const auto& [key, event] : events) {
      if (!event.arrived || kiosk.arrival_checked.contains(key)) continue;
      const auto stored = central::find_event(database, key);
      if (!stored) return;  // the centre's disk fails just now
      if (!*stored)
        universe_.violated("arrived", kiosk.name() + " calls " + to_string(key) + " arrived, the centre has none");
      if ((*stored)->chain != event.chain) universe_.violated("arrived", to_string(key) + " arrived with other bytes");
      kiosk.arrival_checked.insert(key);
    }
  });
}

// Whatever the cursor has passed is there.
void World::check_feed(SimKiosk& kiosk) {
  if (!centre_.up() || centre_.restored > 0 || kiosk.lied_to_feed) return;
  const auto cursor = static_cast<std::uint64_t>(
      kiosk.look().execAndGet("SELECT COALESCE((SELECT value FROM fact WHERE name = 'feed_cursor'), 0)").getInt64());
  if (cursor <= kiosk.feed_checked) return;
  centre_.with_database([&](central::Database& database) {
    const auto rows = database.query(
        "SELECT f.device, f.epoch, f.seq, e.event FROM feed f JOIN event e ON e.device = f.device AND e.epoch = "
        "f.epoch "
        "AND e.seq = f.seq WHERE f.district = $1 AND f.feed_seq > $2 AND f.feed_seq <= $3 ORDER BY f.feed_seq",
        {kiosk.identity().options.identity.district.value, central::value_of(kiosk.feed_checked),
         central::value_of(cursor)});
    if (!rows) return;
    if (rows->size() != cursor - kiosk.feed_checked) {
      universe_.violated("feed", fmt::format("{} is at {} of a feed that is shorter", kiosk.name(), cursor));
    }
    SQLite::Statement held(kiosk.look(), "SELECT event FROM event WHERE device = ? AND epoch = ? AND seq = ?");
    for (const central::Row& row : *rows) {
      const EventKey key = central::read_key(row, 0);
      for (int i = 0; i < 3; ++i) held.bind(i + 1, row.integer(static_cast<std::size_t>(i)));
      if (!held.executeStep()) {
        universe_.violated("feed", kiosk.name() + " has passed " + to_string(key) + " and does not have it");
      }
      const bool same = sqlite::blob(held.getColumn(0)) == row.bytes(3);
      if (!same && !ledger_.doubled.contains(key.device)) {
        universe_.violated("feed", kiosk.name() + " holds " + to_string(key) + " with other bytes");
      }
      held.reset();
    }
    kiosk.feed_checked = cursor;
  });
}

// A key keeps its content for ever, and what was there is there. A restored centre writes its own journal on from where
// the backup ended, under keys it has used (docs/simulator.md), and may have lost what it had.
void World::check_centre() {
  if (!centre_.up()) return;
  const test::MemoryVfs::Untroubled looking;
  centre_.with_database([&](central::Database& database) {
    const auto rows = database.query("SELECT device, epoch, seq, chain FROM event");
    if (!rows) return;
    std::size_t known = 0;
    for (const central::Row& row : *rows) {
      const EventKey key = central::read_key(row, 0);
      const crypto::Hash chain = crypto::to_key(row.bytes(3)).value_or(crypto::Hash{});
      const auto [seen, fresh] = ledger_.at_centre.emplace(key, chain);
      if (!fresh) ++known;
      const bool rewritten = key.device == kCentreDevice && centre_.restored > 0;
      const bool may_differ = rewritten || ledger_.doubled.contains(key.device) || key.device == liar_device_;
      if (seen->second != chain && !may_differ) {
        universe_.violated("content", to_string(key) + " has had two contents at the centre");
      }
    }
    if (known < ledger_.at_centre.size() - (rows->size() - known) && centre_.restored == 0) {
      universe_.violated("kept", "the centre has lost an event it had");
    }
  });
}

}  // namespace mimika::sim
