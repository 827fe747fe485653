#include "sync/wire/header_codec.h"

#include <algorithm>
#include <limits>

#include "kiosk/base/limits.h"
#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

Result<ChainMark> to_chain_mark(const std::string& bytes) {
  ChainMark mark{};
  if (bytes.size() != mark.size()) return fail(ErrorCode::kCorrupt, "a chain mark has 16 bytes");
  std::copy(bytes.begin(), bytes.end(), mark.begin());
  return mark;
}

void write_want(const BlobWant& want, pb::BlobWant& out) {
  out.set_blob(to_proto_bytes(want.blob.hash));
  out.set_held(to_proto_bytes(want.held));
}

template <typename List>
Result<std::vector<BlobWant>> read_wants(const List& in) {
  if (static_cast<std::size_t>(in.size()) > limits::kWantsPerHeader) {
    return fail(ErrorCode::kTooLarge, "too many blobs are asked for");
  }
  std::vector<BlobWant> wants;
  for (const pb::BlobWant& one : in) {
    BlobWant want;
    TRY_ASSIGN(want.blob, to_blob_id(as_bytes(one.blob())));
    if (one.held().size() > (kBlobLeaves + 7) / 8) return fail(ErrorCode::kTooLarge, "a map of leaves over its limit");
    want.held = from_proto_bytes(one.held());
    wants.push_back(std::move(want));
  }
  return wants;
}

}  // namespace

ChainMark chain_mark(const crypto::Hash& hash) {
  ChainMark mark{};
  std::copy_n(hash.begin(), mark.size(), mark.begin());
  return mark;
}

Bytes encode_call_header(const CallHeader& header) {
  pb::CallHeader out;
  out.set_device(header.device.value);
  out.set_epoch(header.epoch.value);
  out.set_first_seq(header.first_seq.value);
  out.set_chain_before(to_proto_bytes(header.chain_before));
  out.set_feed_cursor(header.feed_cursor.value);
  out.set_call_no(header.call_no);
  out.set_wall_ms(static_cast<std::uint64_t>(header.wall_ms));
  out.set_policy_version(header.policy_version);
  out.set_answer_bytes(header.answer_bytes);
  for (const DocumentVersion& held : header.documents) {
    pb::DocumentVersion& one = *out.add_documents();
    one.set_kind(static_cast<std::uint32_t>(held.kind));
    one.set_version(held.version);
  }
  for (const BlobWant& want : header.wants) write_want(want, *out.add_wants());
  out.set_states_after(to_proto_bytes(header.states_after));
  out.set_boot_mark(header.boot_mark);
  out.set_monotonic_ms(static_cast<std::uint64_t>(header.monotonic_ms));
  out.set_heard_ms(static_cast<std::uint64_t>(header.heard_ms));
  out.set_ends_at(header.ends_at.value);
  return serialise(out);
}

Result<CallHeader> decode_call_header(ByteView bytes) {
  pb::CallHeader in;
  TRY(parse_into(bytes, in, "a call's header"));
  if (in.first_seq() == 0) return fail(ErrorCode::kCorrupt, "a call's first seq is at least 1");
  CallHeader header;
  header.device = DeviceId{in.device()};
  header.epoch = Epoch{in.epoch()};
  header.first_seq = Seq{in.first_seq()};
  TRY_ASSIGN(header.chain_before, to_chain_mark(in.chain_before()));
  header.feed_cursor = FeedSeq{in.feed_cursor()};
  header.call_no = in.call_no();
  header.wall_ms = static_cast<WallMs>(in.wall_ms());
  header.policy_version = in.policy_version();
  header.answer_bytes = in.answer_bytes();
  if (static_cast<std::size_t>(in.documents_size()) > limits::kDocumentsPerHeader) {
    return fail(ErrorCode::kTooLarge, "too many documents are named");
  }
  for (const pb::DocumentVersion& held : in.documents()) {
    if (held.kind() == 0 || held.kind() >= kDocumentKinds) continue;  // of a newer kiosk
    header.documents.push_back({static_cast<DocumentKind>(held.kind()), held.version()});
  }
  TRY_ASSIGN(header.wants, read_wants(in.wants()));
  if (in.states_after().size() > limits::kStatesAfterBytes) return fail(ErrorCode::kTooLarge, "a long mark of states");
  header.states_after = from_proto_bytes(in.states_after());
  // What a column holds; a kiosk that claims more than ages has claimed nothing.
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max()) * 1000;
  if (in.monotonic_ms() <= kMost && in.heard_ms() <= kMost) {
    header.boot_mark = in.boot_mark();
    header.monotonic_ms = static_cast<std::int64_t>(in.monotonic_ms());
    header.heard_ms = static_cast<WallMs>(in.heard_ms());
  }
  header.ends_at = Seq{in.ends_at()};
  return header;
}

Bytes encode_answer_header(const Answer& answer) {
  pb::AnswerHeader out;
  out.set_acknowledged_seq(answer.acknowledged.value);
  out.set_chain_at(to_proto_bytes(answer.chain_at));
  out.set_call_no(answer.call_no);
  out.set_server_ms(static_cast<std::uint64_t>(answer.server_ms));
  out.set_feed_more(answer.feed_more);
  for (const Reject& reject : answer.rejects) {
    pb::Reject& one = *out.add_rejects();
    one.set_seq(reject.seq.value);
    one.set_reason(reject.reason);
  }
  out.set_dictionary(answer.dictionary);
  for (const BlobWant& want : answer.wants) write_want(want, *out.add_wants());
  out.set_states_until(answer.states_until.value);
  return serialise(out);
}

Status decode_answer_header(ByteView bytes, Answer& answer) {
  pb::AnswerHeader in;
  TRY(parse_into(bytes, in, "an answer's header"));
  answer.acknowledged = Seq{in.acknowledged_seq()};
  TRY_ASSIGN(answer.chain_at, to_chain_mark(in.chain_at()));
  answer.call_no = in.call_no();
  answer.server_ms = static_cast<WallMs>(in.server_ms());
  answer.feed_more = in.feed_more();
  for (const pb::Reject& reject : in.rejects()) answer.rejects.push_back({Seq{reject.seq()}, reject.reason()});
  answer.dictionary = in.dictionary();
  TRY_ASSIGN(answer.wants, read_wants(in.wants()));
  answer.states_until = FeedSeq{in.states_until()};
  return {};
}

}  // namespace mimika::wire
