#include "tests/sync/fake_centre.h"

#include <algorithm>
#include <utility>

#include "sync/wire/event_codec.h"

namespace mimika::test {
namespace {

sync::HttpResponse response(int status, Bytes body) {
  sync::HttpResponse out;
  out.status = status;
  out.bytes_received = body.size();
  out.body = std::move(body);
  return out;
}

sync::HttpResponse refusal(int status, const std::string& json) {
  const ByteView bytes = as_bytes(json);
  return response(status, Bytes(bytes.begin(), bytes.end()));
}

}  // namespace

FakeCentre::FakeCentre(Env& env, const crypto::VerifyKey& device_key)
    : env_(env),
      device_key_(device_key),
      key_(crypto::SigningKey::generate(env)),
      stranger_(crypto::SigningKey::generate(env)) {}

const crypto::BoxKey& FakeCentre::box() {
  static const crypto::BoxKey key = [] {
    FakeEnv env(0, 77);
    return crypto::BoxKey::generate(env);
  }();
  return key;
}

void FakeCentre::next(Fault fault, int times) {
  for (int i = 0; i < times; ++i) faults_.push_back(fault);
}

void FakeCentre::put_in_feed(const EventKey& key, const EventPayload& payload) {
  Event event;
  event.key = key;
  event.time.wall_ms = env_.wall_ms();
  event.payload = payload;
  feed_.push_back({FeedSeq{feed_.size() + 1}, key, wire::encode_event(event), env_.wall_ms()});
}

void FakeCentre::forget_after(Epoch epoch, Seq last) {
  Journal& journal = journals_[epoch.value];
  journal.records.resize(last.value);
  journal.chains.resize(last.value);
}

void FakeCentre::change_history(Epoch epoch) {
  for (crypto::Hash& chain : journals_[epoch.value].chains) chain[0] ^= 1;
}

std::size_t FakeCentre::stored(Epoch epoch) const {
  const auto found = journals_.find(epoch.value);
  return found == journals_.end() ? 0 : found->second.records.size();
}

std::size_t FakeCentre::stored_in_all() const {
  std::size_t count = 0;
  for (const auto& [epoch, journal] : journals_) count += journal.records.size();
  return count;
}

void FakeCentre::cancel() {
  const std::lock_guard lock(guard_);
  cancelled_ = true;
  cancelled_changed_.notify_all();
}

Result<sync::HttpResponse> FakeCentre::wait_for_cancel() {
  std::unique_lock lock(guard_);
  hanging_ = true;
  cancelled_changed_.wait(lock, [&] { return cancelled_; });
  hanging_ = false;
  return fail(ErrorCode::kUnreachable, "stopped");
}

Result<sync::HttpResponse> FakeCentre::post(const std::string& path, ByteView body) {
  ++calls;
  if (path != "/v1/sync") return response(404, {});
  Fault fault = Fault::kNone;
  if (!faults_.empty()) {
    fault = faults_.front();
    faults_.pop_front();
  }
  if (fault == Fault::kHangs) return wait_for_cancel();
  if (fault == Fault::kNoLink) return fail(ErrorCode::kUnreachable, "no link");
  if (fault == Fault::kServerError) return refusal(500, R"({"error":"internal","message":"it hurts"})");
  if (fault == Fault::kTooLarge) return refusal(413, R"({"error":"too_large"})");
  if (canned_) return refusal(canned_->status, canned_->body);
  auto taken = take(body, fault);
  if (taken) {
    taken->bytes_sent = body.size();
    taken->upload_ms = static_cast<std::int64_t>(body.size()) * ms_per_kilobyte / 1024;
  }
  return taken;
}

Result<sync::HttpResponse> FakeCentre::take(ByteView body, Fault fault) {
  if (body.size() > 3 && body[3] > newest_version) {
    return refusal(400, R"({"error":"newer_version","newest_version":)" + std::to_string(newest_version) + "}");
  }
  const auto call = wire::decode_call(body, box(), device_key_);
  if (!call) return refusal(401, R"({"error":"wrong_signature"})");
  const wire::CallHeader& header = call->header;

  Journal& journal = journals_[header.epoch.value];
  if (header.call_no <= journal.last_call_no) {
    return refusal(409, R"({"error":"replayed_call","last_call_no":)" + std::to_string(journal.last_call_no) + "}");
  }
  journal.last_call_no = header.call_no;
  batch_sizes_.push_back(call->records.size());
  const std::uint64_t before = header.first_seq.value - 1;
  if (before <= journal.records.size()) {
    const crypto::Hash held = before == 0 ? wire::chain_start(header.device, header.epoch) : journal.chains[before - 1];
    if (wire::chain_mark(held) != header.chain_before) return refusal(409, R"({"error":"broken_chain"})");
    std::size_t count = call->records.size();
    if (fault == Fault::kStoresNothing) count = 0;
    if (fault == Fault::kCutHalfway) count /= 2;
    store(journal, *call, count);
  }
  if (fault == Fault::kAnswerLost || fault == Fault::kCutHalfway)
    return fail(ErrorCode::kUnreachable, "the link broke");

  wire::Answer honest = answer(journal, *call);
  if (lie_) std::exchange(lie_, nullptr)(honest);
  const std::uint8_t spoken = fault == Fault::kAnswerOlder ? wire::kOldestVersion : wire::version_of(body);
  Bytes bytes = wire::encode_answer(honest, fault == Fault::kWrongSigner ? stranger_ : key_, spoken);
  std::swap(bytes, last_answer_);
  if (fault == Fault::kAnswerOfBefore) return response(200, bytes);
  Bytes sent = last_answer_;
  if (fault == Fault::kAnswerCut) sent.resize(sent.size() / 2);
  if (fault == Fault::kAnswerChanged) sent[sent.size() / 2] ^= 0x10;
  return response(200, std::move(sent));
}

void FakeCentre::store(Journal& journal, const wire::Call& call, std::size_t count) {
  const std::uint64_t first = call.header.first_seq.value;
  for (std::size_t i = 0; i < count; ++i) {
    const EventKey key{call.header.device, call.header.epoch, Seq{first + i}};
    if (key.seq.value <= journal.records.size()) {
      ++stored_again_;
      continue;
    }
    const crypto::Hash chain =
        journal.chains.empty() ? wire::chain_start(key.device, key.epoch) : journal.chains.back();
    const wire::EventRecord& record = call.records[i];
    journal.records.push_back(record);
    journal.chains.push_back(wire::chain_next(chain, key, record.event, record.sealed));
  }
}

wire::Answer FakeCentre::answer(const Journal& journal, const wire::Call& call) {
  wire::Answer out;
  out.acknowledged = Seq{journal.records.size()};
  out.chain_at = wire::chain_mark(journal.chains.empty() ? wire::chain_start(call.header.device, call.header.epoch)
                                                         : journal.chains.back());
  out.call_no = call.header.call_no;
  out.server_ms = env_.wall_ms();
  out.dictionary = dictionary;
  for (std::size_t i = 0; i < call.records.size(); ++i) {
    const auto found = rejected_.find(call.header.first_seq.value + i);
    if (found != rejected_.end()) out.rejects.push_back({Seq{found->first}, found->second});
  }
  for (const wire::FeedItem& item : feed_) {
    if (item.feed_seq <= call.header.feed_cursor && !feed_repeats) continue;
    if (item.feed_seq.value == feed_skip) continue;
    const auto seen = std::count_if(out.feed.begin(), out.feed.end(), [&](const wire::FeedItem& sent) {
      return sent.feed_seq > call.header.feed_cursor;
    });
    if (static_cast<std::size_t>(seen) == feed_page) {
      out.feed_more = true;
      break;
    }
    out.feed.push_back(item);
  }
  return out;
}

}  // namespace mimika::test
