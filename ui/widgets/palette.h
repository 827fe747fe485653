// The colours of the product. Every text colour on every ground it is used on keeps 10:1, 20:1 in high contrast and
// 12:1 in low glare (staff screens and disabled keys 4.5:1); tests/ui checks the pairs, the audit what is really drawn.
#pragma once

#include "ui/widgets/graphics.h"

namespace mimika::ui {

enum class Contrast { kStandard, kHigh, kLowGlare };

struct Palette {
  Colour paper;    // the screen
  Colour surface;  // tile, card, light key
  Colour sand;     // pressed light key, table head
  Colour sago;     // selected panel
  Colour select;   // selected tool, step, badge
  Colour ochre;    // focus, "saved here"; never under text
  Colour ink;      // text, strokes
  Colour ink2;     // second line
  Colour staff2;   // second line of staff screens
  Colour deep;     // rail
  Colour deeper;   // rail's edge, attract ground
  Colour tool;     // rail key
  Colour sea;      // primary key, "arrived"
  Colour forest;   // photo, saved banner
  Colour clay;     // complaint, voice, stop
  Colour ember;    // bars of a recording, accents in pictures
  Colour sky;      // picture grounds
  Colour leaf;
  Colour dawn;
  Colour line;  // outline
  Colour edge;  // lower edge of light shapes
  Colour tray;  // the keyboard's ground
  Colour disabled_fill;
  Colour disabled_line;
  Colour disabled_text;
  Colour mark_red;
  Colour mark_yellow;
  Colour mark_green;
  Colour on_dark;    // text on deep, tool, sea, forest, clay
  Colour on_select;  // text on select and sago
  Contrast contrast = Contrast::kStandard;

  [[nodiscard]] bool high() const { return contrast == Contrast::kHigh; }
  // No skies and shades behind words.
  [[nodiscard]] bool plain() const { return contrast != Contrast::kStandard; }
};

[[nodiscard]] const Palette& palette_for(Contrast contrast);

// What every text keeps on its ground; staff screens and disabled keys 4.5.
[[nodiscard]] double least_ratio(Contrast contrast);

// WCAG 2 contrast ratio of two opaque colours, 1 … 21.
[[nodiscard]] double contrast_ratio(Colour a, Colour b);

// The colour one step darker: pressed fills and the lower edge of dark keys.
[[nodiscard]] Colour darker(Colour colour);

}  // namespace mimika::ui
