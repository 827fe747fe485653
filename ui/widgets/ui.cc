// The frame: what is remembered from one to the next, and what the public queries answer.
#include "ui/widgets/ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/base/wipe.h"
#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr std::int64_t kToastMs = 5000;
constexpr int kMostSettlingFrames = 32;  // four text sizes, each with the frames that learn its lengths
constexpr float kTopMarginMm = 5.0F;
constexpr float kBottomMarginMm = 5.4F;  // room for the lower edge of the bottom keys

}  // namespace

const char* role_name(Role role) {
  switch (role) {
    case Role::kKey:
      return "key";
    case Role::kTile:
      return "tile";
    case Role::kChoice:
      return "choice";
    case Role::kCheck:
      return "check";
    case Role::kField:
      return "field";
    case Role::kLetter:
      return "letter";
    case Role::kTool:
      return "tool";
    case Role::kScrollKey:
      return "scroll";
  }
  return "unknown";
}

Ui::Ui(FontSet& fonts, PictureSource& pictures) : state_(std::make_unique<State>(fonts, pictures)) {}
Ui::~Ui() = default;

void Ui::set_words(UiWords words) {
  state_->words = std::move(words);
}

void Ui::begin_frame(const FrameInput& input, ImDrawList& canvas) {
  State& s = *state_;
  const float panel_mm = input.panel_width_mm > 0 ? input.panel_width_mm : default_panel_width_mm(input.screen_px);
  s.begin_fit(input);
  s.metrics = Metrics(input.screen_px, panel_mm, std::min(input.text_size, s.largest_fitting));
  s.colours = &palette_for(input.contrast);
  s.now_ms = input.now_ms;
  s.reduce_motion = input.reduce_motion;
  s.canvas = &canvas;
  s.clips.assign(1, screen());
  s.scroll_id.clear();
  s.building.clear();
  s.rings.clear();
  s.published.clear();
  s.whole_stage = false;
  s.above = 0;
  s.overflows.clear();
  if (s.painted != nullptr) {
    *s.painted = {};
  }
  if (s.heard != nullptr) {
    s.heard->wipe();
  }
  s.spoken_part = SpokenPart::kBody;
  s.pose = Pose::kNone;
  s.activated_id.clear();
  s.touched_by_finger = false;
  s.keys.clear();
  for (FieldEdit& edit : s.edits) {
    wipe(edit.typed);  // nobody took it
  }
  s.edits.clear();
  s.enter = false;
  s.touched = false;
  s.focus_moved = false;
  s.field_seen = false;
  s.header_key = false;
  s.dialog_seen.clear();
  for (auto& [id, scroll] : s.scrolls) {
    scroll.seen = false;
  }
  if (!input.events.empty() || s.touch.pending() || !s.settling) {
    s.settling_run = 0;
  }
  s.settling = false;
  s.touch.set_slop(px(mm::kTouchSlop));
  s.take_input(input.events);
}

void Ui::end_frame() {
  State& s = *state_;
  CHECK(s.clips.size() == 1);
  s.draw_rings();
  s.draw_toast(*this);
  s.shown = std::move(s.building);
  s.building.clear();
  s.shown_targets.clear();
  for (const Registered& entry : s.shown) {
    if (entry.reachable) {
      s.shown_targets.push_back(entry.target);
    }
    if (s.painted != nullptr) {
      PaintedTarget whole{entry.target, entry.target.rect, entry.scroll, entry.reachable, entry.primary};
      whole.focused = s.focus_shown && s.focus_id == entry.target.id;
      whole.target.rect = entry.full;
      s.painted->targets.push_back(std::move(whole));
    }
  }
  s.end_hearing();
  std::erase_if(s.scrolls, [](const auto& entry) { return !entry.second.seen; });
  s.dialog_id = s.dialog_seen;
  // What disappeared under the finger, the caret or the focus is let go of.
  if (s.find_shown(s.pressed_id) == nullptr) {
    s.pressed_id.clear();
  }
  if (s.find_shown(s.focus_id) == nullptr) {
    s.focus_id.clear();
  }
  if (!s.field_seen) {
    s.leave_field();
  }
  if (s.touch.pending()) {
    s.schedule.request(DrawReason::kInput, s.now_ms);
  }
  s.end_fit();
  s.canvas = nullptr;
}

DrawSchedule& Ui::schedule() {
  return state_->schedule;
}
bool Ui::settled() const {
  return !state_->touch.pending() && !state_->schedule.waits_for(DrawReason::kSettling) &&
         !state_->schedule.waits_for(DrawReason::kInput);
}
std::span<const Target> Ui::targets() const {
  return state_->shown_targets;
}
const std::vector<std::string>& Ui::overflows() const {
  return state_->overflows;
}

void Ui::write_down(Painted* into) {
  state_->painted = into;
}

const Target* Ui::find_target(std::string_view id) const {
  const auto found = std::ranges::find(state_->shown_targets, id, &Target::id);
  return found == state_->shown_targets.end() ? nullptr : &*found;
}

void Ui::publish(std::string_view key, std::string_view text) {
  state_->published.insert_or_assign(std::string(key), std::string(text));
}

const std::map<std::string, std::string, std::less<>>& Ui::published() const {
  return state_->published;
}

void Ui::forget_person() {
  State& s = *state_;
  // Words that a person wrote, or that were shown to them, are overwritten before they are let go.
  for (Registered& entry : s.shown) {
    wipe(entry.target.label);
  }
  for (Target& target : s.shown_targets) {
    wipe(target.label);
  }
  for (FieldEdit& edit : s.edits) {
    wipe(edit.typed);
  }
  for (auto& [key, value] : s.published) {
    wipe(value);
  }
  for (std::string& words : s.overflows) {
    wipe(words);
  }
  s.shown.clear();
  s.shown_targets.clear();
  s.pressed_id.clear();
  s.activated_id.clear();
  s.dragging_scroll.clear();
  s.focus_id.clear();
  s.focus_shown = false;
  s.scrolls.clear();
  s.leave_field();
  s.caret = 0;
  s.edits.clear();
  s.toast.clear();
  s.published.clear();
  s.overflows.clear();
  if (s.heard != nullptr) {
    s.heard->wipe();
  }
  wipe(s.fitted_page);
  s.fitted_page.clear();
  s.largest_fitting = TextSize::kLargest;
}

std::optional<std::string> Ui::newly_focused() const {
  const State& s = *state_;
  if (!s.focus_moved) {
    return std::nullopt;
  }
  const Registered* entry = s.find_shown(s.focus_id);
  return entry == nullptr ? std::nullopt : std::optional(entry->target.label);
}

bool Ui::touched() const {
  return state_->touched;
}
bool Ui::activated() const {
  return !state_->activated_id.empty();
}
bool Ui::key_pressed(Key key) const {
  return std::ranges::find(state_->keys, key) != state_->keys.end();
}

const Metrics& Ui::metrics() const {
  return state_->metrics;
}
const Palette& Ui::colours() const {
  return *state_->colours;
}
std::string_view Ui::focused() const {
  return state_->focus_shown ? std::string_view(state_->focus_id) : std::string_view();
}
bool Ui::reduce_motion() const {
  return state_->reduce_motion;
}
std::int64_t Ui::now_ms() const {
  return state_->now_ms;
}

Rect Ui::screen() const {
  return {0, 0, metrics().screen().w, metrics().screen().h};
}

Rect Ui::stage() const {
  Rect area = screen();
  if (state_->whole_stage) {
    return area;
  }
  if (landscape()) {
    area.cut_right(state_->rail_px());
  } else {
    area.cut_bottom(state_->rail_px());
  }
  area.cut_top(state_->above);
  return area;
}

Rect Ui::content() const {
  Rect area = stage();
  area.cut_top(px(kTopMarginMm));
  area.cut_bottom(px(kBottomMarginMm));
  area.cut_left(px(mm::kMargin));
  area.cut_right(px(mm::kMargin));
  return area;
}

void Ui::State::settle() {
  settling_run += settling ? 0 : 1;
  settling = true;
  if (settling_run <= kMostSettlingFrames) {
    schedule.request(DrawReason::kSettling, now_ms);
  }
}

void Ui::animate(std::int64_t in_ms) {
  state_->schedule.request(DrawReason::kAnimation, now_ms() + in_ms);
}

Ui::Touchable Ui::touchable(std::string_view id, const Rect& rect, Role role, std::string_view label,
                            std::string_view disabled_reason) {
  State& s = *state_;
  const bool enabled = disabled_reason.empty();
  s.register_target({.target = {std::string(id), rect, role, enabled, std::string(label)},
                     .full = rect,
                     .scroll = s.scroll_id,
                     .disabled_reason = std::string(disabled_reason)});
  s.hear_target(s.building.back());
  Touchable out;
  out.activated = enabled && s.activated_id == id;
  out.pressed = enabled && ((s.pressed_id == id && s.pressed_inside) || s.pose == Pose::kPressed);
  out.focused = (s.focus_shown && s.focus_id == id) || s.pose == Pose::kFocused;
  if (!enabled && s.activated_id == id) {
    toast(disabled_reason);
  }
  return out;
}

Pose Ui::pose(Pose pose) {
  return std::exchange(state_->pose, pose);
}

void Ui::cover() {
  state_->building.clear();
  state_->rings.clear();
  if (state_->painted != nullptr) {
    state_->painted->texts.clear();
  }
  if (state_->heard != nullptr) {
    state_->heard->items.clear();
  }
}

void Ui::toast(std::string_view words) {
  state_->toast = words;
  state_->toast_until_ms = now_ms() + kToastMs;
}

void Ui::State::draw_toast(Ui& ui) {
  if (toast.empty()) {
    return;
  }
  if (now_ms >= toast_until_ms) {
    toast.clear();
    return;
  }
  schedule.request(DrawReason::kAnimation, toast_until_ms);
  const Rect stage = ui.stage();
  const float pad = metrics.px(5);
  const float width = std::min(stage.w - 2 * metrics.px(mm::kMargin),
                               ui.measure(toast, TextStyle::kBodyStrong, stage.w - 4 * pad).w + 2 * pad);
  const float height = ui.text_height(toast, TextStyle::kBodyStrong, width - 2 * pad) + 2 * pad;
  const Rect box{stage.x + (stage.w - width) / 2, stage.bottom() - height - metrics.px(30), width, height};
  ui.round(box, metrics.px(mm::kKeyRadius), colours->high() ? colours->select : colours->ink);
  ui.text(toast, box.inset(pad),
          {.style = TextStyle::kBodyStrong,
           .colour = colours->high() ? colours->on_select : colours->on_dark,
           .align = Align::kCentre,
           .hearing = Hearing::kNever});
  hear(toast, Hearing::kNews);
  ui.publish("toast", toast);
}

// --- Flow ------------------------------------------------------------------------------------------------------------

Rect Flow::next(float height_px) {
  if (!first_) {
    y_ += gap_;
  }
  first_ = false;
  const Rect strip{area_.x, y_, area_.w, height_px};
  y_ += height_px;
  return strip;
}

Rect Flow::next_mm(float height_mm) {
  return next(ui_->px(height_mm));
}

void Flow::text(std::string_view words, const TextLook& look) {
  const Rect strip = next(ui_->text_height(words, look.style, area_.w));
  ui_->text(words, strip, look);
}

}  // namespace mimika::ui
