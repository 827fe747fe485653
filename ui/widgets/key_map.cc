#include "ui/widgets/key_map.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>
#include <utility>

namespace mimika::ui {
namespace {

constexpr float kFunctionSpan = 1.25F;

MapKey function(std::string id, KeyAct act, std::string icon, float span = kFunctionSpan) {
  return {.id = std::move(id), .act = act, .typed = {}, .icon = std::move(icon), .span = span};
}

MapKey backspace() {
  return function("backspace", KeyAct::kBackspace, "bksp");
}
MapKey enter(float span) {
  return function("enter", KeyAct::kEnter, "enter", span);
}

// Ids never change with the layer of letters, so that a script or a finger finds the same key in both cases.
MapKey letter(char small, bool upper) {
  const char shown = upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(small))) : small;
  return {.id = std::string(1, small), .act = KeyAct::kType, .typed = std::string(1, shown), .icon = {}, .span = 1.0F};
}

std::string sign_id(char sign) {
  static constexpr std::pair<char, const char*> kNames[] = {
      {',', "comma"},  {'.', "dot"},       {'?', "question"}, {'!', "exclamation"}, {'-', "hyphen"},
      {'/', "slash"},  {'@', "at"},        {'#', "hash"},     {'(', "open"},        {')', "close"},
      {':', "colon"},  {';', "semicolon"}, {'"', "quote"},    {'&', "and"},         {'+', "plus"},
      {'=', "equals"}, {'%', "percent"},   {'*', "star"},     {'\'', "apostrophe"}, {'_', "underscore"},
  };
  for (const auto& [named, name] : kNames) {
    if (named == sign) {
      return name;
    }
  }
  return {sign};
}

MapKey sign(char shown, float span = 1.0F) {
  return {.id = sign_id(shown), .act = KeyAct::kType, .typed = std::string(1, shown), .icon = {}, .span = span};
}

MapRow letters(std::string_view keys, bool upper, float indent = 0) {
  MapRow row{indent, {}};
  for (const char key : keys) {
    row.keys.push_back(std::isalpha(static_cast<unsigned char>(key)) != 0 ? letter(key, upper) : sign(key));
  }
  return row;
}

MapRow bottom_row() {
  MapRow row;
  row.keys.push_back(function("123", KeyAct::kLayer, {}, 1.5F));
  row.keys.push_back({.id = "space", .act = KeyAct::kType, .typed = " ", .icon = {}, .span = 7.15F});
  row.keys.push_back(function("left", KeyAct::kCaretLeft, "cl", 1.3F));
  row.keys.push_back(function("right", KeyAct::kCaretRight, "cr", 1.3F));
  return row;
}

std::vector<MapRow> text_map(KeyboardLayer layer) {
  const bool upper = layer == KeyboardLayer::kUpper;
  const bool digits = layer == KeyboardLayer::kDigits;
  std::vector<MapRow> map;
  map.push_back(letters(digits ? "1234567890" : "qwertyuiop", upper));
  map.back().keys.push_back(backspace());
  map.push_back(letters(digits ? "@#&()-/:\"" : "asdfghjkl", upper, 0.5F));
  map.back().keys.push_back(enter(1.75F));
  if (digits) {
    map.push_back(letters("+=%*;'!,.?", upper));
    map.back().keys.insert(map.back().keys.begin(), sign('_', kFunctionSpan));
  } else {
    map.push_back(letters("zxcvbnm,.?", upper));
    map.back().keys.insert(map.back().keys.begin(), function("shift", KeyAct::kShift, "shift"));
  }
  map.push_back(bottom_row());
  return map;
}

std::vector<MapRow> digits_map() {
  std::vector<MapRow> map;
  map.push_back(letters("123", false));
  map.push_back(letters("456", false));
  map.push_back(letters("789", false));
  map.push_back({0, {function("backspace", KeyAct::kBackspace, "bksp", 1.0F), sign('0'), enter(1.0F)}});
  return map;
}

// Ticket numbers: capitals, digits and the hyphen, nothing to switch.
std::vector<MapRow> code_map() {
  std::vector<MapRow> map;
  map.push_back(letters("1234567890", true));
  map.back().keys.push_back(backspace());
  map.push_back(letters("qwertyuiop", true));
  map.back().keys.push_back(sign('-', kFunctionSpan));
  map.push_back(letters("asdfghjkl", true, 0.5F));
  map.back().keys.push_back(enter(1.75F));
  map.push_back(letters("zxcvbnm", true, 1.25F));
  map.back().keys.push_back(function("left", KeyAct::kCaretLeft, "cl", 1.5F));
  map.back().keys.push_back(function("right", KeyAct::kCaretRight, "cr", 1.5F));
  return map;
}

}  // namespace

std::vector<MapRow> key_map(KeyboardKind kind, KeyboardLayer layer) {
  switch (kind) {
    case KeyboardKind::kText:
      return text_map(layer);
    case KeyboardKind::kDigits:
      return digits_map();
    case KeyboardKind::kCode:
      return code_map();
  }
  return {};
}

float map_width(const std::vector<MapRow>& map) {
  float widest = 0;
  for (const MapRow& row : map) {
    float width = row.indent;
    for (const MapKey& key : row.keys) {
      width += key.span;
    }
    widest = std::max(widest, width);
  }
  return widest;
}

std::vector<PlacedKey> place_keys(const std::vector<MapRow>& map, const Rect& area, float gap) {
  std::vector<PlacedKey> placed;
  const float unit = (area.w + gap) / std::max(1.0F, map_width(map));
  const std::vector<Rect> lines = rows(area, static_cast<int>(map.size()), gap);
  for (std::size_t i = 0; i < map.size(); ++i) {
    float start = map[i].indent;
    for (const MapKey& key : map[i].keys) {
      const float left = std::round(area.x + start * unit);
      start += key.span;
      const float right = std::round(area.x + start * unit - gap);
      placed.push_back({key, {left, lines[i].y, right - left, lines[i].h}});
    }
  }
  return placed;
}

std::optional<KeyPlace> find_key(KeyboardKind kind, std::string_view letter) {
  if (letter == "\n" && kind != KeyboardKind::kDigits) {
    return KeyPlace{KeyboardLayer::kLower, "enter"};
  }
  for (const KeyboardLayer layer : {KeyboardLayer::kLower, KeyboardLayer::kUpper, KeyboardLayer::kDigits}) {
    for (const MapRow& row : key_map(kind, layer)) {
      for (const MapKey& key : row.keys) {
        if (key.act == KeyAct::kType && key.typed == letter) {
          return KeyPlace{layer, key.id};
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace mimika::ui
