#include "sync/client/forwarding.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/log.h"

namespace mimika::sync {

Forwarding::Forwarding(std::string folder, DeviceId self, Transport& transport, Env& env)
    : transport_(transport), env_(env), carries_(!folder.empty()), courier_(std::move(folder), self, {}) {}

ForwardReport Forwarding::run(const std::function<bool()>& go_on) {
  const std::int64_t now_ms = env_.monotonic_ms();
  ForwardReport report;
  if (!carries_ || now_ms < due_ms_) return report;
  if (now_ms >= ask_again_ms_) {
    courier_.ask_again();
    ask_again_ms_ = now_ms + kForwardWaitingMs;
  }
  const Status done = courier_.forward(transport_, report, go_on);
  if (report.forwarded > 0) log_info("sync", "{} bundles of other kiosks went on to the centre", report.forwarded);
  if (report.forwarded > 0) pause_ms_ = kForwardPauseFirstMs;
  if (done) return report;
  log_warning("sync", "carrying for others, again in {} min: {}", pause_ms_ / 60'000, done.error().message);
  due_ms_ = env_.monotonic_ms() + pause_ms_;
  pause_ms_ = std::min(pause_ms_ * 2, kForwardPauseMostMs);
  return report;
}

}  // namespace mimika::sync
