#include "sync/client/engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kiosk/base/log.h"
#include "sync/client/refusal.h"

namespace mimika::sync {
namespace {

// One call without progress may be honest: the centre was restored and asks for older events, or the feed had a gap.
// Two in a row would go on for ever.
constexpr int kStallsAllowed = 1;

}  // namespace

struct SyncEngine::Round {
  bool feed_more = false;
  bool replay_answered = false;  // the call number has been raised once in this round
  int stalls = 0;
};

SyncEngine::SyncEngine(Store& store, Transport& transport, const crypto::SigningKey& device_key,
                       const crypto::VerifyKey& centre_key, Env& env)
    : store_(store), transport_(transport), device_key_(device_key), centre_key_(centre_key), env_(env) {}

Status SyncEngine::run(SyncReport& report) {
  report = {};
  Round round;
  for (;;) {
    TRY_ASSIGN(const Outgoing outgoing, store_.outgoing(batch_.max_events(), batch_.max_bytes()));
    // The first call is made even with nothing to say: it asks for the feed.
    if (report.calls > 0 && outgoing.records.empty() && !round.feed_more) return {};
    if (report.calls >= kCallsPerRound) {
      report.more = true;
      return {};
    }
    const Status called = call_once(outgoing, round, report);
    if (!called) {
      if (!outgoing.records.empty()) batch_.failed();
      return called;
    }
  }
}

Status SyncEngine::call_once(const Outgoing& outgoing, Round& round, SyncReport& report) {
  TRY_ASSIGN(std::uint64_t call_no, store_.next_call_no(outgoing.epoch));
  auto posted = post(outgoing, call_no, report);
  if (!posted && posted.error().last_call_no && !round.replay_answered) {
    // The centre has seen a higher number: this database is older than its calls. Numbers go on above it, once.
    round.replay_answered = true;
    TRY(store_.raise_call_no(outgoing.epoch, *posted.error().last_call_no));
    TRY_ASSIGN(call_no, store_.next_call_no(outgoing.epoch));
    posted = post(outgoing, call_no, report);
  }
  if (!posted) return std::unexpected(std::move(posted.error().error));

  const auto answer = wire::decode_answer(posted->body, centre_key_);
  if (!answer) return fail_with(answer.error(), "reading the centre's answer");
  if (answer->call_no != call_no) {
    return fail(ErrorCode::kConflict,
                "the answer is for call " + std::to_string(answer->call_no) + ", not " + std::to_string(call_no));
  }
  TRY_ASSIGN(AnswerOutcome outcome, store_.apply_answer(outgoing.epoch, *answer));

  if (!outgoing.records.empty()) batch_.succeeded(posted->bytes_sent, posted->upload_ms);
  round.feed_more = answer->feed_more;
  report.arrived += outcome.newly_arrived;
  report.feed_applied += outcome.feed_applied;
  for (wire::Reject& reject : outcome.rejects) {
    log_warning("sync", "the centre set event {} aside: {}", reject.seq.value, reject.reason);
    if (report.rejects.size() < kRejectsKept) report.rejects.push_back(std::move(reject));
  }
  return check_progress(outgoing, outcome, round);
}

Status SyncEngine::check_progress(const Outgoing& outgoing, const AnswerOutcome& outcome, Round& round) {
  const bool wanted = !outgoing.records.empty() || round.feed_more;
  if (!wanted || outcome.newly_arrived > 0 || outcome.feed_applied > 0) {
    round.stalls = 0;
    return {};
  }
  if (++round.stalls <= kStallsAllowed) return {};
  return fail(ErrorCode::kConflict, "the centre took none of " + std::to_string(outgoing.records.size()) +
                                        " events from " + std::to_string(outgoing.first_seq.value) +
                                        " on and sent nothing that follows " +
                                        std::to_string(outgoing.feed_cursor.value));
}

std::expected<HttpResponse, Refusal> SyncEngine::post(const Outgoing& outgoing, std::uint64_t call_no,
                                                      SyncReport& report) {
  wire::Call call;
  call.header.device = store_.identity().device;
  call.header.epoch = outgoing.epoch;
  call.header.first_seq = outgoing.first_seq;
  call.header.chain_before = wire::chain_mark(outgoing.chain_before);
  call.header.feed_cursor = outgoing.feed_cursor;
  call.header.call_no = call_no;
  call.header.wall_ms = std::max<WallMs>(env_.wall_ms(), 0);
  call.records = outgoing.records;
  ++report.calls;
  report.records += call.records.size();

  auto response = transport_.post(kSyncPath, wire::encode_call(call, device_key_));
  if (!response) return std::unexpected(Refusal{std::move(response).error(), std::nullopt});
  report.bytes_sent += response->bytes_sent;
  report.bytes_received += response->bytes_received;
  if (response->status != 200) return std::unexpected(read_refusal(*response));
  return *std::move(response);
}

Result<SyncReport> sync_once(Store& store, Transport& transport, const crypto::SigningKey& device_key,
                             const crypto::VerifyKey& centre_key, Env& env) {
  SyncReport report;
  TRY(SyncEngine(store, transport, device_key, centre_key, env).run(report));
  return report;
}

}  // namespace mimika::sync
