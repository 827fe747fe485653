// Waiting for what cannot be told to stop: a name server that does not answer, a service that hangs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "kiosk/base/result.h"

namespace mimika::maintenance {

// Runs `work` on a thread of its own and waits at most so long. On kTooSlow the thread goes on alone until its call
// comes back, so `work` must own whatever it touches.
template <typename Value, typename Work>
[[nodiscard]] Result<Value> with_time_limit(std::int64_t limit_ms, const std::string& doing, Work work) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<Value>> answer;
  };
  // Shared because either side may be the last to need it: the waiter that gave up, or the thread that came late.
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, work = std::move(work)]() mutable {
    Result<Value> answer = work();
    const std::lock_guard lock(shared->mutex);
    shared->answer.emplace(std::move(answer));
    shared->changed.notify_all();
  }).detach();
  std::unique_lock lock(shared->mutex);
  const auto until = std::chrono::milliseconds(limit_ms);
  if (!shared->changed.wait_for(lock, until, [&] { return shared->answer.has_value(); })) {
    return fail(ErrorCode::kTooSlow, doing + ": no answer in " + std::to_string(limit_ms) + " ms");
  }
  return *std::move(shared->answer);
}

}  // namespace mimika::maintenance
