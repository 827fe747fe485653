// The touch audit: what is wrong with one painted frame, by the bars of the touchscreen. Pure, but for the colours of
// pictures, which its caller looks up.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ui/widgets/painted.h"

namespace mimika::testing {

struct Fault {
  std::string where;  // the target's id, or the words
  std::string what;   // "11.2 mm high, less than 12.7"
};

// The least contrast between `text` and any pixel of the picture within `part` (of a picture at 0, 0), seen through
// translucent veils, the topmost first.
using Veils = std::vector<ui::Colour>;
using PictureContrast =
    std::function<double(const ui::PictureRequest&, const ui::Rect& part, ui::Colour text, const Veils&)>;
[[nodiscard]] ui::Colour through(const Veils& veils, ui::Colour ground);

struct AuditRules {
  // The first screen ends in a line for staff, in the smaller type of staff screens.
  bool staff_words = false;
  // A page of staff: smaller type, keys of 12.9 mm, and less contrast than residents get.
  bool staff_page = false;
  PictureContrast picture_contrast;
};

// Sizes and distances of targets, the screen's edge, words cut, broken, covered, too small or too faint.
[[nodiscard]] std::vector<Fault> faults_of(const ui::Painted& frame, const ui::Metrics& metrics,
                                           const ui::Palette& palette, const AuditRules& rules);

}  // namespace mimika::testing
