// What staff screens are made of besides keys and fields: entries of their rail, tabs, rows of lists and tables. Their
// type is smaller than the residents'; whoever works there all day stands closer, and nothing falls below the floor.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kEntryPadMm = 3.0F;
constexpr float kEntryIconMm = 5.6F;
constexpr float kRowPadMm = 3.4F;
constexpr float kTabPadMm = 2.4F;  // there are many side by side
constexpr float kRowIconMm = 7.0F;
constexpr float kSignMm = 6.4F;
constexpr float kBesideMm = 2.2F;
constexpr float kDownMm = 1.9F;  // above and below the words of a row
constexpr float kCountPadMm = 1.9F;
constexpr const char* kMore = "\u2026";

float at_least(const Ui& ui, float px) {
  return std::max(ui.px(mm::kTargetFloor), std::ceil(px));
}

float count_width(const Ui& ui, const std::string& count) {
  if (count.empty()) {
    return 0;
  }
  const float height = ui.line_height(TextStyle::kStaffStrong) + ui.px(1);
  return std::max(height, ui.measure(count, TextStyle::kStaffStrong).w + 2 * ui.px(kCountPadMm));
}

}  // namespace

void Ui::whole_stage() {
  state_->whole_stage = true;
}

Rect Ui::strip_above(float height_px) {
  state_->above = 0;
  Rect area = stage();
  state_->above = height_px;
  return area.cut_top(height_px);
}

std::string Ui::one_line(std::string_view words, TextStyle style, float width_px) const {
  std::string line(words.substr(0, words.find('\n')));
  bool cut = line.size() < words.size();
  while (!line.empty() && measure(cut ? line + kMore : line, style).w > width_px) {
    const std::size_t space = line.find_last_of(' ');
    if (space == std::string::npos) {
      break;  // a single word wraps rather than be cut in its middle
    }
    line.resize(space);
    cut = true;
  }
  return cut ? line + kMore : line;
}

Size Ui::rail_entry_size(const RailEntryView& view, float max_width_px) const {
  const float lead = px(kEntryPadMm) + px(kEntryIconMm) + px(kBesideMm);
  const float count = view.count.empty() ? 0 : count_width(*this, view.count) + px(1);
  const float around = lead + count + px(kEntryPadMm);
  const Size words =
      measure(view.label, TextStyle::kStaffStrong, max_width_px > 0 ? std::max(1.0F, max_width_px - around) : 0);
  return {around + std::ceil(words.w) + 1, at_least(*this, words.h + 2 * px(kDownMm))};
}

bool Ui::rail_entry(const RailEntryView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, Role::kTool, view.label, view.disabled_reason);
  s.hear_instead({view.label, view.count, view.selected ? std::string_view(s.words.selected) : std::string_view()});
  const bool disabled = !view.disabled_reason.empty();
  const float radius = px(mm::kKeyRadius);
  Colour words = c.high() ? c.ink : c.on_dark;
  if (view.selected) {
    round(body, radius, c.select);
    words = c.on_select;
  } else if (disabled) {
    round(body, radius, c.disabled_fill);
    words = c.disabled_text;
  } else if (touch.pressed) {
    round(body, radius, c.tool);
  }
  Rect inside = body.inset(px(kEntryPadMm), 0);
  const float size = px(kEntryIconMm);
  icon(view.icon, inside.cut_left(size, px(kBesideMm)).centred({size, size}), words);
  if (!view.count.empty()) {
    const Rect count = inside.cut_right(count_width(*this, view.count), px(1));
    text(view.count, count,
         {.style = TextStyle::kStaffStrong, .colour = words, .align = Align::kCentre, .valign = VAlign::kMiddle});
  }
  text(view.label, inside, {.style = TextStyle::kStaffStrong, .colour = words, .valign = VAlign::kMiddle});
  if (touch.focused) {
    focus_ring(body, radius);
  }
  return touch.activated;
}

Size Ui::tab_size(const TabView& view) const {
  float width = 2 * px(kTabPadMm) + std::ceil(measure(view.label, TextStyle::kStaffStrong).w) + 1;
  if (view.sign) {
    width += px(kSignMm) + px(kBesideMm);
  }
  if (!view.count.empty()) {
    width += count_width(*this, view.count) + px(kBesideMm);
  }
  return {std::max(px(mm::kTargetFloor), width),
          std::max(px(mm::kStaffKey), line_height(TextStyle::kStaffStrong) + 2 * px(kDownMm))};
}

bool Ui::tab(const TabView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, Role::kKey, view.label);
  s.hear_instead({view.label, view.count, view.selected ? std::string_view(s.words.selected) : std::string_view()});
  const float radius = px(mm::kKeyRadius);
  const float line = std::max(1.0F, px(mm::kOutline));
  // The chosen one is ink with light letters: another key of the same row is pressed for a moment only.
  const Colour fill = view.selected ? (c.high() ? c.select : c.ink) : touch.pressed ? c.sand : c.surface;
  const Colour words = view.selected ? (c.high() ? c.on_select : c.on_dark) : c.ink;
  round(body, radius, view.selected ? fill : c.line);
  round(body.inset(line), radius - line, fill);
  Rect inside = body.inset(px(kTabPadMm), 0);
  if (view.sign) {
    const float size = px(kSignMm);
    sign(*view.sign, inside.cut_left(size, px(kBesideMm)).centred({size, size}));
  }
  if (!view.count.empty()) {
    const float width = count_width(*this, view.count);
    const float height = line_height(TextStyle::kStaffStrong) + px(1);
    const Rect badge = inside.cut_right(width, px(kBesideMm)).centred({width, height});
    const Colour ground = view.selected ? c.select : c.sand;
    round(badge, height / 2, ground);
    text(view.count, badge,
         {.style = TextStyle::kStaffStrong,
          .colour = view.selected ? c.on_select : c.ink,
          .align = Align::kCentre,
          .valign = VAlign::kMiddle});
  }
  text(view.label, inside,
       {.style = TextStyle::kStaffStrong, .colour = words, .align = Align::kCentre, .valign = VAlign::kMiddle});
  if (touch.focused) {
    focus_ring(body, radius);
  }
  return touch.activated;
}

namespace {

struct ListRowPlan {
  float lead = 0;
  float aside = 0;
  float words = 0;
};

ListRowPlan list_plan(const Ui& ui, const ListRowView& view, float width) {
  ListRowPlan plan;
  plan.lead = view.icon.empty() ? 0 : ui.px(kRowIconMm) + ui.px(kRowPadMm);
  plan.aside = view.aside.empty() ? 0 : std::ceil(ui.measure(view.aside, TextStyle::kStaffStrong).w) + ui.px(kRowPadMm);
  plan.words = std::max(1.0F, width - 2 * ui.px(kRowPadMm) - plan.lead - plan.aside);
  return plan;
}

}  // namespace

float Ui::list_row_height(const ListRowView& view, float width_px) const {
  const ListRowPlan plan = list_plan(*this, view, width_px);
  const float words = text_height(view.label, TextStyle::kStaffStrong, plan.words) +
                      text_height(view.detail, TextStyle::kStaff, plan.words);
  return at_least(*this, words + 2 * px(kDownMm));
}

bool Ui::list_row(const ListRowView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, Role::kKey, view.label, view.disabled_reason);
  s.hear_instead(
      {view.label, view.detail, view.aside, view.selected ? std::string_view(s.words.selected) : std::string_view()});
  const KeyState state = !view.disabled_reason.empty() ? KeyState::kDisabled
                         : touch.pressed               ? KeyState::kPressed
                         : view.selected               ? KeyState::kSelected
                                                       : KeyState::kNormal;
  const KeyLook look = key_look(KeyKind::kSecondary, state, c);
  const float radius = px(mm::kKeyRadius);
  const float edge = c.high() ? 0 : px(mm::kKeyEdge);
  s.draw_key_ground(*this, body, radius, edge, look, touch.pressed);
  const Rect shown = touch.pressed ? body.moved(0, edge) : body;
  const ListRowPlan plan = list_plan(*this, view, shown.w);
  Rect inside = shown.inset(px(kRowPadMm), 0);
  if (!view.icon.empty()) {
    const float size = px(kRowIconMm);
    icon(view.icon, inside.cut_left(size, px(kRowPadMm)).centred({size, size}), look.text);
  }
  if (!view.aside.empty()) {
    text(view.aside, inside.cut_right(plan.aside - px(kRowPadMm), px(kRowPadMm)),
         {.style = TextStyle::kStaffStrong, .colour = look.text, .align = Align::kRight, .valign = VAlign::kMiddle});
  }
  const float label = text_height(view.label, TextStyle::kStaffStrong, inside.w);
  const float detail = text_height(view.detail, TextStyle::kStaff, inside.w);
  inside.cut_top(std::max(0.0F, (inside.h - label - detail) / 2));
  text(view.label, inside.cut_top(label), {.style = TextStyle::kStaffStrong, .colour = look.text});
  if (!view.detail.empty()) {
    text(view.detail, inside.cut_top(detail), {.style = TextStyle::kStaff, .colour = look.text});
  }
  if (touch.focused) {
    focus_ring(shown, radius);
  }
  return touch.activated;
}

namespace {

float beside_sign(const Ui& ui, float column) {
  return std::max(1.0F, column - ui.px(kSignMm) - ui.px(kBesideMm) - ui.px(kBesideMm));
}

}  // namespace

float Ui::table_row_height(const TableRowView& view, const TableColumns& columns) const {
  float words = line_height(TextStyle::kStaffStrong) + line_height(TextStyle::kStaff);
  words = std::max(words, text_height(view.sign_word, TextStyle::kStaffStrong, beside_sign(*this, columns.sign)));
  if (columns.agency > 0) {
    words = std::max(words, text_height(view.agency, TextStyle::kStaff, columns.agency - px(kBesideMm)));
  }
  if (columns.place > 0) {
    words = std::max(words, text_height(view.place_word, TextStyle::kStaff, beside_sign(*this, columns.place)));
  }
  return at_least(*this, words + 2 * px(kDownMm));
}

bool Ui::table_row(const TableRowView& view, const TableColumns& columns, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  const Rect body = snapped(rect);
  const Touchable touch = touchable(view.id, body, Role::kKey, view.title);
  s.hear_instead({view.sign_word, view.detail, view.agency, view.place_word});  // the person's words are not read out
  const Colour late = c.plain() ? c.surface : rgb(0xFAEAE2);
  Colour ground = view.urgent ? late : c.surface;
  if (view.selected) {
    ground = c.sago;
  }
  if (touch.pressed) {
    ground = c.sand;
  }
  const Colour ink = c.high() && (view.selected || touch.pressed) ? c.on_select : c.ink;
  const Colour second = c.high() ? ink : c.staff2;
  // The ground goes on over half of the gap to the next row; the row that is touched does not.
  const Rect whole = body.inset(0, -std::floor(px(mm::kGapFloor) / 2));
  fill(whole, c.high() && touch.pressed ? c.select : ground);
  const float stripe = px(1.2F);
  if (view.urgent || view.selected) {
    fill({body.x, whole.y, stripe, whole.h}, view.selected ? ink : c.mark_red);
  }
  Rect inside = body;
  inside.cut_left(px(kRowPadMm));
  const auto with_sign = [&](const Sign& sign_of, const std::string& word, TextStyle style, Rect column) {
    const float size = px(kSignMm);
    sign(sign_of, column.cut_left(size, px(kBesideMm)).centred({size, size}));
    column.cut_right(px(kBesideMm));
    text(word, column, {.style = style, .colour = ink, .valign = VAlign::kMiddle});
  };
  if (columns.sign > 0) {
    with_sign(view.sign, view.sign_word, TextStyle::kStaffStrong, inside.cut_left(columns.sign));
  }
  Rect words = inside.cut_left(columns.title);
  words.cut_right(px(kBesideMm));
  if (columns.agency > 0) {
    Rect column = inside.cut_left(columns.agency);
    column.cut_right(px(kBesideMm));
    text(view.agency, column, {.style = TextStyle::kStaff, .colour = ink, .valign = VAlign::kMiddle});
  }
  if (columns.place > 0) {
    with_sign(view.place, view.place_word, TextStyle::kStaff, inside.cut_left(columns.place));
  }
  const float title = line_height(TextStyle::kStaffStrong);
  const float detail = line_height(TextStyle::kStaff);
  words.cut_top(std::max(0.0F, (words.h - title - detail) / 2));
  text(one_line(view.title, TextStyle::kStaffStrong, words.w), words.cut_top(title),
       {.style = TextStyle::kStaffStrong, .colour = ink, .hearing = Hearing::kNever});
  text(one_line(view.detail, TextStyle::kStaff, words.w), words.cut_top(detail),
       {.style = TextStyle::kStaff, .colour = second});
  if (touch.focused) {
    focus_ring(body.inset(px(1)), px(mm::kLetterRadius));
  }
  return touch.activated;
}

void Ui::share_bar(float share, const Rect& rect) {
  const Palette& c = colours();
  const float radius = rect.h / 2;
  round(rect, radius, c.high() ? c.disabled_line : c.sand);
  const float width = std::clamp(share, 0.0F, 1.0F) * rect.w;
  if (width > 0) {
    round({rect.x, rect.y, std::max(width, rect.h), rect.h}, radius, c.high() ? c.ink : c.sea);
  }
}

}  // namespace mimika::ui
