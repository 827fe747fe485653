// Colours, type, lengths, and the grounds that everything stands on. The names of colours and styles are those of the
// code, in no language.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/gallery/specimens.h"

namespace mimika::gallery {
namespace {

using ui::Colour;
using ui::Palette;
using ui::Rect;
using ui::TextSize;
using ui::TextStyle;

struct Swatch {
  const char* name;
  Colour Palette::* colour;
  Colour Palette::* text = nullptr;  // what stands on it; nullptr: no words do
};

constexpr Swatch kSwatches[] = {{"paper", &Palette::paper, &Palette::ink},
                                {"surface", &Palette::surface, &Palette::ink},
                                {"sand", &Palette::sand, &Palette::ink},
                                {"sago", &Palette::sago, &Palette::on_select},
                                {"select", &Palette::select, &Palette::on_select},
                                {"ochre", &Palette::ochre},
                                {"ink", &Palette::ink, &Palette::paper},
                                {"ink2", &Palette::ink2, &Palette::paper},
                                {"deep", &Palette::deep, &Palette::on_dark},
                                {"tool", &Palette::tool, &Palette::on_dark},
                                {"sea", &Palette::sea, &Palette::on_dark},
                                {"forest", &Palette::forest, &Palette::on_dark},
                                {"clay", &Palette::clay, &Palette::on_dark},
                                {"ember", &Palette::ember},
                                {"sky", &Palette::sky},
                                {"leaf", &Palette::leaf},
                                {"dawn", &Palette::dawn},
                                {"line", &Palette::line},
                                {"edge", &Palette::edge},
                                {"tray", &Palette::tray},
                                {"disabled", &Palette::disabled_fill, &Palette::disabled_text},
                                {"mark red", &Palette::mark_red},
                                {"mark yellow", &Palette::mark_yellow},
                                {"mark green", &Palette::mark_green}};

struct Style {
  const char* name;
  TextStyle style;
};
// Staff screens have smaller letters; the bold ones are as large.
constexpr Style kStyles[] = {
    {"display", TextStyle::kDisplay}, {"title", TextStyle::kTitle}, {"key", TextStyle::kKey},
    {"typed", TextStyle::kTyped},     {"body", TextStyle::kBody},   {"body_strong", TextStyle::kBodyStrong},
    {"note", TextStyle::kNote},       {"code", TextStyle::kCode},   {"staff", TextStyle::kStaff}};

struct Length {
  const char* name;  // "gallery.space.<name>"
  float mm;
};
constexpr Length kLengths[] = {{"target", ui::mm::kTarget},
                               {"small_key", ui::mm::kSmallKey},
                               {"target_floor", ui::mm::kTargetFloor},
                               {"icon", ui::mm::kIcon},
                               {"margin", ui::mm::kMargin},
                               {"tile_gap", ui::mm::kTileGap},
                               {"key_gap", ui::mm::kKeyGap},
                               {"gap_floor", ui::mm::kGapFloor},
                               {"tile_radius", ui::mm::kTileRadius},
                               {"key_radius", ui::mm::kKeyRadius},
                               {"tile_edge", ui::mm::kTileEdge},
                               {"key_edge", ui::mm::kKeyEdge},
                               {"strong_outline", ui::mm::kStrongOutline},
                               {"outline", ui::mm::kOutline}};

std::string hex(Colour colour) {
  return fmt::format("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b);
}

void draw_swatch(Stand& stand, const Swatch& swatch, const Rect& place) {
  ui::Ui& ui = stand.ui;
  const Palette& c = ui.colours();
  const Colour colour = c.*swatch.colour;
  ui.round(place, ui.px(ui::mm::kLetterRadius), c.high() ? c.ink : c.line);
  ui.round(place.inset(ui.px(ui::mm::kOutline)), ui.px(ui::mm::kLetterRadius - ui::mm::kOutline), colour);
}

std::string swatch_words(const Stand& stand, const Swatch& swatch) {
  const Palette& c = stand.ui.colours();
  std::string words = std::string(swatch.name) + "\n" + hex(c.*swatch.colour);
  if (swatch.text != nullptr) {
    const auto ratio = static_cast<float>(ui::contrast_ratio(c.*swatch.colour, c.*swatch.text));
    words += "\n" + stand.text.format("gallery.ratio", {decimal(stand, ratio)});
  }
  return words;
}

// Its four heights, the present one on a ground.
void draw_heights(Stand& stand, const Style& style, const Rect& place) {
  ui::Ui& ui = stand.ui;
  const std::vector<Rect> cells = ui::columns(place, ui::kTextSizes, 0);
  for (int size = 0; size < ui::kTextSizes; ++size) {
    const auto text_size = static_cast<TextSize>(size);
    const Rect& cell = cells[static_cast<std::size_t>(size)];
    const bool now = text_size == ui.metrics().text_size();
    if (now) {
      ui.round(cell.centred({cell.w, ui.line_height(TextStyle::kNote) + ui.px(2)}), ui.px(1.5F), ui.colours().select);
    }
    ui.text(decimal(stand, ui::cap_height_mm(style.style, text_size)), cell,
            {.style = TextStyle::kNote,
             .colour = now ? ui.colours().on_select : ui.colours().ink,
             .align = ui::Align::kCentre,
             .valign = ui::VAlign::kMiddle});
  }
}

void draw_length(Stand& stand, const Length& length, const Rect& place) {
  ui::Ui& ui = stand.ui;
  const Palette& c = ui.colours();
  Rect area = place;
  const Rect ruler = area.cut_left(ui.px(ui::mm::kTarget), ui.px(4));
  const float height = std::min(ruler.h, ui.px(5));
  const float top = ruler.centre().y - height / 2;
  const float tick = std::max(1.0F, ui.px(0.36F));
  const float width = ui.px(length.mm);
  ui.fill({ruler.x, ruler.centre().y - ui.px(1), width, ui.px(2)}, c.high() ? c.ink : c.ochre);
  if (width > 4 * tick) {
    ui.fill({ruler.x, top, tick, height}, c.ink);
    ui.fill({ruler.x + width - tick, top, tick, height}, c.ink);
  }
  ui.text(stand.text(std::string("gallery.space.") + length.name) + "\n" + millimetres(stand, length.mm), area,
          {.valign = ui::VAlign::kMiddle});
}

float length_height(const Stand& stand, const Length& length, float width) {
  const std::string words =
      stand.text(std::string("gallery.space.") + length.name) + "\n" + millimetres(stand, length.mm);
  return stand.ui.text_height(words, TextStyle::kBody, width - stand.ui.px(ui::mm::kTarget + 4));
}

}  // namespace

void draw_colours(Stand& stand, const Rect& area) {
  constexpr float kSwatchMm = 24.0F;
  constexpr float kSwatchHeightMm = 13.0F;
  constexpr float kSwatchGapMm = 4.0F;
  ui::Ui& ui = stand.ui;
  flow_page(stand, "colours", area, [&](ui::Flow& flow) {
    std::vector<Specimen> specimens;
    float least = ui.px(kSwatchMm);
    for (const Swatch& swatch : kSwatches) {
      least = std::max(least, ui.measure(swatch_words(stand, swatch), TextStyle::kNote).w);
      specimens.push_back(
          {swatch_words(stand, swatch), [&, swatch](const Rect& place) { draw_swatch(stand, swatch, place); }});
    }
    lay_out(stand, flow, specimens,
            {.least_px = least,
             .height_px = ui.px(kSwatchHeightMm),
             .most = 8,
             .between_mm = kSwatchGapMm,
             .caption_mm = 1.0F});
  });
}

void draw_type(Stand& stand, const Rect& area) {
  constexpr float kHeightsMm = 56.0F;  // of the four numbers
  constexpr float kLeastSampleMm = 90.0F;
  ui::Ui& ui = stand.ui;
  flow_page(stand, "type", area, [&](ui::Flow& flow) {
    flow.text(stand.text("gallery.type.heights"));
    const float numbers = std::max(ui.px(kHeightsMm), 4 * (ui.measure("88,8", TextStyle::kNote).w + ui.px(3)));
    const bool beside =
        flow.width() - numbers - ui.px(6) >= ui.px(kLeastSampleMm) && ui.metrics().text_size() == TextSize::kNormal;
    for (const Style& style : kStyles) {
      const bool code = style.style == TextStyle::kCode;
      const std::string sample =
          code ? std::string("4827 1093") : stand.text(std::string("gallery.type.") + style.name);
      const float note = ui.line_height(TextStyle::kNote) + ui.px(2);
      const float width = beside ? flow.width() - numbers - ui.px(6) : flow.width();
      const float height = ui.text_height(sample, style.style, width);
      Rect strip = flow.next(beside ? std::max(height, note) : height + note + ui.px(1));
      const Rect heights = beside ? strip.cut_left(numbers, ui.px(6))
                                  : Rect{strip.x, strip.y, std::min(strip.w, numbers), strip.cut_top(note, ui.px(1)).h};
      draw_heights(stand, style, heights);
      ui.text(sample, strip, {.style = style.style, .valign = ui::VAlign::kMiddle});
    }
  });
}

void draw_space(Stand& stand, const Rect& area) {
  constexpr float kLaneMm = 84.0F;
  ui::Ui& ui = stand.ui;
  flow_page(stand, "space", area, [&](ui::Flow& flow) {
    const int across = ui::columns_that_fit(flow.width(), ui.px(kLaneMm), 2 * ui.gap(), 2);
    const std::vector<Rect> lanes = ui::columns({0, 0, flow.width(), 0}, across, 2 * ui.gap());
    const std::size_t count = std::size(kLengths);
    const auto step = static_cast<std::size_t>(across);
    for (std::size_t first = 0; first < count; first += step) {
      float height = 0;
      for (std::size_t i = first; i < std::min(count, first + step); ++i) {
        height = std::max(height, length_height(stand, kLengths[i], lanes.front().w));
      }
      const Rect strip = flow.next(height);
      for (std::size_t i = first; i < std::min(count, first + step); ++i) {
        draw_length(stand, kLengths[i], {strip.x + lanes[i - first].x, strip.y, lanes.front().w, strip.h});
      }
    }
  });
}

void draw_grounds(Stand& stand, const Rect& area) {
  constexpr float kGroundMm = 44.0F;
  constexpr float kBandMm = 7.8F;
  constexpr float kLevelsMm = 18.0F;
  constexpr int kLevels = 30;
  constexpr std::size_t kMostLevels = 48;
  constexpr std::int64_t kLevelMs = 120;
  ui::Ui& ui = stand.ui;
  const Palette& c = ui.colours();
  flow_page(stand, "grounds", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.grounds.band");
    ui.band(flow.next_mm(kBandMm));
    heading(stand, flow, "gallery.grounds.cards");
    const auto word = [&](const Rect& inside, const char* id, Colour colour) {
      ui.text(stand.text(id), inside,
              {.style = TextStyle::kBodyStrong,
               .colour = colour,
               .align = ui::Align::kCentre,
               .valign = ui::VAlign::kMiddle});
    };
    const std::vector<Specimen> grounds = {
        {"", [&](const Rect& place) { word(ui.card(place), "gallery.grounds.card", c.ink); }},
        {"", [&](const Rect& place) { word(ui.panel(place, c.sky), "gallery.grounds.panel", c.ink); }},
        {"", [&](const Rect& place) { word(ui.panel(place, c.leaf), "gallery.grounds.panel", c.ink); }},
        {"", [&](const Rect& place) { word(ui.selected_panel(place), "gallery.grounds.selected", c.on_select); }}};
    float least = ui.px(kGroundMm);
    for (const char* id : {"gallery.grounds.card", "gallery.grounds.panel", "gallery.grounds.selected"}) {
      least = std::max(least, ui.measure(stand.text(id), TextStyle::kBodyStrong).w + ui.px(10));
    }
    lay_out(stand, flow, grounds, {.least_px = least, .height_px = ui.px(ui::mm::kTarget), .most = 4});
    heading(stand, flow, "gallery.grounds.levels");
    // A voice that nobody records: it rises and falls, and with full motion it runs.
    const auto shift = ui.reduce_motion() ? 0 : static_cast<int>(ui.now_ms() / kLevelMs % kLevels);
    std::vector<float> levels;
    for (int i = 0; i < kLevels; ++i) {
      const int at = i + shift;
      levels.push_back(0.2F + 0.7F * static_cast<float>((at * 37) % 11) / 11);
    }
    if (!ui.reduce_motion()) ui.animate(kLevelMs - ui.now_ms() % kLevelMs);
    ui.level_bars(levels, kMostLevels, flow.next_mm(kLevelsMm));
  });
}

}  // namespace mimika::gallery
