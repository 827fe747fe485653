#include "ui/widgets/focus.h"

#include <cmath>
#include <limits>

namespace mimika::ui {
namespace {

// Turns every direction into "down", so that there is one rule to read.
Rect turned(const Rect& rect, Direction direction) {
  switch (direction) {
    case Direction::kDown:
      return rect;
    case Direction::kUp:
      return {rect.x, -rect.bottom(), rect.w, rect.h};
    case Direction::kRight:
      return {rect.y, rect.x, rect.h, rect.w};
    case Direction::kLeft:
      return {rect.y, -rect.right(), rect.h, rect.w};
  }
  return rect;
}

// Being aside costs more than being far, or the focus would leave its column at every step.
constexpr float kAsideCost = 3.0F;
// What lies beside rather than ahead, like a wide field below a key when the arrow points along its row, is the last
// resort.
constexpr float kBesideCost = 1e6F;
constexpr float kSame = 1.0F;  // pixels: edges this close count as level

}  // namespace

std::optional<std::size_t> nearest(std::span<const Rect> rects, const Rect& from, Direction direction) {
  const Rect here = turned(from, direction);
  std::optional<std::size_t> best;
  float best_cost = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i < rects.size(); ++i) {
    const Rect there = turned(rects[i], direction);
    if (there.centre().y <= here.centre().y + kSame || there.bottom() <= here.bottom() + kSame) {
      continue;
    }
    const float ahead = std::max(0.0F, there.y - here.bottom());
    const float aside = std::max({0.0F, there.x - here.right(), here.x - there.right()});
    // Among those straight ahead, the one whose middle is closest wins by a little.
    const float off_centre = std::fabs(there.centre().x - here.centre().x) * 0.05F;
    const bool beside = aside > 0 && there.y < here.bottom() - kSame;
    const float cost = ahead + kAsideCost * aside + off_centre + (beside ? kBesideCost : 0);
    if (cost < best_cost) {
      best_cost = cost;
      best = i;
    }
  }
  return best;
}

}  // namespace mimika::ui
