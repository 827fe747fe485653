// One round of synchronisation: the store's unsent events go up, the centre's answer comes down, until neither side
// has more. Nothing is marked as arrived but from an answer that the centre signed for the very call it answers.
// Knows nothing of when to run (scheduler.h) and of sockets (transport.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/batch_size.h"
#include "sync/client/refusal.h"
#include "sync/client/transport.h"
#include "sync/wire/envelope.h"

namespace mimika::sync {

inline constexpr const char* kSyncPath = "/v1/sync";

// A round ends here even when there is more, so that whoever runs it is heard of; it may be called again at once.
inline constexpr std::size_t kCallsPerRound = 64;

struct SyncReport {
  std::uint64_t calls = 0;    // requests made, answered or not
  std::uint64_t records = 0;  // events carried up in them, repetitions counted
  std::uint64_t arrived = 0;  // own events the centre now has and did not have, as far as we knew
  std::uint64_t feed_applied = 0;
  std::uint64_t leaves_arrived = 0;   // of attachments, that the centre now has
  std::uint64_t leaves_received = 0;  // of documents
  std::uint64_t states_applied = 0;   // tickets told whole
  std::uint64_t bytes_sent = 0;       // as HttpResponse counts them
  std::uint64_t bytes_received = 0;
  std::vector<wire::Reject> rejects;  // at most kRejectsKept: set aside at the centre; the technician should see them
  bool more = false;                  // kCallsPerRound were not enough

  // Things that one side has now and had not before.
  [[nodiscard]] std::uint64_t progress() const {
    return arrived + feed_applied + leaves_arrived + leaves_received + states_applied;
  }
};
inline constexpr std::size_t kRejectsKept = 100;

// A centre that was restored from a backup says so of the life that calls; of the ones before it has to be asked. More
// than so many lives no kiosk has that is not sick.
inline constexpr std::int64_t kFormerLivesPauseMs = kDayMs;
inline constexpr std::size_t kFormerLivesAsked = 16;

class SyncEngine {
 public:
  // All must outlive it. One engine serves one store, from the thread the store belongs to.
  SyncEngine(Store& store, Transport& transport, const crypto::SigningKey& device_key, Env& env);

  // `report` says what was achieved also when the round ends with an error. kUnreachable, kTooSlow: the link;
  // kUnauthorised: the answer is not signed by the centre, or the centre does not know us; kConflict: the chains
  // differ, or the answer is for another call; any other code: the store's trouble or the centre's. What was refused,
  // by either side, is counted in the store.
  [[nodiscard]] Status run(SyncReport& report);

  [[nodiscard]] const BatchSize& batch() const { return batch_; }
  [[nodiscard]] std::uint8_t version() const { return version_; }  // of the wire, as last agreed

 private:
  struct Round;
  struct Answered;
  struct Load {
    Outgoing outgoing;
    std::vector<wire::BlobPart> parts;
    [[nodiscard]] bool empty() const { return outgoing.records.empty() && parts.empty(); }
  };
  Result<Load> next_load(const Round& round);
  Status call_once(const Load& load, Round& round, SyncReport& report);
  Status settle_broken_chain(const Outgoing& outgoing, Error refused, Round& round, SyncReport& report);
  // True: something of them is to be sent again.
  Result<bool> ask_about_former_lives(const Outgoing& outgoing, Round& round, SyncReport& report);
  // One call with its answer, verified. A call taken for a replay is made again under a higher number, one that an
  // older centre does not understand in a version that it does.
  std::expected<Answered, Refusal> exchange(const Load& load, Round& round, SyncReport& report);
  std::expected<Answered, Refusal> ask(const Load& load, Round& round, SyncReport& report);
  void count(const Refusal& refusal);
  std::expected<HttpResponse, Refusal> post(const Load& load, std::uint64_t call_no, const CentreKeysKnown& keys,
                                            SyncReport& report);
  bool lower_version(const Refusal& refusal, Round& round);
  Status check_progress(const Load& load, const AnswerOutcome& outcome, Round& round);

  Store& store_;
  Transport& transport_;
  const crypto::SigningKey& device_key_;
  Env& env_;
  BatchSize batch_;
  AnswerSize answer_size_;
  std::uint8_t version_ = wire::kNewestVersion;
  std::optional<std::int64_t> former_lives_asked_ms_{};  // by the monotonic clock
};

// One round for callers that come once, such as mimika-kiosk-ctl.
[[nodiscard]] Result<SyncReport> sync_once(Store& store, Transport& transport, const crypto::SigningKey& device_key,
                                           Env& env);

}  // namespace mimika::sync
