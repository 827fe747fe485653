// What officers who are signed in read. The store gives bytes; only the office's secret key opens them.
#include "kiosk/base/part_file.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

OfficeCopy read_copy(SQLite::Statement& row, DeviceId device) {
  return {row.getColumn(0).getInt64(),
          {device, Epoch{static_cast<std::uint32_t>(row.getColumn(1).getInt64())},
           Seq{static_cast<std::uint64_t>(row.getColumn(2).getInt64())}},
          sqlite::blob(row.getColumn(3)),
          sqlite::blob(row.getColumn(4))};
}

}  // namespace

Result<std::vector<OfficeCopy>> Store::office_copies(std::int64_t after, std::size_t most) {
  return sqlite::guard("reading the office's copies", [&]() -> Result<std::vector<OfficeCopy>> {
    std::vector<OfficeCopy> copies;
    SQLite::Statement query(*database_,
                            "SELECT ord, epoch, seq, event, office_sealed FROM event WHERE ord > ? AND device = ? "
                            "AND length(office_sealed) > 0 ORDER BY ord LIMIT ?");
    query.bind(1, after);
    query.bind(2, static_cast<std::int64_t>(options_.identity.device.value));
    query.bind(3, static_cast<std::int64_t>(most));
    while (query.executeStep()) copies.push_back(read_copy(query, options_.identity.device));
    return copies;
  });
}

Result<std::optional<OfficeCopy>> Store::office_copy(const EventKey& key, OfficeCopy& stream) {
  return sqlite::guard("reading an office copy", [&]() -> Result<std::optional<OfficeCopy>> {
    if (key.device != options_.identity.device) return std::nullopt;
    const auto find = [&](const EventKey& which) -> std::optional<OfficeCopy> {
      auto query = statements_.lend(
          "SELECT ord, epoch, seq, event, office_sealed FROM event WHERE device = ? AND epoch = ? AND seq = ?");
      query->bind(1, static_cast<std::int64_t>(which.device.value));
      query->bind(2, static_cast<std::int64_t>(which.epoch.value));
      query->bind(3, static_cast<std::int64_t>(which.seq.value));
      if (!query->executeStep()) return std::nullopt;
      return read_copy(*query, options_.identity.device);
    };
    std::optional<OfficeCopy> copy = find(key);
    if (!copy || copy->sealed.empty()) return std::nullopt;
    TRY_ASSIGN(const Event event, wire::decode_event(key, copy->event));
    if (!event.sealed_at) return std::nullopt;
    std::optional<OfficeCopy> opening = find({key.device, key.epoch, event.sealed_at->stream});
    if (!opening) return fail(ErrorCode::kCorrupt, "event " + to_string(key) + " lies in a stream that never began");
    stream = *std::move(opening);
    return copy;
  });
}

Result<bool> Store::office_has_copy(const TicketId& ticket) {
  return sqlite::guard("looking for an office copy", [&]() -> Result<bool> {
    if (ticket.device != options_.identity.device) return false;
    auto query = statements_.lend("SELECT length(office_sealed) FROM event WHERE device = ? AND epoch = ? AND seq = ?");
    query->bind(1, static_cast<std::int64_t>(ticket.device.value));
    query->bind(2, static_cast<std::int64_t>(ticket.epoch.value));
    query->bind(3, static_cast<std::int64_t>(ticket.seq.value));
    return query->executeStep() && query->getColumn(0).getInt64() > 0;
  });
}

Result<std::vector<Ticket>> Store::tickets_after(const std::optional<TicketId>& after, std::size_t most) {
  return sqlite::guard("reading tickets", [&]() -> Result<std::vector<Ticket>> {
    std::vector<Ticket> tickets;
    SQLite::Statement query(*database_,
                            "SELECT state FROM ticket WHERE (device, epoch, seq) > (?, ?, ?) "
                            "ORDER BY device, epoch, seq LIMIT ?");
    query.bind(1, after ? static_cast<std::int64_t>(after->device.value) : -1);
    query.bind(2, after ? static_cast<std::int64_t>(after->epoch.value) : -1);
    query.bind(3, after ? static_cast<std::int64_t>(after->seq.value) : -1);
    query.bind(4, static_cast<std::int64_t>(most));
    while (query.executeStep()) {
      TRY_ASSIGN(Ticket ticket, wire::decode_ticket(sqlite::blob(query.getColumn(0))));
      tickets.push_back(std::move(ticket));
    }
    return tickets;
  });
}

Result<std::vector<Event>> Store::attachments_of(const TicketId& ticket) {
  return sqlite::guard("reading what was attached", [&]() -> Result<std::vector<Event>> {
    std::vector<Event> events;
    SQLite::Statement query(*database_,
                            "SELECT e.epoch, e.seq, e.event FROM blob b JOIN event e ON e.device = ? AND "
                            "e.epoch = b.epoch AND e.seq = b.seq WHERE b.is_full = 1 AND b.ticket_epoch = ? AND "
                            "b.ticket_seq = ? AND b.ticket_device = ? ORDER BY b.blob_no");
    query.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    query.bind(2, static_cast<std::int64_t>(ticket.epoch.value));
    query.bind(3, static_cast<std::int64_t>(ticket.seq.value));
    query.bind(4, ticket.device == options_.identity.device ? 0 : static_cast<std::int64_t>(ticket.device.value));
    while (query.executeStep()) {
      const EventKey key{options_.identity.device, Epoch{static_cast<std::uint32_t>(query.getColumn(0).getInt64())},
                         Seq{static_cast<std::uint64_t>(query.getColumn(1).getInt64())}};
      TRY_ASSIGN(Event event, wire::decode_event(key, sqlite::blob(query.getColumn(2))));
      events.push_back(std::move(event));
    }
    return events;
  });
}

Result<Bytes> Store::attachment_file(const BlobRef& blob) {
  TRY_ASSIGN(const wire::BlobId id, wire::to_blob_id(blob.id));
  return read_file_at(blob_folder() + "/" + wire::to_string(id), 0, blob.bytes);
}

}  // namespace mimika
