#include "tests/sim/minimise.h"

#include <algorithm>
#include <utility>

namespace mimika::sim {
namespace {

class Shrinker {
 public:
  Shrinker(Plan plan, RunOptions options, std::size_t max_runs)
      : options_(std::move(options)), max_runs_(max_runs), best_{std::move(plan), {}, 0} {
    options_.listener = nullptr;
    best_.outcome = play(best_.plan, options_);
    ++best_.runs;
  }

  Minimised run() {
    if (!best_.outcome.violation) return best_;
    cut_after_failure();
    without_whole_kinds();
    fewer_kiosks();
    for (bool shorter = true; shorter;) shorter = without_chunks();
    sooner();
    return best_;
  }

 private:
  // Keeps the candidate when it breaks the same promise.
  bool take(Plan candidate) {
    if (best_.runs >= max_runs_) return false;
    ++best_.runs;
    Outcome outcome = play(candidate, options_);
    if (!outcome.violation || outcome.violation->invariant != best_.outcome.violation->invariant) return false;
    best_.plan = std::move(candidate);
    best_.outcome = std::move(outcome);
    return true;
  }

  void cut_after_failure() {
    Plan candidate = best_.plan;
    candidate.actions.resize(std::min(candidate.actions.size(), best_.outcome.step + 1));
    take(std::move(candidate));
  }

  void without_whole_kinds() {
    for (int i = 0; i < static_cast<int>(Kind::kEnd); ++i) {
      Plan candidate = best_.plan;
      std::erase_if(candidate.actions, [&](const Action& action) { return action.kind == static_cast<Kind>(i); });
      if (candidate.actions.size() < best_.plan.actions.size()) take(std::move(candidate));
    }
  }

  void fewer_kiosks() {
    while (best_.plan.kiosks > 1) {
      Plan candidate = best_.plan;
      --candidate.kiosks;
      if (!take(std::move(candidate))) break;
    }
    Plan candidate = best_.plan;
    candidate.districts = 1;
    take(std::move(candidate));
  }

  // Halves, quarters, … single actions; true when something went.
  bool without_chunks() {
    bool shorter = false;
    for (std::size_t chunk = std::max<std::size_t>(best_.plan.actions.size() / 2, 1); chunk >= 1; chunk /= 2) {
      for (std::size_t at = 0; at < best_.plan.actions.size();) {
        Plan candidate = best_.plan;
        const auto begin = candidate.actions.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t size = std::min(chunk, candidate.actions.size() - at);
        candidate.actions.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
        if (take(std::move(candidate))) {
          shorter = true;
        } else {
          at += chunk;
        }
      }
      if (best_.runs >= max_runs_) return false;
    }
    return shorter;
  }

  void sooner() {
    for (std::size_t i = 0; i < best_.plan.actions.size(); ++i) {
      if (best_.plan.actions[i].after_ms == 0) continue;
      Plan candidate = best_.plan;
      candidate.actions[i].after_ms = 0;
      take(std::move(candidate));
    }
  }

  RunOptions options_;
  std::size_t max_runs_;
  Minimised best_;
};

}  // namespace

Minimised minimise(const Plan& plan, const RunOptions& options, std::size_t max_runs) {
  return Shrinker(plan, options, max_runs).run();
}

}  // namespace mimika::sim
