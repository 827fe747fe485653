#include "ui/widgets/key_map.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <initializer_list>
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
  MapRow row{.indent = indent, .keys = {}};
  for (const char key : keys) {
    row.keys.push_back(std::isalpha(static_cast<unsigned char>(key)) != 0 ? letter(key, upper) : sign(key));
  }
  return row;
}

// Letters of local and foreign names. A key's id is the same for both cases.
struct Accent {
  const char* id;
  const char* small;
  const char* large;
};

MapRow accents(std::initializer_list<Accent> list, bool upper) {
  MapRow row;
  for (const Accent& accent : list) {
    row.keys.push_back({.id = accent.id, .act = KeyAct::kType, .typed = upper ? accent.large : accent.small});
  }
  return row;
}

// Rows of 11.25 letter keys: the width at which the smallest panel still gives every letter its floor.
MapRow bottom_row(FieldLines lines) {
  const bool many = lines == FieldLines::kMany;
  MapRow row;
  row.keys.push_back(function("123", KeyAct::kDigits, {}, 1.25F));
  row.keys.push_back(function("accents", KeyAct::kAccents, {}, 1.0F));
  row.keys.push_back({.id = "space", .act = KeyAct::kType, .typed = " ", .icon = {}, .span = many ? 3.25F : 5.25F});
  row.keys.push_back(function("clear", KeyAct::kClear, "clear", 1.75F));
  row.keys.push_back(function("left", KeyAct::kCaretLeft, "cl", 1.0F));
  row.keys.push_back(function("right", KeyAct::kCaretRight, "cr", 1.0F));
  if (many) {
    row.keys.push_back(function("up", KeyAct::kCaretUp, "cup", 1.0F));
    row.keys.push_back(function("down", KeyAct::kCaretDown, "cdown", 1.0F));
  }
  return row;
}

// The three rows of letters or signs, without the keys that do something: ten, nine, and what goes below them.
std::vector<MapRow> typing_rows(KeyboardLayer layer) {
  const bool upper = is_upper(layer);
  switch (layer) {
    case KeyboardLayer::kLower:
    case KeyboardLayer::kUpper:
      return {letters("qwertyuiop", upper), letters("asdfghjkl", upper, 0.5F), letters("zxcvbnm", upper)};
    case KeyboardLayer::kDigits:
      return {letters("1234567890", upper), letters("@#&()-/:\"", upper, 0.5F), letters("+=%*;'!", upper)};
    case KeyboardLayer::kAccents:
    case KeyboardLayer::kAccentsUpper:
      break;
  }
  std::vector<MapRow> map{accents({{"e_acute", "é", "É"},
                                   {"e_grave", "è", "È"},
                                   {"e_circumflex", "ê", "Ê"},
                                   {"e_diaeresis", "ë", "Ë"},
                                   {"a_acute", "á", "Á"},
                                   {"a_grave", "à", "À"},
                                   {"a_circumflex", "â", "Â"},
                                   {"a_diaeresis", "ä", "Ä"},
                                   {"i_acute", "í", "Í"},
                                   {"i_diaeresis", "ï", "Ï"}},
                                  upper),
                          accents({{"o_acute", "ó", "Ó"},
                                   {"o_grave", "ò", "Ò"},
                                   {"o_circumflex", "ô", "Ô"},
                                   {"o_diaeresis", "ö", "Ö"},
                                   {"u_acute", "ú", "Ú"},
                                   {"u_grave", "ù", "Ù"},
                                   {"u_circumflex", "û", "Û"},
                                   {"u_diaeresis", "ü", "Ü"},
                                   {"n_tilde", "ñ", "Ñ"}},
                                  upper),
                          accents({{"eng", "ŋ", "Ŋ"},
                                   {"c_cedilla", "ç", "Ç"},
                                   {"a_tilde", "ã", "Ã"},
                                   {"o_tilde", "õ", "Õ"},
                                   {"i_circumflex", "î", "Î"}},
                                  upper)};
  map[1].indent = 0.5F;
  map[2].keys.push_back(sign('\''));
  map[2].keys.push_back(sign('-'));
  return map;
}

// Left of the third row: shift, or one sign more where capitals mean nothing.
MapKey before_third_row(KeyboardLayer layer, float span) {
  return layer == KeyboardLayer::kDigits ? sign('_', span) : function("shift", KeyAct::kShift, "shift", span);
}

std::vector<MapRow> text_map(KeyboardLayer layer, FieldLines lines) {
  std::vector<MapRow> map = typing_rows(layer);
  map[0].keys.push_back(backspace());
  map[1].keys.push_back(enter(1.75F));
  map[2].keys.insert(map[2].keys.begin(), before_third_row(layer, kFunctionSpan));
  for (const char mark : {',', '.', '?'}) {
    map[2].keys.push_back(sign(mark));
  }
  map.push_back(bottom_row(lines));
  return map;
}

// The keys that move the caret, under everything else.
MapRow caret_row(bool many, float total) {
  MapRow row;
  const float each = many ? 1.6F : 2.5F;
  row.keys.push_back(function("clear", KeyAct::kClear, "clear", total - each * (many ? 4 : 2)));
  row.keys.push_back(function("left", KeyAct::kCaretLeft, "cl", each));
  row.keys.push_back(function("right", KeyAct::kCaretRight, "cr", each));
  if (many) {
    row.keys.push_back(function("up", KeyAct::kCaretUp, "cup", each));
    row.keys.push_back(function("down", KeyAct::kCaretDown, "cdown", each));
  }
  return row;
}

std::vector<MapRow> narrow_text_map(KeyboardLayer layer, FieldLines lines) {
  std::vector<MapRow> map = typing_rows(layer);
  map[1].tail = 0.5F;
  map[2].keys.insert(map[2].keys.begin(), before_third_row(layer, 1.5F));
  map[2].keys.push_back(function("backspace", KeyAct::kBackspace, "bksp", 1.5F));
  map.push_back({});
  map[3].keys.push_back(function("123", KeyAct::kDigits, {}, 1.5F));
  map[3].keys.push_back(function("accents", KeyAct::kAccents, {}, 1.0F));
  map[3].keys.push_back(sign(','));
  map[3].keys.push_back({.id = "space", .act = KeyAct::kType, .typed = " ", .icon = {}, .span = 3.0F});
  map[3].keys.push_back(sign('.'));
  map[3].keys.push_back(sign('?'));
  map[3].keys.push_back(enter(1.5F));
  map.push_back(caret_row(lines == FieldLines::kMany, 10));
  return map;
}

// The telephone's order of digits. `plus`: a telephone number may begin with it.
std::vector<MapRow> digits_map(bool plus) {
  constexpr float kSide = 1.25F;
  std::vector<MapRow> map{letters("123", false), letters("456", false), letters("789", false), {}};
  map[0].keys.push_back(function("backspace", KeyAct::kBackspace, "bksp", kSide));
  map[1].keys.push_back(function("left", KeyAct::kCaretLeft, "cl", kSide));
  map[2].keys.push_back(function("right", KeyAct::kCaretRight, "cr", kSide));
  map[3].keys.push_back(function("clear", KeyAct::kClear, "clear", 1.0F));
  map[3].keys.push_back(sign('0'));
  if (plus) {
    map[3].keys.push_back(sign('+'));
  }
  map[3].keys.push_back(enter(plus ? kSide : 1.0F + kSide));
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
  map.push_back(letters("zxcvbnm", true));
  map.back().keys.insert(map.back().keys.begin(), function("clear", KeyAct::kClear, "clear"));
  map.back().keys.push_back(function("left", KeyAct::kCaretLeft, "cl", 1.5F));
  map.back().keys.push_back(function("right", KeyAct::kCaretRight, "cr", 1.5F));
  return map;
}

std::vector<MapRow> narrow_code_map() {
  std::vector<MapRow> map{letters("1234567890", true), letters("qwertyuiop", true), letters("asdfghjkl", true, 0.5F),
                          letters("zxcvbnm", true), caret_row(false, 8)};
  map[2].tail = 0.5F;
  map[3].keys.insert(map[3].keys.begin(), sign('-', 1.5F));
  map[3].keys.push_back(function("backspace", KeyAct::kBackspace, "bksp", 1.5F));
  map[4].keys.push_back(enter(2.0F));
  return map;
}

struct KindName {
  KeyboardKind kind;
  const char* name;
};
constexpr KindName kKindNames[] = {{KeyboardKind::kText, "text"},
                                   {KeyboardKind::kDigits, "digits"},
                                   {KeyboardKind::kPhone, "phone"},
                                   {KeyboardKind::kCode, "code"}};

constexpr KeyboardLayer kLayers[] = {KeyboardLayer::kLower, KeyboardLayer::kUpper, KeyboardLayer::kDigits,
                                     KeyboardLayer::kAccents, KeyboardLayer::kAccentsUpper};

}  // namespace

const char* layer_name(KeyboardLayer layer) {
  switch (layer) {
    case KeyboardLayer::kLower:
      return "lower";
    case KeyboardLayer::kUpper:
      return "upper";
    case KeyboardLayer::kDigits:
      return "digits";
    case KeyboardLayer::kAccents:
      return "accents";
    case KeyboardLayer::kAccentsUpper:
      return "accents_upper";
  }
  return "lower";
}

KeyboardLayer layer_called(std::string_view name) {
  for (const KeyboardLayer layer : kLayers) {
    if (name == layer_name(layer)) {
      return layer;
    }
  }
  return KeyboardLayer::kLower;
}

const char* keyboard_name(KeyboardKind kind) {
  for (const KindName& known : kKindNames) {
    if (known.kind == kind) {
      return known.name;
    }
  }
  return "text";
}

std::optional<KeyboardKind> keyboard_called(std::string_view name) {
  for (const KindName& known : kKindNames) {
    if (name == known.name) {
      return known.kind;
    }
  }
  return std::nullopt;
}

bool repeats(KeyAct act) {
  switch (act) {
    case KeyAct::kBackspace:
    case KeyAct::kCaretLeft:
    case KeyAct::kCaretRight:
    case KeyAct::kCaretUp:
    case KeyAct::kCaretDown:
      return true;
    default:
      return false;
  }
}

std::vector<MapRow> key_map(KeyboardKind kind, KeyboardLayer layer, FieldLines lines, KeyboardWidth width) {
  const bool narrow = width == KeyboardWidth::kNarrow;
  switch (kind) {
    case KeyboardKind::kText:
      return narrow ? narrow_text_map(layer, lines) : text_map(layer, lines);
    case KeyboardKind::kDigits:
      return digits_map(false);
    case KeyboardKind::kPhone:
      return digits_map(true);
    case KeyboardKind::kCode:
      return narrow ? narrow_code_map() : code_map();
  }
  return {};
}

float map_width(const std::vector<MapRow>& map) {
  float widest = 0;
  for (const MapRow& row : map) {
    float width = row.indent + row.tail;
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
  if (letter == "\n" && kind != KeyboardKind::kDigits && kind != KeyboardKind::kPhone) {
    return KeyPlace{KeyboardLayer::kLower, "enter"};
  }
  for (const KeyboardLayer layer : kLayers) {
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

std::optional<std::string> next_key_towards(KeyboardKind kind, KeyboardLayer shown, std::string_view letter) {
  const auto place = find_key(kind, letter);
  if (!place) {
    return std::nullopt;
  }
  for (const MapRow& row : key_map(kind, shown)) {
    for (const MapKey& key : row.keys) {
      const bool types = key.act == KeyAct::kType && key.typed == letter;
      if (types || (place->id == "enter" && key.act == KeyAct::kEnter)) {
        return key.id;
      }
    }
  }
  const bool wants_digits = place->layer == KeyboardLayer::kDigits;
  const bool wants_accents = is_accents(place->layer);
  if (wants_digits || (shown == KeyboardLayer::kDigits && !wants_accents)) {
    return "123";
  }
  if (wants_accents != is_accents(shown)) {
    return "accents";
  }
  return "shift";
}

}  // namespace mimika::ui
