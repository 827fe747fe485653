#include "ui/screens/resident/layout.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kTilePadMm = 3.0F;
constexpr float kScrollKeysMm = 20.0F;
constexpr float kStepPitchMm = 14.4F;
constexpr float kNotePadMm = 4.0F;
constexpr float kNoteIconMm = 9.0F;
constexpr float kCardPadMm = 7.0F;
constexpr float kCardIconMm = 26.0F;

float lane_width(float width, int across, float gap) {
  return std::floor((width - gap * static_cast<float>(across - 1)) / static_cast<float>(across));
}

}  // namespace

float widest_word(const ui::Ui& ui, std::string_view words, TextStyle style) {
  float widest = 0;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \n"), words.size());
    widest = std::max(widest, ui.measure(words.substr(0, end), style).w);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return widest;
}

TextStyle one_line_style(const ui::Ui& ui, std::string_view words, float width_px,
                         std::initializer_list<TextStyle> styles) {
  for (const TextStyle style : styles) {
    if (ui.measure(words, style).w <= width_px) return style;
  }
  return *(styles.end() - 1);
}

ui::HeaderView fitted(const ui::Ui& ui, ui::HeaderView header, float width_px) {
  float aside = 0;
  if (header.steps) aside = ui.px(kStepPitchMm) * static_cast<float>(header.steps->total) + ui.px(5);
  if (header.key) aside = ui.key_size(*header.key).w + ui.px(5);
  if (header.mark) aside = ui.mark_pill_size(*header.mark, header.mark_word).w + ui.px(5);
  const float lead = header.icon.empty() && header.picture.empty() ? 0 : ui.px(20);
  const float room = width_px - aside - lead;
  if (header.style == TextStyle::kDisplay) {
    header.style = one_line_style(ui, header.title, room, {TextStyle::kDisplay, TextStyle::kTitle});
  } else {
    header.style = one_line_style(ui, header.title, room, {header.style, TextStyle::kKey});
    // Two lines beside the diamonds anyway: then at least in the size of a question.
    if (ui.measure(header.title, header.style).w > room) header.style = TextStyle::kTitle;
  }
  return header;
}

ui::GridLook fitted(const ui::Ui& ui, std::span<const ui::TileView> tiles, ui::GridLook look, const Rect& area) {
  const float pad = 2 * ui.px(kTilePadMm) + ui.px(2);
  float word = 0;
  for (const ui::TileView& tile : tiles) word = std::max(word, widest_word(ui, tile.label, tile.style));
  look.least_tile_mm = std::max(look.least_tile_mm, ui.metrics().to_mm(std::min(word + pad, area.w)));
  if (tiles.empty()) return look;

  const float edge = ui.px(ui::mm::kTileEdge);
  const auto rows_needed = [&](int across) { return (static_cast<int>(tiles.size()) + across - 1) / across; };
  const auto words_height = [&](float lane) {
    float height = 0;
    for (const ui::TileView& tile : tiles) height = std::max(height, ui.tile_height(tile, lane, 0));
    return height;
  };
  const auto columns_in = [&](float width) {
    return ui::columns_that_fit(width, ui.px(look.least_tile_mm), ui.gap(),
                                std::min(look.most_columns, static_cast<int>(tiles.size())));
  };
  const int across = columns_in(area.w);
  const auto down = static_cast<float>(rows_needed(across));
  const float whole = (words_height(lane_width(area.w, across, ui.gap())) + ui.px(look.picture_mm)) * down +
                      ui.gap() * (down - 1) + edge;
  if (whole <= area.h) return look;

  const float narrow = area.w - ui.px(kScrollKeysMm) - ui.gap();
  const int fewer = columns_in(narrow);
  const float words = words_height(lane_width(narrow, fewer, ui.gap()));
  const float room = area.h - edge;
  const float row = words + ui.px(look.picture_mm);
  const float rows = std::max(1.0F, std::floor((room + ui.gap()) / (row + ui.gap())));
  const float exact = std::floor((room - ui.gap() * (rows - 1)) / rows);
  look.picture_mm = std::max(look.picture_mm, ui.metrics().to_mm(exact - words));
  return look;
}

int columns_for_words(const ui::Ui& ui, std::span<const std::string> labels, TextStyle style, float lead_mm,
                      float width_px, int most) {
  float word = 0;
  for (const std::string& label : labels) word = std::max(word, widest_word(ui, label, style));
  return ui::columns_that_fit(width_px, word + ui.px(lead_mm) + 2, ui.gap(), most);
}

float note_height(const ui::Ui& ui, std::string_view words, float width_px) {
  const float room = width_px - 2 * ui.px(kNotePadMm) - ui.px(kNoteIconMm + 3);
  return std::max(ui.px(kNoteIconMm), ui.text_height(words, TextStyle::kBodyStrong, room)) + 2 * ui.px(3);
}

void draw_note(ui::Ui& ui, std::string_view words, std::string_view icon, ui::Colour ground, const Rect& place) {
  ui.panel(place, ground);
  Rect inner = place.inset(ui.px(kNotePadMm), ui.px(3));
  const float size = ui.px(kNoteIconMm);
  ui.icon(icon, inner.cut_left(size, ui.px(3)).centred({size, size}),
          ui.colours().high() ? std::optional(ui.colours().ink) : std::nullopt);
  ui.text(words, inner,
          {.style = TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle, .hearing = ui::Hearing::kNews});
}

float card_height(const ui::Ui& ui, const CardView& view, float width_px) {
  const float words = width_px - 2 * ui.px(kCardPadMm) - ui.px(kCardIconMm + 7);
  return std::max(ui.px(kCardIconMm), ui.text_height(view.title, TextStyle::kTitle, words) + ui.px(2) +
                                          ui.text_height(view.text, TextStyle::kBody, words)) +
         2 * ui.px(kCardPadMm);
}

void draw_card(ui::Ui& ui, const CardView& view, ui::Colour ground, const Rect& place) {
  ui.card(place);
  Rect inner = place.inset(ui.px(kCardPadMm));
  const float size = ui.px(kCardIconMm);
  const Rect column = inner.cut_left(size, ui.px(7));
  const Rect square = Rect{column.x, column.y, size, std::min(column.h, ui.px(60))}.centred({size, size});
  if (!ui.colours().high()) ui.round(square, ui.px(5), ground);
  ui.icon(view.icon, square.inset(ui.px(5)), ui.colours().high() ? std::optional(ui.colours().ochre) : std::nullopt);
  const float title = ui.text_height(view.title, TextStyle::kTitle, inner.w);
  const float words = ui.text_height(view.text, TextStyle::kBody, inner.w);
  inner.cut_top(std::max(0.0F, (inner.h - title - words - ui.px(2)) / 2));
  ui.text(view.title, inner.cut_top(title, ui.px(2)), {.style = TextStyle::kTitle});
  ui.text(view.text, inner, {.style = TextStyle::kBody});
}

void draw_card_in(ui::Ui& ui, const CardView& view, ui::Colour ground, const Rect& area) {
  const float height = card_height(ui, view, area.w);
  if (height <= area.h) {
    draw_card(ui, view, ground, {area.x, area.y + (area.h - height) * 0.36F, area.w, height});
    return;
  }
  ui.scroll("card", area,
            [&](ui::Flow& flow) { draw_card(ui, view, ground, flow.next(card_height(ui, view, flow.width()))); });
}

}  // namespace mimika::screens
