// What lies over the screen and must be answered; and the panels that say what failed or what is being waited for.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr int kSegments = 20;
constexpr float kRingMm = 54.0F;
constexpr float kDialogMm = 256.0F;  // as wide as it gets
constexpr float kDialogPadMm = 8.0F;
constexpr float kShadowMm = 4.0F;
constexpr float kInnerShare = 0.97F;
constexpr std::int64_t kProgressStepMs = 120;
constexpr float kErrorIconMm = 16.0F;

void draw_countdown(Ui& ui, const DialogView& view, const Rect& rect) {
  const Palette& c = ui.colours();
  const int left = std::max(0, view.seconds_left.value_or(0));
  const int total = std::max(1, view.seconds_total);
  const int lit = std::clamp((left * kSegments + total - 1) / total, 0, kSegments);
  const Point middle = rect.centre();
  const float outer = rect.w / 2;
  const float inner = outer * 0.79F;
  constexpr float kStep = 2 * std::numbers::pi_v<float> / kSegments;
  constexpr float kHalf = kStep * 0.42F;
  for (int i = 0; i < kSegments; ++i) {
    const float angle = -std::numbers::pi_v<float> / 2 + kStep * (static_cast<float>(i) + 0.5F);
    const auto at = [&](float radius, float turn) {
      return Point{middle.x + radius * std::cos(angle + turn), middle.y + radius * std::sin(angle + turn)};
    };
    const std::array<Point, 4> corners = {at(outer, -kHalf), at(outer, kHalf), at(inner, kHalf), at(inner, -kHalf)};
    ui.polygon(corners, i < lit ? (c.high() ? c.ink : c.sea) : (c.high() ? c.sand : rgb(0xDACDAC)));
  }
  const float number = ui.line_height(TextStyle::kNumber);
  const float word = ui.text_height(view.seconds_word, TextStyle::kBodyStrong, inner * 1.5F);
  const float top = middle.y - (number * 0.82F + word) / 2 - number * 0.06F;
  // In the largest letters two wide digits would reach the segments: they step down.
  const float aside = ui.measure(std::to_string(left), TextStyle::kNumber).w / 2;
  const float above =
      (number * 0.82F + word) / 2 + number * 0.06F - (number - ui.metrics().cap_height(TextStyle::kNumber)) / 2;
  const bool fits = std::hypot(aside, above) <= inner * kInnerShare;
  ui.text(std::to_string(left), {rect.x, top, rect.w, number},
          {.style = fits ? TextStyle::kNumber : TextStyle::kDisplay,
           .align = Align::kCentre,
           .valign = VAlign::kMiddle,
           .hearing = Hearing::kNever});
  ui.text(view.seconds_word, {middle.x - inner * 0.75F, top + number * 0.86F, inner * 1.5F, word},
          {.style = TextStyle::kBodyStrong, .align = Align::kCentre, .hearing = Hearing::kNever});
}

struct DialogPlan {
  float sign = 0;  // the countdown or the icon, square
  bool sign_above = false;
  float words_width = 0;
  float words = 0;
  float head = 0;  // sign and words
  std::vector<float> keys;
  float keys_height = 0;
};

DialogPlan plan_dialog(const Ui& ui, const DialogView& view, float width) {
  DialogPlan plan;
  plan.sign = view.seconds_left ? ui.px(kRingMm) : view.icon.empty() ? 0 : ui.px(24);
  const float lead = plan.sign > 0 ? plan.sign + ui.px(9) : 0;
  plan.sign_above = plan.sign > 0 && width - lead < std::max(width * 0.55F, ui.px(90));
  plan.words_width = plan.sign_above ? width : width - lead;
  plan.words = ui.text_height(view.title, TextStyle::kDisplay, plan.words_width) + ui.px(2) +
               ui.text_height(view.text, TextStyle::kTyped, plan.words_width);
  if (!view.note.empty()) {
    plan.words +=
        ui.px(3) + std::max(ui.px(7), ui.text_height(view.note, TextStyle::kBody, plan.words_width - ui.px(10)));
  }
  plan.head = plan.sign_above ? plan.sign + ui.px(3) + plan.words : std::max(plan.sign, plan.words);
  for (std::size_t i = 0; i < view.keys.size(); ++i) {
    plan.keys.push_back(std::max(ui.px(i == 0 ? 23.0F : 20.0F), ui.key_size(view.keys[i], width).h));
    plan.keys_height += plan.keys.back() + (i == 0 ? 0 : ui.px(4.3F));
  }
  return plan;
}

void draw_head(Ui& ui, const DialogView& view, const DialogPlan& plan, Rect area) {
  if (plan.sign > 0) {
    const Rect strip = plan.sign_above ? area.cut_top(plan.sign, ui.px(3)) : area.cut_left(plan.sign, ui.px(9));
    const Rect sign{plan.sign_above ? strip.centre().x - plan.sign / 2 : strip.x,
                    plan.sign_above ? strip.y : strip.centre().y - plan.sign / 2, plan.sign, plan.sign};
    if (view.seconds_left) {
      draw_countdown(ui, view, sign);
    } else {
      ui.round(sign, plan.sign / 2, ui.colours().select);
      ui.icon(view.icon, sign.inset(plan.sign * 0.24F), ui.colours().on_select);
    }
  }
  area.cut_top(std::max(0.0F, (area.h - plan.words) / 2));
  const auto line = [&](const std::string& words, TextStyle style, float gap) {
    ui.text(words, area.cut_top(ui.text_height(words, style, area.w), gap), {.style = style});
  };
  line(view.title, TextStyle::kDisplay, ui.px(2));
  line(view.text, TextStyle::kTyped, ui.px(3));
  // To the eye it stands first; to the ear the question does.
  if (view.seconds_left) ui.say(std::to_string(*view.seconds_left) + " " + view.seconds_word);
  if (!view.note.empty()) {
    const float height = std::max(ui.px(7), ui.text_height(view.note, TextStyle::kBody, area.w - ui.px(10)));
    Rect strip = area.cut_top(height);
    const Rect sign = strip.cut_left(ui.px(7), ui.px(3));
    ui.icon(view.note_icon.empty() ? "help" : view.note_icon,
            {sign.x, sign.centre().y - ui.px(3.5F), ui.px(7), ui.px(7)});
    ui.text(view.note, strip, {.valign = VAlign::kMiddle});
  }
}

}  // namespace

std::optional<std::size_t> Ui::dialog(const DialogView& view) {
  State& s = *state_;
  const Palette& c = colours();
  cover();
  if (view.hides_screen) {
    background_night();
  } else {
    Colour veil = c.high() ? c.paper : c.deeper;
    veil.a = c.high() ? 255 : 150;
    fill(stage(), veil);
  }
  const Rect room = stage().inset(px(mm::kMargin), px(5));
  const float pad = px(kDialogPadMm);
  const float width = std::min(px(kDialogMm), room.w);
  const float inner = width - 2 * pad;
  const DialogPlan plan = plan_dialog(*this, view, inner);
  const float band_height = c.high() ? 0 : px(6.6F);
  const float edge = px(mm::kKeyEdge);
  const float fixed = band_height + pad + px(5) + plan.keys_height + edge + pad;
  const float height = std::min(room.h, fixed + plan.head);
  const Rect box = snapped(room.centred({width, height}));
  const float radius = px(5.4F);
  const float line = px(mm::kStrongOutline);
  if (!c.high()) {
    Colour shadow = rgb(0x062C38);
    shadow.a = 130;
    // Only the part that shows below the box: blending the rest would be work for nothing.
    const float from = box.bottom() - radius;
    round({box.x, from, box.w, radius + px(kShadowMm)}, radius, shadow, kBottomLeft | kBottomRight);
  }
  round(box, radius, c.ink);
  round(box.inset(line), radius - line, c.surface);
  Rect area = box;
  if (!c.high()) {
    // Inset by the corner, so that the weave never has to be cut round.
    band({box.x + line, box.y + radius * 0.7F, box.w - 2 * line, px(3.9F)});
    area.cut_top(band_height);
  }
  area = area.inset(pad, 0);
  area.cut_top(pad);
  area.cut_bottom(pad);
  Rect keys = area.cut_bottom(plan.keys_height + edge, px(5));
  if (plan.head <= area.h + 1) {
    draw_head(*this, view, plan, area);
  } else {
    scroll(view.id + ".text", area, [&](Flow& flow) {
      const DialogPlan narrow = plan_dialog(*this, view, flow.width());
      draw_head(*this, view, narrow, flow.next(narrow.head));
    });
  }
  std::optional<std::size_t> pressed;
  for (std::size_t i = 0; i < view.keys.size(); ++i) {
    if (key(view.keys[i], keys.cut_top(plan.keys[i], px(4.3F)))) {
      pressed = i;
    }
  }
  // A dialog that has just appeared shows which answer the enter key gives.
  s.dialog_seen = view.id;
  if (s.dialog_id != view.id && !view.keys.empty()) {
    s.focus_id = view.keys.front().id;
    s.focus_shown = true;
    s.focus_moved = true;
    s.settle();
  }
  if (view.seconds_left) {
    publish(view.id + ".seconds", std::to_string(*view.seconds_left));
  }
  publish("dialog", view.id);
  return pressed;
}

float Ui::error_panel_height(const ErrorView& view, float width_px) const {
  const float inner = width_px - 2 * px(6) - px(kErrorIconMm + 5);
  const float words =
      text_height(view.title, TextStyle::kKey, inner) + px(2) + text_height(view.text, TextStyle::kBody, inner);
  return std::max(words, px(kErrorIconMm)) + 2 * px(5);
}

void Ui::error_panel(const ErrorView& view, const Rect& rect) {
  const Palette& c = colours();
  panel(rect, c.high() ? c.paper : c.dawn);
  Rect area = rect.inset(px(6), px(5));
  const float size = px(kErrorIconMm);
  const Rect strip = area.cut_left(size, px(5));
  const Rect sign{strip.x, strip.centre().y - size / 2, size, size};
  round(sign, size / 2, c.high() ? c.ochre : c.clay);
  icon(view.icon, sign.inset(px(3.6F)), c.high() ? c.on_select : c.on_dark);
  const float title = text_height(view.title, TextStyle::kKey, area.w);
  const float body = text_height(view.text, TextStyle::kBody, area.w);
  area.cut_top(std::max(0.0F, (area.h - title - body - px(2)) / 2));
  text(view.title, area.cut_top(title, px(2)), {.style = TextStyle::kKey});
  text(view.text, area, {});
  publish("error.title", view.title);
}

void Ui::progress(std::optional<float> share, std::string_view words, const Rect& rect) {
  Rect area = rect;
  const float height = text_height(words, TextStyle::kKey, area.w);
  const float bar = px(8);
  area.cut_top(std::max(0.0F, (area.h - height - px(4) - bar) / 2));
  text(words, area.cut_top(height, px(4)), {.style = TextStyle::kKey, .align = Align::kCentre});
  const Rect track = snapped(area.cut_top(bar));
  const Palette& c = colours();
  const float line = px(mm::kOutline);
  round(track, bar / 2, c.ink);
  round(track.inset(line), bar / 2 - line, c.surface);
  const Rect inside = track.inset(px(1.2F));
  if (share) {
    const float filled = std::max(inside.h, inside.w * std::clamp(*share, 0.0F, 1.0F));
    round({inside.x, inside.y, filled, inside.h}, inside.h / 2, c.sea);
    return;
  }
  // No end is known: a part that wanders says that work goes on, without claiming how much is left.
  const float part = inside.w * 0.3F;
  const auto steps = static_cast<float>((now_ms() / kProgressStepMs) % 16);
  const float turn = steps < 8 ? steps / 8 : (16 - steps) / 8;
  round({inside.x + (inside.w - part) * turn, inside.y, part, inside.h}, inside.h / 2, c.sea);
  animate(kProgressStepMs);
}

}  // namespace mimika::ui
