#include "kiosk/maintenance/person_checks.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mimika::maintenance {
namespace {

constexpr std::array<PanelColour, 5> kColours = {PanelColour::kWhite, PanelColour::kBlack, PanelColour::kRed,
                                                 PanelColour::kGreen, PanelColour::kBlue};

int cells_along(double length_mm) {
  return std::max(1, static_cast<int>(std::floor(length_mm / TouchGrid::kCellMm)));
}

std::int64_t whole(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

}  // namespace

TouchGrid::TouchGrid(double panel_width_mm, double panel_height_mm)
    : width_mm_(panel_width_mm),
      height_mm_(panel_height_mm),
      columns_(cells_along(panel_width_mm)),
      rows_(cells_along(panel_height_mm)) {
  const double width = width_mm_ / columns_;
  const double height = height_mm_ / rows_;
  for (int row = 0; row < rows_; ++row) {
    for (int column = 0; column < columns_; ++column) {
      cells_.push_back({column * width, row * height, width, height, false});
    }
  }
}

void TouchGrid::touch(double x_mm, double y_mm) {
  if (!(x_mm >= 0 && y_mm >= 0 && x_mm < width_mm_ && y_mm < height_mm_)) return;
  const auto column = std::min(columns_ - 1, static_cast<int>(x_mm / width_mm_ * columns_));
  const auto row = std::min(rows_ - 1, static_cast<int>(y_mm / height_mm_ * rows_));
  cells_.at(static_cast<std::size_t>(row * columns_ + column)).touched = true;
}

std::size_t TouchGrid::missing() const {
  return static_cast<std::size_t>(
      std::count_if(cells_.begin(), cells_.end(), [](const GridCell& cell) { return !cell.touched; }));
}

Finding TouchGrid::finish() const {
  return {complete() ? Outcome::kPass : Outcome::kFail,
          {{"cells", whole(cells_.size()), Unit::kCount}, {"without_touch", whole(missing()), Unit::kCount}},
          ""};
}

std::optional<PanelColour> PixelCheck::showing() const {
  if (step_ >= kColours.size()) return std::nullopt;
  return kColours.at(step_);
}

void PixelCheck::answer(bool all_even) {
  if (step_ >= kColours.size()) return;
  if (!all_even) ++spots_;
  ++step_;
}

Finding PixelCheck::finish() const {
  if (spots_ == 0 && showing()) return {Outcome::kSkipped, {}, "not every colour was looked at"};
  return {spots_ == 0 ? Outcome::kPass : Outcome::kFail, {{"colours_with_spots", whole(spots_), Unit::kCount}}, ""};
}

void KeypadCheck::press(KeypadKey key) {
  ++presses_.at(static_cast<std::size_t>(key));
}

bool KeypadCheck::seen(KeypadKey key) const {
  return presses_.at(static_cast<std::size_t>(key)) > 0;
}

bool KeypadCheck::complete() const {
  return std::ranges::all_of(presses_, [](std::uint32_t times) { return times > 0; });
}

Finding KeypadCheck::finish(bool has_keypad) const {
  const auto keys = std::ranges::count_if(presses_, [](std::uint32_t times) { return times > 0; });
  // A key that was felt is there, whatever is said of it.
  if (!has_keypad && keys == 0) return {Outcome::kNotFitted, {}, ""};
  return {complete() ? Outcome::kPass : Outcome::kFail, {{"keys_felt", keys, Unit::kCount}}, ""};
}

void ConfirmCheck::could_not_begin(std::string why) {
  why_ = std::move(why);
}

void ConfirmCheck::answer(Answer answer) {
  answer_ = answer;
}

Finding ConfirmCheck::finish() const {
  if (answer_ == Answer::kNotFitted) return {Outcome::kNotFitted, {}, ""};
  if (!why_.empty()) return {Outcome::kFail, {}, why_};
  if (!answer_) return {Outcome::kSkipped, {}, "nobody answered"};
  return {*answer_ == Answer::kYes ? Outcome::kPass : Outcome::kFail, {}, ""};
}

}  // namespace mimika::maintenance
