// The on-screen keyboard: draws the key map, and turns its keys into edits of the active field.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kTrayPadMm = 2.4F;
constexpr float kSideMm = 2.6F;       // narrow margins keep the keys of a portrait panel above the floor
constexpr float kMostUnitMm = 26.0F;  // width of a letter key and its gap; wider keys are slower to reach
constexpr std::string_view kTargetPrefix = "keyboard.";
constexpr std::string_view kUndoTarget = "keyboard.undo";
constexpr float kWideUnits = 11.25F;  // letter keys in a row of the wide map
constexpr float kMostShare = 0.64F;   // of the area, on a panel too low for keys of full height
constexpr float kRoundingPx = 1.0F;
constexpr float kFieldGapMm = 2.0F;  // above the tray
constexpr float kDigitKeyMm = 34.0F;
// A key that is held: the first repeat is slow to come, so that a heavy finger erases one letter; then it hurries.
constexpr std::int64_t kRepeatAfterMs = 500;
constexpr std::int64_t kRepeatEveryMs = 100;
constexpr std::int64_t kRepeatFasterMs = 45;
constexpr int kRepeatsBeforeFaster = 8;
constexpr std::int64_t kShiftLockMs = 600;  // two touches within it lock the capitals, whatever the first one did

std::string label_of(const MapKey& key, const UiWords& words, KeyboardLayer layer, ShiftState shift, bool undo) {
  switch (key.act) {
    case KeyAct::kType:
      return key.id == "space" ? words.space : key.typed;
    case KeyAct::kDigits:
      return layer == KeyboardLayer::kDigits ? words.letters : words.digits;
    case KeyAct::kAccents:
      return is_accents(layer) ? words.letters : words.accents;
    case KeyAct::kShift:
      return shift == ShiftState::kLocked ? words.shift_locked : words.shift;
    case KeyAct::kBackspace:
      return words.backspace;
    case KeyAct::kEnter:
      return words.enter;
    case KeyAct::kClear:
      return undo ? words.undo_clear : words.clear;
    case KeyAct::kCaretLeft:
      return words.caret_left;
    case KeyAct::kCaretRight:
      return words.caret_right;
    case KeyAct::kCaretUp:
      return words.caret_up;
    case KeyAct::kCaretDown:
      return words.caret_down;
  }
  return {};
}

// The keys whose label is words rather than one letter.
bool shows_word(const MapKey& key) {
  return key.id == "space" || key.act == KeyAct::kDigits || key.act == KeyAct::kAccents;
}

}  // namespace

KeyboardLayer Ui::State::shown_layer() const {
  if (layer == KeyboardLayer::kDigits) {
    return layer;
  }
  const bool upper =
      shift == ShiftState::kOn || shift == ShiftState::kLocked || (shift == ShiftState::kAuto && field_sentence_start);
  if (layer == KeyboardLayer::kAccents) {
    return upper ? KeyboardLayer::kAccentsUpper : KeyboardLayer::kAccents;
  }
  return upper ? KeyboardLayer::kUpper : KeyboardLayer::kLower;
}

std::optional<MapKey> Ui::State::key_of_target(std::string_view target) const {
  if (!target.starts_with(kTargetPrefix)) {
    return std::nullopt;
  }
  const std::string_view id = target == kUndoTarget ? "clear" : target.substr(kTargetPrefix.size());
  for (const MapRow& row : key_map(keyboard_kind, shown_layer(), keyboard_lines())) {
    for (const MapKey& key : row.keys) {
      if (key.id == id) {
        return key;
      }
    }
  }
  return std::nullopt;
}

std::string Ui::State::letter_under_finger() const {
  if (!touch.down() || !pressed_inside || pressed_id.empty()) {
    return {};
  }
  const auto key = key_of_target(pressed_id);
  return key && key->act == KeyAct::kType ? key->typed : std::string();
}

void Ui::State::touch_shift() {
  const bool twice = shift_touched_ms && now_ms - *shift_touched_ms <= kShiftLockMs;
  shift_touched_ms = now_ms;
  if (shift == ShiftState::kLocked) {
    shift = field_sentence_start ? ShiftState::kOff : ShiftState::kAuto;
    shift_touched_ms.reset();
  } else if (twice || shift == ShiftState::kOn) {
    shift = ShiftState::kLocked;
  } else {
    shift = is_upper(shown_layer()) ? ShiftState::kOff : ShiftState::kOn;
  }
}

void Ui::State::keyboard_key(std::string_view target) {
  const auto key = key_of_target(target);
  if (!key) {
    return;
  }
  const auto edit = [&](FieldEdit::Act act, std::string typed = {}) {
    edits.push_back({act, std::move(typed)});
    shift_touched_ms.reset();
    if (shift != ShiftState::kLocked) {
      shift = ShiftState::kAuto;
    }
  };
  switch (key->act) {
    case KeyAct::kType:
      edit(FieldEdit::Act::kInsert, key->typed);
      // A name has one such letter; the next one is an ordinary one.
      if (layer == KeyboardLayer::kAccents && key->typed.size() > 1) {
        layer = KeyboardLayer::kLower;
      }
      break;
    case KeyAct::kShift:
      touch_shift();
      break;
    case KeyAct::kDigits:
      layer = layer == KeyboardLayer::kDigits ? KeyboardLayer::kLower : KeyboardLayer::kDigits;
      break;
    case KeyAct::kAccents:
      layer = layer == KeyboardLayer::kAccents ? KeyboardLayer::kLower : KeyboardLayer::kAccents;
      break;
    case KeyAct::kBackspace:
      edit(FieldEdit::Act::kBackspace);
      break;
    case KeyAct::kEnter:
      edit(FieldEdit::Act::kEnter);
      break;
    case KeyAct::kClear:
      edit(target == kUndoTarget ? FieldEdit::Act::kUndoClear : FieldEdit::Act::kClear);
      break;
    case KeyAct::kCaretLeft:
      edit(FieldEdit::Act::kLeft);
      break;
    case KeyAct::kCaretRight:
      edit(FieldEdit::Act::kRight);
      break;
    case KeyAct::kCaretUp:
      edit(FieldEdit::Act::kUp);
      break;
    case KeyAct::kCaretDown:
      edit(FieldEdit::Act::kDown);
      break;
  }
}

void Ui::State::repeat_held_key() {
  if (!pressed_inside || pressed_id.empty() || !touch.down()) {
    return;
  }
  const auto key = key_of_target(pressed_id);
  const Registered* entry = find_shown(pressed_id);
  // Within the slop a finger may have crossed to the neighbour without a drag being told.
  if (!key || !repeats(key->act) || entry == nullptr || !entry->target.rect.contains(touch.at())) {
    return;
  }
  const std::int64_t every = repeats_done < kRepeatsBeforeFaster ? kRepeatEveryMs : kRepeatFasterMs;
  const std::int64_t due = repeats_done > 0 ? repeated_ms + every : pressed_since_ms + kRepeatAfterMs;
  if (now_ms >= due) {
    keyboard_key(pressed_id);
    ++repeats_done;
    repeated_ms = now_ms;
  }
  schedule.request(DrawReason::kAnimation, std::max(now_ms + 1, now_ms >= due ? now_ms + every : due));
}

KeyboardWidth Ui::State::keyboard_width(float stage_width) const {
  const float unit = (stage_width - 2 * metrics.px(kSideMm) + metrics.px(mm::kGapFloor)) / kWideUnits;
  const float letter = unit - metrics.px(mm::kGapFloor);
  return letter + kRoundingPx >= metrics.px(mm::kTargetFloor) ? KeyboardWidth::kWide : KeyboardWidth::kNarrow;
}

float Ui::keyboard_least_height(KeyboardKind kind) const {
  const KeyboardWidth width = state_->keyboard_width(stage().w);
  const auto lines = static_cast<float>(key_map(kind, KeyboardLayer::kLower, FieldLines::kMany, width).size());
  return lines * px(mm::kTargetFloor) + (lines - 1) * px(mm::kGapFloor) + 2 * px(kTrayPadMm) + px(kFieldGapMm);
}

void Ui::keyboard(KeyboardKind kind, Rect& area, float leave_px) {
  State& s = *state_;
  const Palette& c = colours();
  s.keyboard_kind = kind;
  const KeyboardLayer layer = s.shown_layer();
  const std::vector<MapRow> map = key_map(kind, layer, s.keyboard_lines(), s.keyboard_width(stage().w));
  const auto lines = static_cast<float>(map.size());
  const float between = px(mm::kKeyGap);
  const float pad = px(kTrayPadMm);
  // Full height where there is room; on a low panel the keys shrink, never below the floor, so that the field stays.
  const float wanted = lines * px(mm::kTarget) + (lines - 1) * between + 2 * pad;
  const float least = keyboard_least_height(kind) - px(kFieldGapMm);
  const float height =
      std::round(std::clamp(std::min(area.h * kMostShare, area.h - leave_px - px(kFieldGapMm)), least, wanted));
  const Rect strip = area.cut_bottom(std::min(height, area.h), px(kFieldGapMm));
  const Rect ground{stage().x, strip.y, stage().w, strip.h};
  fill(ground, c.tray);
  if (c.high()) {
    fill({ground.x, ground.y, ground.w, px(0.7F)}, c.ink);
  }

  const SpokenPart part_before = speak_in(SpokenPart::kLetters);
  Rect keys = ground.inset(px(kSideMm), pad);
  const bool pad_of_digits = kind == KeyboardKind::kDigits || kind == KeyboardKind::kPhone;
  const float unit = pad_of_digits ? px(kDigitKeyMm) : px(kMostUnitMm);
  const float most = unit * map_width(map);
  if (keys.w > most) {
    keys = keys.inset((keys.w - most) / 2, 0);
  }
  const bool tight = strip.h < wanted - 1;
  const float gap = tight ? px(mm::kGapFloor) : between;
  const bool fits_strip = (strip.w + gap) / map_width(map) - gap >= px(mm::kTargetFloor);
  if (landscape() && !pad_of_digits && fits_strip) {
    keys = {strip.x, keys.y, strip.w, keys.h};  // in line with the field above, where the keys keep the floor
  }
  const float radius = px(mm::kLetterRadius);
  for (const PlacedKey& placed : place_keys(map, keys, gap)) {
    const MapKey& key = placed.key;
    const bool undo = key.act == KeyAct::kClear && s.field_empty && !s.cleared.empty();
    const bool nothing = key.act == KeyAct::kClear && s.field_empty && !undo;
    const std::string label = label_of(key, s.words, layer, s.shift, undo);
    const std::string id = undo ? std::string(kUndoTarget) : std::string(kTargetPrefix) + key.id;
    const Touchable touch = touchable(id, placed.rect, Role::kLetter, label,
                                      nothing ? std::string_view(s.words.clear_empty) : std::string_view());
    const bool types = key.act == KeyAct::kType;
    const bool lit = undo || (key.act == KeyAct::kShift && is_upper(layer));
    KeyLook look = key_look(types ? KeyKind::kSecondary : KeyKind::kSand,
                            nothing                 ? KeyState::kDisabled
                            : lit && !touch.pressed ? KeyState::kSelected
                                                    : KeyState::kNormal,
                            c);
    if (!c.high()) {
      look.line_mm = 0;
      look.edge = rgb(0xA8986F);
    }
    if (touch.pressed) {
      look.fill = c.high() ? c.ochre : c.ink;
      look.text = c.high() ? c.on_select : c.on_dark;
      look.has_edge = false;
    }
    const float edge = c.high() ? 0 : px(0.9F);
    s.draw_key_ground(*this, placed.rect, radius, edge, look, touch.pressed);
    const Rect shown = touch.pressed ? placed.rect.moved(0, edge) : placed.rect;
    s.draw_key_label(*this, key, label, undo ? "undo" : key.icon, shown, look.text);
    if (key.act == KeyAct::kShift && s.shift == ShiftState::kLocked) {
      const float line = px(1.0F);
      fill({shown.centre().x - px(4), shown.bottom() - 2.5F * line, px(8), line}, look.text);
    }
    if (touch.focused) {
      focus_ring(shown, radius);
    }
  }
  speak_in(part_before);
  publish("keyboard.layer", layer_name(layer));
  publish("keyboard.shift", s.shift == ShiftState::kLocked ? "locked" : is_upper(layer) ? "on" : "off");
  publish("keyboard.kind", keyboard_name(kind));
}

void Ui::State::draw_key_label(Ui& ui, const MapKey& key, const std::string& label, const std::string& icon,
                               const Rect& rect, Colour colour) {
  const float pad = metrics.px(1.5F);
  if (icon.empty()) {
    // A key cannot grow with the person's text size: its letters grow until they fill it, tails included.
    TextStyle style = shows_word(key) ? TextStyle::kBodyStrong : TextStyle::kKey;
    for (const TextStyle smaller :
         {TextStyle::kBodyStrong, stepped_down(TextStyle::kBodyStrong, metrics.text_size())}) {
      if (ui.line_height(style) > rect.h + kRoundingPx) {
        style = smaller;
      }
    }
    ui.text(label, rect.inset(metrics.px(1), 0),
            {.style = style, .colour = colour, .align = Align::kCentre, .valign = VAlign::kMiddle});
    return;
  }
  const float size = std::min({metrics.px(10), rect.h * 0.55F, rect.w * 0.7F});
  // "Clear" is not a sign that everybody knows: its word stands beside it, or alone, where the key has room.
  const bool high_enough = ui.line_height(TextStyle::kBodyStrong) <= rect.h + kRoundingPx;
  const float width = key.act == KeyAct::kClear && high_enough ? ui.measure(label, TextStyle::kBodyStrong).w + 1 : 0;
  const bool with_word = width > 0 && width + 2 * pad <= rect.w;
  const bool with_icon = !with_word || size + width + 3 * pad <= rect.w;
  const float beside = with_word && with_icon ? size + pad : 0;
  const float left = rect.centre().x - (with_word ? beside + width : size) / 2;
  if (with_icon) {
    ui.icon(icon, {left, rect.centre().y - size / 2, size, size}, colour);
  }
  if (with_word) {
    ui.text(label, {left + beside, rect.y, width, rect.h},
            {.style = TextStyle::kBodyStrong, .colour = colour, .valign = VAlign::kMiddle});
  }
}

}  // namespace mimika::ui
