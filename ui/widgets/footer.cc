// The keys at the bottom of a screen: the ways out at the left, the way on at the right.
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kAboveMm = 4.0F;  // between what stands above and the keys
constexpr float kHintGapMm = 2.0F;

struct Placed {
  KeyView key;
  FooterKey which;
  Size size;
};

struct FooterPlan {
  std::vector<Placed> left;
  std::vector<Placed> right;
  float spacing = 0;
  bool one_row = true;
  bool hint_beside = true;
};

float width_of(std::span<const Placed> keys, float spacing) {
  float width = keys.empty() ? 0 : -spacing;
  for (const Placed& placed : keys) {
    width += placed.size.w + spacing;
  }
  return width;
}

float height_of(std::span<const Placed> keys) {
  float height = 0;
  for (const Placed& placed : keys) {
    height = std::max(height, placed.size.h);
  }
  return height;
}

FooterPlan plan_with(const Ui& ui, const FooterView& view, float width) {
  FooterPlan plan;
  plan.spacing = ui.px(mm::kTileGap);
  const auto add = [&](std::vector<Placed>& side, const std::optional<KeyView>& key, FooterKey which) {
    if (key) {
      side.push_back({*key, which, ui.key_size(*key, width)});
    }
  };
  add(plan.left, view.back, FooterKey::kBack);
  add(plan.left, view.cancel, FooterKey::kCancel);
  add(plan.right, view.secondary, FooterKey::kSecondary);
  add(plan.right, view.primary, FooterKey::kPrimary);
  const float between = plan.left.empty() || plan.right.empty() ? 0 : plan.spacing;
  const float room = width - width_of(plan.left, plan.spacing) - between - width_of(plan.right, plan.spacing);
  plan.one_row = room >= 0;
  const float hint_room = room - 2 * plan.spacing;
  plan.hint_beside =
      plan.one_row && (view.hint.empty() || hint_room >= ui.measure(view.hint, TextStyle::kBody).w * 0.5F);
  return plan;
}

// A landscape panel has no height for two rows: the ways out become their signs, Cancel first.
FooterPlan plan_of(const Ui& ui, FooterView view, float width) {
  FooterPlan plan = plan_with(ui, view, width);
  for (std::optional<KeyView>* way_out : {&view.cancel, &view.back}) {
    if (!ui.landscape() || plan.one_row) {
      break;
    }
    if (*way_out) {
      (*way_out)->icon_only = true;
      plan = plan_with(ui, view, width);
    }
  }
  return plan;
}

// A row that is longer than the area shares the width out, and its words wrap.
struct RowPlan {
  float scale = 1;
  float natural = 0;
  float gaps = 0;
  float height = 0;
};

RowPlan row_of(const Ui& ui, std::span<const Placed> keys, float spacing, float width) {
  RowPlan row;
  row.gaps = spacing * static_cast<float>(keys.size() - 1);
  row.natural = width_of(keys, spacing) - row.gaps;
  row.scale = std::min(1.0F, (width - row.gaps) / row.natural);
  row.height = height_of(keys);
  for (const Placed& placed : keys) {
    row.height = std::max(row.height, ui.key_size(placed.key, std::floor(placed.size.w * row.scale)).h);
  }
  return row;
}

}  // namespace

float Ui::footer_height(const FooterView& view, float width_px) const {
  const FooterPlan plan = plan_of(*this, view, width_px);
  float height = 0;
  if (plan.one_row) {
    const float keys = std::max(height_of(plan.left), height_of(plan.right));
    height = keys > 0 ? keys + px(mm::kKeyEdge) + px(kAboveMm) : 0;
  } else {
    for (const auto* side : {&plan.left, &plan.right}) {
      if (!side->empty()) {
        height += row_of(*this, *side, plan.spacing, width_px).height + px(mm::kKeyEdge) + px(mm::kKeyGap);
      }
    }
    height += px(kAboveMm) - px(mm::kKeyGap);
  }
  if (!plan.hint_beside && !view.hint.empty()) {
    height += text_height(view.hint, TextStyle::kBody, width_px) + px(kHintGapMm);
  }
  return height;
}

std::optional<FooterKey> Ui::footer(const FooterView& view, Rect& area) {
  const FooterPlan plan = plan_of(*this, view, area.w);
  const SpokenPart part_before = speak_in(SpokenPart::kFooter);
  const float edge = px(mm::kKeyEdge);
  std::optional<FooterKey> pressed;
  const auto draw_keys = [&](std::span<const Placed> keys, Rect strip, float x, float scale) {
    for (const Placed& placed : keys) {
      const float width = std::floor(placed.size.w * scale);
      if (key(placed.key, {x, strip.y, width, strip.h})) {
        pressed = placed.which;
      }
      x += width + plan.spacing;
    }
    return x;
  };

  if (plan.one_row) {
    const float height = std::max(height_of(plan.left), height_of(plan.right));
    if (height > 0) {
      Rect strip = area.cut_bottom(height + edge, px(kAboveMm));
      strip.h -= edge;
      const float left_end = draw_keys(plan.left, strip, strip.x, 1);
      const float right_begin = strip.right() - width_of(plan.right, plan.spacing);
      draw_keys(plan.right, strip, right_begin, 1);
      if (plan.hint_beside && !view.hint.empty()) {
        const Rect room{left_end, strip.y, right_begin - plan.spacing - left_end, strip.h};
        text(view.hint, room, {.align = plan.right.empty() ? Align::kLeft : Align::kRight, .valign = VAlign::kMiddle});
      }
    }
  } else {
    const auto draw_row = [&](std::span<const Placed> keys, bool from_right) {
      if (keys.empty()) {
        return;
      }
      const RowPlan row = row_of(*this, keys, plan.spacing, area.w);
      Rect strip = area.cut_bottom(row.height + edge, px(mm::kKeyGap));
      strip.h -= edge;
      draw_keys(keys, strip, from_right ? strip.right() - row.natural * row.scale - row.gaps : strip.x, row.scale);
    };
    // The way on stands lowest, where the hand already is.
    draw_row(plan.right, true);
    draw_row(plan.left, false);
    area.cut_bottom(px(kAboveMm) - px(mm::kKeyGap));
  }
  if (!plan.hint_beside && !view.hint.empty()) {
    const float height = text_height(view.hint, TextStyle::kBody, area.w);
    text(view.hint, area.cut_bottom(height, px(kHintGapMm)), {});
  }
  speak_in(part_before);
  return pressed;
}

}  // namespace mimika::ui
