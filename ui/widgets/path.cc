// The way of a ticket, from "saved here" to "done": one row on a wide card, one column elsewhere.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kSignMm = 12.0F;
constexpr float kAcrossSignMm = 15.0F;
constexpr float kAcrossTopMm = 3.6F;
constexpr float kAcrossPadMm = 2.0F;
constexpr float kGapMm = 4.0F;
constexpr float kBetweenMm = 4.0F;

float words_height(const Ui& ui, const PathStep& step, float width) {
  float height = ui.text_height(step.title, TextStyle::kBodyStrong, width);
  height += ui.text_height(step.detail, TextStyle::kBody, width);
  height += ui.text_height(step.date, TextStyle::kBody, width);
  return height;
}

float step_height(const Ui& ui, const PathStep& step, float width) {
  const float inner = width - ui.px(kSignMm + kGapMm);
  return std::max(ui.px(kSignMm), words_height(ui, step, inner));
}

// Solid where it has been walked, dots where not.
void draw_way(Ui& ui, const Rect& from_to, bool reached) {
  const bool upright = from_to.h > from_to.w;
  const Colour ink = ui.colours().ink;
  if (reached) {
    ui.fill(from_to, ink);
    return;
  }
  const float dot = upright ? from_to.w : from_to.h;
  if (dot <= 0) {
    return;  // no room at all between two steps: there would be no end to dots of no size
  }
  const float length = upright ? from_to.h : from_to.w;
  for (float at = dot; at + dot <= length; at += 2.4F * dot) {
    ui.fill(upright ? Rect{from_to.x, from_to.y + at, dot, dot} : Rect{from_to.x + at, from_to.y, dot, dot}, ink);
  }
}

}  // namespace

float Ui::path_down_height(std::span<const PathStep> steps, float width_px) const {
  float height = 0;
  for (const PathStep& step : steps) {
    height += step_height(*this, step, width_px);
  }
  return height + px(kBetweenMm) * static_cast<float>(steps.empty() ? 0 : steps.size() - 1);
}

void Ui::path_down(std::span<const PathStep> steps, const Rect& rect) {
  State& s = *state_;
  const float sign = px(kSignMm);
  const float inner = rect.w - px(kSignMm + kGapMm);
  // What the place has to spare goes between the steps, within reason.
  const float needed = path_down_height(steps, rect.w);
  if (needed > rect.h + 1) {
    s.overflows.emplace_back(steps.front().title);
  }
  const float spare = steps.size() > 1 ? (rect.h - needed) / static_cast<float>(steps.size() - 1) : 0;
  const float between = px(kBetweenMm) + std::clamp(spare, 0.0F, px(7));
  const float way = std::max(2.0F, px(0.8F));
  float y = rect.y;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const PathStep& step = steps[i];
    const float height = step_height(*this, step, rect.w);
    const Rect at{rect.x, y, sign, sign};
    if (i + 1 < steps.size()) {
      const float from = at.bottom() + px(0.6F);
      const float to = y + height + between - px(0.6F);
      draw_way(*this, {at.centre().x - way / 2, from, way, to - from}, steps[i + 1].reached);
    }
    this->sign(step.sign, at);
    const float words_x = rect.x + px(kSignMm + kGapMm);
    float words_y = y + std::max(0.0F, (sign - words_height(*this, step, inner)) / 2);
    const auto line = [&](std::string_view words, TextStyle style, Colour colour) {
      const float tall = text_height(words, style, inner);
      text(words, {words_x, words_y, inner, tall}, {.style = style, .colour = colour});
      words_y += tall;
    };
    line(step.title, TextStyle::kBodyStrong, colours().ink);
    line(step.detail, TextStyle::kBody, colours().ink2);
    line(step.date, TextStyle::kBody, colours().ink2);
    if (step.current) {
      publish("path.current", step.title);
    }
    y += height + between;
  }
}

float Ui::path_across_height(std::span<const PathStep> steps, float width_px) const {
  if (steps.empty()) {
    return 0;
  }
  const float cell = std::floor(width_px / static_cast<float>(steps.size()));
  float words = 0;
  for (const PathStep& step : steps) {
    words = std::max(words, words_height(*this, step, cell - 2 * px(kAcrossPadMm)));
  }
  return px(kAcrossTopMm) + px(kAcrossSignMm) + 2 * px(kAcrossPadMm) + words;
}

void Ui::path_across(std::span<const PathStep> steps, const Rect& rect) {
  State& s = *state_;
  if (steps.empty()) {
    return;
  }
  const std::vector<Rect> cells = columns(rect, static_cast<int>(steps.size()), 0);
  const float sign = px(kAcrossSignMm);
  const float top = rect.y + px(kAcrossTopMm);
  const float way = std::max(2.0F, px(0.9F));
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const float from = cells[i].centre().x + sign / 2;
    const float to = cells[i + 1].centre().x - sign / 2;
    draw_way(*this, {from, top + sign / 2 - way / 2, to - from, way}, steps[i + 1].reached);
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const PathStep& step = steps[i];
    const Rect& cell = cells[i];
    const bool current = step.current;
    const Colour ink = current ? colours().on_select : colours().ink;
    const Colour second = current ? colours().on_select : colours().ink2;
    if (current) {
      selected_panel(cell.inset(-px(0.5F)));
      publish("path.current", step.title);
    }
    this->sign(step.sign, {cell.centre().x - sign / 2, top, sign, sign});
    Rect words = cell.inset(px(kAcrossPadMm), 0);
    words.cut_top(top - rect.y + sign + px(kAcrossPadMm));
    words.cut_bottom(px(kAcrossPadMm));
    if (words_height(*this, step, words.w) > words.h + 1) {
      s.overflows.push_back(step.title);
    }
    const auto line = [&](std::string_view text_of, TextStyle style, Colour colour) {
      const float tall = text_height(text_of, style, words.w);
      text(text_of, words.cut_top(tall), {.style = style, .colour = colour, .align = Align::kCentre});
    };
    line(step.title, TextStyle::kBodyStrong, ink);
    line(step.detail, TextStyle::kBody, second);
    line(step.date, TextStyle::kBody, second);
  }
}

}  // namespace mimika::ui
