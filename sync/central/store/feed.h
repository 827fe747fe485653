// One feed a district: what its kiosks need to know, with dense numbers. A number is
// given in the transaction of its event and the counter's row orders the writers, so no reader can pass a number that
// commits late.
#pragma once

#include <vector>

#include "kiosk/base/ids.h"
#include "sync/central/central_limits.h"
#include "sync/central/store/database.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// Its number.
[[nodiscard]] Result<FeedSeq> append_feed(Database& database, const DistrictCode& district, const EventKey& key);

struct FeedPage {
  std::vector<wire::FeedItem> items;
  bool more = false;
};
// Items after `cursor` for one kiosk, dense. What this life of its database wrote itself comes without its bytes: only
// its number matters, since a missing number is how a kiosk sees a gap. About `max_bytes` of events, and always one.
[[nodiscard]] Result<FeedPage> read_feed(Database& database, const DistrictCode& district, FeedSeq cursor,
                                         DeviceId reader, Epoch reader_epoch,
                                         std::size_t max_bytes = limits::kFeedBytesPerAnswer);
[[nodiscard]] Result<FeedSeq> feed_head(Database& database, const DistrictCode& district);

}  // namespace mimika::central
