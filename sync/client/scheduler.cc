#include "sync/client/scheduler.h"

#include <algorithm>

namespace mimika::sync {
namespace {

constexpr int kDoublingsMax = 20;  // every cap is reached long before; keeps the shift defined

std::int64_t grown(std::int64_t first_ms, std::int64_t cap_ms, int failures) {
  const int doublings = std::clamp(failures - 1, 0, kDoublingsMax);
  return std::min(first_ms << doublings, cap_ms);
}

}  // namespace

Scheduler::Scheduler(const SchedulerOptions& options, Env& env, std::int64_t now_ms)
    : options_(options), env_(env), due_ms_(now_ms), last_finished_ms_(now_ms - options.nudge_gap_ms) {}

// Between `least_percent` of the time and all of it, evenly.
std::int64_t Scheduler::jittered(std::int64_t ms, int least_percent) {
  const std::int64_t least = ms * least_percent / 100;
  const auto span = static_cast<std::uint64_t>(ms - least + 1);
  return least + static_cast<std::int64_t>(random_integer<std::uint32_t>(env_) % span);
}

void Scheduler::nudge(Nudge why, std::int64_t now_ms) {
  const std::int64_t soon = std::max(now_ms, last_finished_ms_ + options_.nudge_gap_ms);
  const bool unreachable = last_ == RoundOutcome::kUnreachable;
  const bool refused = last_ == RoundOutcome::kRefused;
  std::int64_t wanted = now_ms;
  switch (why) {
    case Nudge::kFiled:
      if (refused) return;
      if (unreachable) wanted = soon;
      break;
    case Nudge::kLinkUp:
      fresh_ = true;
      if (unreachable) failures_ = 0;
      // Routers repeat themselves: a notice while all is well, or while the centre fails, does not mean at once.
      if (refused) wanted = std::max(now_ms, last_finished_ms_ + options_.refused_first_ms);
      if (!refused && !unreachable) wanted = soon;
      break;
    case Nudge::kAsked:
      break;
  }
  due_ms_ = std::min(due_ms_, wanted);
}

void Scheduler::started() {
  fresh_ = false;
}

void Scheduler::finished(RoundOutcome outcome, std::int64_t now_ms) {
  failures_ = outcome == last_ ? failures_ + 1 : 1;
  last_ = outcome;
  last_finished_ms_ = now_ms;
  switch (outcome) {
    case RoundOutcome::kDone:
      due_ms_ = now_ms + jittered(options_.poll_ms, 80);
      return;
    case RoundOutcome::kMore:
      due_ms_ = now_ms;
      return;
    case RoundOutcome::kBroken:
      due_ms_ = now_ms;
      fresh_ = true;
      return;
    case RoundOutcome::kUnreachable:
      // A connection that broke is no sign of a link that is gone: once, at once, over a new one.
      if (failures_ == 1) {
        due_ms_ = now_ms;
        fresh_ = true;
        return;
      }
      due_ms_ = now_ms + jittered(grown(options_.unreachable_first_ms, options_.unreachable_cap_ms, failures_ - 1), 50);
      return;
    case RoundOutcome::kRefused:
      due_ms_ = now_ms + jittered(grown(options_.refused_first_ms, options_.refused_cap_ms, failures_), 50);
      return;
  }
}

}  // namespace mimika::sync
