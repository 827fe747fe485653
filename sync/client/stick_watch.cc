#include "sync/client/stick_watch.h"

#include <algorithm>

#include "kiosk/base/shown_name.h"

namespace mimika::sync {

const char* step_name(StickStep step) {
  static constexpr const char* kNames[] = {"looking", "events", "carried", "attachments", "extras",
                                           "reading", "taking", "updates", "done"};
  return kNames[static_cast<std::size_t>(step)];
}

Status StickWatch::go_on() const {
  if (!stop_.stop_requested()) return {};
  return fail(ErrorCode::kCancelled, "it was asked to end");
}

Status StickWatch::begin(StickStep step) {
  progress_.step = step;
  progress_.file.clear();
  tell();
  return step == StickStep::kDone ? Status() : go_on();
}

Status StickWatch::begin_file(const std::string& name) {
  progress_.file = shown_name(name);
  progress_.files_total = std::max(progress_.files_total, progress_.files_done + 1);
  tell();
  return go_on();
}

void StickWatch::end_file() {
  ++progress_.files_done;
  progress_.files_total = std::max(progress_.files_total, progress_.files_done);
  progress_.file.clear();
  tell();
}

BlockWatch StickWatch::blocks() {
  return [this](std::size_t bytes) {
    progress_.bytes_done += bytes;
    if (bytes > 0) tell();
    return go_on();
  };
}

void StickWatch::tell() const {
  if (tell_) tell_(progress_);
}

}  // namespace mimika::sync
