#include "sync/client/call_header.h"

#include <algorithm>

namespace mimika::sync {

wire::CallHeader call_header(const Store& store, const Outgoing& outgoing, const CentreKeysKnown& centre, Env& env) {
  wire::CallHeader header;
  header.device = store.identity().device;
  header.epoch = outgoing.epoch;
  header.first_seq = outgoing.first_seq;
  header.ends_at = outgoing.ends_at;
  header.chain_before = wire::chain_mark(outgoing.chain_before);
  header.feed_cursor = outgoing.feed_cursor;
  header.wall_ms = std::max<WallMs>(env.wall_ms(), 0);
  header.policy_version = centre.policy_version;
  header.documents = outgoing.documents;
  header.wants = outgoing.wants;
  header.states_after = outgoing.states_after;
  header.boot_mark = wire::boot_mark(env.boot_id());
  header.monotonic_ms = std::max<std::int64_t>(env.monotonic_ms(), 0);
  return header;
}

}  // namespace mimika::sync
