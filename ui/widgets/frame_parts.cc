// The top of a screen: the question with its steps, or the banner that says where a filing is.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kStepMm = 6.4F;  // a step that is not the current one, corner to corner
constexpr float kCurrentStepMm = 16.4F;
constexpr float kDigitMm = 5.6F;  // the number is set smaller rather than wider, or it would leave its diamond
constexpr float kStepPitchMm = 14.3F;
constexpr float kSignMm = 16.0F;
constexpr float kBelowMm = 4.0F;  // between the header and what follows

Size steps_size(const Ui& ui, const StepsView& steps) {
  const float pitch = ui.px(kStepPitchMm);
  return {pitch * static_cast<float>(steps.total - 1) + ui.px(kCurrentStepMm), ui.px(kCurrentStepMm)};
}

// The part at the top right: steps, a key, or the ticket's mark.
Size aside_size(const Ui& ui, const HeaderView& view) {
  if (view.key) {
    return ui.key_size(*view.key);
  }
  if (view.mark) {
    return ui.mark_pill_size(*view.mark, view.mark_word);
  }
  return view.steps ? steps_size(ui, *view.steps) : Size{};
}

float words_height(const Ui& ui, const HeaderView& view, float width) {
  return ui.text_height(view.kicker, TextStyle::kBodyStrong, width) + ui.text_height(view.title, view.style, width) +
         ui.text_height(view.subtitle, TextStyle::kBody, width);
}

struct HeaderPlan {
  Size aside;
  float sign_px = 0;
  bool above = false;  // the aside takes a row of its own
  float width = 0;     // of the words
  float height = 0;
};

HeaderPlan plan_of(const Ui& ui, const HeaderView& view, float area_width) {
  HeaderPlan plan;
  plan.aside = aside_size(ui, view);
  plan.sign_px = view.icon.empty() && view.picture.empty() ? 0 : ui.px(kSignMm);
  const float lead = plan.sign_px > 0 ? plan.sign_px + ui.px(4) : 0;
  const float spacing = plan.aside.w > 0 ? ui.px(5) : 0;
  // The aside stands beside the words while it leaves the title half a line and costs no height; else it takes a row of
  // its own above them.
  const float beside = area_width - lead - plan.aside.w - spacing;
  const float title_width = ui.measure(view.title, view.style).w;
  const auto words = [&](float width) { return std::max(words_height(ui, view, width), plan.sign_px); };
  const float height_above = plan.aside.h + ui.px(2) + words(area_width - lead);
  const float height_beside = std::max(words(beside), plan.aside.h);
  const bool squeezed = beside < std::min(title_width, area_width * 0.5F);
  plan.above = plan.aside.w > 0 && (squeezed || height_above < height_beside);
  plan.width = plan.above ? area_width - lead : beside;
  plan.height = plan.above ? height_above : height_beside;
  return plan;
}

}  // namespace

bool Ui::header_key_pressed() const {
  return state_->header_key;
}

float Ui::header_height(const HeaderView& view, float width_px) const {
  return plan_of(*this, view, width_px).height + px(kBelowMm);
}

void Ui::header(const HeaderView& view, Rect& area) {
  const HeaderPlan plan = plan_of(*this, view, area.w);
  const Size aside = plan.aside;
  const bool sign = plan.sign_px > 0;
  const float sign_px = plan.sign_px;
  const bool above = plan.above;
  const float width = plan.width;
  Rect strip = area.cut_top(plan.height, px(kBelowMm));

  Rect corner{strip.right() - aside.w, strip.y, aside.w, aside.h};
  if (above) {
    strip.cut_top(aside.h, px(2));
  } else if (!view.key) {
    corner.y = strip.y + std::max(0.0F, (strip.h - aside.h) / 2);
  }
  if (sign) {
    Rect at = strip.cut_left(sign_px, px(4));
    at = {at.x, at.y + std::max(0.0F, (at.h - sign_px) / 2), sign_px, sign_px};
    if (!view.picture.empty() && !colours().high()) {
      picture(view.picture, at, Fit::kSlice, px(2.5F));
    } else {
      const std::string name = view.icon.empty() ? "paper" : view.icon;
      round(at, px(2.5F), colours().sea);
      icon(name, at.inset(px(3)), colours().on_dark);
    }
  }
  strip.w = width;
  if (sign) {
    strip.cut_top(std::max(0.0F, (strip.h - words_height(*this, view, width)) / 2));
  }
  const auto line = [&](const std::string& text_of, TextStyle style, Colour colour, Hearing hearing) {
    text(text_of, strip.cut_top(text_height(text_of, style, width)),
         {.style = style, .colour = colour, .hearing = hearing});
  };
  line(view.kicker, TextStyle::kBodyStrong, colours().ink, Hearing::kAlways);
  line(view.title, view.style, colours().ink, view.title_hearing);
  line(view.subtitle, TextStyle::kBody, colours().ink2, Hearing::kAlways);
  // After the words, as it is to be heard.
  if (view.key) {
    state_->header_key = key(*view.key, corner);
  } else if (view.mark) {
    mark_pill(*view.mark, view.mark_word, corner);
  } else if (view.steps) {
    steps(*view.steps, corner);
  }
  publish("header.title", view.title);
}

void Ui::steps(const StepsView& view, const Rect& rect) {
  const Palette& c = colours();
  const Size natural = steps_size(*this, view);
  // On a narrow panel the diamonds move together; they never grow smaller.
  const float pitch =
      view.total > 1 ? std::min(px(kStepPitchMm), (rect.w - px(kCurrentStepMm)) / static_cast<float>(view.total - 1))
                     : 0;
  const float used = pitch * static_cast<float>(view.total - 1) + px(kCurrentStepMm);
  const float first = rect.right() - std::min(used, natural.w) + px(kCurrentStepMm) / 2;
  const float y = rect.centre().y;
  const auto diamond = [&](float x, float half, Colour colour) {
    const Point corners[] = {{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}};
    polygon(corners, colour);
  };
  const float way = std::max(1.0F, px(0.5F));
  for (int i = 1; i <= view.total; ++i) {
    const float x = first + pitch * static_cast<float>(i - 1);
    if (i < view.total) {
      const float from = x + (i == view.current ? px(kCurrentStepMm) : px(kStepMm)) / 2 + px(1);
      const float to = x + pitch - (i + 1 == view.current ? px(kCurrentStepMm) : px(kStepMm)) / 2 - px(1);
      fill({from, y - way / 2, to - from, way}, i < view.current ? c.ink : c.line);
    }
    if (i == view.current) {
      diamond(x, px(kCurrentStepMm) / 2, c.high() ? c.select : c.ink);
      diamond(x, px(kCurrentStepMm) / 2 - px(0.8F), c.select);
      const std::string number = std::to_string(i);
      const float room = px(kDigitMm) * (number.size() > 1 ? 1.7F : 1.0F);
      text(number, {x - room / 2, y - px(7), room, px(14)},
           {.style = TextStyle::kStaffTitle,
            .colour = c.on_select,
            .align = Align::kCentre,
            .valign = VAlign::kMiddle,
            .hearing = Hearing::kNever});
      say(view.spoken);
    } else if (i < view.current) {
      diamond(x, px(kStepMm) / 2, c.high() ? c.ink : c.sea);
      const float size = px(kStepMm) * 0.62F;
      icon("check", {x - size / 2, y - size / 2, size, size}, c.on_dark);
    } else {
      diamond(x, px(kStepMm) / 2, c.high() ? c.ink : rgb(0x8A7A54));
      diamond(x, px(kStepMm) / 2 - px(0.7F), c.paper);
    }
  }
  publish("steps", std::to_string(view.current) + "/" + std::to_string(view.total));
}

void Ui::banner(PlaceKind place, std::string_view title, std::string_view aside, Rect& area) {
  const Palette& c = colours();
  const float margin = px(mm::kMargin);
  const float badge = px(14.4F);
  // Where the panel is narrow for the words they step down, at last with what stands beside them.
  const TextStyle small = stepped_down(TextStyle::kBodyStrong, metrics().text_size());
  TextStyle aside_style = TextStyle::kBodyStrong;
  const auto title_width = [&] { return area.w - 2 * margin - badge - px(6) - measure(aside, aside_style).w - px(5); };
  TextStyle style = TextStyle::kTitle;
  for (const TextStyle smaller : {TextStyle::kKey, TextStyle::kBodyStrong, small}) {
    if (measure(title, style).w <= title_width()) break;
    style = smaller;
  }
  if (measure(title, style).w > title_width()) aside_style = small;
  const Size right = measure(aside, aside_style);
  const float height = std::max({badge, text_height(title, style, title_width()), right.h}) + 2 * px(4.4F);
  Rect strip = area.cut_top(height);
  fill(strip, c.high() ? c.paper : c.forest);
  band(area.cut_top(px(3.6F)));
  strip = strip.inset(margin, 0);
  const Rect sign = strip.cut_left(badge, px(6)).centred({badge, badge});
  if (place == PlaceKind::kSavedHere) {
    round(sign, px(3.2F), c.ochre);
    icon("check", sign.inset(px(2.6F)), c.high() ? c.on_select : c.ink);
  } else {
    round(sign, badge / 2, c.on_dark);  // its ink outline would be lost on the banner
    this->place(place, sign.inset(px(0.9F)));
  }
  const Colour on_banner = c.high() ? c.ink : c.on_dark;
  const Rect at_right = strip.cut_right(right.w, px(5));
  // A filing that arrives while its receipt is shown is news.
  text(title, strip, {.style = style, .colour = on_banner, .valign = VAlign::kMiddle, .hearing = Hearing::kNews});
  text(aside, at_right, {.style = aside_style, .colour = on_banner, .align = Align::kRight, .valign = VAlign::kMiddle});
}

}  // namespace mimika::ui
