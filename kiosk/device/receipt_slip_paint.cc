#include "kiosk/device/receipt_slip_paint.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <numbers>
#include <utility>

namespace mimika::device {
namespace {

struct Spot {
  double x = 0;
  double y = 0;
};

// Paints every dot of the box whose middle fits.
template <typename Fits>
void paint(BitImage& image, const SlipBox& box, bool black, const Fits& fits) {
  const int right = static_cast<int>(std::ceil(box.right));
  const int bottom = static_cast<int>(std::ceil(box.bottom));
  for (int y = static_cast<int>(std::floor(box.top)); y < bottom; ++y) {
    for (int x = static_cast<int>(std::floor(box.left)); x < right; ++x) {
      if (fits(Spot{x + 0.5, y + 0.5})) image.set(x, y, black);
    }
  }
}

double distance_to_line(Spot p, Spot a, Spot b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  const double t = length == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0);
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

// Below zero within the box with round corners.
double distance_to_round_box(Spot p, const SlipBox& box, double radius) {
  const double half_width = (box.right - box.left) / 2;
  const double half_height = (box.bottom - box.top) / 2;
  const double x = std::abs(p.x - box.left - half_width) - half_width + radius;
  const double y = std::abs(p.y - box.top - half_height) - half_height + radius;
  return std::hypot(std::max(x, 0.0), std::max(y, 0.0)) + std::min(std::max(x, y), 0.0) - radius;
}

// A pictogram's grid of 64 units, put into a square of dots.
struct Grid {
  BitImage& image;
  double left;
  double top;
  double unit;  // dots
  double stroke = 5;

  [[nodiscard]] Spot at(double x, double y) const { return {left + x * unit, top + y * unit}; }
  [[nodiscard]] SlipBox around(double x0, double y0, double x1, double y1) const {
    return {left + x0 * unit, top + y0 * unit, left + x1 * unit, top + y1 * unit};
  }
  void lines(std::initializer_list<Spot> points, bool black = true) const {
    const double reach = stroke * unit / 2;
    for (auto to = points.begin() + 1; to < points.end(); ++to) {
      const Spot a = at((to - 1)->x, (to - 1)->y);
      const Spot b = at(to->x, to->y);
      const SlipBox box{std::min(a.x, b.x) - reach, std::min(a.y, b.y) - reach, std::max(a.x, b.x) + reach,
                        std::max(a.y, b.y) + reach};
      paint(image, box, black, [&](Spot p) { return distance_to_line(p, a, b) <= reach; });
    }
  }
  // `dashes` of them around the circle, each as long as `ink` of its share; upper: its upper half alone.
  void circle(double x, double y, double radius, int dashes, double ink, bool upper = false) const {
    const Spot middle = at(x, y);
    const double reach = (radius + stroke) * unit;
    paint(image, {middle.x - reach, middle.y - reach, middle.x + reach, upper ? middle.y : middle.y + reach}, true,
          [&](Spot p) {
            const double off = std::abs(std::hypot(p.x - middle.x, p.y - middle.y) - radius * unit);
            if (off > stroke * unit / 2) return false;
            if (dashes == 0) return true;
            const double turn = std::atan2(p.y - middle.y, p.x - middle.x) / (2 * std::numbers::pi) + 1;
            return std::fmod(turn * dashes, 1.0) < ink;
          });
  }
};

void draw_lock(const Grid& grid) {
  outline_round_box(grid.image, grid.around(8.5, 25.5, 55.5, 60.5), 8.5 * grid.unit, grid.stroke * grid.unit);
  grid.lines({{20, 28}, {20, 20}});
  grid.lines({{44, 28}, {44, 20}});
  grid.circle(32, 20, 12, 0, 1, true);
  grid.lines({{32, 40}, {32, 47}});
}

void draw_saved(Grid grid) {
  const SlipBox box = grid.around(0, 0, 64, 64);
  paint(grid.image, box, true, [&](Spot p) { return distance_to_round_box(p, box, 8 * grid.unit) <= 0; });
  grid.stroke = 8;
  grid.lines({{14, 33}, {27, 46}, {51, 19}}, false);
}

void draw_office(const Grid& grid) {
  grid.lines({{6, 28}, {32, 8}, {58, 28}, {6, 28}});
  for (const double x : {12.0, 24.0, 40.0, 52.0}) grid.lines({{x, 29}, {x, 54}});
  grid.lines({{6, 57}, {58, 57}});
}

}  // namespace

void fill_box(BitImage& image, const SlipBox& box, bool black) {
  paint(image, box, black,
        [&](Spot p) { return p.x >= box.left && p.x < box.right && p.y >= box.top && p.y < box.bottom; });
}

void outline_round_box(BitImage& image, const SlipBox& box, double radius, double stroke) {
  paint(image, box, true, [&](Spot p) {
    const double distance = distance_to_round_box(p, box, radius);
    return distance <= 0 && distance > -stroke;
  });
}

void dashed_rule(BitImage& image, double left, double right, double top, double thickness, double dash, double gap) {
  for (double x = left; x < right; x += dash + gap) {
    fill_box(image, {x, top, std::min(x + dash, right), top + thickness});
  }
}

void draw_band(BitImage& image, double top, double height) {
  fill_box(image, {0, top, static_cast<double>(image.width()), top + height});
  const double border = height * 0.16;
  const double middle = top + height / 2;
  const double reach = height / 2 - border;
  const double pitch = height * 1.0;
  for (double x = -pitch; x < image.width(); x += pitch) {
    // Two slanted strokes that meet at the right: one chevron.
    paint(image, {x, top + border, x + 2 * pitch, top + height - border}, false, [&](Spot p) {
      const double lean = x + (reach - std::abs(p.y - middle)) * 0.75;
      return p.x >= lean && p.x < lean + pitch * 0.62 && std::abs(p.y - middle) > height * 0.03;
    });
  }
}

void draw_mark(BitImage& image, SlipMark mark, double left, double top, double side) {
  Grid grid{image, left, top, side / 64};
  switch (mark) {
    case SlipMark::kLock:
      return draw_lock(grid);
    case SlipMark::kSaved:
      return draw_saved(grid);
    case SlipMark::kNotArrived:
      return grid.circle(32, 32, 28, 16, 0.6);
    case SlipMark::kOffice:
      return draw_office(grid);
    case SlipMark::kAnswer:
      return grid.lines({{6, 10}, {58, 10}, {58, 46}, {32, 46}, {18, 58}, {18, 46}, {6, 46}, {6, 10}});
    case SlipMark::kSearch:
      grid.circle(27, 27, 18, 0, 1);
      return grid.lines({{41, 41}, {57, 57}});
  }
}

Result<SlipQr> SlipQr::make(const std::string& text) {
  constexpr int kSmallestVersion = 0;  // as small as it may be
  constexpr int kCaseSensitive = 1;    // capitals and digits alone still get the compact mode
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(text.c_str(), kSmallestVersion, QR_ECLEVEL_M, QR_MODE_8, kCaseSensitive), &QRcode_free);
  if (code == nullptr) return fail(ErrorCode::kTooLarge, "the statement does not fit a QR code");
  BitImage dots(code->width, code->width);
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      dots.set(column, row, (code->data[row * code->width + column] & 1U) != 0);  // the lowest bit is the module
    }
  }
  return SlipQr(std::move(dots));
}

void SlipQr::draw(BitImage& image, int left, int top, int module_dots) const {
  for (int y = 0; y < modules() * module_dots; ++y) {
    for (int x = 0; x < modules() * module_dots; ++x) {
      if (dark(x / module_dots, y / module_dots)) image.set(left + x, top + y);
    }
  }
}

}  // namespace mimika::device
