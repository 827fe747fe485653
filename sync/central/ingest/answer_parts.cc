#include "sync/central/ingest/answer_parts.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "sync/central/central_limits.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/states.h"

namespace mimika::central {
namespace {

// A kiosk that has begun with states goes on with them to the end, also when the feed is no longer far ahead.
Result<bool> wants_states(Database& database, const Device& device, const wire::CallHeader& header,
                          wire::StatesMark& mark) {
  TRY_ASSIGN(const FeedSeq head, feed_head(database, device.district));
  if (header.feed_cursor > head) return false;
  if (const auto told = wire::decode_states_mark(header.states_after); told && told->base > header.feed_cursor) {
    mark = *told;
    if (mark.base <= head) return true;
    mark = {};
  }
  return head.value - header.feed_cursor.value > mimika::limits::kFeedStatesBehind;
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

}  // namespace

Status add_news(Database& database, const Device& device, const wire::CallHeader& header, wire::Answer& answer) {
  std::size_t room = limits::kFeedBytesPerAnswer;
  if (header.answer_bytes > 0) room = std::min<std::size_t>(room, header.answer_bytes);
  wire::StatesMark mark;
  TRY_ASSIGN(const bool by_state, wants_states(database, device, header, mark));
  if (by_state) {
    TRY_ASSIGN(StatesPage page, read_states(database, device.district, header.feed_cursor, mark, room));
    answer.states = std::move(page.states);
    answer.states_until = page.until;
    TRY_ASSIGN(const FeedSeq head, feed_head(database, device.district));
    answer.feed_more = page.until.value == 0 || page.until < head;
  } else {
    TRY_ASSIGN(FeedPage page,
               read_feed(database, device.district, header.feed_cursor, header.device, header.epoch, room));
    answer.feed = std::move(page.items);
    answer.feed_more = page.more;
  }
  return add_documents(database, device, header, room - std::min(room, size_of(answer)), answer);
}

}  // namespace mimika::central
