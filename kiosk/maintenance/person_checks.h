// The checks that need somebody's eyes, ears or fingers, each as a value that a screen is drawn over: what to show now,
// what the person does, and in the end a Finding. Nothing here draws, plays or waits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/maintenance/diagnostic.h"

namespace mimika::maintenance {

// --- the touchscreen: the panel is laid out in cells, and every one must feel a finger.
struct GridCell {
  double left_mm = 0;
  double top_mm = 0;
  double width_mm = 0;
  double height_mm = 0;
  bool touched = false;
};

class TouchGrid {
 public:
  // Cells of about kCellMm, evenly over the panel. The sizes are the panel's; 0 gives one cell.
  TouchGrid(double panel_width_mm, double panel_height_mm);
  // A finger at this place, pressed or moving. Places off the panel are ignored.
  void touch(double x_mm, double y_mm);
  [[nodiscard]] const std::vector<GridCell>& cells() const { return cells_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] std::size_t missing() const;
  [[nodiscard]] bool complete() const { return missing() == 0; }
  // Pass when complete; else, when the person gave up or the time was over, fail with the cells that felt nothing.
  [[nodiscard]] Finding finish() const;

  // The smallest target that a finger must be able to hit on any screen.
  static constexpr double kCellMm = 12.7;

 private:
  double width_mm_;
  double height_mm_;
  int columns_;
  int rows_;
  std::vector<GridCell> cells_;
};

// --- dead pixels: the whole panel in one colour after the other; the person says after each whether a dot stands out.
enum class PanelColour : std::uint8_t { kWhite, kBlack, kRed, kGreen, kBlue };

class PixelCheck {
 public:
  [[nodiscard]] std::optional<PanelColour> showing() const;  // nothing: it is over
  void answer(bool all_even);
  [[nodiscard]] Finding finish() const;  // kSkipped when it was not gone through

 private:
  std::size_t step_ = 0;
  std::size_t spots_ = 0;
};

// --- the tactile keypad: six keys, each to be pressed once.
enum class KeypadKey : std::uint8_t { kUp, kDown, kLeft, kRight, kChoose, kBack };
inline constexpr std::size_t kKeypadKeys = 6;

class KeypadCheck {
 public:
  void press(KeypadKey key);
  [[nodiscard]] bool seen(KeypadKey key) const;
  [[nodiscard]] bool complete() const;
  // No key at all: not fitted, since the person says that there is none.
  [[nodiscard]] Finding finish(bool has_keypad = true) const;

 private:
  std::array<std::uint32_t, kKeypadKeys> presses_{};
};

// --- a question with yes or no, after something was done: the tone was heard, the own voice came back, the picture was
// seen, the page came out of the printer, the grey steps can be told apart.
enum class Answer : std::uint8_t { kYes, kNo, kNotFitted };

class ConfirmCheck {
 public:
  // The device itself could not even begin: nobody is asked then.
  void could_not_begin(std::string why);
  void done() { asked_ = true; }
  [[nodiscard]] bool asks() const { return asked_ && !answer_ && why_.empty(); }
  void answer(Answer answer);
  [[nodiscard]] Finding finish() const;

 private:
  bool asked_ = false;
  std::optional<Answer> answer_;
  std::string why_;
};

}  // namespace mimika::maintenance
