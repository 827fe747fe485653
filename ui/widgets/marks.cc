// The mark of a ticket, and the other family: saved here, arrived there. A shape, an ink outline and a word, together.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kPillPadMm = 3.2F;
constexpr float kPillGapMm = 2.4F;

const char* drawing_of(MarkKind kind) {
  switch (kind) {
    case MarkKind::kRed:
      return "marks/red";
    case MarkKind::kLate:
      return "marks/late";
    case MarkKind::kYellow:
      return "marks/yel";
    case MarkKind::kHeld:
      return "marks/held";
    case MarkKind::kGreen:
      return "marks/grn";
    case MarkKind::kGrey:
      return "marks/grey";
  }
  return "marks/grey";
}

float sign_px(const Ui& ui, TextStyle style) {
  return std::round(ui.metrics().cap_height(style) * 1.55F);
}

}  // namespace

void Ui::mark(MarkKind kind, const Rect& rect) {
  if (colours().high()) {
    // The ink outline is lost on black; a white ground keeps the shape.
    const float ground = std::max(1.0F, px(0.6F));
    round(snapped(rect).inset(-ground), px(1.5F), colours().ink);
  }
  picture(drawing_of(kind), rect, Fit::kMeet, 0, kNoCorners);
}

void Ui::sign(const Sign& sign, const Rect& rect) {
  if (const auto* kind = std::get_if<MarkKind>(&sign)) {
    mark(*kind, rect);
  } else {
    place(std::get<PlaceKind>(sign), rect);
  }
}

void Ui::mark_word(const Sign& sign, std::string_view word, const Rect& rect, TextStyle style) {
  Rect area = rect;
  const float size = sign_px(*this, style);
  const Rect at = area.cut_left(size, px(kPillGapMm));
  this->sign(sign, at.centred({size, size}));
  text(word, area, {.style = style, .valign = VAlign::kMiddle});
}

Size Ui::mark_pill_size(const Sign&, std::string_view word) const {
  const float sign = sign_px(*this, TextStyle::kBodyStrong);
  const Size words = measure(word, TextStyle::kBodyStrong);
  return {sign + words.w + px(kPillGapMm) + 2 * px(kPillPadMm) + px(1), std::max(sign, words.h) + px(3.4F)};
}

void Ui::mark_pill(const Sign& sign, std::string_view word, const Rect& rect) {
  const Rect r = snapped(rect);
  const float radius = r.h / 2;
  const float line = std::max(1.0F, std::round(mm::kOutline * metrics().px_per_mm()));
  round(r, radius, colours().ink);
  round(r.inset(line), radius - line, colours().surface);
  mark_word(sign, word, r.inset(px(kPillPadMm), 0));
}

void Ui::place(PlaceKind kind, const Rect& rect) {
  const Palette& c = colours();
  const Rect r = snapped(rect);
  const float line = std::max(1.0F, px(0.8F));
  const float inset = std::round(r.w * 0.24F);
  switch (kind) {
    case PlaceKind::kSavedHere: {
      const float radius = std::round(r.w * 0.24F);
      round(r, radius, c.ink);
      round(r.inset(line), radius - line, c.ochre);
      icon("kiosk", r.inset(inset), c.high() ? c.on_select : c.ink);
      break;
    }
    case PlaceKind::kNotArrived:
      // Dashed and empty: nothing of it may look like "arrived".
      icon("dashed-circle", r);
      icon("center", r.inset(inset));
      break;
    case PlaceKind::kArrived:
      round(r, r.w / 2, c.ink);
      round(r.inset(line), r.w / 2 - line, c.sea);
      icon("center", r.inset(inset), c.on_dark);
      break;
    case PlaceKind::kAnswer:
    case PlaceKind::kPerson:
      round(r, r.w / 2, c.ink);
      round(r.inset(line), r.w / 2 - line, c.surface);
      icon(kind == PlaceKind::kAnswer ? "msg" : "person", r.inset(inset));
      break;
  }
}

}  // namespace mimika::ui
