// Whether the journal is still what was written into it, and the projections still what it says.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

// One row of a projection: how to name it to a person, and everything in it.
struct ProjectedRow {
  std::string name;
  std::string columns;
  Bytes state;
  friend bool operator==(const ProjectedRow&, const ProjectedRow&) = default;
};

std::vector<ProjectedRow> projected_rows(SQLite::Database& database) {
  SQLite::Statement query(
      database,
      "SELECT 'ticket ' || number, device || '/' || epoch || '/' || seq || ' ' || status || ' ' || filed_ms, state "
      "FROM ticket UNION ALL "
      "SELECT 'the event waiting at ' || ord, device || '/' || epoch || '/' || seq, NULL FROM orphan ORDER BY 1, 2");
  std::vector<ProjectedRow> rows;
  while (query.executeStep()) {
    rows.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), sqlite::blob(query.getColumn(2))});
  }
  return rows;
}

}  // namespace

// Event by event: no gap, and every hash what it should be.
Status Store::verify_chain(Epoch epoch) {
  SQLite::Statement own(*database_,
                        "SELECT seq, event, sealed, chain FROM event WHERE device = ? AND epoch = ? "
                        "AND chain IS NOT NULL ORDER BY seq");
  own.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  own.bind(2, static_cast<std::int64_t>(epoch.value));
  EventKey last{options_.identity.device, epoch, Seq{0}};
  crypto::Hash chain = wire::chain_start(last.device, epoch);
  while (own.executeStep()) {
    const EventKey key{last.device, epoch, Seq{static_cast<std::uint64_t>(own.getColumn(0).getInt64())}};
    if (key.seq.value != last.seq.value + 1) return fail(ErrorCode::kCorrupt, "a gap before event " + to_string(key));
    chain = wire::chain_next(chain, key, sqlite::blob(own.getColumn(1)), sqlite::blob(own.getColumn(2)));
    if (sqlite::blob(own.getColumn(3)) != Bytes(chain.begin(), chain.end())) {
      return fail(ErrorCode::kCorrupt, "the chain is broken at event " + to_string(key));
    }
    last = key;
  }
  SQLite::Statement life(*database_, "SELECT acked_seq FROM epoch WHERE epoch = ?");
  life.bind(1, static_cast<std::int64_t>(epoch.value));
  if (life.executeStep() && life.getColumn(0).getInt64() > static_cast<std::int64_t>(last.seq.value)) {
    return fail(ErrorCode::kCorrupt,
                "the centre has acknowledged events after " + to_string(last) + ", which is the last one here");
  }
  return {};
}

// The projections, computed again in a transaction that is rolled back, against those we had.
Status Store::verify() {
  TRY(sqlite::check_integrity(*database_));
  return sqlite::guard("verifying the journal", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement lives(*database_, "SELECT epoch FROM epoch ORDER BY life");
    while (lives.executeStep()) {
      TRY(verify_chain(Epoch{static_cast<std::uint32_t>(lives.getColumn(0).getInt64())}));
    }
    const std::vector<ProjectedRow> before = projected_rows(*database_);
    TRY(project_everything());
    const std::vector<ProjectedRow> after = projected_rows(*database_);
    const auto [here, there] = std::ranges::mismatch(before, after);
    if (here == before.end() && there == after.end()) return {};
    const std::string& which = here == before.end() ? there->name : here->name;
    return fail(ErrorCode::kCorrupt, "the projections are not what the journal says: " + which + " differs");
  });
}

}  // namespace mimika
