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

// Beyond every seq there is: a gap to any centre.
constexpr Seq kFarAhead{std::uint64_t{1} << 62};

}  // namespace

struct SyncEngine::Answered {
  wire::Answer answer;
  std::uint64_t bytes_sent = 0;
  std::int64_t upload_ms = 0;
};

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

// A refusal is not signed, so nothing may be concluded from it. An empty call from far ahead is answered with the
// centre's watermark and its chain there, signed; the store then knows what has happened to this life.
Status SyncEngine::settle_broken_chain(const Outgoing& outgoing, Error refused, Round& round, SyncReport& report) {
  Outgoing question;
  question.epoch = outgoing.epoch;
  question.first_seq = kFarAhead;
  question.feed_cursor = outgoing.feed_cursor;
  const auto answered = exchange(question, round, report);
  if (!answered) return std::unexpected(answered.error().error);
  TRY(store_.apply_answer(outgoing.epoch, answered->answer));
  return std::unexpected(std::move(refused));
}

std::expected<SyncEngine::Answered, Refusal> SyncEngine::exchange(const Outgoing& outgoing, Round& round,
                                                                  SyncReport& report) {
  const auto failed = [](Error error) { return std::unexpected(Refusal{std::move(error), std::nullopt, false}); };
  auto call_no = store_.next_call_no(outgoing.epoch);
  if (!call_no) return failed(call_no.error());
  auto posted = post(outgoing, *call_no, report);
  if (!posted && posted.error().last_call_no && !round.replay_answered) {
    // The centre has seen a higher number: this database is older than its calls. Numbers go on above it, once.
    round.replay_answered = true;
    const Status raised = store_.raise_call_no(outgoing.epoch, *posted.error().last_call_no);
    if (!raised) return failed(raised.error());
    call_no = store_.next_call_no(outgoing.epoch);
    if (!call_no) return failed(call_no.error());
    posted = post(outgoing, *call_no, report);
  }
  if (!posted) return std::unexpected(std::move(posted).error());

  auto answer = wire::decode_answer(posted->body, centre_key_);
  if (!answer) {
    return failed({answer.error().code, "reading the centre's answer: " + answer.error().message});
  }
  if (answer->call_no != *call_no) {
    return failed({ErrorCode::kConflict,
                   "the answer is for call " + std::to_string(answer->call_no) + ", not " + std::to_string(*call_no)});
  }
  return Answered{*std::move(answer), posted->bytes_sent, posted->upload_ms};
}

Status SyncEngine::call_once(const Outgoing& outgoing, Round& round, SyncReport& report) {
  const auto answered = exchange(outgoing, round, report);
  if (!answered) {
    if (answered.error().chain_broken) {
      return settle_broken_chain(outgoing, answered.error().error, round, report);
    }
    return std::unexpected(answered.error().error);
  }
  TRY_ASSIGN(AnswerOutcome outcome, store_.apply_answer(outgoing.epoch, answered->answer));

  if (!outgoing.records.empty()) batch_.succeeded(answered->bytes_sent, answered->upload_ms);
  round.feed_more = answered->answer.feed_more;
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
  if (!response) return std::unexpected(Refusal{std::move(response).error(), std::nullopt, false});
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
