// Keys and tiles: each kind in each state.
#include <algorithm>
#include <string>
#include <vector>

#include "ui/gallery/specimens.h"
#include "ui/screens/resident/layout.h"

namespace mimika::gallery {
namespace {

using ui::Rect;
using ui::TextStyle;

struct Kind {
  const char* name;  // heading "gallery.keys.<name>"
  ui::KeyKind kind;
  const char* label;  // a message of the product
  const char* icon;
  ui::IconSide side = ui::IconSide::kLeft;
};

constexpr Kind kKinds[] = {{"primary", ui::KeyKind::kPrimary, "nav.next", "next", ui::IconSide::kRight},
                           {"secondary", ui::KeyKind::kSecondary, "nav.back", "back"},
                           {"quiet", ui::KeyKind::kQuiet, "nav.cancel", "x"},
                           {"voice", ui::KeyKind::kVoice, "story.voice", "mic"},
                           {"photo", ui::KeyKind::kPhoto, "story.photo", "camera"},
                           {"danger", ui::KeyKind::kDanger, "voice.discard", "x"}};

void press_key(Stand& stand, const ui::KeyView& view, const Rect& place) {
  if (stand.ui.key(view, place)) answer(stand, view.label);
}

// A narrow key gives up its padding before its words.
float least_width(const Stand& stand, const ui::KeyView& key) {
  constexpr float kPaddedShare = 0.92F;
  return std::max(stand.ui.key_size(key).w * kPaddedShare, stand.ui.px(ui::mm::kTarget));
}

// The same key in every state; keys of one page are as wide as the widest of them needs.
void draw_states(Stand& stand, ui::Flow& flow, const ui::KeyView& base, float least_px) {
  constexpr float kBetweenMm = 5.2F;  // room for one ring, and for words of a wide key
  ui::Ui& ui = stand.ui;
  std::vector<Specimen> specimens;
  specimens.reserve(kEveryState.size());
  for (const Shown shown : kEveryState) {
    specimens.push_back({state_words(stand, shown), [&stand, base, shown](const Rect& place) {
                           ui::KeyView view = base;
                           view.id += std::string(".") + state_name(shown);
                           view.selected = shown == Shown::kSelected;
                           view.disabled_reason = why_disabled(stand, shown);
                           const Posed posed(stand.ui, shown);
                           press_key(stand, view, place);
                         }});
  }
  lay_out(stand, flow, specimens,
          {.least_px = least_px,
           .height_px = ui.key_size(base).h,
           .most = static_cast<int>(kEveryState.size()),
           .between_mm = kBetweenMm});
}

ui::KeyView small_key(const Stand& stand, const char* id, const char* label, const char* icon) {
  return {.id = std::string("key.") + id, .label = stand.text(label), .icon = icon, .style = TextStyle::kBodyStrong};
}

}  // namespace

void draw_keys(Stand& stand, const Rect& area) {
  std::vector<ui::KeyView> keys;
  float least = 0;
  for (const Kind& kind : kKinds) {
    keys.push_back({.id = std::string("key.") + kind.name,
                    .label = stand.text(kind.label),
                    .icon = kind.icon,
                    .kind = kind.kind,
                    .icon_side = kind.side});
    least = std::max(least, least_width(stand, keys.back()));
  }
  flow_page(stand, "keys", area, [&](ui::Flow& flow) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      heading(stand, flow, std::string("gallery.keys.") + kKinds[i].name);
      draw_states(stand, flow, keys[i], least);
    }
  });
}

void draw_key_shapes(Stand& stand, const Rect& area) {
  flow_page(stand, "key_shapes", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.keys.small");
    const ui::KeyView small = small_key(stand, "small", "review.change", "pen");
    draw_states(stand, flow, small, least_width(stand, small));
    heading(stand, flow, "gallery.keys.above");
    ui::KeyView above{.id = "key.above", .label = stand.text("story.photo"), .icon = "camera"};
    above.icon_side = ui::IconSide::kAbove;
    draw_states(stand, flow, above, least_width(stand, above));
    heading(stand, flow, "gallery.keys.signs");
    ui::KeyView badge = above;
    badge.id = "key.badge";
    badge.badge = "2";
    ui::KeyView sign{.id = "key.sign", .label = stand.text("nav.back"), .icon = "back"};
    sign.icon_only = true;
    ui::KeyView word{.id = "key.word", .label = stand.text("nav.next"), .kind = ui::KeyKind::kPrimary};
    const std::vector<Specimen> shapes = {
        {stand.text("gallery.keys.badge"), [&, badge](const Rect& place) { press_key(stand, badge, place); }},
        {stand.text("gallery.keys.icon_only"), [&, sign](const Rect& place) { press_key(stand, sign, place); }},
        {stand.text("gallery.keys.word"), [&, word](const Rect& place) { press_key(stand, word, place); }}};
    const float widest = std::max(stand.ui.key_size(badge).w, stand.ui.key_size(word).w);
    lay_out(stand, flow, shapes, {.least_px = widest, .height_px = stand.ui.key_size(badge).h, .most = 5});
    heading(stand, flow, "gallery.keys.sand");
    ui::KeyView sand{.id = "key.sand", .label = stand.text("key.digits"), .kind = ui::KeyKind::kSand};
    draw_states(stand, flow, sand, least_width(stand, sand));
    heading(stand, flow, "gallery.keys.tool");
    ui::KeyView tool{.id = "key.tool", .label = stand.text("tool.contrast"), .icon = "contrast"};
    tool.kind = ui::KeyKind::kTool;
    tool.icon_side = ui::IconSide::kAbove;
    tool.style = TextStyle::kBodyStrong;
    draw_states(stand, flow, tool, least_width(stand, tool));
  });
}

void draw_tiles(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kTileMm = 33.0F;  // the least width
  constexpr float kPictureMm = 26.0F;
  constexpr float kWideMm = 80.0F;
  constexpr float kArrowMm = 22.0F;  // and the padding
  constexpr float kRowMm = 62.0F;
  constexpr float kRowPictureMm = 34.0F;  // and the padding
  const auto touch = [&](const ui::TileView& tile, const Rect& place) {
    if (ui.tile(tile, place)) answer(stand, tile.label);
  };
  constexpr float kTilePadsMm = 7.0F;
  flow_page(stand, "tiles", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.tiles.upright");
    ui::TileView upright{.id = "tile", .label = stand.text("gallery.sample.water"), .picture = "pictures/category-air"};
    upright.icon = "drop";
    upright.style = TextStyle::kBodyStrong;
    std::vector<Specimen> states;
    states.reserve(kEveryState.size());
    for (const Shown shown : kEveryState) {
      states.push_back({state_words(stand, shown), [&, upright, shown](const Rect& place) {
                          ui::TileView tile = upright;
                          tile.id += std::string(".") + state_name(shown);
                          tile.selected = shown == Shown::kSelected;
                          tile.disabled_reason = why_disabled(stand, shown);
                          const Posed posed(ui, shown);
                          touch(tile, place);
                        }});
    }
    const float least = std::max(ui.px(kTileMm), ui.measure(upright.label, upright.style).w + ui.px(kTilePadsMm));
    lay_out(stand, flow, states,
            {.least_px = least, .height_px = ui.tile_height(upright, least, ui.px(kPictureMm)), .most = 5});

    heading(stand, flow, "gallery.tiles.wide");
    ui::TileView wide{.id = "tile.wide",
                      .label = stand.text("home.complaint.title"),
                      .detail = stand.text("home.complaint.detail"),
                      .picture = "pictures/home-pengaduan"};
    wide.icon = "msg";
    wide.shape = ui::TileShape::kWide;
    ui::TileView detail{.id = "tile.detail",
                        .label = stand.text("home.track.title"),
                        .detail = stand.text("home.track.detail"),
                        .picture = "pictures/home-lacak"};
    detail.icon = "search";
    detail.number = "1";
    const float wide_px = std::max(ui.px(kWideMm), screens::widest_word(ui, wide.label, wide.style) + ui.px(kArrowMm));
    const std::vector<Specimen> pair = {{"", [&](const Rect& place) { touch(wide, place); }},
                                        {"", [&](const Rect& place) { touch(detail, place); }}};
    lay_out(stand, flow, pair,
            {.least_px = wide_px,
             .height_px = std::max(ui.tile_height(wide, wide_px, ui.px(kPictureMm)),
                                   ui.tile_height(detail, wide_px, ui.px(kPictureMm))),
             .most = 2});

    heading(stand, flow, "gallery.tiles.row");
    ui::TileView news{
        .id = "tile.row", .label = stand.text("home.announcements.title"), .picture = "pictures/home-umum"};
    news.icon = "screen";
    news.shape = ui::TileShape::kRow;
    news.style = TextStyle::kBodyStrong;
    ui::TileView icon = news;
    icon.id = "tile.icon";
    icon.picture = "icons/baby";
    icon.icon = "baby";
    icon.ground = ui.colours().dawn;
    icon.label = stand.text("gallery.sample.birth");
    float row_px = ui.px(kRowMm);
    for (const ui::TileView* tile : {&news, &icon}) {
      row_px = std::max(row_px, screens::widest_word(ui, tile->label, tile->style) + ui.px(kRowPictureMm));
    }
    const std::vector<Specimen> rows = {{"", [&](const Rect& place) { touch(news, place); }},
                                        {"", [&](const Rect& place) { touch(icon, place); }}};
    lay_out(stand, flow, rows,
            {.least_px = row_px,
             .height_px = std::max(ui.tile_height(news, row_px, 0), ui.tile_height(icon, row_px, 0)),
             .most = 3});
  });
}

}  // namespace mimika::gallery
