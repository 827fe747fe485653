// The on-screen keyboards as data: which keys, in which rows, how wide. Pure; the drawing and the typing follow the
// map.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets/geometry.h"
#include "ui/widgets/views.h"

namespace mimika::ui {

enum class KeyboardLayer { kLower, kUpper, kDigits, kAccents, kAccentsUpper };

[[nodiscard]] const char* layer_name(KeyboardLayer layer);
[[nodiscard]] KeyboardLayer layer_called(std::string_view name);  // letters when no layer has this name
[[nodiscard]] const char* keyboard_name(KeyboardKind kind);
[[nodiscard]] std::optional<KeyboardKind> keyboard_called(std::string_view name);
[[nodiscard]] constexpr bool is_upper(KeyboardLayer layer) {
  return layer == KeyboardLayer::kUpper || layer == KeyboardLayer::kAccentsUpper;
}
[[nodiscard]] constexpr bool is_accents(KeyboardLayer layer) {
  return layer == KeyboardLayer::kAccents || layer == KeyboardLayer::kAccentsUpper;
}

enum class KeyAct {
  kType,
  kShift,
  kDigits,   // to digits and signs, and back to the letters
  kAccents,  // to letters with accents, and back
  kBackspace,
  kEnter,
  kClear,  // empties the field; brings its text back while nothing else was typed
  kCaretLeft,
  kCaretRight,
  kCaretUp,
  kCaretDown,
};

// What a finger that stays on the key does again and again.
[[nodiscard]] bool repeats(KeyAct act);

struct MapKey {
  std::string id;  // "q", "space", "backspace": the target is "keyboard." + id
  KeyAct act = KeyAct::kType;
  std::string typed = {};  // kType: what it writes on this layer
  std::string icon = {};   // shown instead of `typed`
  float span = 1.0F;       // in letter keys
};

struct MapRow {
  float indent = 0;  // in letter keys
  std::vector<MapKey> keys;
  float tail = 0;  // left empty at the end
};

enum class FieldLines { kOne, kMany };  // only a text of many lines has lines to go up and down

// Ten letters and a backspace in one row need 169 mm. A narrower panel gets rows of ten and one row more.
enum class KeyboardWidth { kWide, kNarrow };

[[nodiscard]] std::vector<MapRow> key_map(KeyboardKind kind, KeyboardLayer layer, FieldLines lines = FieldLines::kMany,
                                          KeyboardWidth width = KeyboardWidth::kWide);

struct PlacedKey {
  MapKey key;
  Rect rect;
};

// Every row spans the whole width of `area`; rows share its height. `gap` stands between keys in both directions.
[[nodiscard]] std::vector<PlacedKey> place_keys(const std::vector<MapRow>& map, const Rect& area, float gap);

// The width in letter keys of the widest row.
[[nodiscard]] float map_width(const std::vector<MapRow>& map);

// Where a letter is typed: the layer and the key's id. Empty: this keyboard cannot type it.
struct KeyPlace {
  KeyboardLayer layer = KeyboardLayer::kLower;
  std::string id;
};
[[nodiscard]] std::optional<KeyPlace> find_key(KeyboardKind kind, std::string_view letter);

// The key to touch next on the way from the layer that is shown: "123", "accents", "shift", or the letter's own.
[[nodiscard]] std::optional<std::string> next_key_towards(KeyboardKind kind, KeyboardLayer shown,
                                                          std::string_view letter);

}  // namespace mimika::ui
