// The on-screen keyboards as data: which keys, in which rows, how wide. Pure; the drawing and the typing follow the
// map.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/widgets/geometry.h"
#include "ui/widgets/views.h"

namespace mimika::ui {

enum class KeyboardLayer { kLower, kUpper, kDigits };

enum class KeyAct { kType, kShift, kLayer, kBackspace, kEnter, kCaretLeft, kCaretRight };

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
};

[[nodiscard]] std::vector<MapRow> key_map(KeyboardKind kind, KeyboardLayer layer);

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

}  // namespace mimika::ui
