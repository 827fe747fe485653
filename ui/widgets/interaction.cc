// From input events to "this target was activated": fingers by the state machine, arrow keys by the focus.
#include <algorithm>
#include <cmath>

#include "kiosk/base/limits.h"
#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr std::string_view kKeyboardPrefix = "keyboard.";
// Of one text event. Twice the longest text: letters that are refused may stand between those that are not.
constexpr std::size_t kMostTypedBytes = 2 * limits::kStoryBytes;

std::optional<Direction> direction_of(Key key) {
  switch (key) {
    case Key::kUp:
      return Direction::kUp;
    case Key::kDown:
      return Direction::kDown;
    case Key::kLeft:
      return Direction::kLeft;
    case Key::kRight:
      return Direction::kRight;
    default:
      return std::nullopt;
  }
}

}  // namespace

Rect Ui::State::clip() const {
  return clips.back();
}

void Ui::State::push_clip(const Rect& rect) {
  clips.push_back(clips.back().intersect(snapped(rect)));
  const Rect now = clips.back();
  canvas->PushClipRect({now.x, now.y}, {now.right(), now.bottom()}, false);
}

void Ui::State::pop_clip() {
  clips.pop_back();
  canvas->PopClipRect();
}

void Ui::State::register_target(Registered entry) {
  const Rect visible = entry.full.intersect(clip());
  const float floor_px = metrics.px(mm::kTargetFloor);
  entry.target.rect = visible;
  // A strip of a target that scrolled away is too thin to be hit on purpose; the arrow keys still reach the whole of
  // it.
  entry.reachable =
      visible.w >= std::min(entry.full.w, floor_px) - 1 && visible.h >= std::min(entry.full.h, floor_px) - 1;
  building.push_back(std::move(entry));
}

const Registered* Ui::State::find_shown(std::string_view id) const {
  const auto found = std::ranges::find(shown, id, [](const Registered& entry) { return entry.target.id; });
  return found == shown.end() ? nullptr : &*found;
}

const Registered* Ui::State::hit(Point at) const {
  for (auto entry = shown.rbegin(); entry != shown.rend(); ++entry) {
    if (entry->reachable && entry->target.rect.contains(at)) {
      return &*entry;
    }
  }
  return nullptr;
}

void Ui::State::take_input(std::span<const InputEvent> events) {
  for (const InputEvent& event : events) {
    switch (event.kind) {
      case InputKind::kKeyDown:
        touched = true;
        take_key(event.key);
        break;
      case InputKind::kText:
        touched = true;
        if (!field_id.empty()) {
          // No field takes more than the longest one; what a broken or hostile keyboard sends beyond it is not kept.
          edits.push_back({FieldEdit::Act::kInsert, event.text.substr(0, kMostTypedBytes)});
          hardware_typing = true;
          focus_shown = focus_shown && focus_id == field_id;
        }
        break;
      case InputKind::kScroll:
        touched = true;
        for (auto& [id, scroll] : scrolls) {
          scroll.fling.stop();
          scroll.offset += event.scroll_px;
        }
        break;
      default:
        touch.feed(event);
        break;
    }
  }
  const TouchOutcome outcome = touch.step();
  switch (outcome.step) {
    case TouchStep::kNone:
      break;
    case TouchStep::kPress:
      press(outcome.at);
      break;
    case TouchStep::kDrag:
      drag(outcome);
      break;
    case TouchStep::kRelease:
      release(outcome);
      break;
    case TouchStep::kCancel:
      pressed_id.clear();
      dragging_scroll.clear();
      break;
  }
  repeat_held_key();
  roll();
}

void Ui::State::press(Point at) {
  touched = true;
  focus_shown = false;
  hardware_typing = false;
  toast.clear();
  dragging_scroll.clear();
  // A finger that stops what rolls has not aimed at what happened to pass below it.
  const Registered* entry = stop_rolling(at) ? nullptr : hit(at);
  pressed_id = entry == nullptr ? std::string() : entry->target.id;
  pressed_inside = entry != nullptr;
  pressed_since_ms = now_ms;
  repeats_done = 0;
}

void Ui::State::drag(const TouchOutcome& outcome) {
  touched = true;
  if (dragging_scroll.empty()) {
    const Point from{outcome.at.x - outcome.delta.x, outcome.at.y - outcome.delta.y};
    for (const auto& [id, scroll] : scrolls) {
      const bool vertical = std::fabs(outcome.delta.y) > std::fabs(outcome.delta.x);
      if (vertical && scroll.content > scroll.viewport.h && scroll.viewport.contains(from)) {
        dragging_scroll = id;
        pressed_id.clear();
      }
    }
  }
  if (const auto scroll = scrolls.find(dragging_scroll); scroll != scrolls.end()) {
    scroll->second.offset -= outcome.delta.y;
    scroll->second.fling.drag(-outcome.delta.y, now_ms);
    return;
  }
  // Leaving the target cancels for good: coming back does not press it again.
  const Registered* entry = find_shown(pressed_id);
  if (entry == nullptr || !entry->target.rect.contains(outcome.at)) {
    pressed_id.clear();
  }
}

void Ui::State::release(const TouchOutcome& outcome) {
  touched = true;
  if (const auto scroll = scrolls.find(dragging_scroll); scroll != scrolls.end() && !reduce_motion) {
    scroll->second.fling.release(now_ms, metrics.px_per_mm());
  }
  dragging_scroll.clear();
  const Registered* entry = find_shown(pressed_id);
  if (entry != nullptr && entry->target.rect.contains(outcome.at) && repeats_done == 0) {
    touched_by_finger = true;
    activate(*entry, outcome.at);
  }
  pressed_id.clear();
}

void Ui::State::activate(const Registered& entry, Point at) {
  activated_id = entry.target.id;
  activated_at = at;
  if (entry.target.id.starts_with(kKeyboardPrefix)) {
    keyboard_key(entry.target.id);
  }
}

void Ui::State::take_key(Key key) {
  keys.push_back(key);
  const bool editing = !field_id.empty();
  switch (key) {
    case Key::kUp:
    case Key::kDown:
    case Key::kLeft:
    case Key::kRight:
      if (arrow_moves_caret(key)) {
        edits.push_back({key == Key::kLeft ? FieldEdit::Act::kLeft : FieldEdit::Act::kRight, {}});
      } else {
        move_focus(key);
      }
      break;
    case Key::kTab:
    case Key::kBackTab:
      move_focus(key);
      break;
    case Key::kEnter:
      if (const Registered* entry = find_shown(focus_id);
          focus_shown && entry != nullptr && !(hardware_typing && focus_id == field_id)) {
        activate(*entry, entry->full.centre());
      } else if (editing) {
        edits.push_back({FieldEdit::Act::kEnter, {}});
      }
      break;
    case Key::kEscape:
      // The topmost one: a dialog has covered what was below it.
      for (auto entry = shown.rbegin(); entry != shown.rend(); ++entry) {
        if (entry->answers_escape) {
          activate(*entry, entry->full.centre());
          break;
        }
      }
      break;
    case Key::kBackspace:
      hardware_typing = editing;
      edits.push_back({FieldEdit::Act::kBackspace, {}});
      break;
    case Key::kDelete:
      hardware_typing = editing;
      edits.push_back({FieldEdit::Act::kDelete, {}});
      break;
    case Key::kHome:
      hardware_typing = editing;
      edits.push_back({FieldEdit::Act::kHome, {}});
      break;
    case Key::kEnd:
      hardware_typing = editing;
      edits.push_back({FieldEdit::Act::kEnd, {}});
      break;
    case Key::kSpeak:  // the screens read it from the keys
    case Key::kNone:
      break;
  }
}

// Up and Down go through the whole of a region before they leave it, and a region is entered where it can be seen: what
// has been scrolled out of it lies, in numbers only, on top of its neighbours.
const Registered* Ui::State::neighbour(const Registered& from, Direction direction) const {
  const bool vertical = direction == Direction::kUp || direction == Direction::kDown;
  for (const bool inside : {true, false}) {
    if (inside && (from.scroll.empty() || !vertical)) {
      continue;
    }
    std::vector<Rect> rects;
    std::vector<const Registered*> entries;
    for (const Registered& entry : shown) {
      const bool same = entry.scroll == from.scroll;
      if (same || (!inside && entry.reachable)) {
        rects.push_back(same ? entry.full : entry.target.rect);
        entries.push_back(&entry);
      }
    }
    if (const auto found = nearest(rects, from.full, direction)) {
      return entries[*found];
    }
  }
  return nullptr;
}

void Ui::State::move_focus(Key key) {
  if (shown.empty()) {
    return;
  }
  // Whoever types stands on the field, seen or not.
  const bool from_field = hardware_typing && !focus_shown && find_shown(field_id) != nullptr;
  const Registered* current = find_shown(from_field ? field_id : focus_id);
  const Registered* next = nullptr;
  hardware_typing = false;
  if (current == nullptr || (!focus_shown && !from_field)) {
    // The first key only shows where the focus is.
    next = current != nullptr ? current : &shown.front();
  } else if (const auto direction = direction_of(key)) {
    next = neighbour(*current, *direction);
  } else {
    const auto index = static_cast<std::size_t>(current - shown.data());
    const std::size_t step = key == Key::kTab ? 1 : shown.size() - 1;
    next = &shown[(index + step) % shown.size()];
  }
  if (next == nullptr && from_field) {
    next = current;  // nothing lies that way; now it is seen where the person stands
  }
  focus_shown = true;
  if (next != nullptr) {
    focus_moved = true;
    focus_id = next->target.id;
    scroll_into_view(*next);
  }
}

void Ui::State::scroll_into_view(const Registered& entry) {
  const auto found = scrolls.find(entry.scroll);
  if (found == scrolls.end()) {
    return;
  }
  ScrollState& scroll = found->second;
  scroll.fling.stop();
  // A target as high as its region stands in it whole; of a higher one the top is shown.
  const float spare = std::max(0.0F, scroll.viewport.h - entry.full.h);
  const float margin = std::min(metrics.px(mm::kTileGap), spare / 2);
  if (entry.full.y < scroll.viewport.y + margin || spare <= 0) {
    scroll.offset -= scroll.viewport.y + margin - entry.full.y;
  } else if (entry.full.bottom() > scroll.viewport.bottom() - margin) {
    scroll.offset += entry.full.bottom() - scroll.viewport.bottom() + margin;
  }
}

}  // namespace mimika::ui
