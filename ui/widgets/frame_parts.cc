// What frames a screen: the question at the top with its steps, the keys at the bottom.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kStepMm = 6.4F;  // a step that is not the current one, corner to corner
constexpr float kCurrentStepMm = 14.4F;
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

}  // namespace

bool Ui::header_key_pressed() const {
  return state_->header_key;
}

void Ui::header(const HeaderView& view, Rect& area) {
  const Size aside = aside_size(*this, view);
  const bool sign = !view.icon.empty() || !view.picture.empty();
  const float sign_px = sign ? px(kSignMm) : 0;
  const float lead = sign ? sign_px + px(4) : 0;
  const float spacing = aside.w > 0 ? px(5) : 0;
  // The aside stands beside the words while it leaves the title half a line; else it takes a row of its own above them.
  const float beside = area.w - lead - aside.w - spacing;
  const float title_width = measure(view.title, view.style).w;
  const bool above = aside.w > 0 && beside < std::min(title_width, area.w * 0.5F);
  const float width = above ? area.w - lead : beside;
  const float words = std::max(words_height(*this, view, width), sign_px);
  const float height = above ? aside.h + px(2) + words : std::max(words, aside.h);
  Rect strip = area.cut_top(height, px(kBelowMm));

  Rect corner{strip.right() - aside.w, strip.y, aside.w, aside.h};
  if (above) {
    strip.cut_top(aside.h, px(2));
  } else if (!view.key) {
    corner.y = strip.y + std::max(0.0F, (strip.h - aside.h) / 2);
  }
  if (view.key) {
    state_->header_key = key(*view.key, corner);
  } else if (view.mark) {
    mark_pill(*view.mark, view.mark_word, corner);
  } else if (view.steps) {
    steps(*view.steps, corner);
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
  const auto line = [&](const std::string& text_of, TextStyle style, Colour colour) {
    text(text_of, strip.cut_top(text_height(text_of, style, width)), {.style = style, .colour = colour});
  };
  line(view.kicker, TextStyle::kBodyStrong, colours().ink);
  line(view.title, view.style, colours().ink);
  line(view.subtitle, TextStyle::kBody, colours().ink2);
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
      text(
          std::to_string(i), {x - px(5), y - px(5), px(10), px(10)},
          {.style = TextStyle::kStaffTitle, .colour = c.on_select, .align = Align::kCentre, .valign = VAlign::kMiddle});
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

std::optional<FooterKey> Ui::footer(const FooterView& view, Rect& area) {
  struct Placed {
    const KeyView* key;
    FooterKey which;
    Size size;
  };
  std::vector<Placed> left;
  std::vector<Placed> right;
  const auto add = [&](std::vector<Placed>& side, const std::optional<KeyView>& key_view, FooterKey which) {
    if (key_view) {
      side.push_back({&*key_view, which, key_size(*key_view, area.w)});
    }
  };
  add(left, view.back, FooterKey::kBack);
  add(left, view.cancel, FooterKey::kCancel);
  add(right, view.secondary, FooterKey::kSecondary);
  add(right, view.primary, FooterKey::kPrimary);
  const float spacing = px(mm::kTileGap);
  const auto width_of = [&](const std::vector<Placed>& side) {
    float width = 0;
    for (const Placed& placed : side) {
      width += placed.size.w + spacing;
    }
    return std::max(0.0F, width - spacing);
  };
  const auto height_of = [&](const std::vector<Placed>& side) {
    float height = 0;
    for (const Placed& placed : side) {
      height = std::max(height, placed.size.h);
    }
    return height;
  };
  const float between = left.empty() || right.empty() ? 0 : spacing;
  const bool one_row = width_of(left) + between + width_of(right) <= area.w;
  const float hint_room = area.w - width_of(left) - between - width_of(right) - 2 * spacing;
  const bool hint_beside = one_row && (view.hint.empty() || hint_room >= measure(view.hint, TextStyle::kBody).w * 0.5F);

  std::optional<FooterKey> pressed;
  const float edge = px(mm::kKeyEdge);
  // Draws one row of keys; a row that is still too long shares its width out, and its words wrap.
  const auto draw_row = [&](const std::vector<Placed>& keys, bool from_right) {
    if (keys.empty()) {
      return;
    }
    const float room = area.w - spacing * static_cast<float>(keys.size() - 1);
    float natural = 0;
    for (const Placed& placed : keys) {
      natural += placed.size.w;
    }
    const float scale = std::min(1.0F, room / natural);
    float height = height_of(keys);
    for (const Placed& placed : keys) {
      height = std::max(height, key_size(*placed.key, std::floor(placed.size.w * scale)).h);
    }
    Rect strip = area.cut_bottom(height + edge, px(mm::kKeyGap));
    strip.h -= edge;
    float x = from_right ? strip.right() - natural * scale - spacing * static_cast<float>(keys.size() - 1) : strip.x;
    for (const Placed& placed : keys) {
      const float width = std::floor(placed.size.w * scale);
      if (key(*placed.key, {x, strip.y, width, strip.h})) {
        pressed = placed.which;
      }
      x += width + spacing;
    }
  };

  if (one_row) {
    const float height = std::max(height_of(left), height_of(right));
    if (height > 0) {
      Rect strip = area.cut_bottom(height + edge, px(kBelowMm));
      strip.h -= edge;
      const auto place = [&](const std::vector<Placed>& side, float x) {
        for (const Placed& placed : side) {
          if (key(*placed.key, {x, strip.y, placed.size.w, strip.h})) {
            pressed = placed.which;
          }
          x += placed.size.w + spacing;
        }
        return x;
      };
      const float left_end = place(left, strip.x);
      const float right_begin = strip.right() - width_of(right);
      place(right, right_begin);
      if (hint_beside && !view.hint.empty()) {
        const Rect room{left_end, strip.y, right_begin - spacing - left_end, strip.h};
        text(view.hint, room, {.align = right.empty() ? Align::kLeft : Align::kRight, .valign = VAlign::kMiddle});
      }
    }
  } else {
    // The way on stands lowest, where the hand already is.
    draw_row(right, true);
    draw_row(left, false);
    area.cut_bottom(px(kBelowMm) - px(mm::kKeyGap));
  }
  if (!hint_beside && !view.hint.empty()) {
    const float height = text_height(view.hint, TextStyle::kBody, area.w);
    text(view.hint, area.cut_bottom(height, px(2)), {});
  }
  return pressed;
}

void Ui::banner_saved(std::string_view title, std::string_view aside, Rect& area) {
  const Palette& c = colours();
  const float margin = px(mm::kMargin);
  const Size right = measure(aside, TextStyle::kBodyStrong);
  const float badge = px(14.4F);
  const float width = area.w - 2 * margin - badge - px(6) - right.w - px(5);
  const float title_height = text_height(title, TextStyle::kTitle, width);
  const float height = std::max({badge, title_height, right.h}) + 2 * px(4.4F);
  Rect strip = area.cut_top(height);
  fill(strip, c.high() ? c.paper : c.forest);
  band(area.cut_top(px(3.6F)));
  strip = strip.inset(margin, 0);
  const Rect sign = strip.cut_left(badge, px(6)).centred({badge, badge});
  round(sign, px(3.2F), c.ochre);
  icon("check", sign.inset(px(2.6F)), c.high() ? c.on_select : c.ink);
  const Colour on_banner = c.high() ? c.ink : c.on_dark;
  text(aside, strip.cut_right(right.w, px(5)),
       {.style = TextStyle::kBodyStrong, .colour = on_banner, .align = Align::kRight, .valign = VAlign::kMiddle});
  text(title, strip, {.style = TextStyle::kTitle, .colour = on_banner, .valign = VAlign::kMiddle});
}

}  // namespace mimika::ui
