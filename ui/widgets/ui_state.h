// What Ui remembers. Internal to ui/widgets: screens never include this.
#pragma once

#include <imgui.h>

#include <map>
#include <string>
#include <vector>

#include "ui/widgets/fling.h"
#include "ui/widgets/focus.h"
#include "ui/widgets/key_map.h"
#include "ui/widgets/painted.h"
#include "ui/widgets/text_buffer.h"
#include "ui/widgets/text_layout.h"
#include "ui/widgets/touch.h"
#include "ui/widgets/ui.h"

namespace mimika::ui {

// The colours of a key in one state; shared by keys, tiles and the keyboard.
struct KeyLook {
  Colour fill;
  Colour text;
  Colour edge;
  Colour line;
  bool has_fill = true;
  bool has_edge = true;
  float line_mm = 0;  // 0: no outline
};
enum class KeyState { kNormal, kPressed, kSelected, kDisabled };
[[nodiscard]] KeyLook key_look(KeyKind kind, KeyState state, const Palette& colours);

// A style at one text size, resolved: everything that measuring and drawing need.
struct Type {
  Face face;
  float line_height = 0;
  float cap_height = 0;
  float tracking = 0;
};

struct ScrollState {
  float offset = 0;   // pixels the content is moved up
  float content = 0;  // height, as the last frame found it
  Rect viewport = {};
  bool seen = false;  // drawn in this frame
  Fling fling = {};
};

// One change to the active field, waiting for field() to apply it.
struct FieldEdit {
  enum class Act {
    kInsert,
    kBackspace,
    kDelete,
    kLeft,
    kRight,
    kUp,
    kDown,
    kHome,
    kEnd,
    kEnter,
    kComplete,  // the word before the caret becomes `typed`
    kClear,
    kUndoClear,
  };
  Act act = Act::kInsert;
  std::string typed = {};
};

struct Registered {
  Target target;            // rect: the visible part
  Rect full = {};           // where it would be without clipping
  std::string scroll = {};  // the region it moves with
  std::string disabled_reason = {};
  bool answers_escape = false;
  bool reachable = true;  // enough of it is visible to be touched
  bool primary = false;
};

struct FocusRing {
  Rect rect = {};
  float radius = 0;
  Rect clip = {};
};

enum class Edge { kTop, kBottom };

enum class ShiftState { kAuto, kOn, kOff, kLocked };

// What the active field shows of its text, and where in it the caret stands: arrow keys leave a field at its edges.
struct FieldSight {
  int first_line = 0;  // of those that fit
  float slide = 0;     // pixels that a field of one line is moved left
  float goal_x = -1;   // the column that going up and down keeps to; negative: the caret's own
  bool at_start = true;
  bool at_end = true;
};

// How the active field breaks its text, for the edits that need lines.
struct FieldLayout {
  float width = 0;  // 0: one line
  LetterWidth width_of = {};
};

// What the fitting text size depends on beside the page.
struct AskedSize {
  Size screen_px;
  float panel_width_mm = 0;
  TextSize text_size = TextSize::kNormal;
  bool operator==(const AskedSize&) const = default;
};

struct Ui::State {
  State(FontSet& font_set, PictureSource& picture_source) : fonts(font_set), pictures(picture_source) {}

  FontSet& fonts;
  PictureSource& pictures;
  UiWords words;
  ImDrawList* canvas = nullptr;

  // The frame.
  Metrics metrics;
  const Palette* colours = &palette_for(Contrast::kStandard);
  std::int64_t now_ms = 0;
  bool reduce_motion = false;
  DrawSchedule schedule;
  std::vector<Rect> clips;
  std::string scroll_id;  // the region being drawn, empty outside

  Pose pose = Pose::kNone;

  // Targets: those being registered, and those of the last finished frame, which touches refer to.
  std::vector<Registered> building;
  std::vector<Registered> shown;
  std::vector<Target> shown_targets;

  // The finger.
  TouchMachine touch;
  std::string pressed_id;
  bool pressed_inside = false;
  bool touched_by_finger = false;  // the activation in this frame is a finger's, not the keypad's
  std::int64_t pressed_since_ms = 0;
  std::int64_t repeated_ms = 0;  // a key of the keyboard that is held
  int repeats_done = 0;
  std::string activated_id;
  Point activated_at = {};
  std::string dragging_scroll;
  bool touched = false;
  std::vector<Key> keys;  // pressed in this frame and not used by the focus or a field

  // The focus of arrow keys; shown only once keys are used.
  std::string focus_id;
  bool focus_shown = false;
  bool focus_moved = false;
  std::vector<FocusRing> rings;

  std::map<std::string, ScrollState, std::less<>> scrolls;

  // Text entry.
  std::string field_id;
  std::size_t caret = 0;
  bool field_seen = false;
  bool field_many_lines = true;
  bool field_empty = true;
  bool field_sentence_start = true;
  FieldSight sight;
  std::string typed_word;  // before the caret
  ClearedText cleared;
  bool hardware_typing = false;  // someone types on keys of plastic, and has not left the field since
  std::vector<FieldEdit> edits;
  bool enter = false;
  KeyboardLayer layer = KeyboardLayer::kLower;
  ShiftState shift = ShiftState::kAuto;
  std::optional<std::int64_t> shift_touched_ms = {};  // and nothing was typed since
  KeyboardKind keyboard_kind = KeyboardKind::kText;

  std::string dialog_id;  // of the dialog in the last frame
  std::string dialog_seen;

  std::string toast;
  std::int64_t toast_until_ms = 0;
  bool header_key = false;

  std::map<std::string, std::string, std::less<>> published;
  std::vector<std::string> overflows;

  // Only while somebody audits the frames.
  Painted* painted = nullptr;

  // Only while somebody listens.
  Spoken* heard = nullptr;
  SpokenPart spoken_part = SpokenPart::kBody;

  // The largest text size at which what is shown has room (fit.cc).
  AskedSize asked;
  TextSize largest_fitting = TextSize::kLargest;
  std::string fitted_page;
  int unsettled_frames = 0;

  // Frames in a row that asked for another one to settle in, and may ask no more (kMostSettlingFrames).
  int settling_run = 0;
  bool settling = false;  // this frame asked

  // --- ui.cc
  [[nodiscard]] Rect clip() const;
  void push_clip(const Rect& rect);
  void pop_clip();
  void register_target(Registered entry);
  void take_input(std::span<const InputEvent> events);
  void press(Point at);
  void drag(const TouchOutcome& outcome);
  void release(const TouchOutcome& outcome);
  void activate(const Registered& entry, Point at);
  void move_focus(Key key);
  [[nodiscard]] const Registered* neighbour(const Registered& from, Direction direction) const;
  void scroll_into_view(const Registered& entry);
  void take_key(Key key);
  [[nodiscard]] const Registered* hit(Point at) const;
  [[nodiscard]] const Registered* find_shown(std::string_view id) const;
  void draw_toast(Ui& ui);
  bool whole_stage = false;             // of this frame
  float above = 0;                      // of this frame: what strip_above() took
  [[nodiscard]] float rail_px() const;  // width on a landscape panel, height on a portrait one
  // Another frame, in which this one's sizes are known. A page whose sizes never agree is left as it is after a while:
  // on a panel of an absurd shape a list may be too long without its keys and short enough with them.
  void settle();

  // --- spoken.cc
  void hear(std::string_view said, Hearing hearing);
  void hear_text(std::string_view said, Point ink, const TextLook& look);
  void hear_target(const Registered& entry);
  // Of the target registered last: its name in pieces, in place of its label.
  void hear_instead(const std::vector<std::string_view>& pieces);
  void end_hearing();

  // --- fit.cc
  void begin_fit(const FrameInput& input);
  void end_fit();
  [[nodiscard]] bool cramped() const;

  // --- field.cc
  // caret: the field is the active one.
  void draw_field_text(Ui& ui, const FieldView& view, const std::string& text, std::optional<std::size_t> caret_at,
                       const Rect& area);

  // --- field_edits.cc
  std::optional<std::string> apply_edits(const FieldView& view, const FieldLayout& layout);
  void leave_field();  // forgets what belonged to the field alone
  [[nodiscard]] bool arrow_moves_caret(Key key) const;

  // --- keyboard.cc
  void keyboard_key(std::string_view target);  // a key of the on-screen keyboard was tapped: "keyboard.q"
  [[nodiscard]] FieldLines keyboard_lines() const { return field_many_lines ? FieldLines::kMany : FieldLines::kOne; }
  [[nodiscard]] KeyboardWidth keyboard_width(float stage_width) const;
  void draw_key_label(Ui& ui, const MapKey& key, const std::string& label, const std::string& icon, const Rect& rect,
                      Colour colour);
  void touch_shift();
  void repeat_held_key();
  [[nodiscard]] std::optional<MapKey> key_of_target(std::string_view target) const;
  [[nodiscard]] std::string letter_under_finger() const;  // of the key that is pressed now
  [[nodiscard]] KeyboardLayer shown_layer() const;

  // --- scroll.cc
  bool stop_rolling(Point at);  // true: the finger at `at` stopped a region, and presses nothing
  void roll();
  void draw_edge(const Rect& view, Edge edge);  // the shade that says that there is more beyond it

  // --- keys.cc
  void draw_key_ground(Ui& ui, const Rect& rect, float radius, float edge, const KeyLook& look, bool down);

  // --- paint.cc
  [[nodiscard]] Type type(TextStyle style) const { return type_at(style, metrics.text_size()); }
  [[nodiscard]] Type type_at(TextStyle style, TextSize size) const;
  // The style at the largest size not above the person's at which no word is broken in this width.
  [[nodiscard]] Type fitting_type(std::string_view line, TextStyle style, float width) const;
  [[nodiscard]] LetterWidth letter_width(const Type& type) const;
  void draw_line(std::string_view line, Point baseline, const Type& type, Colour colour);
  void image(const TextureRegion& region, const Rect& rect, Point uv0, Point uv1, Colour tint);
  void draw_outline(const Rect& r, float radius, float width, Colour colour);
  void draw_rings();
  void write_shape(const Rect& rect, Colour colour);
  void write_line(std::string_view line, const Rect& ink, const TextLook& look, Colour colour, bool broken_word);
};

// Whole pixels, so that edges are sharp and copies unscaled.
[[nodiscard]] Rect snapped(const Rect& rect);
[[nodiscard]] ImU32 packed(Colour colour);
[[nodiscard]] Colour mixed(Colour a, Colour b, float share_of_b);

}  // namespace mimika::ui
