#include "sync/central/store/feed.h"

#include "kiosk/base/limits.h"
#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

std::string counter_of(const DistrictCode& district) {
  return "feed " + district.value;
}

}  // namespace

Result<FeedSeq> append_feed(Database& database, const DistrictCode& district, const EventKey& key) {
  TRY_ASSIGN(const std::uint64_t feed_seq, next_number(database, counter_of(district)));
  TRY(database.execute("INSERT INTO feed (district, feed_seq, device, epoch, seq) VALUES ($1, $2, $3, $4, $5)",
                       {district.value, value_of(feed_seq), value_of(key.device.value), value_of(key.epoch.value),
                        value_of(key.seq.value)}));
  return FeedSeq{feed_seq};
}

Result<FeedPage> read_feed(Database& database, const DistrictCode& district, FeedSeq cursor, DeviceId reader,
                           Epoch reader_epoch, std::size_t max_bytes) {
  const auto scan = static_cast<std::int64_t>(limits::kFeedScan);
  TRY_ASSIGN(
      const auto rows,
      database.query(
          "SELECT f.feed_seq, f.device, f.epoch, f.seq, "
          "CASE WHEN f.device = $3 AND f.epoch = $4 THEN NULL ELSE e.event END, e.received_ms, t.device "
          "FROM feed f JOIN event e ON e.device = f.device AND e.epoch = f.epoch AND e.seq = f.seq "
          "LEFT JOIN ticket t ON t.device = f.device AND t.epoch = f.epoch AND t.seq = f.seq "
          "WHERE f.district = $1 AND f.feed_seq > $2 ORDER BY f.feed_seq LIMIT $5",
          {district.value, value_of(cursor.value), value_of(reader.value), value_of(reader_epoch.value), scan + 1}));
  FeedPage page;
  std::size_t bytes = 0;
  std::size_t foreign = 0;
  std::size_t own_at_end = 0;
  for (const Row& row : rows) {
    const bool own = row.is_null(4);
    const std::size_t size = own ? 0 : row.bytes(4).size();
    const bool full = page.items.size() == limits::kFeedScan || foreign == mimika::limits::kFeedItemsPerAnswer ||
                      (foreign > 0 && bytes + size > max_bytes);
    if (full) {
      page.more = true;
      break;
    }
    bytes += size;
    foreign += own ? 0 : 1;
    const bool own_filing = own && !row.is_null(6);
    own_at_end = own_filing ? own_at_end + 1 : 0;
    page.items.push_back(
        {FeedSeq{row.unsigned_integer(0)}, read_key(row, 1), own ? Bytes() : row.bytes(4), row.integer(5)});
  }
  // Place-holders are worth their bytes only when something follows them, or when there are so many that looking at
  // them again at every call costs more. Of a reply or a reopening they say where it stands, which the kiosk waits for.
  if (!page.more && own_at_end <= limits::kFeedOwnHeldBack) page.items.resize(page.items.size() - own_at_end);
  return page;
}

Result<FeedSeq> feed_head(Database& database, const DistrictCode& district) {
  TRY_ASSIGN(const auto rows, database.query("SELECT value FROM counter WHERE name = $1", {counter_of(district)}));
  return rows.empty() ? FeedSeq{} : FeedSeq{rows[0].unsigned_integer(0)};
}

}  // namespace mimika::central
