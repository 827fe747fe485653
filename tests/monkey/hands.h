// What a monkey does to a kiosk: fingers, keys, the window, the clock. It sees the screen as a person does, so that it
// gets somewhere, and then does to it what no person would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/monkey/chance.h"
#include "ui/widgets/ui.h"

namespace mimika::monkey {

// What happens in one moment, and how long nothing does after it.
struct Beat {
  std::vector<ui::InputEvent> events;
  std::int64_t rest_ms = 16;
  std::int64_t wall_jump_ms = 0;           // the clock was set
  std::optional<ui::Size> screen_px = {};  // the window was resized, or the panel turned
  bool goes_away = false;                  // nothing more happens until the visit must have ended
};

class Hands {
 public:
  explicit Hands(Chance chance) : chance_(chance) {}
  [[nodiscard]] Beat next(const ui::Ui& ui, ui::Size screen_px);
  [[nodiscard]] std::uint64_t touches() const { return touches_; }  // fingers that went down
  [[nodiscard]] std::uint64_t keys() const { return keys_; }

 private:
  enum class Mood : std::uint8_t {
    kGoingOn,  // taps what can be touched, one at a time, as a person would
    kTyping,
    kBlind,  // taps anywhere, the screen or not
    kStorm,  // ten thousand taps a second
    kManyFingers,
    kDragging,
    kHolding,
    kKeys,
    kBombs,
    kTurning,
    kClock,
    kStill,
    kGone,  // long enough for the visit to end
  };
  static constexpr int kMoods = 13;

  void choose_mood();
  [[nodiscard]] ui::Point anywhere(ui::Size screen_px);
  [[nodiscard]] ui::Point somewhere_useful(const ui::Ui& ui, ui::Size screen_px);
  void finger(Beat& beat, ui::InputKind kind, ui::Point at, std::int64_t which = 1);
  void tap(Beat& beat, ui::Point at, std::int64_t which = 1);
  void key(Beat& beat, ui::Key key);
  [[nodiscard]] std::string bomb();

  Chance chance_;
  Mood mood_ = Mood::kGoingOn;
  int left_ = 0;  // beats in this mood
  std::uint64_t touches_ = 0;
  std::uint64_t keys_ = 0;
  ui::Point dragged_from_ = {};
  bool dragging_ = false;
};

}  // namespace mimika::monkey
