#include "ui/widgets/schedule.h"

#include <algorithm>

namespace mimika::ui {

const char* draw_reason_name(DrawReason reason) {
  switch (reason) {
    case DrawReason::kInput:
      return "input";
    case DrawReason::kAnimation:
      return "animation";
    case DrawReason::kClock:
      return "clock";
    case DrawReason::kTaskResult:
      return "task_result";
    case DrawReason::kSettling:
      return "settling";
    case DrawReason::kExposed:
      return "exposed";
  }
  return "unknown";
}

void DrawSchedule::request(DrawReason reason, std::int64_t at_ms) {
  auto& due = due_.at(static_cast<std::size_t>(reason));
  due = due ? std::min(*due, at_ms) : at_ms;
}

std::optional<std::int64_t> DrawSchedule::next_ms() const {
  std::optional<std::int64_t> next;
  for (const auto& due : due_) {
    if (due && (!next || *due < *next)) {
      next = due;
    }
  }
  return next;
}

bool DrawSchedule::take_due(std::int64_t now_ms) {
  bool any = false;
  for (std::size_t i = 0; i < kDrawReasons; ++i) {
    if (due_.at(i) && *due_.at(i) <= now_ms) {
      due_.at(i).reset();
      ++drawn_.at(i);
      any = true;
    }
  }
  return any;
}

}  // namespace mimika::ui
