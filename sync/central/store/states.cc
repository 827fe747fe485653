#include "sync/central/store/states.h"

#include "kiosk/base/limits.h"
#include "sync/central/central_limits.h"
#include "sync/central/store/columns.h"
#include "sync/central/store/feed.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

// A ticket with very many words would not fit a frame. The oldest go; the entries stay, for by them a kiosk knows which
// events are in the ticket already.
Result<Bytes> fitting(const Bytes& body) {
  if (body.size() <= mimika::limits::kTicketStateBytes) return body;
  TRY_ASSIGN(Ticket ticket, wire::decode_ticket(body));
  std::size_t size = body.size();
  for (TimelineEntry& entry : ticket.timeline) {
    if (size <= mimika::limits::kTicketStateBytes) break;
    size -= entry.text.size() + entry.sealed_text.size();
    entry.text.clear();
    entry.sealed_text.clear();
  }
  return wire::encode_ticket(ticket);
}

}  // namespace

Status note_feed_seq(Database& database, const TicketId& ticket, FeedSeq feed_seq) {
  TRY(database.execute("UPDATE ticket SET feed_seq = $4 WHERE device = $1 AND epoch = $2 AND seq = $3",
                       {value_of(ticket.device.value), value_of(ticket.epoch.value), value_of(ticket.seq.value),
                        value_of(feed_seq.value)}));
  return {};
}

Result<StatesPage> read_states(Database& database, const DistrictCode& district, FeedSeq cursor,
                               const wire::StatesMark& mark, std::size_t max_bytes) {
  TRY_ASSIGN(const FeedSeq head, feed_head(database, district));
  TRY_ASSIGN(const auto rows,
             database.query("SELECT body FROM ticket WHERE district = $1 AND (feed_seq IS NULL OR feed_seq > $2) "
                            "AND (device, epoch, seq) > ($3, $4, $5) ORDER BY device, epoch, seq LIMIT $6",
                            {district.value, value_of(cursor.value), value_of(mark.after.device.value),
                             value_of(mark.after.epoch.value), value_of(mark.after.seq.value),
                             static_cast<std::int64_t>(limits::kStatesPerAnswer) + 1}));
  StatesPage page;
  std::size_t bytes = 0;
  for (const Row& row : rows) {
    TRY_ASSIGN(Bytes body, fitting(row.bytes(0)));
    bytes += body.size();
    if (!page.states.empty() && (bytes > max_bytes || page.states.size() == limits::kStatesPerAnswer)) return page;
    page.states.push_back({head, std::move(body)});
  }
  page.until = mark.base.value == 0 ? head : mark.base;
  return page;
}

}  // namespace mimika::central
