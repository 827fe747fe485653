// Rewriting our own drawings before they are rasterised: another colour, another part of the picture. Pure text work.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/result.h"
#include "ui/widgets/graphics.h"

namespace mimika::ui {

struct ViewBox {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;
};

struct SvgFrame {
  ViewBox box;
  Fit own_fit = Fit::kMeet;   // what preserveAspectRatio asks for
  float own_anchor_x = 0.5F;  // xMin 0, xMid 0.5, xMax 1
  float own_anchor_y = 0.5F;
};

// Reads the root element. kCorrupt when there is none, or no usable viewBox.
[[nodiscard]] Result<SvgFrame> read_svg_frame(std::string_view svg);

// The part of the drawing that a width × height rectangle shows. Fit::kOwn widens or cuts the view box about the
// drawing's own anchor: scenes are painted past their view box, so that nothing empty appears.
[[nodiscard]] ViewBox visible_part(const SvgFrame& frame, Fit fit, float anchor_x, float anchor_y, int width,
                                   int height);

// The same drawing with a root element that shows `part` at exactly width × height pixels.
[[nodiscard]] Result<std::string> with_viewport(std::string_view svg, const ViewBox& part, int width, int height);

// Ink strokes and fills become `tint`; light fills become a veil of it (30 %), so that a two-tone icon stays two-tone
// on a dark key.
[[nodiscard]] std::string with_tint(std::string_view svg, Colour tint);

}  // namespace mimika::ui
