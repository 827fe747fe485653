// Grounds: what lies under everything else. Cards, panels, the plaited band, the backgrounds of the stage.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kHomeSkyMm = 42.0F;

}  // namespace

void Ui::background() {
  fill(stage(), colours().paper);
}

void Ui::background_home() {
  background();
  if (!colours().plain()) {
    const Rect area = stage();
    picture("pictures/home-sky", {area.x, area.y, area.w, px(landscape() ? kHomeSkyMm : kHomeSkyMm * 1.5F)},
            Fit::kSlice, 0, kNoCorners);
  }
}

void Ui::background_night() {
  if (colours().high()) {
    background();
  } else {
    picture("pictures/night", stage(), Fit::kSlice, 0, kNoCorners);
  }
}

Rect Ui::card(const Rect& rect) {
  const Palette& c = colours();
  const float line = std::max(1.0F, std::round((c.high() ? 0.72F : 0.36F) * metrics().px_per_mm()));
  const float radius = px(mm::kTileRadius);
  round(rect, radius, c.line);
  round(snapped(rect).inset(line), radius - line, c.surface);
  return snapped(rect).inset(px(4.4F));
}

Colour Ui::under_ink(Colour ground) const {
  return colours().high() ? colours().surface : ground;
}

Rect Ui::panel(const Rect& rect, Colour ground) {
  round(rect, px(mm::kTileRadius), under_ink(ground));
  // On black every ground is black or white; the outline keeps the panel a shape.
  if (colours().high()) {
    outline(rect, px(mm::kTileRadius), px(0.72F), colours().ink);
  }
  return snapped(rect).inset(px(4.4F));
}

Rect Ui::selected_panel(const Rect& rect) {
  const KeyLook look{.fill = colours().sago,
                     .text = colours().on_select,
                     .edge = rgb(0xC58A1E),
                     .line = colours().high() ? colours().select : colours().ink,
                     .has_edge = !colours().high(),
                     .line_mm = mm::kStrongOutline};
  state_->draw_key_ground(*this, rect, px(mm::kTileRadius), px(mm::kTileEdge), look, false);
  return snapped(rect).inset(px(4.4F));
}

// Two rows of parallelograms that lean towards each other; in an upright band they are turned. The colours repeat
// ochre, ochre, cream, ember, cream between thin ochre borders.
void Ui::band(const Rect& rect) {
  const Rect r = snapped(rect);
  const Palette& c = colours();
  if (c.high()) {
    const bool upright = r.h > r.w;
    fill(r, c.paper);
    fill(upright ? Rect{r.x, r.y, px(0.7F), r.h} : Rect{r.x, r.y, r.w, px(0.7F)}, c.ink);
    return;
  }
  const bool upright = r.h > r.w;
  const std::string name = upright ? "pictures/band-vertical" : "pictures/band-horizontal";
  const Size natural = state_->pictures.natural_size(name);
  const float thick = upright ? r.w : r.h;
  const float natural_thick = upright ? natural.w : natural.h;
  const float natural_long = upright ? natural.h : natural.w;
  if (natural_thick <= 0 || natural_long <= 0) {
    fill(r, c.deeper);
    return;
  }
  // The tile is drawn once and laid end to end. Its length holds whole repeats, so that the seams cannot be seen.
  const float length = std::max(1.0F, std::round(natural_long * thick / natural_thick));
  PictureRequest request{.name = name};
  request.width_px = static_cast<int>(upright ? thick : length);
  request.height_px = static_cast<int>(upright ? length : thick);
  request.fit = Fit::kSlice;
  const TextureRegion region = state_->pictures.picture(request);
  const float total = upright ? r.h : r.w;
  for (int repeat = 0; static_cast<float>(repeat) * length < total; ++repeat) {
    const float at = static_cast<float>(repeat) * length;
    const float part = std::min(length, total - at);
    if (upright) {
      state_->image(region, {r.x, r.y + at, r.w, part}, {0, 0}, {1, part / length}, rgb(0xFFFFFF));
    } else {
      state_->image(region, {r.x + at, r.y, part, r.h}, {0, 0}, {part / length, 1}, rgb(0xFFFFFF));
    }
  }
}

}  // namespace mimika::ui
