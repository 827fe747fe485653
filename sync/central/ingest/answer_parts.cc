#include "sync/central/ingest/answer_parts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/base/limits.h"
#include "sync/central/central_limits.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/states.h"

namespace mimika::central {
namespace {

// A kiosk that has begun with states goes on with them to the end, also when the feed is no longer far ahead.
Result<bool> wants_states(Database& database, const Device& device, const wire::CallHeader& header,
                          std::uint64_t states_behind, wire::StatesMark& mark) {
  TRY_ASSIGN(const FeedSeq head, feed_head(database, device.district));
  if (header.feed_cursor > head) return false;
  if (const auto told = wire::decode_states_mark(header.states_after); told && told->base > header.feed_cursor) {
    mark = *told;
    if (mark.base <= head) return true;
    mark = {};
  }
  return head.value - header.feed_cursor.value > states_behind;
}

// Compressed as it travels, an item is about half of what it is in the database; this errs on the side of too much
// room, and an answer's first piece is sent however little room there is.
std::size_t size_of(const wire::Answer& answer) {
  std::size_t size = 0;
  for (const wire::FeedItem& item : answer.feed) size += item.event.size();
  for (const wire::TicketState& state : answer.states) size += state.ticket.size();
  return size;
}

// The leaves of one document that the kiosk lacks, as far as they fit; false: it still lacks some afterwards.
bool add_parts(const wire::BlobId& id, ByteView content, const Bytes& held_bits, std::size_t& room,
               wire::Answer& answer) {
  const wire::Manifest manifest = wire::manifest_of(content);
  wire::LeafMap held = wire::LeafMap::from(held_bits, manifest.leaves.size());
  bool has_manifest = !held_bits.empty();
  for (std::size_t leaf = 0; leaf < held.leaves(); ++leaf) {
    if (held.has(leaf)) continue;
    const bool nothing_yet = answer.parts.empty() && answer.feed.empty() && answer.states.empty();
    wire::BlobPart part{id, static_cast<std::uint32_t>(leaf), {}, {}};
    if (!has_manifest) part.manifest = wire::encode_manifest(manifest);
    while (leaf < held.leaves() && !held.has(leaf) && part.content.size() < wire::kLeavesPerPart * wire::kLeafBytes) {
      const std::size_t size = wire::leaf_size(manifest, leaf);
      const bool first = nothing_yet && part.content.empty();
      if (!first && part.content.size() + part.manifest.size() + size > room) break;
      append(part.content, content.subspan(leaf * wire::kLeafBytes, size));
      ++leaf;
    }
    if (part.content.empty()) return false;
    room -= std::min(room, part.content.size() + part.manifest.size());
    has_manifest = true;
    answer.parts.push_back(std::move(part));
    --leaf;
  }
  return true;
}

Status add_documents(Database& database, const Device& device, const wire::CallHeader& header, std::size_t room,
                     wire::Answer& answer) {
  TRY_ASSIGN(answer.documents, newer_documents(database, device.district, header.documents));
  for (const wire::DocumentHead& head : answer.documents) {
    TRY_ASSIGN(const auto content, document_content(database, head.content));
    if (!content) continue;
    const auto want = std::ranges::find(header.wants, head.content, &wire::BlobWant::blob);
    const bool whole =
        add_parts(head.content, *content, want == header.wants.end() ? Bytes() : want->held, room, answer);
    if (!whole) answer.feed_more = true;
  }
  return {};
}

// A page of the feed is at most limits::kFeedItemsPerAnswer; a file takes several.
Status add_feed(Database& database, const Device& device, const wire::CallHeader& header, const NewsLimits& most,
                wire::Answer& answer) {
  FeedSeq cursor = header.feed_cursor;
  const DeviceId spared = most.own_bytes ? DeviceId{} : header.device;
  do {
    const std::size_t room = most.bytes - std::min(most.bytes, size_of(answer));
    TRY_ASSIGN(FeedPage page, read_feed(database, device.district, cursor, spared, header.epoch, room));
    answer.feed_more = page.more;
    if (page.items.empty()) return {};
    cursor = page.items.back().feed_seq;
    std::ranges::move(page.items, std::back_inserter(answer.feed));
  } while (answer.feed_more && answer.feed.size() + mimika::limits::kFeedItemsPerAnswer <= most.feed_items &&
           size_of(answer) < most.bytes);
  return {};
}

}  // namespace

NewsLimits link_limits(const wire::CallHeader& header) {
  std::size_t bytes = limits::kFeedBytesPerAnswer;
  if (header.answer_bytes > 0) bytes = std::min<std::size_t>(bytes, header.answer_bytes);
  return {bytes, mimika::limits::kFeedItemsPerAnswer, mimika::limits::kFeedStatesBehind, false};
}

NewsLimits stick_limits() {
  return {limits::kAckNewsBytes, limits::kAckFeedItems, limits::kAckFeedItems, true};
}

Status add_news(Database& database, const Device& device, const wire::CallHeader& header, const NewsLimits& most,
                wire::Answer& answer) {
  wire::StatesMark mark;
  TRY_ASSIGN(const bool by_state, wants_states(database, device, header, most.states_behind, mark));
  if (by_state) {
    TRY_ASSIGN(StatesPage page, read_states(database, device.district, header.feed_cursor, mark, most.bytes));
    answer.states = std::move(page.states);
    answer.states_until = page.until;
    TRY_ASSIGN(const FeedSeq head, feed_head(database, device.district));
    answer.feed_more = page.until.value == 0 || page.until < head;
  } else {
    TRY(add_feed(database, device, header, most, answer));
  }
  return add_documents(database, device, header, most.bytes - std::min(most.bytes, size_of(answer)), answer);
}

}  // namespace mimika::central
