#include "sync/client/engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/client/call_header.h"
#include "sync/client/refusal.h"

namespace mimika::sync {
namespace {

// One call without progress may be honest: the centre was restored and asks for older events, or the feed had a gap.
// Two in a row would go on for ever.
constexpr int kStallsAllowed = 1;

// Beyond every seq there is: a gap to any centre.
constexpr Seq kFarAhead{std::uint64_t{1} << 62};

// Neither side refused anything.
Refusal trouble(Error error) {
  return refused_here(std::move(error), {});
}

}  // namespace

struct SyncEngine::Answered {
  wire::Answer answer;
  std::uint64_t bytes_sent = 0;
  std::int64_t upload_ms = 0;
};

struct SyncEngine::Round {
  bool feed_more = false;
  bool replay_answered = false;   // the call number has been raised once in this round
  bool version_answered = false;  // the version has been lowered once in this round
  bool parts_stalled = false;     // the centre takes no attachments: text alone, for the rest of this round
  int stalls = 0;
};

SyncEngine::SyncEngine(Store& store, Transport& transport, const crypto::SigningKey& device_key, Env& env)
    : store_(store), transport_(transport), device_key_(device_key), env_(env) {}

Status SyncEngine::run(SyncReport& report) {
  report = {};
  Round round;
  for (;;) {
    TRY_ASSIGN(const Load load, next_load(round));
    // The first call is made even with nothing to say: it asks for the feed.
    if (report.calls > 0 && load.empty() && !round.feed_more) {
      TRY_ASSIGN(const bool again, ask_about_former_lives(load.outgoing, round, report));
      if (!again) return {};
      continue;
    }
    if (report.calls >= kCallsPerRound) {
      report.more = true;
      return {};
    }
    const Status called = call_once(load, round, report);
    if (!called) {
      // A kiosk tries every few seconds while there is no link, and learns nothing from it about the next one.
      if (!transport_.was_heard()) return called;
      if (!load.empty()) batch_.failed();
      answer_size_.failed();
      return called;
    }
    answer_size_.succeeded();
  }
}

// Text first: parts of attachments go along when every event does, in what room these leave.
Result<SyncEngine::Load> SyncEngine::next_load(const Round& round) {
  Load load;
  TRY_ASSIGN(load.outgoing, store_.outgoing(batch_.max_events(), batch_.max_bytes()));
  if (load.outgoing.more || round.parts_stalled) return load;
  std::size_t used = 0;
  for (const wire::EventRecord& record : load.outgoing.records) used += record.event.size() + record.sealed.size();
  PartBudget budget;
  budget.leaves = batch_.part_leaves();
  if (!batch_.asking()) budget.bytes = batch_.max_part_bytes() - std::min(used, batch_.max_part_bytes());
  TRY_ASSIGN(load.parts, store_.outgoing_parts(budget));
  return load;
}

// A refusal is not signed, so nothing may be concluded from it. An empty call from far ahead is answered with the
// centre's watermark and its chain there, signed; the store then knows what has happened to this life.
Status SyncEngine::settle_broken_chain(const Outgoing& outgoing, Error refused, Round& round, SyncReport& report) {
  Load question;
  question.outgoing.epoch = outgoing.epoch;
  question.outgoing.first_seq = kFarAhead;
  question.outgoing.ends_at = outgoing.ends_at;
  question.outgoing.feed_cursor = outgoing.feed_cursor;
  const auto answered = exchange(question, round, report);
  if (!answered) return std::unexpected(answered.error().error);
  TRY(store_.apply_answer(outgoing.epoch, answered->answer));
  return std::unexpected(std::move(refused));
}

Result<bool> SyncEngine::ask_about_former_lives(const Outgoing& outgoing, Round& round, SyncReport& report) {
  const std::int64_t now_ms = env_.monotonic_ms();
  if (former_lives_asked_ms_ && now_ms - *former_lives_asked_ms_ < kFormerLivesPauseMs) return false;
  TRY_ASSIGN(const std::vector<FormerLife> lives, store_.former_lives(kFormerLivesAsked));
  if (lives.empty()) return false;
  former_lives_asked_ms_ = now_ms;
  for (const FormerLife& life : lives) {
    Load question;
    question.outgoing = outgoing;
    question.outgoing.epoch = life.epoch;
    question.outgoing.ends_at = life.ends_at;
    question.outgoing.first_seq = kFarAhead;
    question.outgoing.chain_before = {};
    round.replay_answered = false;  // every life has numbers of its own
    const auto answered = exchange(question, round, report);
    if (!answered) {
      if (is_of_the_link(answered.error().error.code)) former_lives_asked_ms_.reset();  // with the next link, then
      return std::unexpected(answered.error().error);
    }
    const auto outcome = store_.apply_answer(life.epoch, answered->answer);
    // A dispute is what it was before.
    if (!outcome && outcome.error().code != ErrorCode::kConflict) return std::unexpected(outcome.error());
  }
  TRY_ASSIGN(const Outgoing next, store_.outgoing(1, limits::kFrameTargetBytes));
  return !next.records.empty();
}

std::expected<SyncEngine::Answered, Refusal> SyncEngine::exchange(const Load& load, Round& round, SyncReport& report) {
  auto answered = ask(load, round, report);
  if (!answered) count(answered.error());
  return answered;
}

// A centre in trouble (its disk is full, it is being restarted) refuses nothing.
void SyncEngine::count(const Refusal& refusal) {
  if (refusal.name.empty()) return;
  if (refusal.what == RefusedWhat::kCall && refusal.error.code == ErrorCode::kInternal) return;
  store_.note_refusal(refusal.what, refusal.name);
}

std::expected<SyncEngine::Answered, Refusal> SyncEngine::ask(const Load& load, Round& round, SyncReport& report) {
  const Outgoing& outgoing = load.outgoing;
  const auto failed = [](Error error) { return std::unexpected(trouble(std::move(error))); };
  const auto keys = store_.centre_keys();
  if (!keys) return failed(keys.error());
  auto call_no = store_.next_call_no(outgoing.epoch);
  if (!call_no) return failed(call_no.error());
  auto posted = post(load, *call_no, *keys, report);
  if (!posted && posted.error().last_call_no && !round.replay_answered) {
    // The centre has seen a higher number: this database is older than its calls. Numbers go on above it, once.
    round.replay_answered = true;
    const Status raised = store_.raise_call_no(outgoing.epoch, *posted.error().last_call_no);
    if (!raised) return failed(raised.error());
    call_no = store_.next_call_no(outgoing.epoch);
    if (!call_no) return failed(call_no.error());
    posted = post(load, *call_no, *keys, report);
  }
  if (!posted && lower_version(posted.error(), round)) {
    call_no = store_.next_call_no(outgoing.epoch);
    if (!call_no) return failed(call_no.error());
    posted = post(load, *call_no, *keys, report);
  }
  if (!posted) return std::unexpected(std::move(posted).error());

  // A call says whose keys it knows, and is answered under them, also when the answer brings others.
  auto answer = wire::decode_answer(posted->body, keys->verify_key);
  if (!answer) return std::unexpected(answer_refusal(std::move(answer).error()));
  if (const std::uint8_t spoken = wire::version_of(posted->body); spoken != version_) {
    return std::unexpected(refused_here({ErrorCode::kConflict, "the answer speaks version " + std::to_string(spoken) +
                                                                   ", the call " + std::to_string(version_)},
                                        "another_version"));
  }
  if (answer->call_no != *call_no) {
    return std::unexpected(refused_here(
        {ErrorCode::kConflict,
         "the answer is for call " + std::to_string(answer->call_no) + ", not " + std::to_string(*call_no)},
        "another_call"));
  }
  return Answered{*std::move(answer), posted->bytes_sent, posted->upload_ms};
}

// An older centre says what it speaks; this engine then stays with it. That is not signed: at worst somebody makes us
// send more bytes than needed.
bool SyncEngine::lower_version(const Refusal& refusal, Round& round) {
  if (!refusal.newest_version || round.version_answered) return false;
  if (*refusal.newest_version >= version_ || *refusal.newest_version < wire::kOldestVersion) return false;
  round.version_answered = true;
  version_ = *refusal.newest_version;
  log_info("sync", "the centre speaks version {} of the wire", version_);
  return true;
}

Status SyncEngine::call_once(const Load& load, Round& round, SyncReport& report) {
  const Outgoing& outgoing = load.outgoing;
  const auto answered = exchange(load, round, report);
  if (!answered) {
    if (answered.error().chain_broken) {
      return settle_broken_chain(outgoing, answered.error().error, round, report);
    }
    return std::unexpected(answered.error().error);
  }
  TRY_ASSIGN(AnswerOutcome outcome, store_.apply_answer(outgoing.epoch, answered->answer, load.parts));

  if (!load.empty()) batch_.succeeded(answered->bytes_sent, answered->upload_ms);
  round.feed_more = answered->answer.feed_more;
  report.arrived += outcome.newly_arrived;
  report.feed_applied += outcome.feed_applied;
  report.leaves_arrived += outcome.leaves_arrived;
  report.leaves_received += outcome.leaves_received;
  report.states_applied += outcome.states_applied;
  for (wire::Reject& reject : outcome.rejects) {
    log_warning("sync", "the centre set event {} aside: {}", reject.seq.value, reject.reason);
    if (report.rejects.size() < kRejectsKept) report.rejects.push_back(std::move(reject));
  }
  return check_progress(load, outcome, round);
}

Status SyncEngine::check_progress(const Load& load, const AnswerOutcome& outcome, Round& round) {
  const Outgoing& outgoing = load.outgoing;
  const bool wanted = !load.empty() || round.feed_more;
  const std::uint64_t progress = outcome.newly_arrived + outcome.feed_applied + outcome.leaves_arrived +
                                 outcome.leaves_received + outcome.states_applied;
  if (!wanted || progress > 0) {
    round.stalls = 0;
    return {};
  }
  if (++round.stalls <= kStallsAllowed) return {};
  if (outgoing.records.empty() && !round.feed_more) {
    // The centre has no room for attachments, or does not want these: no reason to call the round failed.
    log_warning("sync", "the centre takes no attachments at present");
    round.parts_stalled = true;
    return {};
  }
  count(refused_here({}, "no_progress"));
  return fail(ErrorCode::kConflict, "the centre took none of " + std::to_string(outgoing.records.size()) +
                                        " events from " + std::to_string(outgoing.first_seq.value) +
                                        " on and sent nothing that follows " +
                                        std::to_string(outgoing.feed_cursor.value));
}

std::expected<HttpResponse, Refusal> SyncEngine::post(const Load& load, std::uint64_t call_no,
                                                      const CentreKeysKnown& keys, SyncReport& report) {
  const Outgoing& outgoing = load.outgoing;
  wire::Call call;
  call.header = call_header(store_, outgoing, keys, env_);
  call.header.call_no = call_no;
  call.header.answer_bytes = answer_size_.bytes();
  call.records = outgoing.records;
  call.parts = load.parts;
  ++report.calls;
  report.records += call.records.size();
  const auto body = wire::encode_call(call, device_key_, keys.box_key, version_);
  if (!body) return std::unexpected(trouble(body.error()));
  auto response = transport_.post(kSyncPath, *body);
  if (!response) return std::unexpected(transport_refusal(std::move(response).error()));
  report.bytes_sent += response->bytes_sent;
  report.bytes_received += response->bytes_received;
  if (response->status != 200) return std::unexpected(read_refusal(*response));
  return *std::move(response);
}

Result<SyncReport> sync_once(Store& store, Transport& transport, const crypto::SigningKey& device_key, Env& env) {
  SyncReport report;
  TRY(SyncEngine(store, transport, device_key, env).run(report));
  return report;
}

}  // namespace mimika::sync
