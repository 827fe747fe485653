// How the screens make room: which columns, which style, which height, so that no word is broken and no row is cut.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "ui/widgets/ui.h"

namespace mimika::screens {

// The widest single word, in pixels.
[[nodiscard]] float widest_word(const ui::Ui& ui, std::string_view words, ui::TextStyle style);

// The first style in which the words take one line of this width; the last one when none does.
[[nodiscard]] ui::TextStyle one_line_style(const ui::Ui& ui, std::string_view words, float width_px,
                                           std::initializer_list<ui::TextStyle> styles);

// A header whose title steps down a style rather than wrap beside the diamonds.
[[nodiscard]] ui::HeaderView fitted(const ui::Ui& ui, ui::HeaderView header, float width_px);

// Columns no narrower than the longest word of any tile, and, where the tiles must scroll, rows that fill the area
// exactly, so that none is cut in the middle.
[[nodiscard]] ui::GridLook fitted(const ui::Ui& ui, std::span<const ui::TileView> tiles, ui::GridLook look,
                                  const ui::Rect& area);

// As many columns as let every label keep its words whole; `lead_mm` is what stands beside the words.
[[nodiscard]] int columns_for_words(const ui::Ui& ui, std::span<const std::string> labels, ui::TextStyle style,
                                    float lead_mm, float width_px, int most);

// A sentence with a sign on a quiet ground.
[[nodiscard]] float note_height(const ui::Ui& ui, std::string_view words, float width_px);
void draw_note(ui::Ui& ui, std::string_view words, std::string_view icon, ui::Colour ground, const ui::Rect& place);

// A card that says one thing: sign, title, text.
struct CardView {
  std::string icon;
  std::string title;
  std::string text;
};
[[nodiscard]] float card_height(const ui::Ui& ui, const CardView& view, float width_px);
void draw_card(ui::Ui& ui, const CardView& view, ui::Colour ground, const ui::Rect& place);
// The same in the upper middle of an area; scrolls when it is longer.
void draw_card_in(ui::Ui& ui, const CardView& view, ui::Colour ground, const ui::Rect& area);

}  // namespace mimika::screens
