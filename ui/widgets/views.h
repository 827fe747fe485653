// What a screen hands to the widgets: plain values. All words arrive translated; ids are stable across languages and
// are what the script player taps and the touch audit reads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ui/widgets/metrics.h"
#include "ui/widgets/palette.h"
#include "ui/widgets/spoken.h"

namespace mimika::ui {

enum class Align { kLeft, kCentre, kRight };
enum class VAlign { kTop, kMiddle, kBottom };

struct TextLook {
  TextStyle style = TextStyle::kBody;
  std::optional<Colour> colour = {};  // ink when empty
  Align align = Align::kLeft;
  VAlign valign = VAlign::kTop;
  Hearing hearing = Hearing::kAlways;
};

enum class KeyKind {
  kPrimary,    // sea; one a screen
  kSecondary,  // light with an ink outline
  kQuiet,      // no ground: Cancel
  kVoice,      // clay: speak, complaint
  kPhoto,      // forest: photo, yes
  kDanger,     // clay: stop, delete, discard
  kTool,       // on the rail
  kSand,       // function keys of a keyboard
};

enum class IconSide { kLeft, kRight, kAbove };

struct KeyView {
  std::string id;
  std::string label;
  std::string icon = {};  // "mic": assets/icons/icons/mic.svg
  KeyKind kind = KeyKind::kSecondary;
  IconSide icon_side = IconSide::kLeft;
  TextStyle style = TextStyle::kKey;
  std::string disabled_reason = {};  // not empty: disabled, and these words appear when it is touched
  bool selected = false;
  std::string badge = {};       // a small number at the top right
  bool answers_escape = false;  // the keypad's escape key presses it (Back, Cancel, No)
  bool icon_only = false;       // the label is spoken but not shown, where a row has no room for words
};

enum class TileShape {
  kUpright,  // picture over label
  kWide,     // picture over a dark label strip with an arrow: the complaint tile
  kRow,      // small picture left, label right
};

struct TileView {
  std::string id;
  std::string label;
  std::string detail = {};  // second line
  bool detail_spoken_only = false;
  std::string picture = {};  // "pictures/home-lacak"; an icon name ("icons/baby") is drawn centred on `ground`
  std::string icon = {};     // "search": shown instead of the picture in high contrast
  TileShape shape = TileShape::kUpright;
  std::optional<Colour> ground = {};  // behind an icon used as picture; sky when empty
  KeyKind strip = KeyKind::kVoice;    // kWide: the colour of the label strip
  TextStyle style = TextStyle::kKey;
  bool selected = false;
  std::string disabled_reason = {};
  std::string number = {};  // round number badge at the top left
};

// One of several: radio. Facts are the small icon + words at the right ("Siapa tahu nama?").
struct ChoiceFact {
  std::string icon;
  std::string text;
};
struct ChoiceView {
  std::string id;
  std::string label;
  std::string detail = {};
  std::string icon = {};
  std::vector<ChoiceFact> facts = {};
  bool selected = false;
  std::string disabled_reason = {};
};

struct CheckView {
  std::string id;
  std::string label;
  std::string detail = {};  // small print below
  std::string icon = {};
  bool checked = false;
  TextStyle style = TextStyle::kKey;
  std::string disabled_reason = {};
  bool stacked = false;  // the words below box and icon, where several stand side by side; without detail
};

enum class FieldKind { kOneLine, kManyLines, kSecret };  // kSecret shows dots (PIN)

struct FieldView {
  std::string id;
  std::string text;             // what it holds now; the session owns it
  std::size_t limit_bytes = 0;  // typing stops here
  FieldKind kind = FieldKind::kOneLine;
  std::string label = {};      // above the field
  std::string hint = {};       // inside, while it is empty
  std::string problem = {};    // below, with a cross: what to change
  bool starts_active = false;  // takes the keyboard when no other field has it
};

// kPhone: digits and a plus; kCode: capitals, digits and the hyphen, for ticket numbers
enum class KeyboardKind { kText, kDigits, kPhone, kCode };

// The marks of a ticket: shape, outline and word always together.
enum class MarkKind { kRed, kLate, kYellow, kHeld, kGreen, kGrey };
// "Saved here" and "arrived there" are another family.
enum class PlaceKind { kSavedHere, kNotArrived, kArrived, kAnswer, kPerson };
using Sign = std::variant<MarkKind, PlaceKind>;

struct PathStep {
  std::string id = {};
  Sign sign = PlaceKind::kSavedHere;
  std::string title;
  std::string detail = {};
  std::string date = {};
  bool reached = true;   // the line up to it is solid, else dotted
  bool current = false;  // on sago
};

struct StepsView {
  int current = 1;  // 1 … total
  int total = 1;
  std::string spoken = {};  // "Langkah 2 dari 5"
};

struct HeaderView {
  std::string title;
  std::string subtitle = {};
  std::string kicker = {};   // small bold line above (the office's name)
  std::string icon = {};     // in a sea square before the title
  std::string picture = {};  // or a small picture
  TextStyle style = TextStyle::kTitle;
  std::optional<StepsView> steps = {};
  std::optional<KeyView> key = {};  // top right: "Selesai"
  std::optional<Sign> mark = {};    // top right: the ticket's state
  std::string mark_word = {};
  Hearing title_hearing = Hearing::kAlways;
};

struct FooterView {
  std::optional<KeyView> back = {};
  std::optional<KeyView> cancel = {};
  std::string hint = {};
  std::optional<KeyView> secondary = {};
  std::optional<KeyView> primary = {};
};
enum class FooterKey { kBack, kCancel, kSecondary, kPrimary };

enum class Tool : std::uint8_t { kListen, kLanguage, kTextSize, kContrast, kHelp };
inline constexpr std::size_t kTools = 5;
enum class ServiceSign { kOpen, kPaused, kClosed };

struct RailView {
  std::string clock;  // "09.24"; empty: the clock cannot be trusted, and nothing is shown
  std::string state;  // "Buka"
  ServiceSign sign = ServiceSign::kOpen;
  std::array<std::string, kTools> labels;
  std::array<bool, kTools> selected{};
  std::array<bool, kTools> hidden{};  // a tool that this kiosk cannot offer (no speaker)
};

struct DialogView {
  std::string id;
  std::string title;
  std::string text;
  std::string note = {};  // with note_icon: "Kios juga berbunyi."
  std::string note_icon = {};
  std::optional<int> seconds_left = {};  // shows the countdown of 20 segments
  int seconds_total = 20;
  std::string seconds_word = {};
  std::string icon = {};      // in place of the countdown
  std::vector<KeyView> keys;  // from the top; the first one starts focused
  bool hides_screen = false;  // paints the night landscape over what the person wrote
};

struct ErrorView {
  std::string title;  // what failed
  std::string text;   // what to do
  std::string icon = "help";
};

struct QrMatrix {
  int size = 0;                    // modules a side, without the quiet zone
  std::vector<std::uint8_t> dark;  // size × size, row by row, 1 = dark
};

struct LabelledRow {  // a row of the review screen
  std::string label;
  std::string value;
  std::string icon = {};
  std::string picture = {};
  std::optional<Colour> ground = {};
  std::optional<KeyView> key = {};
  Hearing hearing = Hearing::kAlways;  // of the value
};

// --- staff screens: rows and keys in their smaller type, none below the floor

struct RailEntryView {  // of the rail at the left, on dark
  std::string id;
  std::string label;
  std::string icon;
  std::string count = {};  // at its right; empty: none
  bool selected = false;
  std::string disabled_reason = {};
};

struct TabView {
  std::string id;
  std::string label;
  std::optional<Sign> sign = {};
  std::string count = {};
  bool selected = false;
};

// Who, or what, with what is known of it: an account, an agency, a village.
struct ListRowView {
  std::string id;
  std::string label;
  std::string detail = {};
  std::string icon = {};
  std::string aside = {};  // at the right: "terkunci"
  bool selected = false;
  std::string disabled_reason = {};
};

// A ticket in a list. What a narrow table has no column for stands in `detail`.
struct TableRowView {
  std::string id;
  Sign sign = MarkKind::kGrey;
  std::string sign_word;
  std::string title;
  std::string detail;
  std::string agency = {};
  Sign place = PlaceKind::kSavedHere;
  std::string place_word = {};
  bool urgent = false;  // its ground says so as well
  bool selected = false;
};
struct TableColumns {
  float sign = 0;  // widths in pixels; 0: no such column
  float title = 0;
  float agency = 0;
  float place = 0;
};

// Words the widgets themselves need, from the catalogue.
struct UiWords {
  std::string space;     // "spasi"
  std::string letters;   // "abc"
  std::string digits;    // "123"
  std::string up;        // "Naik"
  std::string down;      // "Turun"
  std::string at_start;  // why "up" is grey: "Ini bagian paling atas."
  std::string at_end;    // "Sudah sampai bawah."
  std::string shift;     // spoken names of the keys that show only a sign
  std::string backspace;
  std::string enter;
  std::string caret_left;
  std::string caret_right;
  std::string caret_up;
  std::string caret_down;
  std::string shift_locked;
  std::string accents;                         // "é…", shown
  std::string clear;                           // "Kosongkan": empties the field; shown where its key has room
  std::string undo_clear;                      // "Kembalikan"
  std::string clear_empty;                     // why "clear" is grey: "Belum ada tulisan."
  std::string selected = {};                   // spoken after a name: "dipilih"
  std::string checked = {};                    // "sudah dicentang"
  std::string unchecked = {};                  // "belum dicentang"
  std::array<std::string, kTools> tools = {};  // the words on the rail, which is as wide as they need
};

}  // namespace mimika::ui
