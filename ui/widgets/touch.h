// One finger, made sense of. Events go into a queue; each frame takes at most one transition out of it, so that a press
// and a release that arrive together are still seen as two states. A second finger cancels what the first one pressed,
// and nothing starts again until all fingers are up. Pure; positions in pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>

#include "ui/widgets/input.h"

namespace mimika::ui {

enum class TouchStep {
  kNone,
  kPress,    // at `at`
  kDrag,     // the finger left the slop about its press: moved by `delta` since the last step
  kRelease,  // without having been dragged past the slop, or after: see `dragged`
  kCancel,   // a second finger, a lost window, too many events: whatever was pressed is not pressed any more
};

struct TouchOutcome {
  TouchStep step = TouchStep::kNone;
  Point at;     // where the finger is
  Point delta;  // kDrag only
  bool dragged = false;
};

class TouchMachine {
 public:
  static constexpr std::size_t kQueue = 128;  // more in one frame is a broken digitiser: everything is cancelled

  explicit TouchMachine(float slop_px = 20) : slop_(slop_px) {}
  void set_slop(float slop_px) { slop_ = slop_px; }

  void feed(const InputEvent& event);  // finger events only; others are ignored
  [[nodiscard]] TouchOutcome step();
  // More is waiting: the caller must draw another frame.
  [[nodiscard]] bool pending() const { return !queue_.empty(); }
  [[nodiscard]] bool down() const { return state_ == State::kDown || state_ == State::kDragging; }
  [[nodiscard]] Point at() const { return at_; }

 private:
  enum class State { kIdle, kDown, kDragging, kDead };

  TouchOutcome transition(const InputEvent& event);
  TouchOutcome drag();

  float slop_;
  State state_ = State::kIdle;
  std::deque<InputEvent> queue_;
  std::set<std::int64_t> fingers_;  // that are down
  std::int64_t finger_ = 0;
  Point from_;
  Point at_;
  Point reported_;
};

}  // namespace mimika::ui
