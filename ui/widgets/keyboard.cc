// The on-screen keyboard: draws the key map, and turns its keys into edits of the active field.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kTrayPadMm = 2.4F;
constexpr float kSideMm = 2.6F;       // narrow margins keep the keys of a portrait panel above the floor
constexpr float kMostUnitMm = 26.0F;  // width of a letter key and its gap; wider keys are slower to reach
constexpr float kFieldGapMm = 2.0F;   // above the tray
constexpr float kDigitKeyMm = 34.0F;
constexpr std::int64_t kRepeatAfterMs = 600;
constexpr std::int64_t kRepeatEveryMs = 90;

const MapKey* find_in(const std::vector<MapRow>& map, std::string_view id) {
  for (const MapRow& row : map) {
    for (const MapKey& key : row.keys) {
      if (key.id == id) {
        return &key;
      }
    }
  }
  return nullptr;
}

std::string label_of(const MapKey& key, const UiWords& words, KeyboardLayer layer) {
  switch (key.act) {
    case KeyAct::kType:
      return key.id == "space" ? words.space : key.typed;
    case KeyAct::kLayer:
      return layer == KeyboardLayer::kDigits ? words.letters : words.digits;
    case KeyAct::kShift:
      return words.shift;
    case KeyAct::kBackspace:
      return words.backspace;
    case KeyAct::kEnter:
      return words.enter;
    case KeyAct::kCaretLeft:
      return words.caret_left;
    case KeyAct::kCaretRight:
      return words.caret_right;
  }
  return {};
}

}  // namespace

KeyboardLayer Ui::State::shown_layer() const {
  if (layer == KeyboardLayer::kDigits) {
    return layer;
  }
  const bool upper = shift == ShiftState::kOn || (shift == ShiftState::kAuto && field_sentence_start);
  return upper ? KeyboardLayer::kUpper : KeyboardLayer::kLower;
}

void Ui::State::keyboard_key(std::string_view id) {
  const std::vector<MapRow> map = key_map(keyboard_kind, shown_layer());
  const MapKey* key = find_in(map, id);
  if (key == nullptr) {
    return;
  }
  switch (key->act) {
    case KeyAct::kType:
      edits.push_back({FieldEdit::Act::kInsert, key->typed});
      shift = ShiftState::kAuto;
      break;
    case KeyAct::kShift:
      shift = shown_layer() == KeyboardLayer::kUpper ? ShiftState::kOff : ShiftState::kOn;
      break;
    case KeyAct::kLayer:
      layer = layer == KeyboardLayer::kDigits ? KeyboardLayer::kLower : KeyboardLayer::kDigits;
      break;
    case KeyAct::kBackspace:
      edits.push_back({FieldEdit::Act::kBackspace, {}});
      shift = ShiftState::kAuto;
      break;
    case KeyAct::kEnter:
      edits.push_back({FieldEdit::Act::kEnter, {}});
      shift = ShiftState::kAuto;
      break;
    case KeyAct::kCaretLeft:
      edits.push_back({FieldEdit::Act::kLeft, {}});
      break;
    case KeyAct::kCaretRight:
      edits.push_back({FieldEdit::Act::kRight, {}});
      break;
  }
}

void Ui::State::repeat_backspace() {
  if (pressed_id != "keyboard.backspace" || !pressed_inside || !touch.down()) {
    return;
  }
  const std::int64_t due = repeated ? repeated_ms + kRepeatEveryMs : pressed_since_ms + kRepeatAfterMs;
  if (now_ms >= due) {
    edits.push_back({FieldEdit::Act::kBackspace, {}});
    repeated = true;
    repeated_ms = now_ms;
  }
  schedule.request(DrawReason::kAnimation, std::max(now_ms + 1, now_ms >= due ? now_ms + kRepeatEveryMs : due));
}

float Ui::keyboard_least_height(KeyboardKind kind) const {
  const auto lines = static_cast<float>(key_map(kind, KeyboardLayer::kLower).size());
  return lines * px(mm::kTargetFloor) + (lines - 1) * px(mm::kGapFloor) + 2 * px(kTrayPadMm) + px(kFieldGapMm);
}

void Ui::keyboard(KeyboardKind kind, Rect& area) {
  State& s = *state_;
  const Palette& c = colours();
  s.keyboard_kind = kind;
  const KeyboardLayer layer = s.shown_layer();
  const std::vector<MapRow> map = key_map(kind, layer);
  const auto lines = static_cast<float>(map.size());
  const float between = px(mm::kKeyGap);
  const float pad = px(kTrayPadMm);
  // Full height where there is room; on a low panel the keys shrink, never below the floor, so that the field stays.
  const float wanted = lines * px(mm::kTarget) + (lines - 1) * between + 2 * pad;
  const float least = keyboard_least_height(kind) - px(kFieldGapMm);
  const float height = std::round(std::clamp(area.h * 0.64F, least, wanted));
  const Rect strip = area.cut_bottom(std::min(height, area.h), px(kFieldGapMm));
  const Rect ground{stage().x, strip.y, stage().w, strip.h};
  fill(ground, c.tray);
  if (c.high()) {
    fill({ground.x, ground.y, ground.w, px(0.7F)}, c.ink);
  }

  Rect keys = ground.inset(px(kSideMm), pad);
  const float unit = kind == KeyboardKind::kDigits ? px(kDigitKeyMm) : px(kMostUnitMm);
  const float most = unit * map_width(map);
  if (keys.w > most) {
    keys = keys.inset((keys.w - most) / 2, 0);
  }
  const bool tight = strip.h < wanted - 1;
  const float gap = tight ? px(mm::kGapFloor) : between;
  const bool fits_strip = (strip.w + gap) / map_width(map) - gap >= px(mm::kTargetFloor);
  if (landscape() && kind != KeyboardKind::kDigits && fits_strip) {
    keys = {strip.x, keys.y, strip.w, keys.h};  // in line with the field above, where the keys keep the floor
  }
  const float radius = px(mm::kLetterRadius);
  for (const PlacedKey& placed : place_keys(map, keys, gap)) {
    const MapKey& key = placed.key;
    const std::string label = label_of(key, s.words, layer);
    const Touchable touch = touchable("keyboard." + key.id, placed.rect, Role::kLetter, label);
    const bool types = key.act == KeyAct::kType;
    const bool lit = key.act == KeyAct::kShift && layer == KeyboardLayer::kUpper;
    KeyLook look = key_look(types ? KeyKind::kSecondary : KeyKind::kSand,
                            lit && !touch.pressed ? KeyState::kSelected : KeyState::kNormal, c);
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
    if (!key.icon.empty()) {
      const float size = std::min({px(10), shown.h * 0.55F, shown.w * 0.7F});
      icon(key.icon, shown.centred({size, size}), look.text);
    } else {
      const bool word = key.id == "space" || key.act == KeyAct::kLayer;
      // Letters fill their key, not the person's text size: a key cannot grow with it.
      const TextStyle style = word ? TextStyle::kBodyStrong : TextStyle::kKey;
      text(label, shown.inset(px(1), 0),
           {.style = style, .colour = look.text, .align = Align::kCentre, .valign = VAlign::kMiddle});
    }
    if (touch.focused) {
      focus_ring(shown, radius);
    }
  }
  publish("keyboard.layer", layer == KeyboardLayer::kDigits  ? "digits"
                            : layer == KeyboardLayer::kUpper ? "upper"
                                                             : "lower");
  publish("keyboard.kind", kind == KeyboardKind::kText ? "text" : kind == KeyboardKind::kDigits ? "digits" : "code");
}

}  // namespace mimika::ui
