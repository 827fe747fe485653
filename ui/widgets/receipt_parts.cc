// What a receipt and a review are made of: the code, its groups, labelled rows, the level of a recording.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr int kQuietModules = 3;  // with the white frame around them, the four that readers want
constexpr float kCodeHeightMm = 14.0F;
constexpr float kRowSquareMm = 13.0F;
constexpr float kRowGapMm = 4.0F;
constexpr float kRowPadMm = 2.0F;

struct GroupPlan {
  int groups = 0;
  int across = 0;
  float width = 0;
  float height = 0;
};

GroupPlan plan_groups(const Ui& ui, std::string_view digits, int group, float width) {
  GroupPlan plan;
  const auto size = static_cast<std::size_t>(std::max(1, group));
  plan.groups = static_cast<int>((digits.size() + size - 1) / size);
  if (plan.groups == 0) {
    return plan;
  }
  const float gap = ui.px(mm::kKeyGap);
  const float widest = ui.measure(std::string(size, '0'), TextStyle::kCode).w + 2 * ui.px(2.2F);
  plan.across = columns_that_fit(width, widest, gap, plan.groups);
  // Four, two or one in a row: three and a straggler would break the rhythm in which a code is read.
  while (plan.groups % plan.across != 0) {
    --plan.across;
  }
  const float own = (width - gap * static_cast<float>(plan.across - 1)) / static_cast<float>(plan.across);
  plan.width = std::floor(std::min(own, widest * 1.5F));
  plan.height = std::max(ui.px(kCodeHeightMm), ui.line_height(TextStyle::kCode) + ui.px(4));
  return plan;
}

}  // namespace

void Ui::qr(const QrMatrix& matrix, const Rect& rect) {
  const Rect r = snapped(rect);
  const float line = std::max(1.0F, std::round(mm::kOutline * metrics().px_per_mm()));
  // Where somebody would hold a camera.
  publish("qr.place", std::to_string(std::lround(r.x)) + " " + std::to_string(std::lround(r.y)) + " " +
                          std::to_string(std::lround(r.w)) + " " + std::to_string(std::lround(r.h)));
  // A code is dark on white in every contrast: readers need it so.
  const Palette& standard = palette_for(Contrast::kStandard);
  round(r, px(2.5F), colours().ink);
  round(r.inset(line), px(2.5F) - line, rgb(0xFFFFFF));
  const auto across = static_cast<std::size_t>(std::max(0, matrix.size));
  if (across == 0 || matrix.dark.size() != across * across) {
    return;
  }
  const auto modules = static_cast<float>(matrix.size + 2 * kQuietModules);
  const float module = std::max(1.0F, std::floor((std::min(r.w, r.h) - 2 * line) / modules));
  const float side = module * static_cast<float>(matrix.size);
  const Rect code = snapped(r.centred({side, side}));
  for (int row = 0; row < matrix.size; ++row) {
    for (int column = 0; column < matrix.size;) {
      const auto dark = [&](int at) {
        return matrix.dark[static_cast<std::size_t>(row) * across + static_cast<std::size_t>(at)] != 0;
      };
      if (!dark(column)) {
        ++column;
        continue;
      }
      int end = column;
      while (end < matrix.size && dark(end)) {
        ++end;
      }
      fill({code.x + module * static_cast<float>(column), code.y + module * static_cast<float>(row),
            module * static_cast<float>(end - column), module},
           standard.ink);
      column = end;
    }
  }
}

float Ui::code_groups_height(std::string_view digits, int group, float width_px) const {
  const GroupPlan plan = plan_groups(*this, digits, group, width_px);
  if (plan.groups == 0) {
    return 0;
  }
  const int down = plan.groups / plan.across;
  return plan.height * static_cast<float>(down) + px(mm::kKeyGap) * static_cast<float>(down - 1);
}

void Ui::code_groups(std::string_view digits, int group, const Rect& rect) {
  const GroupPlan plan = plan_groups(*this, digits, group, rect.w);
  const float gap = px(mm::kKeyGap);
  const float line = std::max(1.0F, std::round(mm::kOutline * metrics().px_per_mm()));
  for (int i = 0; i < plan.groups; ++i) {
    const auto [line_index, place] = std::div(i, plan.across);
    const auto column = static_cast<float>(place);
    const auto row = static_cast<float>(line_index);
    const Rect box{rect.x + column * (plan.width + gap), rect.y + row * (plan.height + gap), plan.width, plan.height};
    round(box, px(mm::kLetterRadius), colours().ink);
    round(snapped(box).inset(line), px(mm::kLetterRadius) - line, colours().surface);
    const auto size = static_cast<std::size_t>(group);
    text(digits.substr(static_cast<std::size_t>(i) * size, size), box,
         {.style = TextStyle::kCode, .align = Align::kCentre, .valign = VAlign::kMiddle, .hearing = Hearing::kSpelled});
  }
}

namespace {

struct RowPlan {
  float words_width = 0;
  Size key = {};
  bool key_below = false;
  float height = 0;
};

RowPlan plan_row(const Ui& ui, const LabelledRow& row, float width) {
  RowPlan plan;
  const bool sign = !row.icon.empty() || !row.picture.empty();
  const float lead = sign ? ui.px(kRowSquareMm + kRowGapMm) : 0;
  if (row.key) {
    plan.key = ui.key_size(*row.key);
  }
  const auto words_height = [&](float room) {
    return ui.text_height(row.label, TextStyle::kBody, room) + ui.text_height(row.value, TextStyle::kBodyStrong, room);
  };
  plan.words_width = width - lead - (row.key ? plan.key.w + ui.px(kRowGapMm) : 0);
  // At large text a key beside long words would leave them a column of syllables.
  plan.key_below = row.key && plan.words_width < width * 0.45F;
  if (plan.key_below) {
    plan.words_width = width - lead;
  }
  const float words = std::max(words_height(plan.words_width), sign ? ui.px(kRowSquareMm) : 0);
  plan.height = plan.key_below ? words + ui.px(kRowPadMm) + plan.key.h : std::max(words, plan.key.h);
  plan.height += 2 * ui.px(kRowPadMm);
  return plan;
}

}  // namespace

float Ui::labelled_row_height(const LabelledRow& row, float width_px) const {
  return plan_row(*this, row, width_px).height;
}

bool Ui::labelled_row(const LabelledRow& row, const Rect& rect) {
  const RowPlan plan = plan_row(*this, row, rect.w);
  Rect area = rect.inset(0, px(kRowPadMm));
  Rect key_rect;
  if (row.key) {
    key_rect = plan.key_below ? area.cut_bottom(plan.key.h, px(kRowPadMm)) : area.cut_right(plan.key.w, px(kRowGapMm));
    key_rect = {key_rect.right() - plan.key.w, key_rect.centre().y - plan.key.h / 2, plan.key.w, plan.key.h};
  }
  if (!row.icon.empty() || !row.picture.empty()) {
    const float size = px(kRowSquareMm);
    const Rect strip = area.cut_left(size, px(kRowGapMm));
    const Rect square{strip.x, strip.centre().y - size / 2, size, size};
    if (!row.picture.empty() && !colours().high()) {
      picture(row.picture, square, Fit::kSlice, px(2));
    } else {
      round(square, px(2), under_ink(row.ground.value_or(colours().sky)));
      icon(row.icon.empty() ? "paper" : row.icon, square.inset(px(2.6F)));
    }
  }
  const float label = text_height(row.label, TextStyle::kBody, area.w);
  const float value = text_height(row.value, TextStyle::kBodyStrong, area.w);
  if (label + value > rect.h + 1) {
    state_->overflows.push_back(row.value);
  }
  const float top = area.centre().y - (label + value) / 2;
  text(row.label, {area.x, top, area.w, label}, {.colour = colours().ink2});
  text(row.value, {area.x, top + label, area.w, value}, {.style = TextStyle::kBodyStrong, .hearing = row.hearing});
  if (!row.key) {
    return false;
  }
  const bool pressed = key(*row.key, key_rect);
  state_->hear_instead({row.key->label, row.label});  // several rows have the same key
  return pressed;
}

void Ui::level_bars(std::span<const float> levels, std::size_t capacity, const Rect& rect) {
  if (capacity == 0) {
    return;
  }
  const float pitch = rect.w / static_cast<float>(capacity);
  const float width = std::max(2.0F, std::round(pitch * 0.62F));
  const std::size_t shown = std::min(levels.size(), capacity);
  const auto recent = levels.subspan(levels.size() - shown);
  for (std::size_t i = 0; i < capacity; ++i) {
    const float x = rect.x + pitch * static_cast<float>(i);
    const bool now = i + 1 == shown;
    const float level = i < shown ? std::clamp(recent[i], 0.0F, 1.0F) : 0.0F;
    const float height = std::max(width, std::round(rect.h * level));
    const Colour colour = i >= shown ? colours().line : now ? colours().ink : colours().ember;
    round({x, rect.centre().y - height / 2, width, height}, width / 2, colour);
  }
}

}  // namespace mimika::ui
