// The vocabulary of every screen. A screen is `std::optional<Action> draw_x(const XView&, Ui&)`: it cuts ui.content()
// into parts (geometry.h) and names what stands in each. Widgets return what the person did in this frame; they do no
// I/O, keep no words, and the state they keep is only what the eye and the finger need (pressed key, scroll offset,
// caret). Sizes are millimetres of the physical panel.
//
//   Rect area = ui.content();
//   ui.header({.title = view.question, .steps = view.steps}, area);          // cuts its height off the top
//   const auto foot = ui.footer({.back = …, .primary = …}, area);            // and off the bottom
//   if (const auto chosen = ui.tile_grid("category", view.tiles, {}, area)) return ChooseCategory{*chosen};
//   if (foot == FooterKey::kBack) return GoBack{};
//   return std::nullopt;
//
// Rules the frame relies on:
//  - ids are unique in a frame, stable across languages: "home.complaint", "footer.next", "keyboard.q".
//  - what a finger hits is decided by the targets of the frame the person saw, the topmost first.
//  - a dialog covers every target registered before it; draw the rail after the dialog, so that its tools stay alive.
//  - text that does not fit wraps; what still does not fit scrolls. A text drawn outside its rectangle is recorded in
//    overflows(), and the tests fail on it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/widgets/geometry.h"
#include "ui/widgets/graphics.h"
#include "ui/widgets/input.h"
#include "ui/widgets/metrics.h"
#include "ui/widgets/palette.h"
#include "ui/widgets/schedule.h"
#include "ui/widgets/views.h"

struct ImDrawList;

namespace mimika::ui {

enum class Role { kKey, kTile, kChoice, kCheck, kField, kLetter, kTool, kScrollKey };
[[nodiscard]] const char* role_name(Role role);

// States that depend on a finger or a key, for specimens that must show them without either.
enum class Pose { kNone, kPressed, kFocused };

// Something that can be touched, as the last finished frame showed it.
struct Target {
  std::string id;
  Rect rect;  // pixels; already cut to what is visible
  Role role = Role::kKey;
  bool enabled = true;
  std::string label;  // what speech reads when it has the focus
};

struct FrameInput {
  std::int64_t now_ms = 0;  // monotonic
  Size screen_px;
  float panel_width_mm = 0;  // 0: default_panel_width_mm()
  TextSize text_size = TextSize::kNormal;
  Contrast contrast = Contrast::kStandard;
  bool reduce_motion = false;
  std::span<const InputEvent> events = {};
};

// A column that fills from the top: each call takes the next strip. Inside a scroll its length is free.
class Flow {
 public:
  Flow(class Ui& ui, Rect area, float gap) : ui_(&ui), area_(area), y_(area.y), gap_(gap) {}
  [[nodiscard]] Rect next(float height_px);
  [[nodiscard]] Rect next_mm(float height_mm);
  void text(std::string_view words, const TextLook& look = {});  // wrapped, as high as it needs
  void space(float height_px) { y_ += height_px; }
  [[nodiscard]] float width() const { return area_.w; }
  [[nodiscard]] float y() const { return y_; }
  [[nodiscard]] float used() const { return y_ - area_.y; }
  [[nodiscard]] Rect rest() const { return {area_.x, y_, area_.w, std::max(0.0F, area_.bottom() - y_)}; }

 private:
  Ui* ui_;
  Rect area_;
  float y_;
  float gap_;
  bool first_ = true;
};

struct GridLook {
  int most_columns = 6;
  float least_tile_mm = 40;  // fewer columns rather than narrower tiles
  float picture_mm = 30;     // height of a tile's picture, before it is stretched
  bool fill = true;          // stretch the rows over the area when they all fit
};

class Ui {
 public:
  Ui(FontSet& fonts, PictureSource& pictures);
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // --- the frame (kiosk/app and tests) ------------------------------------------------------------------------------
  void set_words(UiWords words);
  // `canvas` receives the drawing and must live until end_frame().
  void begin_frame(const FrameInput& input, ImDrawList& canvas);
  void end_frame();
  // Reasons to draw again that the last frame raised.
  [[nodiscard]] DrawSchedule& schedule();
  // No transition waits in the touch queue and no size has still to settle: what is shown is what will stay.
  [[nodiscard]] bool settled() const;
  [[nodiscard]] std::span<const Target> targets() const;  // of the last finished frame
  [[nodiscard]] const Target* find_target(std::string_view id) const;
  [[nodiscard]] const std::vector<std::string>& overflows() const;  // texts that did not fit their place
  // From the next frame on, what each frame painted is left in `into` (painted.h); nullptr ends it. For audits only.
  void write_down(struct Painted* into);
  // From the next frame on, what each frame says in words is left in `into` (spoken.h); nullptr ends it.
  void listen(Spoken* into);
  // Values for the script player and the tests: publish("receipt.number", "JLA1-0417-K").
  void publish(std::string_view key, std::string_view text);
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& published() const;
  // The person is gone: caret, focus, scroll offsets, toast and published values are forgotten.
  void forget_person();
  // The focused target's label when the focus moved in this frame (for speech).
  [[nodiscard]] std::optional<std::string> newly_focused() const;
  // The id of the target that has the ring; empty while fingers are used.
  [[nodiscard]] std::string_view focused() const;
  // A touch or key happened in this frame (restarts the idle clock); a target was activated (for the click sound).
  [[nodiscard]] bool touched() const;
  [[nodiscard]] bool activated() const;
  [[nodiscard]] bool key_pressed(Key key) const;

  // --- what is heard (spoken.cc): texts and targets are by themselves
  // ------------------------------------------------- What follows belongs to this part of the page. Returns the part
  // before, to be given back.
  SpokenPart speak_in(SpokenPart part);
  // Words for what is shown by a drawing alone.
  void say(std::string_view words, Hearing hearing = Hearing::kAlways);

  // --- sizes and colours --------------------------------------------------------------------------------------------
  [[nodiscard]] const Metrics& metrics() const;
  [[nodiscard]] const Palette& colours() const;
  // The ground for something drawn in ink: `ground` itself, or in high contrast the surface, where ink is white.
  [[nodiscard]] Colour under_ink(Colour ground) const;
  [[nodiscard]] float px(float length_mm) const { return metrics().px(length_mm); }
  [[nodiscard]] bool landscape() const { return metrics().landscape(); }
  [[nodiscard]] bool reduce_motion() const;
  [[nodiscard]] std::int64_t now_ms() const;
  [[nodiscard]] Rect screen() const;   // everything
  [[nodiscard]] Rect stage() const;    // without the rail or the bottom bar
  [[nodiscard]] Rect content() const;  // the stage without its margins
  [[nodiscard]] float gap() const { return px(mm::kTileGap); }
  [[nodiscard]] float key_gap() const { return px(mm::kKeyGap); }
  // Ask for another frame, e.g. while something moves.
  void animate(std::int64_t in_ms);

  // --- paint --------------------------------------------------------------------------------------------------------
  void background();        // paper over the stage
  void background_home();   // paper, sky and faint mountains (mockup 02)
  void background_night();  // behind the session warning
  void fill(const Rect& rect, Colour colour);
  void round(const Rect& rect, float radius_px, Colour colour, unsigned corners = kAllCorners);
  void outline(const Rect& rect, float radius_px, float width_px, Colour colour);
  void line_across(const Rect& rect);                          // a hairline at its vertical middle
  void polygon(std::span<const Point> points, Colour colour);  // convex
  // Wrapped to rect.w; returns the height used.
  float text(std::string_view words, const Rect& rect, const TextLook& look = {});
  [[nodiscard]] Size measure(std::string_view words, TextStyle style, float max_width_px = 0) const;
  [[nodiscard]] float text_height(std::string_view words, TextStyle style, float width_px) const;
  [[nodiscard]] float line_height(TextStyle style) const { return metrics().line_height(style); }
  void icon(std::string_view name, const Rect& rect, std::optional<Colour> tint = {});  // "mic"; ink when no tint
  void picture(std::string_view name, const Rect& rect, Fit fit = Fit::kOwn, float radius_px = 0,
               unsigned corners = kAllCorners);
  void band(const Rect& rect);  // the plaited band, along its longer side
  // A card: surface, outline, radius. Returns the inside without its padding.
  Rect card(const Rect& rect);
  Rect panel(const Rect& rect, Colour ground);  // flat, no outline
  Rect selected_panel(const Rect& rect);        // sago, ink ring, ochre edge

  // --- frame parts (frame_parts.cc, footer.cc)
  // ---------------------------------------------------------------------------------
  void header(const HeaderView& view, Rect& area);                                  // ids: its key's own
  [[nodiscard]] float header_height(const HeaderView& view, float width_px) const;  // what header() would cut off
  [[nodiscard]] bool header_key_pressed() const;  // the key of the last header() was pressed
  std::optional<FooterKey> footer(const FooterView& view, Rect& area);
  [[nodiscard]] float footer_height(const FooterView& view, float width_px) const;
  std::optional<Tool> rail(const RailView& view);  // ids "tool.listen" …; a bar below on portrait panels
  void steps(const StepsView& view, const Rect& rect);
  // Where a filing is, over its receipt: forest and band, with an ochre tick while it is saved here, with the place's
  // own sign from then on.
  void banner(PlaceKind place, std::string_view title, std::string_view aside, Rect& area);

  // --- keys and tiles -----------------------------------------------------------------------------------------------
  bool key(const KeyView& view, const Rect& rect);
  [[nodiscard]] Size key_size(const KeyView& view, float max_width_px = 0) const;  // what it needs, 20 mm high or more
  bool tile(const TileView& view, const Rect& rect);
  [[nodiscard]] float tile_height(const TileView& view, float width_px, float picture_px) const;
  // Lays tiles out in columns that fit, scrolls when they do not. Returns the index of the tile that was activated.
  std::optional<std::size_t> tile_grid(std::string_view id, std::span<const TileView> tiles, const GridLook& look,
                                       const Rect& area);
  // A target drawn by the screen itself: registers it and answers like a key.
  struct Touchable {
    bool activated = false;
    bool pressed = false;
    bool focused = false;
  };
  Touchable touchable(std::string_view id, const Rect& rect, Role role, std::string_view label,
                      std::string_view disabled_reason = {});
  // What follows in this frame is drawn as if a finger or the focus were on it; it answers as ever. For the style guide
  // alone. Returns the pose before, to be given back.
  Pose pose(Pose pose);
  void focus_ring(const Rect& rect, float radius_px);

  // --- choices ------------------------------------------------------------------------------------------------------
  bool choice(const ChoiceView& view, const Rect& rect);
  [[nodiscard]] float choice_height(const ChoiceView& view, float width_px) const;
  std::optional<std::size_t> choice_list(std::string_view id, std::span<const ChoiceView> choices, const Rect& area);
  bool check(const CheckView& view, const Rect& rect);  // true: it was touched; the session turns it
  [[nodiscard]] float check_height(const CheckView& view, float width_px) const;

  // --- text entry ---------------------------------------------------------------------------------------------------
  // Returns the new text when it changed. `typed_only_digits` etc. are the session's validation, shown as view.problem.
  std::optional<std::string> field(const FieldView& view, const Rect& rect);
  [[nodiscard]] float field_height(const FieldView& view, float width_px, int lines) const;
  // Draws the keyboard at the bottom of `area` (a tray over the stage's whole width) and cuts it off. It types into the
  // active field. Ids "keyboard.a", "keyboard.shift", "keyboard.123", "keyboard.space", "keyboard.backspace", …
  // Leaves `leave_px` of the area where it can without a key falling below the floor.
  void keyboard(KeyboardKind kind, Rect& area, float leave_px = 0);
  [[nodiscard]] float keyboard_least_height(KeyboardKind kind) const;  // with every key at the floor
  [[nodiscard]] bool field_active(std::string_view id) const;
  void activate_field(std::string_view id);
  // The word before the caret of the active field, as the last frame left it; and another one in its place.
  [[nodiscard]] std::string_view typed_word() const;
  void complete_word(std::string_view word);
  [[nodiscard]] bool enter_pressed() const;  // enter in a one-line field

  // --- what a ticket shows ------------------------------------------------------------------------------------------
  void qr(const QrMatrix& matrix, const Rect& rect);  // white ground and quiet zone inside rect
  void code_groups(std::string_view digits, int group, const Rect& rect);
  [[nodiscard]] float code_groups_height(std::string_view digits, int group, float width_px) const;
  void mark(MarkKind kind, const Rect& rect);  // the sign alone; put its word beside it
  void place(PlaceKind kind, const Rect& rect);
  void sign(const Sign& sign, const Rect& rect);  // of either family
  void mark_word(const Sign& sign, std::string_view word, const Rect& rect, TextStyle style = TextStyle::kBodyStrong);
  void mark_pill(const Sign& sign, std::string_view word, const Rect& rect);
  [[nodiscard]] Size mark_pill_size(const Sign& sign, std::string_view word) const;
  [[nodiscard]] float path_across_height(std::span<const PathStep> steps, float width_px) const;
  void path_across(std::span<const PathStep> steps, const Rect& rect);  // one row (mockup 11)
  [[nodiscard]] float path_down_height(std::span<const PathStep> steps, float width_px) const;
  void path_down(std::span<const PathStep> steps, const Rect& rect);  // one column (mockup 09)
  bool labelled_row(const LabelledRow& row, const Rect& rect);        // true: its key was pressed
  [[nodiscard]] float labelled_row_height(const LabelledRow& row, float width_px) const;
  void level_bars(std::span<const float> levels, std::size_t capacity, const Rect& rect);  // 0 … 1 each

  // --- staff screens (desk.cc) --------------------------------------------------------------------------------------
  // In this frame there are no tools: the stage is the whole screen.
  void whole_stage();
  // In this frame a strip at the top belongs to no page. Returns it.
  Rect strip_above(float height_px);
  bool rail_entry(const RailEntryView& view, const Rect& rect);
  [[nodiscard]] Size rail_entry_size(const RailEntryView& view, float max_width_px = 0) const;
  bool tab(const TabView& view, const Rect& rect);
  [[nodiscard]] Size tab_size(const TabView& view) const;
  bool list_row(const ListRowView& view, const Rect& rect);
  [[nodiscard]] float list_row_height(const ListRowView& view, float width_px) const;
  bool table_row(const TableRowView& view, const TableColumns& columns, const Rect& rect);
  // Two lines, or what the words beside them need.
  [[nodiscard]] float table_row_height(const TableRowView& view, const TableColumns& columns) const;
  void share_bar(float share, const Rect& rect);  // 0 … 1 of the width, on sand
  // As many whole words as one line has room for, and a sign that there are more.
  [[nodiscard]] std::string one_line(std::string_view words, TextStyle style, float width_px) const;

  // --- regions, dialogs, messages -----------------------------------------------------------------------------------
  // Draws `body` in a column that may be longer than `area`; Up and Down keys and a drag move it when it is.
  void scroll(std::string_view id, const Rect& area, const std::function<void(Flow&)>& body);
  void scroll_to_top(std::string_view id);
  // Returns the index of the key that was activated. Covers every target drawn before it.
  std::optional<std::size_t> dialog(const DialogView& view);
  void error_panel(const ErrorView& view, const Rect& rect);
  [[nodiscard]] float error_panel_height(const ErrorView& view, float width_px) const;
  void progress(std::optional<float> share, std::string_view words,
                const Rect& rect);     // empty share: working, no end known
  void toast(std::string_view words);  // shown for a few seconds at the bottom of the stage
  void cover();                        // everything registered so far can no longer be touched

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::ui
