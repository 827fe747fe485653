// What the pages of the style guide are made of: specimens in their states, laid out with a caption below each.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::gallery {

// What was tried on the pages, by the ids of the specimens.
struct Tried {
  std::map<std::string, std::string, std::less<>> texts = {};    // of fields
  std::map<std::string, std::size_t, std::less<>> choices = {};  // of lists
  std::set<std::string, std::less<>> turned = {};                // checks that are not as they were
  ui::ServiceSign sign = ui::ServiceSign::kOpen;                 // what the rail says of the service
  std::string dialog = {};                                       // the one that lies over the page
  bool changed = false;                                          // in this frame
};

// What a page draws with.
struct Stand {
  ui::Ui& ui;
  const Text& text;
  Tried& tried;
  std::span<const std::string> drawings;  // "icons/mic"
};

struct Page {
  const char* name;  // its title is "gallery.page.<name>"
  const char* icon;
  void (*draw)(Stand& stand, const ui::Rect& area);
};

enum class Shown { kNormal, kPressed, kFocused, kSelected, kDisabled };
inline constexpr std::array kEveryState = {Shown::kNormal, Shown::kPressed, Shown::kFocused, Shown::kSelected,
                                           Shown::kDisabled};
[[nodiscard]] const char* state_name(Shown shown);  // "normal"
[[nodiscard]] std::string state_words(const Stand& stand, Shown shown);
// Why a disabled specimen is: shown when it is touched.
[[nodiscard]] std::string why_disabled(const Stand& stand, Shown shown);

// While it lives, what is drawn is drawn in this state.
class Posed {
 public:
  Posed(ui::Ui& ui, Shown shown);
  ~Posed() { ui_.pose(before_); }
  Posed(const Posed&) = delete;
  Posed& operator=(const Posed&) = delete;

 private:
  ui::Ui& ui_;
  ui::Pose before_;
};

struct Specimen {
  std::string caption;
  std::function<void(const ui::Rect&)> draw;
};

struct Rows {
  float least_px = 0;       // of a specimen's width: fewer in a row rather than narrower ones
  float height_px = 0;      // of each
  int most = 5;             // in a row
  float between_mm = 6.5F;  // two specimens: the ring of one may not touch the other
  float caption_mm = 3.7F;  // between a specimen and its caption: its lower edge or its ring
};
// Row by row, each as wide as its row allows, with its caption below it; rows of about the same length.
void lay_out(Stand& stand, ui::Flow& flow, std::span<const Specimen> specimens, const Rows& rows);

// A page whose content may be longer than its place.
void flow_page(Stand& stand, std::string_view name, const ui::Rect& area, const std::function<void(ui::Flow&)>& body);
// Says what follows; stands a little apart from what was before.
void heading(Stand& stand, ui::Flow& flow, std::string_view id);
// "4,8 mm", by the language's own decimal sign. One digit after it.
[[nodiscard]] std::string decimal(const Stand& stand, float number);
[[nodiscard]] std::string millimetres(const Stand& stand, float length_mm);
// A specimen that was touched says so.
void answer(Stand& stand, std::string_view label);

// A place of the given height for what cuts its own height off an area.
void cut_from(ui::Flow& flow, float most_px, const std::function<void(ui::Rect&)>& cut);

// --- the pages, by what they show
void draw_colours(Stand& stand, const ui::Rect& area);
void draw_type(Stand& stand, const ui::Rect& area);
void draw_space(Stand& stand, const ui::Rect& area);
void draw_grounds(Stand& stand, const ui::Rect& area);
void draw_keys(Stand& stand, const ui::Rect& area);
void draw_key_shapes(Stand& stand, const ui::Rect& area);
void draw_tiles(Stand& stand, const ui::Rect& area);
void draw_choices(Stand& stand, const ui::Rect& area);
void draw_checks(Stand& stand, const ui::Rect& area);
void draw_lists(Stand& stand, const ui::Rect& area);
void draw_fields(Stand& stand, const ui::Rect& area);
void draw_keyboard_text(Stand& stand, const ui::Rect& area);
void draw_keyboard_digits(Stand& stand, const ui::Rect& area);
void draw_keyboard_phone(Stand& stand, const ui::Rect& area);
void draw_keyboard_code(Stand& stand, const ui::Rect& area);
void draw_frame_parts(Stand& stand, const ui::Rect& area);
void draw_desk(Stand& stand, const ui::Rect& area);
void draw_dialogs(Stand& stand, const ui::Rect& area);
void draw_messages(Stand& stand, const ui::Rect& area);
void draw_marks(Stand& stand, const ui::Rect& area);
void draw_paths(Stand& stand, const ui::Rect& area);
void draw_receipt_parts(Stand& stand, const ui::Rect& area);
void draw_icons(Stand& stand, const ui::Rect& area);
void draw_pictures(Stand& stand, const ui::Rect& area);

// The dialog that the page opened, over the page; closes it when a key is pressed.
void draw_open_dialog(Stand& stand);
[[nodiscard]] std::span<const std::string_view> dialogs();

}  // namespace mimika::gallery
