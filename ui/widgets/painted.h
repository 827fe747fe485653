// What one frame painted, in the order of painting, for those who check it: the audit of the screens. Nothing is
// written down unless it is asked for (Ui::write_down), because it holds words that a person wrote.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ui/widgets/ui.h"

namespace mimika::ui {

// A ground: a filled rectangle, rounded or not, or a picture. Icons, outlines and letters are none.
struct PaintedShape {
  Rect rect;  // the whole of it, as if nothing were cut
  Colour colour;
  Rect clip;                                   // what is visible of the screen where it stands
  std::string scroll = {};                     // the region it moves with; empty outside of one
  std::optional<PictureRequest> picture = {};  // then `colour` means nothing
  std::vector<Point> corners = {};             // of a polygon; `rect` is what holds it
};

// One line of words.
struct PaintedText {
  std::string words;
  Rect ink;  // from the tops of its capitals to the baseline, pixels
  TextStyle style = TextStyle::kBody;
  float cap_px = 0;
  Colour colour;
  Rect clip;
  std::string scroll = {};
  bool broken_word = false;  // its last word goes on in the next line
  std::size_t shapes = 0;    // how many shapes were painted before it
};

struct PaintedTarget {
  Target target;  // its rectangle is the whole one, as if nothing were cut
  Rect visible;
  std::string scroll = {};
  bool reachable = true;  // enough of it is visible to be touched
  bool primary = false;   // a key of the kind kPrimary
  bool focused = false;   // the arrow keys stand on it, and it shows
};

struct PaintedRing {
  Rect rect;  // of what has the focus
  Rect clip;
};

struct Painted {
  std::vector<PaintedShape> shapes;
  std::vector<PaintedText> texts;
  std::vector<PaintedTarget> targets;
  std::vector<PaintedRing> rings;
};

}  // namespace mimika::ui
