// When to synchronise: pure decisions on a monotonic clock that is handed in, so that a test can be the clock. The
// thread that obeys them is sync_runner.h.
//
// At once at the start, when something was filed, when a link came up, and when one broke that had brought something
// home. The feed is asked every `poll_ms`. Without a link: once more at once over a new connection, then soon again,
// for an attempt costs nobody anything. With a centre that answers and fails: an exponential back-off, so that a
// hundred kiosks do not hold it down. Everything is jittered, so that kiosks which lost the link together do not come
// back together.
#pragma once

#include <cstdint>

#include "kiosk/base/env.h"

namespace mimika::sync {

struct SchedulerOptions {
  std::int64_t poll_ms = 60'000;
  std::int64_t unreachable_first_ms = 5'000;  // doubles up to the cap
  // A link may be there for a minute a day without anything telling of it: a third of that may be slept through.
  std::int64_t unreachable_cap_ms = 20'000;
  std::int64_t refused_first_ms = 10'000;  // doubles up to the cap
  std::int64_t refused_cap_ms = 300'000;
  std::int64_t nudge_gap_ms = 1'000;  // filings may ask for attempts without a link, but not more often than this
};

enum class Nudge {
  kFiled,   // an event waits; a back-off is respected
  kLinkUp,  // the network changed
  kAsked,   // a person wants it now
};

enum class RoundOutcome {
  kDone,
  kMore,         // the round's limit ended it
  kBroken,       // the link was there, something came home, and then it broke
  kUnreachable,  // no link, no server
  kRefused,      // the centre, or our own store, answered and failed
};

class Scheduler {
 public:
  Scheduler(const SchedulerOptions& options, Env& env, std::int64_t now_ms);

  // The monotonic time of the next round; in the past: now.
  [[nodiscard]] std::int64_t due_ms() const { return due_ms_; }
  // The next round should not trust a connection opened before.
  [[nodiscard]] bool wants_fresh_connection() const { return fresh_; }

  void nudge(Nudge why, std::int64_t now_ms);
  void started();
  void finished(RoundOutcome outcome, std::int64_t now_ms);

 private:
  [[nodiscard]] std::int64_t jittered(std::int64_t ms, int least_percent);

  SchedulerOptions options_;
  Env& env_;
  std::int64_t due_ms_;
  std::int64_t last_finished_ms_;
  RoundOutcome last_ = RoundOutcome::kDone;
  int failures_ = 0;  // of the same kind, in a row
  bool fresh_ = false;
};

}  // namespace mimika::sync
