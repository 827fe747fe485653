// Why a frame is drawn. Each reason has a name; when none is raised the program sleeps and draws nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace mimika::ui {

enum class DrawReason : std::uint8_t {
  kInput,       // a touch or a key; also a transition still waiting in the touch queue
  kAnimation,   // something moves: a list that rolls, the caret, progress, countdown
  kClock,       // the minute on the clock changes
  kTaskResult,  // a worker finished: print, save, sync state
  kSettling,    // the last frame learnt a size that this one must use
  kExposed,     // the window system asks for the picture again
};
inline constexpr std::size_t kDrawReasons = 6;

[[nodiscard]] const char* draw_reason_name(DrawReason reason);

class DrawSchedule {
 public:
  // Draw at `at_ms` (monotonic) or as soon as possible after it. The earlier of two requests for one reason wins.
  void request(DrawReason reason, std::int64_t at_ms);
  // When to wake up; empty: sleep until an event.
  [[nodiscard]] std::optional<std::int64_t> next_ms() const;
  // Takes every reason due at `now_ms`; false: nothing to draw.
  bool take_due(std::int64_t now_ms);
  [[nodiscard]] bool waits_for(DrawReason reason) const { return due_[static_cast<std::size_t>(reason)].has_value(); }
  // How often a reason made a frame, for the tests and the diagnostics.
  [[nodiscard]] std::uint64_t drawn(DrawReason reason) const { return drawn_[static_cast<std::size_t>(reason)]; }

 private:
  std::array<std::optional<std::int64_t>, kDrawReasons> due_;
  std::array<std::uint64_t, kDrawReasons> drawn_{};
};

}  // namespace mimika::ui
