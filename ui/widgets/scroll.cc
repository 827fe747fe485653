// Regions whose content may be longer than their place. Big Up and Down keys at the right, and words that say there is
// more; a drag moves the content too, but no gesture is ever required.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kKeyWidthMm = 20.0F;
constexpr float kLeastArrowMm = 7.0F;  // above its word; a lower key shows the arrow alone
constexpr float kPageShare = 0.8F;     // of the region, so that a line seen before stays in sight

}  // namespace

void Ui::scroll(std::string_view id, const Rect& area, const std::function<void(Flow&)>& body) {
  State& s = *state_;
  ScrollState& scroll = s.scrolls[std::string(id)];
  const bool first = scroll.viewport.empty();
  scroll.seen = true;
  const bool needed = scroll.content > area.h + 1;
  Rect view = area;
  Rect keys{};
  if (needed) {
    keys = view.cut_right(px(kKeyWidthMm), px(mm::kTileGap));
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
  const float height = std::min((keys.h - px(mm::kKeyGap)) / 2, px(34));
  const Rect up = keys.cut_top(height);
  keys.cut_bottom(px(mm::kKeyEdge));
  const Rect down = keys.cut_bottom(height);
  const float page = view.h * kPageShare;
  const auto arrow = [&](const char* suffix, const std::string& label, const char* sign, const std::string& off,
                         const Rect& at) {
    KeyView view_of{.id = name + suffix, .label = label, .icon = sign};
    view_of.icon_side = IconSide::kAbove;
    view_of.style = TextStyle::kBodyStrong;
    view_of.disabled_reason = off;
    view_of.icon_only = line_height(TextStyle::kBodyStrong) + px(kLeastArrowMm) > at.h;
    const bool pressed = key(view_of, at);
    s.building.back().target.role = Role::kScrollKey;
    return pressed;
  };
  // Only as strong as the truth: a key that has nowhere to go is grey, the other one says that there is more.
  if (arrow(".up", s.words.up, "up", at_top ? s.words.at_start : std::string(), up)) {
    scroll.offset = std::max(0.0F, scroll.offset - page);
    s.settle();
  }
  if (arrow(".down", s.words.down, "down", at_end ? s.words.at_end : std::string(), down)) {
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
  if (!at_end) {
    // The content fades into a line, so that the cut is seen to be a cut.
    fill({view.x, view.bottom() - px(0.7F), view.w, px(0.7F)}, colours().high() ? colours().ink : colours().ochre);
  }
  publish(name + ".more", at_end ? "no" : "yes");
}

void Ui::scroll_to_top(std::string_view id) {
  if (const auto found = state_->scrolls.find(id); found != state_->scrolls.end()) {
    found->second.offset = 0;
  }
}

}  // namespace mimika::ui
