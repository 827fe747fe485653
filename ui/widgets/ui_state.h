// What Ui remembers. Internal to ui/widgets: screens never include this.
#pragma once

#include <imgui.h>

#include <map>
#include <string>
#include <vector>

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
};

// One change to the active field, waiting for field() to apply it.
struct FieldEdit {
  enum class Act { kInsert, kBackspace, kDelete, kLeft, kRight, kHome, kEnd, kEnter };
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

enum class ShiftState { kAuto, kOn, kOff };

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

  // Targets: those being registered, and those of the last finished frame, which touches refer to.
  std::vector<Registered> building;
  std::vector<Registered> shown;
  std::vector<Target> shown_targets;

  // The finger.
  TouchMachine touch;
  std::string pressed_id;
  bool pressed_inside = false;
  std::int64_t pressed_since_ms = 0;
  std::int64_t repeated_ms = 0;  // backspace, while it is held
  bool repeated = false;
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
  bool field_many_lines = false;
  bool field_sentence_start = true;
  std::vector<FieldEdit> edits;
  bool enter = false;
  KeyboardLayer layer = KeyboardLayer::kLower;
  ShiftState shift = ShiftState::kAuto;
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
  [[nodiscard]] float rail_px() const;  // width on a landscape panel, height on a portrait one
  // Another frame, in which this one's sizes are known. A page whose sizes never agree is left as it is after a while:
  // on a panel of an absurd shape a list may be too long without its keys and short enough with them.
  void settle();

  // --- fit.cc
  void begin_fit(const FrameInput& input);
  void end_fit();
  [[nodiscard]] bool cramped() const;

  // --- field.cc
  std::optional<std::string> apply_edits(const FieldView& view);

  // --- keyboard.cc
  void keyboard_key(std::string_view id);  // a key of the on-screen keyboard was tapped
  void repeat_backspace();
  [[nodiscard]] KeyboardLayer shown_layer() const;

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
