// Keys: what looks pressable and moves down by its edge in the frame in which it is pressed.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kKeyPadMm = 5.4F;  // left and right of a key's content
constexpr float kIconGapMm = 3.6F;
constexpr float kPadDownMm = 3.4F;  // above and below a label of more than one line
constexpr float kBadgeMm = 8.0F;
constexpr float kLeastIconMm = 5.0F;  // an icon above its word gives way to the word down to this

// The words that are drawn; the label itself is always spoken.
std::string_view shown_label(const KeyView& view) {
  return view.icon_only ? std::string_view() : std::string_view(view.label);
}

struct Content {
  Size label;
  float icon = 0;
  Size size;  // label and icon together
};

float icon_px(const Ui& ui, const KeyView& view) {
  if (view.icon.empty()) {
    return 0;
  }
  const float cap_share = ui.metrics().cap_height(view.style) * 1.5F;
  const float least = view.icon_side == IconSide::kAbove ? ui.px(mm::kIcon) : ui.px(7.0F);
  return std::round(std::max(cap_share, least));
}

Content content_of(const Ui& ui, const KeyView& view, float max_width) {
  Content content;
  content.icon = icon_px(ui, view);
  const bool above = view.icon_side == IconSide::kAbove;
  const std::string_view label = shown_label(view);
  const float beside = content.icon > 0 && !label.empty() && !above ? content.icon + ui.px(kIconGapMm) : 0;
  const float room = max_width > 0 ? std::max(1.0F, max_width - beside) : 0;
  content.label = ui.measure(label, view.style, room);
  if (above) {
    const float gap = label.empty() ? 0 : ui.px(1.0F);
    content.size = {std::max(content.icon, content.label.w), content.icon + gap + content.label.h};
  } else {
    content.size = {std::max(beside, content.icon) + content.label.w, std::max(content.icon, content.label.h)};
    if (!label.empty()) {
      content.size.w = beside + content.label.w;
    }
  }
  return content;
}

KeyLook light(const Palette& c) {
  return {.fill = c.surface, .text = c.ink, .edge = c.edge, .line = c.ink, .line_mm = mm::kOutline};
}

KeyLook dark(const Palette& c, Colour fill) {
  return {.fill = fill, .text = c.on_dark, .edge = darker(fill), .line = fill, .line_mm = 0};
}

// In high contrast there are no edges and two grounds: black with a white outline, or filled.
KeyLook high_look(KeyKind kind, KeyState state, const Palette& c) {
  const bool filled =
      kind == KeyKind::kPrimary || kind == KeyKind::kVoice || kind == KeyKind::kPhoto || kind == KeyKind::kDanger;
  KeyLook look{.fill = c.paper, .text = c.ink, .edge = c.paper, .line = c.ink, .has_edge = false, .line_mm = 0.72F};
  if (filled != (state == KeyState::kPressed)) {
    look.fill = c.ink;
    look.text = c.paper;
  }
  if (state == KeyState::kSelected) {
    look.fill = c.select;
    look.text = c.on_select;
    look.line = c.select;
  }
  if (state == KeyState::kDisabled) {
    look.fill = c.disabled_fill;
    look.text = c.disabled_text;
    look.line = c.disabled_line;
  }
  if (kind == KeyKind::kQuiet && state == KeyState::kNormal) {
    look.has_fill = false;
    look.line_mm = 0;
  }
  return look;
}

}  // namespace

KeyLook key_look(KeyKind kind, KeyState state, const Palette& c) {
  if (c.high()) {
    return high_look(kind, state, c);
  }
  KeyLook look;
  switch (kind) {
    case KeyKind::kPrimary:
      look = dark(c, c.sea);
      break;
    case KeyKind::kVoice:
    case KeyKind::kDanger:
      look = dark(c, c.clay);
      break;
    case KeyKind::kPhoto:
      look = dark(c, c.forest);
      break;
    case KeyKind::kTool:
      look = {.fill = c.tool, .text = c.on_dark, .edge = darker(c.deep), .line = rgb(0x2F6573), .line_mm = 0.36F};
      break;
    case KeyKind::kSecondary:
      look = light(c);
      break;
    case KeyKind::kSand:
      look = {.fill = rgb(0xE6DABE), .text = c.ink, .edge = rgb(0xA8986F), .line = c.line, .line_mm = 0};
      break;
    case KeyKind::kQuiet:
      look = {.fill = c.sand, .text = c.ink, .edge = c.sand, .line = c.sand, .has_fill = false, .has_edge = false};
      break;
  }
  const bool is_light = kind == KeyKind::kSecondary || kind == KeyKind::kQuiet || kind == KeyKind::kSand;
  switch (state) {
    case KeyState::kNormal:
      break;
    case KeyState::kPressed:
      look.fill = is_light ? c.sand : darker(look.fill);
      look.has_fill = true;
      look.has_edge = false;
      break;
    case KeyState::kSelected:
      look.fill = c.select;
      look.text = c.on_select;
      look.line = kind == KeyKind::kTool ? c.select : c.ink;
      look.edge = rgb(0xC58A1E);
      look.line_mm = kind == KeyKind::kTool ? 0.36F : mm::kStrongOutline;
      break;
    case KeyState::kDisabled:
      look = {.fill = c.disabled_fill,
              .text = c.disabled_text,
              .edge = c.disabled_line,
              .line = c.disabled_line,
              .has_fill = kind != KeyKind::kQuiet,
              .has_edge = false,
              .line_mm = kind == KeyKind::kQuiet ? 0.0F : mm::kOutline};
      break;
  }
  return look;
}

void Ui::State::draw_key_ground(Ui& ui, const Rect& rect, float radius, float edge, const KeyLook& look, bool down) {
  Rect body = snapped(rect);
  if (down) {
    body = body.moved(0, edge);
  } else if (look.has_edge && look.has_fill) {
    // Only the strip that shows below: its top half would be painted over anyway.
    const float from = body.bottom() - radius - edge;
    ui.round({body.x, from, body.w, body.bottom() + edge - from}, radius, look.edge, kBottomLeft | kBottomRight);
  }
  if (look.line_mm > 0) {
    const float line = std::max(1.0F, std::round(look.line_mm * metrics.px_per_mm()));
    ui.round(body, radius, look.line);
    ui.round(body.inset(line), std::max(0.0F, radius - line), look.fill);
  } else if (look.has_fill) {
    ui.round(body, radius, look.fill);
  }
}

Size Ui::key_size(const KeyView& view, float max_width_px) const {
  const float pad = px(kKeyPadMm);
  const Content content = content_of(*this, view, max_width_px > 0 ? max_width_px - 2 * pad : 0);
  const bool staff = view.style == TextStyle::kStaff || view.style == TextStyle::kStaffStrong;
  const float least = staff                                                                    ? px(mm::kStaffKey)
                      : view.style == TextStyle::kBody || view.style == TextStyle::kBodyStrong ? px(mm::kSmallKey)
                                                                                               : px(mm::kTarget);
  return {std::max(least, content.size.w + 2 * pad), std::max(least, content.size.h + 2 * px(kPadDownMm))};
}

bool Ui::key(const KeyView& view, const Rect& rect) {
  State& s = *state_;
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, view.kind == KeyKind::kTool ? Role::kTool : Role::kKey, view.label,
                                    view.disabled_reason);
  s.building.back().answers_escape = view.answers_escape && view.disabled_reason.empty();
  s.building.back().primary = view.kind == KeyKind::kPrimary;
  s.hear_instead({view.label, view.selected ? std::string_view(s.words.selected) : std::string_view()});
  const KeyState key_state = !view.disabled_reason.empty() ? KeyState::kDisabled
                             : touch.pressed               ? KeyState::kPressed
                             : view.selected               ? KeyState::kSelected
                                                           : KeyState::kNormal;
  const KeyLook look = key_look(view.kind, key_state, colours());
  const float radius = px(mm::kKeyRadius);
  const float edge = colours().high() ? 0 : px(mm::kKeyEdge);
  s.draw_key_ground(*this, body, radius, edge, look, touch.pressed);
  const Rect shown = touch.pressed ? body.moved(0, edge) : body;

  // A narrow key gives up its padding before its words.
  const float least_pad = px(1.0F);
  const float pad = std::min(px(kKeyPadMm), std::max(least_pad, (body.w - content_of(*this, view, 0).size.w) / 2));
  Content content = content_of(*this, view, body.w - 2 * pad);
  if (view.icon_side == IconSide::kAbove && content.size.h > body.h) {
    const float smaller = std::max(px(kLeastIconMm), content.icon - (content.size.h - body.h));
    content.size.h -= content.icon - smaller;
    content.icon = smaller;
  }
  if (content.size.h > body.h) {
    s.overflows.push_back(view.label);
  }
  const std::string_view label = shown_label(view);
  const Rect place = snapped(shown.centred(content.size));
  if (view.icon_side == IconSide::kAbove) {
    if (content.icon > 0) {
      icon(view.icon, {shown.centre().x - content.icon / 2, place.y, content.icon, content.icon}, look.text);
    }
    text(label, {shown.x + pad, place.bottom() - content.label.h, shown.w - 2 * pad, content.label.h},
         {.style = view.style, .colour = look.text, .align = Align::kCentre});
  } else {
    const bool left = view.icon_side == IconSide::kLeft;
    if (content.icon > 0) {
      const float x = left ? place.x : place.right() - content.icon;
      icon(view.icon, {x, shown.centre().y - content.icon / 2, content.icon, content.icon}, look.text);
    }
    const float label_x = left ? place.right() - content.label.w : place.x;
    text(label, {label_x, shown.centre().y - content.label.h / 2, content.label.w, content.label.h},
         {.style = view.style, .colour = look.text, .align = left ? Align::kLeft : Align::kCentre});
  }
  if (!view.badge.empty()) {
    const float size = std::max(px(kBadgeMm), line_height(TextStyle::kNote) + px(1));
    const Rect badge{shown.right() - size - px(1.5F), shown.y + px(1.5F), size, size};
    round(badge, size / 2, colours().high() ? colours().paper : colours().ink);
    round(badge.inset(px(0.4F)), size / 2, colours().select);
    text(
        view.badge, badge,
        {.style = TextStyle::kNote, .colour = colours().on_select, .align = Align::kCentre, .valign = VAlign::kMiddle});
  }
  if (touch.focused) {
    focus_ring(shown, radius);
  }
  return touch.activated;
}

}  // namespace mimika::ui
