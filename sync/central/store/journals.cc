#include "sync/central/store/journals.h"

#include "sync/central/central_limits.h"
#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr const char* kEventColumns =
    "SELECT device, epoch, seq, position, event, sealed, chain, received_ms, set_aside FROM event";

Result<StoredEvent> read_event(const Row& row) {
  StoredEvent event;
  event.key = read_key(row, 0);
  event.position = row.unsigned_integer(3);
  event.event = row.bytes(4);
  event.sealed = row.bytes(5);
  TRY_ASSIGN(event.chain, crypto::to_key(row.bytes(6)));
  event.received_ms = row.integer(7);
  if (!row.is_null(8)) event.set_aside = row.text(8);
  return event;
}

}  // namespace

Result<std::optional<JournalHead>> find_journal(Database& database, DeviceId device, Epoch epoch) {
  TRY_ASSIGN(
      const auto rows,
      database.query("SELECT last_seq, chain, last_call_no, ends_at FROM journal WHERE device = $1 AND epoch = $2",
                     {value_of(device.value), value_of(epoch.value)}));
  if (rows.empty()) return std::optional<JournalHead>();
  JournalHead head;
  head.last_seq = Seq{rows[0].unsigned_integer(0)};
  TRY_ASSIGN(head.chain, crypto::to_key(rows[0].bytes(1)));
  head.last_call_no = rows[0].unsigned_integer(2);
  head.ends_at = Seq{rows[0].unsigned_integer(3)};
  return std::optional(head);
}

Result<JournalHead> as_told(Database& database, DeviceId device, Epoch epoch, JournalHead head) {
  if (head.ends_at.value == 0 || head.ends_at.value >= head.last_seq.value) return head;
  TRY_ASSIGN(const auto chains, chains_between(database, device, epoch, head.ends_at, head.ends_at));
  if (chains.size() != 1) return fail(ErrorCode::kCorrupt, "an event is missing from the database");
  head.last_seq = head.ends_at;
  head.chain = chains.front();
  return head;
}

Status save_journal(Database& database, DeviceId device, Epoch epoch, const JournalHead& head) {
  TRY(
      database.execute("INSERT INTO journal (device, epoch, last_seq, chain, last_call_no, ends_at) "
                       "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (device, epoch) DO UPDATE SET "
                       "last_seq = $3, chain = $4, last_call_no = $5, ends_at = $6",
                       {value_of(device.value), value_of(epoch.value), value_of(head.last_seq.value),
                        value_of(ByteView(head.chain)), value_of(head.last_call_no), value_of(head.ends_at.value)}));
  return {};
}

Status insert_event(Database& database, StoredEvent& event) {
  TRY_ASSIGN(event.position, next_number(database, "event"));
  const Value set_aside = event.set_aside ? Value(*event.set_aside) : Value();
  TRY(
      database.execute("INSERT INTO event (device, epoch, seq, position, event, sealed, chain, received_ms, set_aside) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       {value_of(event.key.device.value), value_of(event.key.epoch.value),
                        value_of(event.key.seq.value), value_of(event.position), event.event, event.sealed,
                        value_of(ByteView(event.chain)), event.received_ms, set_aside}));
  return {};
}

Status set_event_aside(Database& database, const EventKey& key, const std::string& reason) {
  TRY(database.execute("UPDATE event SET set_aside = $4 WHERE device = $1 AND epoch = $2 AND seq = $3",
                       {value_of(key.device.value), value_of(key.epoch.value), value_of(key.seq.value), reason}));
  return {};
}

Result<std::optional<StoredEvent>> find_event(Database& database, const EventKey& key) {
  static const std::string sql = std::string(kEventColumns) + " WHERE device = $1 AND epoch = $2 AND seq = $3";
  TRY_ASSIGN(const auto rows,
             database.query(sql, {value_of(key.device.value), value_of(key.epoch.value), value_of(key.seq.value)}));
  if (rows.empty()) return std::optional<StoredEvent>();
  TRY_ASSIGN(StoredEvent event, read_event(rows[0]));
  return std::optional(std::move(event));
}

Result<std::vector<crypto::Hash>> chains_between(Database& database, DeviceId device, Epoch epoch, Seq first,
                                                 Seq last) {
  TRY_ASSIGN(const auto rows, database.query("SELECT chain FROM event WHERE device = $1 AND epoch = $2 "
                                             "AND seq >= $3 AND seq <= $4 ORDER BY seq",
                                             {value_of(device.value), value_of(epoch.value), value_of(first.value),
                                              value_of(last.value)}));
  std::vector<crypto::Hash> chains;
  chains.reserve(rows.size());
  for (const Row& row : rows) {
    TRY_ASSIGN(const crypto::Hash chain, crypto::to_key(row.bytes(0)));
    chains.push_back(chain);
  }
  return chains;
}

Status note_waiting(Database& database, std::uint64_t position, const TicketId& ticket) {
  TRY(database.execute(
      "INSERT INTO waiting (position, device, epoch, seq) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (position) DO NOTHING",
      {value_of(position), value_of(ticket.device.value), value_of(ticket.epoch.value), value_of(ticket.seq.value)}));
  return {};
}

Result<std::vector<StoredEvent>> take_waiting(Database& database, const TicketId& ticket) {
  static const std::string sql = std::string(kEventColumns) +
                                 " WHERE position IN (SELECT position FROM waiting WHERE device = $1 AND epoch = $2 "
                                 "AND seq = $3) ORDER BY position";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(ticket.device.value), value_of(ticket.epoch.value),
                                                   value_of(ticket.seq.value)}));
  std::vector<StoredEvent> waiting;
  for (const Row& row : rows) {
    TRY_ASSIGN(StoredEvent event, read_event(row));
    waiting.push_back(std::move(event));
  }
  if (waiting.empty()) return waiting;
  TRY(database.execute("DELETE FROM waiting WHERE device = $1 AND epoch = $2 AND seq = $3",
                       {value_of(ticket.device.value), value_of(ticket.epoch.value), value_of(ticket.seq.value)}));
  return waiting;
}

Result<std::vector<StoredEvent>> events_after(Database& database, std::uint64_t position, int limit) {
  static const std::string sql = std::string(kEventColumns) + " WHERE position > $1 ORDER BY position LIMIT $2";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(position), std::int64_t{limit}}));
  std::vector<StoredEvent> events;
  events.reserve(rows.size());
  for (const Row& row : rows) {
    TRY_ASSIGN(StoredEvent event, read_event(row));
    events.push_back(std::move(event));
  }
  return events;
}

Result<std::vector<JournalKey>> list_journals(Database& database) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT device, epoch, last_seq, chain, last_call_no FROM journal ORDER BY device, epoch"));
  std::vector<JournalKey> journals;
  for (const Row& row : rows) {
    JournalKey journal;
    journal.device = DeviceId{static_cast<std::uint32_t>(row.integer(0))};
    journal.epoch = Epoch{static_cast<std::uint32_t>(row.integer(1))};
    journal.head.last_seq = Seq{row.unsigned_integer(2)};
    TRY_ASSIGN(journal.head.chain, crypto::to_key(row.bytes(3)));
    journal.head.last_call_no = row.unsigned_integer(4);
    journals.push_back(journal);
  }
  return journals;
}

Result<bool> quarantine(Database& database, const QuarantinedRecord& record) {
  TRY_ASSIGN(const auto held,
             database.query("SELECT COUNT(*) FROM quarantine WHERE device = $1", {value_of(record.key.device.value)}));
  if (held[0].integer(0) >= limits::kQuarantinePerDevice) return false;
  TRY(database.execute(
      "INSERT INTO quarantine (device, epoch, seq, chain, event, sealed, reason, received_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (device, epoch, seq, chain) DO NOTHING",
      {value_of(record.key.device.value), value_of(record.key.epoch.value), value_of(record.key.seq.value),
       value_of(ByteView(record.chain)), record.event, record.sealed, record.reason, record.received_ms}));
  return true;
}

Result<std::vector<QuarantineSummary>> list_quarantine(Database& database, int limit) {
  TRY_ASSIGN(const auto rows, database.query("SELECT device, epoch, seq, reason, received_ms FROM quarantine "
                                             "ORDER BY received_ms DESC, device, epoch, seq LIMIT $1",
                                             {std::int64_t{limit}}));
  std::vector<QuarantineSummary> records;
  records.reserve(rows.size());
  for (const Row& row : rows) records.push_back({read_key(row, 0), row.text(3), row.integer(4)});
  return records;
}

Result<std::int64_t> count_quarantine(Database& database) {
  TRY_ASSIGN(const auto rows, database.query("SELECT COUNT(*) FROM quarantine"));
  return rows[0].integer(0);
}

}  // namespace mimika::central
