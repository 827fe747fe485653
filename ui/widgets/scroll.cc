// Regions whose content may be longer than their place. Big Up and Down keys at the right, and words that say there is
// more; a drag moves the content too, and a thrown one rolls on; but no gesture is ever required.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kKeyWidthMm = 22.0F;   // "Turun" in running text, and a key's least padding
constexpr float kLeastLowMm = 24.0F;   // a lower region shows too little of anything for two keys beside it
constexpr float kLeastArrowMm = 7.0F;  // above its word; a lower key shows the arrow alone
constexpr float kPageShare = 0.8F;     // of the region, so that a line seen before stays in sight
constexpr float kEdgeMm = 3.5F;        // height of the shade where the content goes on
constexpr int kEdgeStrips = 7;         // it is drawn in; each is a plain rectangle, which the renderer draws fast
constexpr float kEdgeDarkest = 70.0F;  // of 255
constexpr std::int64_t kFrameMs = 16;

}  // namespace

void Ui::State::draw_edge(const Rect& view, Edge edge) {
  if (colours->high()) {
    return;  // black on black says nothing; a line does
  }
  const float strip = std::max(1.0F, std::round(metrics.px(kEdgeMm) / kEdgeStrips));
  for (int i = 0; i < kEdgeStrips; ++i) {
    const float share = 1 - static_cast<float>(i) / kEdgeStrips;
    Colour shade = colours->ink;
    shade.a = static_cast<std::uint8_t>(std::lround(kEdgeDarkest * share * share));
    const float off = static_cast<float>(i) * strip;
    const float y = edge == Edge::kTop ? view.y + off : view.bottom() - off - strip;
    canvas->AddRectFilled({view.x, y}, {view.right(), y + strip}, packed(shade));
  }
}

bool Ui::State::stop_rolling(Point at) {
  bool stopped = false;
  for (auto& [id, scroll] : scrolls) {
    stopped = stopped || (scroll.fling.rolling() && scroll.viewport.contains(at));
    scroll.fling.hold();
  }
  return stopped;
}

void Ui::State::roll() {
  for (auto& [id, scroll] : scrolls) {
    if (!scroll.fling.rolling()) {
      continue;
    }
    if (reduce_motion) {
      scroll.fling.stop();
      continue;
    }
    const float longest = std::max(0.0F, scroll.content - scroll.viewport.h);
    scroll.offset += scroll.fling.step(now_ms, metrics.px_per_mm());
    if (scroll.offset <= 0 || scroll.offset >= longest) {
      scroll.fling.stop();
    }
    // At rest nothing asks for a frame any more.
    if (scroll.fling.rolling()) {
      schedule.request(DrawReason::kAnimation, now_ms + kFrameMs);
    }
  }
}

void Ui::scroll(std::string_view id, const Rect& area, const std::function<void(Flow&)>& body) {
  State& s = *state_;
  ScrollState& scroll = s.scrolls[std::string(id)];
  const bool first = scroll.viewport.empty();
  scroll.seen = true;
  const bool needed = scroll.content > area.h + 1;
  Rect view = area;
  Rect keys{};
  // The lower edge of the upper key stands in the gap, and neither may fall below the floor.
  const float stacked = std::floor((area.h - px(mm::kKeyGap) - px(mm::kKeyEdge)) / 2);
  // A region too low for two keys one above the other, which large words make it, has them side by side.
  const bool low = stacked < px(mm::kTargetFloor) && area.h >= px(kLeastLowMm);
  const float key_width = px(low ? mm::kTargetFloor : kKeyWidthMm);
  if (needed) {
    keys = view.cut_right(low ? 2 * key_width + px(mm::kKeyGap) : key_width, px(mm::kTileGap));
  }
  if (!(scroll.viewport == view)) {
    scroll.viewport = view;
    s.settle();
  }
  const float longest = std::max(0.0F, scroll.content - view.h);
  scroll.offset = std::clamp(scroll.offset, 0.0F, longest);

  const std::string outer = s.scroll_id;
  if (needed) {
    // Focus rings and lower edges stand out a little at the sides; above and below the content is cut.
    const float side = px(4);
    Rect clip = view.inset(-side, 0);
    clip.w = view.right() + std::min(side, px(mm::kTileGap)) - clip.x;
    s.push_clip(clip);
    s.scroll_id = id;
  }
  Flow flow(*this, {view.x, view.y - std::round(scroll.offset), view.w, needed ? scroll.content : view.h}, gap());
  body(flow);
  s.scroll_id = outer;
  if (needed) {
    s.pop_clip();
  }
  // The lower edge of the last tile or key belongs to the content.
  const float content = flow.used() + px(mm::kTileEdge);
  if (std::fabs(content - scroll.content) > 0.5F) {
    scroll.content = content;
    s.settle();
  }
  if (first) {
    s.settle();
  }
  if (!needed) {
    return;
  }

  const std::string name(id);
  const bool at_top = scroll.offset <= 0;
  const bool at_end = scroll.offset >= longest - 0.5F;
  keys.cut_bottom(px(mm::kKeyEdge));
  const float height = std::min(low ? keys.h : stacked, px(34));
  const Rect up = low ? keys.cut_left(key_width) : keys.cut_top(height);
  const Rect down = low ? keys.cut_right(key_width) : keys.cut_bottom(height);
  const float page = view.h * kPageShare;
  const auto arrow = [&](const char* suffix, const std::string& label, const char* sign, const std::string& off,
                         const Rect& at) {
    KeyView view_of{.id = name + suffix, .label = label, .icon = sign};
    view_of.icon_side = IconSide::kAbove;
    view_of.style = TextStyle::kBodyStrong;
    view_of.disabled_reason = off;
    view_of.icon_only = low || line_height(TextStyle::kBodyStrong) + px(kLeastArrowMm) > at.h;
    const bool pressed = key(view_of, at);
    s.building.back().target.role = Role::kScrollKey;
    return pressed;
  };
  // Only as strong as the truth: a key that has nowhere to go is grey, the other one says that there is more.
  if (arrow(".up", s.words.up, "up", at_top ? s.words.at_start : std::string(), up)) {
    scroll.fling.stop();
    scroll.offset = std::max(0.0F, scroll.offset - page);
    s.settle();
  }
  if (arrow(".down", s.words.down, "down", at_end ? s.words.at_end : std::string(), down)) {
    scroll.fling.stop();
    scroll.offset = std::min(longest, scroll.offset + page);
    s.settle();
  }
  // How far down we are: a thin bar between the two keys.
  const Rect between{up.x, up.bottom() + px(3), up.w, down.y - up.bottom() - px(6)};
  if (between.h > px(8)) {
    const Rect track{between.centre().x - px(1), between.y, px(2), between.h};
    round(track, px(1), colours().high() ? colours().sand : colours().disabled_fill);
    const float share = view.h / std::max(view.h, scroll.content);
    const float thumb = std::max(px(4), track.h * share);
    const float at = longest > 0 ? (track.h - thumb) * scroll.offset / longest : 0;
    round({track.x, track.y + at, track.w, thumb}, px(1), colours().ink);
  }
  // The content goes under a shade and a line, so that the cut is seen to be a cut.
  const auto cut = [&](Edge edge) {
    s.draw_edge(view, edge);
    const float line = px(0.7F);
    fill({view.x, edge == Edge::kTop ? view.y : view.bottom() - line, view.w, line},
         colours().high() ? colours().ink : colours().ochre);
  };
  if (!at_top) {
    cut(Edge::kTop);
  }
  if (!at_end) {
    cut(Edge::kBottom);
  }
  publish(name + ".more", at_end ? "no" : "yes");
}

void Ui::scroll_to_top(std::string_view id) {
  if (const auto found = state_->scrolls.find(id); found != state_->scrolls.end()) {
    found->second.offset = 0;
  }
}

}  // namespace mimika::ui
