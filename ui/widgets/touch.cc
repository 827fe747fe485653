#include "ui/widgets/touch.h"

#include <cmath>

namespace mimika::ui {

void TouchMachine::feed(const InputEvent& event) {
  switch (event.kind) {
    case InputKind::kFingerDown:
    case InputKind::kFingerMove:
    case InputKind::kFingerUp:
    case InputKind::kFingerLost:
      break;
    default:
      return;
  }
  if (queue_.size() >= kQueue) {
    queue_.clear();
    fingers_.clear();
    queue_.push_back({.kind = InputKind::kFingerLost});
    return;
  }
  queue_.push_back(event);
}

TouchOutcome TouchMachine::drag() {
  TouchOutcome out;
  if (state_ == State::kDown && std::hypot(at_.x - from_.x, at_.y - from_.y) > slop_) {
    state_ = State::kDragging;
    reported_ = from_;
  }
  if (state_ == State::kDragging && !(at_ == reported_)) {
    out = {TouchStep::kDrag, at_, {at_.x - reported_.x, at_.y - reported_.y}, true};
    reported_ = at_;
  }
  return out;
}

TouchOutcome TouchMachine::step() {
  while (!queue_.empty()) {
    const InputEvent event = queue_.front();
    if (event.kind == InputKind::kFingerMove) {
      queue_.pop_front();
      if (down() && event.finger == finger_) {
        at_ = event.at;
        // Moves that follow each other are one; the last is where the finger is.
        if (!queue_.empty() && queue_.front().kind == InputKind::kFingerMove && queue_.front().finger == finger_) {
          continue;
        }
        if (const TouchOutcome moved = drag(); moved.step != TouchStep::kNone) {
          return moved;
        }
      }
      continue;
    }
    queue_.pop_front();
    if (const TouchOutcome out = transition(event); out.step != TouchStep::kNone) {
      return out;
    }
  }
  return {};
}

TouchOutcome TouchMachine::transition(const InputEvent& event) {
  const bool was_down = down();
  switch (event.kind) {
    case InputKind::kFingerDown:
      fingers_.insert(event.finger);
      if (state_ == State::kIdle) {
        state_ = State::kDown;
        finger_ = event.finger;
        from_ = at_ = reported_ = event.at;
        return {TouchStep::kPress, at_, {}, false};
      }
      state_ = State::kDead;
      return was_down ? TouchOutcome{TouchStep::kCancel, at_, {}, false} : TouchOutcome{};
    case InputKind::kFingerUp: {
      fingers_.erase(event.finger);
      const bool ours = was_down && event.finger == finger_;
      const bool dragged = state_ == State::kDragging;
      if (ours) {
        at_ = event.at;
      }
      if (ours || fingers_.empty()) {
        state_ = fingers_.empty() ? State::kIdle : State::kDead;
      }
      return ours ? TouchOutcome{TouchStep::kRelease, at_, {}, dragged} : TouchOutcome{};
    }
    case InputKind::kFingerLost:
      fingers_.clear();
      state_ = State::kIdle;
      return was_down ? TouchOutcome{TouchStep::kCancel, at_, {}, false} : TouchOutcome{};
    default:
      return {};
  }
}

}  // namespace mimika::ui
