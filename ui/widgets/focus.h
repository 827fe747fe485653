// Where the focus goes when an arrow is pressed: the nearest target in that direction. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "ui/widgets/geometry.h"

namespace mimika::ui {

enum class Direction { kUp, kDown, kLeft, kRight };

// The index of the rectangle that lies nearest to `from` in this direction; a target straight ahead is preferred to a
// nearer one far aside. Empty when there is none: the focus stays.
[[nodiscard]] std::optional<std::size_t> nearest(std::span<const Rect> rects, const Rect& from, Direction direction);

}  // namespace mimika::ui
