// Shapes in dots: rules, boxes, the band and the pictograms of a slip, drawn from their geometry so that they are sharp
// at any density.
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/device/printer_image.h"

namespace mimika::device {

struct SlipBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

enum class SlipMark { kLock, kSaved, kNotArrived, kOffice, kAnswer, kSearch };

void fill_box(BitImage& image, const SlipBox& box, bool black = true);
void outline_round_box(BitImage& image, const SlipBox& box, double radius, double stroke);
void dashed_rule(BitImage& image, double left, double right, double top, double thickness, double dash, double gap);
// The plaited band: chevrons, white on black, from edge to edge.
void draw_band(BitImage& image, double top, double height);
// In a square of `side`, as the pictograms of the screens are drawn (assets/icons).
void draw_mark(BitImage& image, SlipMark mark, double left, double top, double side);

// The modules of a QR code, `dark(column, row)`, without its quiet zone. kTooLarge when the text does not fit one.
class SlipQr {
 public:
  [[nodiscard]] static Result<SlipQr> make(const std::string& text);
  [[nodiscard]] int modules() const { return dots_.width(); }
  [[nodiscard]] bool dark(int column, int row) const { return dots_.black(column, row); }
  void draw(BitImage& image, int left, int top, int module_dots) const;

 private:
  explicit SlipQr(BitImage dots) : dots_(std::move(dots)) {}
  BitImage dots_;
};

}  // namespace mimika::device
