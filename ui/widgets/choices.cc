// One of several (radio) and yes-or-no (check box), as whole rows that can be touched anywhere.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kChoicePadMm = 5.0F;
constexpr float kRadioMm = 11.0F;
constexpr float kIconMm = 12.0F;
constexpr float kCheckMm = 12.0F;
constexpr float kGapMm = 4.5F;
constexpr float kStackPadMm = 3.0F;
constexpr float kStackGapMm = 1.5F;
constexpr float kFactIconMm = 10.0F;
constexpr float kWordsShare = 0.46F;  // of a row with facts

struct ChoicePlan {
  float words_width = 0;
  float label = 0;
  float detail = 0;
  float fact_width = 0;
  float facts = 0;  // height of the facts
  bool facts_below = false;
  float height = 0;
};

ChoicePlan plan_of(const Ui& ui, const ChoiceView& view, float width) {
  ChoicePlan plan;
  const float pad = ui.px(kChoicePadMm);
  const float lead = ui.px(kRadioMm + kGapMm) + (view.icon.empty() ? 0 : ui.px(kIconMm + kGapMm));
  const float room = width - 2 * pad - lead;
  const auto count = static_cast<float>(view.facts.size());
  const float fact_lead = ui.px(kFactIconMm + 3.0F);
  float widest_fact = 0;
  for (const ChoiceFact& fact : view.facts) {
    widest_fact = std::max(widest_fact, ui.measure(fact.text, TextStyle::kBodyStrong).w + fact_lead);
  }
  // Facts stand beside the words while both have room, else each on a line of its own below them.
  plan.fact_width = count > 0 ? std::floor(room * (1 - kWordsShare) / count) : 0;
  plan.facts_below = count > 0 && widest_fact + ui.px(2) > plan.fact_width;
  plan.words_width = count > 0 && !plan.facts_below ? std::floor(room * kWordsShare) : room;
  plan.label = ui.text_height(view.label, TextStyle::kKey, plan.words_width);
  plan.detail = view.detail.empty() ? 0 : ui.text_height(view.detail, TextStyle::kBody, plan.words_width);
  if (plan.facts_below) {
    for (const ChoiceFact& fact : view.facts) {
      plan.facts += std::max(ui.px(kFactIconMm), ui.text_height(fact.text, TextStyle::kBodyStrong, room - fact_lead)) +
                    ui.px(1.5F);
    }
  }
  plan.height = std::max(ui.px(mm::kTarget), plan.label + plan.detail + plan.facts + 2 * ui.px(2.5F));
  return plan;
}

}  // namespace

float Ui::choice_height(const ChoiceView& view, float width_px) const {
  return plan_of(*this, view, width_px).height;
}

bool Ui::choice(const ChoiceView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  std::string spoken = view.label;
  spoken += view.detail.empty() ? "" : ". " + view.detail;
  for (const ChoiceFact& fact : view.facts) {
    spoken += ". " + fact.text;
  }
  const Touchable touch = touchable(view.id, body, Role::kChoice, spoken, view.disabled_reason);
  std::vector<std::string_view> pieces = {view.label, view.detail};
  for (const ChoiceFact& fact : view.facts) {
    pieces.emplace_back(fact.text);
  }
  pieces.emplace_back(view.selected ? std::string_view(s.words.selected) : std::string_view());
  s.hear_instead(pieces);
  const KeyState key_state = !view.disabled_reason.empty() ? KeyState::kDisabled
                             : touch.pressed               ? KeyState::kPressed
                             : view.selected               ? KeyState::kSelected
                                                           : KeyState::kNormal;
  KeyLook look = key_look(KeyKind::kSecondary, key_state, c);
  if (!c.high()) {
    look.line = view.selected ? c.ink : c.line;
    look.line_mm = view.selected ? mm::kStrongOutline : 0.36F;
    look.fill = key_state == KeyState::kSelected ? c.sago : look.fill;
  }
  const float edge = c.high() ? 0 : px(mm::kKeyEdge);
  const float radius = px(mm::kTileRadius);
  s.draw_key_ground(*this, body, radius, edge, look, touch.pressed);
  const Rect shown = touch.pressed ? body.moved(0, edge) : body;
  const ChoicePlan plan = plan_of(*this, view, body.w);
  if (plan.label + plan.detail + plan.facts + 2 * px(1) > body.h + 1) {
    s.overflows.push_back(view.label);
  }

  Rect inside = shown.inset(px(kChoicePadMm), 0);
  const float size = px(kRadioMm);
  const Rect radio{inside.x, shown.centre().y - size / 2, size, size};
  round(radio, size / 2, look.text);
  if (view.selected) {
    round(radio.inset(px(0.7F)), size / 2, c.high() ? look.text : c.sea);
    icon("check", radio.inset(px(2.2F)), c.high() ? look.fill : c.on_dark);
  } else {
    round(radio.inset(px(0.8F)), size / 2, c.high() ? look.fill : c.surface);
  }
  inside.cut_left(size, px(kGapMm));
  if (!view.icon.empty()) {
    const float icon_size = px(kIconMm);
    icon(view.icon, {inside.x, shown.centre().y - icon_size / 2, icon_size, icon_size}, look.text);
    inside.cut_left(icon_size, px(kGapMm));
  }
  float y = shown.centre().y - (plan.label + plan.detail + plan.facts) / 2;
  text(view.label, {inside.x, y, plan.words_width, plan.label}, {.style = TextStyle::kKey, .colour = look.text});
  y += plan.label;
  if (!view.detail.empty()) {
    text(view.detail, {inside.x, y, plan.words_width, plan.detail}, {.colour = look.text});
    y += plan.detail;
  }
  const float fact_icon = px(kFactIconMm);
  const float fact_lead = px(kFactIconMm + 3.0F);
  float x = inside.x + plan.words_width;
  for (const ChoiceFact& fact : view.facts) {
    if (plan.facts_below) {
      const float height = std::max(fact_icon, text_height(fact.text, TextStyle::kBodyStrong, inside.w - fact_lead));
      y += px(1.5F);
      icon(fact.icon, {inside.x, y + (height - fact_icon) / 2, fact_icon, fact_icon}, look.text);
      text(fact.text, {inside.x + fact_lead, y, inside.w - fact_lead, height},
           {.style = TextStyle::kBodyStrong, .colour = look.text, .valign = VAlign::kMiddle});
      y += height;
    } else {
      icon(fact.icon, {x, shown.centre().y - fact_icon / 2, fact_icon, fact_icon}, look.text);
      text(fact.text, {x + fact_lead, shown.y, plan.fact_width - fact_lead, shown.h},
           {.style = TextStyle::kBodyStrong, .colour = look.text, .valign = VAlign::kMiddle});
      x += plan.fact_width;
    }
  }
  if (touch.focused) {
    focus_ring(shown, radius);
  }
  return touch.activated;
}

std::optional<std::size_t> Ui::choice_list(std::string_view id, std::span<const ChoiceView> choices, const Rect& area) {
  std::optional<std::size_t> chosen;
  const float between = px(3.2F);
  scroll(id, area, [&](Flow& flow) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (choice(choices[i], flow.next(choice_height(choices[i], flow.width())))) {
        chosen = i;
      }
      if (i + 1 < choices.size()) {
        flow.space(between - gap());
      }
    }
  });
  return chosen;
}

namespace {

void draw_check_box(Ui& ui, const Rect& box, bool checked, const KeyLook& look) {
  const Palette& c = ui.colours();
  ui.round(box, ui.px(2), look.text);
  if (checked) {
    ui.round(box.inset(ui.px(0.7F)), ui.px(1.5F), c.high() ? look.text : c.sea);
    ui.icon("check", box.inset(ui.px(2)), c.high() ? look.fill : c.on_dark);
  } else {
    ui.round(box.inset(ui.px(0.7F)), ui.px(1.5F), c.high() ? look.fill : c.surface);
  }
}

void draw_stacked_check(Ui& ui, const CheckView& view, const Rect& shown, const KeyLook& look) {
  Rect inside = shown.inset(ui.px(kStackPadMm));
  const float size = ui.px(kCheckMm);
  const float words = ui.text_height(view.label, view.style, inside.w);
  const float spare = std::max(0.0F, inside.h - size - ui.px(kStackGapMm) - words);
  inside.cut_top(spare / 2);
  const bool with_icon = !view.icon.empty();
  const float pair = size + (with_icon ? ui.px(kGapMm) + size : 0);
  const Rect signs = inside.cut_top(size, ui.px(kStackGapMm)).centred({pair, size});
  draw_check_box(ui, {signs.x, signs.y, size, size}, view.checked, look);
  if (with_icon) {
    ui.icon(view.icon, {signs.right() - size, signs.y, size, size}, look.text);
  }
  ui.text(view.label, inside, {.style = view.style, .colour = look.text, .align = Align::kCentre});
}

}  // namespace

float Ui::check_height(const CheckView& view, float width_px) const {
  const float pad = px(kChoicePadMm);
  if (view.stacked) {
    const float words = text_height(view.label, view.style, width_px - 2 * px(kStackPadMm));
    return std::max(px(mm::kTarget), px(kCheckMm) + px(kStackGapMm) + words + 2 * px(kStackPadMm));
  }
  const float lead = px(kCheckMm + kGapMm) + (view.icon.empty() ? 0 : px(kIconMm + 2));
  float height = std::max(px(kCheckMm), text_height(view.label, view.style, width_px - 2 * pad - lead)) + 2 * px(3.5F);
  if (!view.detail.empty()) {
    height += px(3) + text_height(view.detail, TextStyle::kNote, width_px - 2 * pad);
  }
  return std::max(px(mm::kTarget), height);
}

bool Ui::check(const CheckView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, Role::kCheck, view.label, view.disabled_reason);
  s.hear_instead({view.label, view.checked ? s.words.checked : s.words.unchecked, view.detail});
  const KeyState key_state = !view.disabled_reason.empty() ? KeyState::kDisabled
                             : touch.pressed               ? KeyState::kPressed
                             : view.checked                ? KeyState::kSelected
                                                           : KeyState::kNormal;
  KeyLook look = key_look(KeyKind::kSecondary, key_state, c);
  if (!c.high() && key_state == KeyState::kSelected) {
    look.fill = c.sago;
  }
  const float edge = c.high() ? 0 : px(mm::kKeyEdge);
  const float radius = px(mm::kTileRadius);
  s.draw_key_ground(*this, body, radius, edge, look, touch.pressed);
  const Rect shown = touch.pressed ? body.moved(0, edge) : body;
  if (check_height(view, body.w) > body.h + 1) {
    s.overflows.push_back(view.label);
  }

  if (view.stacked) {
    draw_stacked_check(*this, view, shown, look);
    if (touch.focused) {
      focus_ring(shown, radius);
    }
    return touch.activated;
  }
  Rect inside = shown.inset(px(kChoicePadMm), px(3.5F));
  if (!view.detail.empty()) {
    const float height = text_height(view.detail, TextStyle::kNote, inside.w);
    text(view.detail, inside.cut_bottom(height, px(3)), {.style = TextStyle::kNote, .colour = look.text});
  }
  const float size = px(kCheckMm);
  const float y = view.detail.empty() ? shown.centre().y - size / 2 : inside.y;
  const Rect box{inside.x, y, size, size};
  draw_check_box(*this, box, view.checked, look);
  inside.cut_left(size, px(kGapMm));
  if (!view.icon.empty()) {
    const float icon_size = px(kIconMm);
    icon(view.icon, {inside.x, box.centre().y - icon_size / 2, icon_size, icon_size}, look.text);
    inside.cut_left(icon_size, px(2));
  }
  text(view.label, inside,
       {.style = view.style,
        .colour = look.text,
        .valign = view.detail.empty() || text_height(view.label, view.style, inside.w) <= inside.h ? VAlign::kMiddle
                                                                                                   : VAlign::kTop});
  if (touch.focused) {
    focus_ring(shown, radius);
  }
  return touch.activated;
}

}  // namespace mimika::ui
