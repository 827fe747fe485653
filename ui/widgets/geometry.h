// Points, sizes and rectangles in pixels, and the ways a screen cuts its area into parts. Pure; knows nothing of
// drawing.
#pragma once

#include <algorithm>
#include <vector>

namespace mimika::ui {

struct Point {
  float x = 0;
  float y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Size {
  float w = 0;
  float h = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
  friend bool operator==(const Rect&, const Rect&) = default;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  [[nodiscard]] bool empty() const { return w <= 0 || h <= 0; }

  // A smaller (or, with a negative amount, larger) rectangle about the same centre.
  [[nodiscard]] Rect inset(float by) const { return inset(by, by); }
  [[nodiscard]] Rect inset(float by_x, float by_y) const { return {x + by_x, y + by_y, w - 2 * by_x, h - 2 * by_y}; }
  [[nodiscard]] Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  [[nodiscard]] Rect centred(Size size) const { return {x + (w - size.w) / 2, y + (h - size.h) / 2, size.w, size.h}; }
  [[nodiscard]] Rect intersect(const Rect& other) const {
    const float left = std::max(x, other.x);
    const float top = std::max(y, other.y);
    return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
            std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
  }

  // cut_*: takes a strip of `amount` (and `gap` beside it, which is dropped) off this rectangle and returns the strip.
  // Never more than is there. A screen is laid out by cutting its content area until nothing is left.
  Rect cut_top(float amount, float gap = 0) {
    const float taken = std::clamp(amount, 0.0F, h);
    const Rect strip{x, y, w, taken};
    const float rest = std::max(0.0F, h - taken - gap);
    y = bottom() - rest;
    h = rest;
    return strip;
  }
  Rect cut_bottom(float amount, float gap = 0) {
    const float taken = std::clamp(amount, 0.0F, h);
    const Rect strip{x, bottom() - taken, w, taken};
    h = std::max(0.0F, h - taken - gap);
    return strip;
  }
  Rect cut_left(float amount, float gap = 0) {
    const float taken = std::clamp(amount, 0.0F, w);
    const Rect strip{x, y, taken, h};
    const float rest = std::max(0.0F, w - taken - gap);
    x = right() - rest;
    w = rest;
    return strip;
  }
  Rect cut_right(float amount, float gap = 0) {
    const float taken = std::clamp(amount, 0.0F, w);
    const Rect strip{right() - taken, y, taken, h};
    w = std::max(0.0F, w - taken - gap);
    return strip;
  }
};

// `count` columns of equal width with `gap` between them; whole pixels, so that edges stay sharp.
[[nodiscard]] std::vector<Rect> columns(const Rect& area, int count, float gap);
// Columns whose widths stand in the given proportions.
[[nodiscard]] std::vector<Rect> columns(const Rect& area, const std::vector<float>& shares, float gap);
[[nodiscard]] std::vector<Rect> rows(const Rect& area, int count, float gap);
// Row by row, `across` in a row.
[[nodiscard]] std::vector<Rect> grid(const Rect& area, int across, int down, float gap);
// How many columns of at least `least` pixels fit, at least 1 and at most `most`.
[[nodiscard]] int columns_that_fit(float width, float least, float gap, int most);

}  // namespace mimika::ui
