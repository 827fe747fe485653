// Tiles: a picture over its word, clipped to one radius.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kTilePadMm = 3.0F;      // around the label
constexpr float kRowPictureMm = 24.0F;  // kRow: width of the picture
constexpr float kArrowMm = 11.0F;
constexpr float kBadgeMm = 9.0F;
constexpr float kNumberMm = 11.0F;
constexpr float kHighIconMm = 17.0F;
constexpr float kLeastPictureMm = 17.0F;
constexpr float kLowRatio = 2.8F;  // width to height of a wide tile in a low place

bool is_icon(const std::string& picture) {
  return picture.starts_with("icons/");
}

struct TileLook {
  Colour ground;
  Colour text;
  Colour text2;
  Colour line;
  Colour edge;
  float line_mm = 0.36F;
  bool has_edge = true;
};

TileLook look_of(const TileView& view, const Ui::Touchable& touch, const Palette& c) {
  const bool disabled = !view.disabled_reason.empty();
  const bool wide = view.shape == TileShape::kWide;
  if (c.high()) {
    const KeyState state = disabled        ? KeyState::kDisabled
                           : touch.pressed ? KeyState::kPressed
                           : view.selected ? KeyState::kSelected
                                           : KeyState::kNormal;
    const KeyLook key = key_look(wide ? KeyKind::kPrimary : KeyKind::kSecondary, state, c);
    return {key.fill, key.text, key.text, key.line, key.edge, key.line_mm, false};
  }
  if (disabled) {
    return {c.disabled_fill, c.disabled_text, c.disabled_text, c.disabled_line, c.disabled_line, mm::kOutline, false};
  }
  TileLook look{c.surface, c.ink, c.ink2, c.line, c.edge};
  if (wide) {
    const KeyLook strip = key_look(view.strip, touch.pressed ? KeyState::kPressed : KeyState::kNormal, c);
    look.ground = strip.fill;
    look.text = look.text2 = strip.text;
  }
  if (view.selected) {
    look = {c.sago, c.on_select, c.on_select, c.ink, rgb(0xC58A1E), mm::kStrongOutline};
  }
  if (touch.pressed) {
    look.ground = wide ? look.ground : c.sand;
    look.has_edge = false;
  }
  return look;
}

// A scene fills its place and loses what stands over, unless that is most of it: then it is shown whole, with its
// ground drawn on at the sides.
Fit fit_of(const Size& natural, const Rect& place) {
  constexpr float kLeastShare = 0.6F;
  if (natural.w <= 0 || natural.h <= 0 || place.empty()) return Fit::kOwn;
  const float ratio = (natural.w / natural.h) / (place.w / place.h);
  return std::min(ratio, 1 / ratio) < kLeastShare ? Fit::kMeet : Fit::kOwn;
}

// The second line that is drawn; the detail itself is always spoken.
std::string_view shown_detail(const TileView& view) {
  return view.detail_spoken_only ? std::string_view() : std::string_view(view.detail);
}

}  // namespace

float Ui::tile_height(const TileView& view, float width_px, float picture_px) const {
  const float pad = px(kTilePadMm);
  const std::string_view detail = shown_detail(view);
  if (view.shape == TileShape::kRow) {
    const float room = width_px - px(kRowPictureMm) - 2 * pad;
    float height = text_height(view.label, view.style, room);
    if (!detail.empty()) {
      height += text_height(detail, TextStyle::kBody, room);
    }
    return std::max(px(mm::kTarget), height + 2 * pad);
  }
  const float arrow = view.shape == TileShape::kWide ? px(kArrowMm) + pad : 0;
  float height = picture_px + 2 * pad + text_height(view.label, view.style, width_px - 2 * pad - arrow);
  if (!detail.empty()) {
    height += text_height(detail, TextStyle::kBody, width_px - 2 * pad - arrow);
  }
  return std::max(px(mm::kTarget), height);
}

bool Ui::tile(const TileView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  Rect body = snapped(rect);
  const Touchable touch =
      touchable(view.id, body, Role::kTile, view.detail.empty() ? view.label : view.label + ". " + view.detail,
                view.disabled_reason);
  s.hear_instead({view.label, view.detail, view.selected ? std::string_view(s.words.selected) : std::string_view()});
  const TileLook look = look_of(view, touch, c);
  const float edge = c.high() ? 0 : px(mm::kTileEdge);
  const float radius = px(mm::kTileRadius);
  s.draw_key_ground(*this, body, radius, edge,
                    {.fill = look.ground,
                     .text = look.text,
                     .edge = look.edge,
                     .line = look.line,
                     .has_fill = true,
                     .has_edge = look.has_edge,
                     .line_mm = look.line_mm},
                    touch.pressed);
  if (touch.pressed) {
    body = body.moved(0, edge);
  }
  const float line = std::max(1.0F, std::round(look.line_mm * metrics().px_per_mm()));
  Rect inner = body.inset(line);
  const float inner_radius = std::max(0.0F, radius - line);
  const float pad = px(kTilePadMm);
  const bool row = view.shape == TileShape::kRow;
  const bool wide = view.shape == TileShape::kWide;

  // The words first: the picture takes what they leave.
  const std::string_view detail = shown_detail(view);
  const float arrow = wide ? px(kArrowMm) + pad : 0;
  const float icon_room = c.high() && row ? px(kHighIconMm) + pad : row ? px(kRowPictureMm) : 0;
  // A wide tile in a low place shows its picture at the left, whole, rather than a strip of it.
  const bool beside = wide && !c.high() && inner.w > kLowRatio * inner.h;
  const float words_width = (beside ? inner.w - std::round(inner.w / 2) : inner.w) - 2 * pad - arrow - icon_room;
  const float label_height = text_height(view.label, view.style, words_width);
  const float detail_height = detail.empty() ? 0 : text_height(detail, TextStyle::kBody, words_width);
  const float words_height = label_height + detail_height;
  Rect words;
  Rect scene;
  if (row) {
    scene = inner.cut_left(icon_room);
    words = inner.inset(pad, 0);
  } else if (beside) {
    scene = inner.cut_left(std::round(inner.w / 2));
    words = inner.inset(pad, 0);
    words.cut_right(arrow);
  } else {
    const float least = words_height + 2 * pad;
    const float share = wide ? 0.36F : 0.4F;
    words = inner.cut_bottom(std::max(least, std::round(inner.h * share)));
    scene = inner;
    words = words.inset(pad, 0);
    words.cut_right(arrow);
  }
  if (words_height > words.h + 1) {
    s.overflows.push_back(view.label);
  }

  if (c.high()) {
    const float size = std::min({px(kHighIconMm), scene.h - 2 * pad, row ? scene.w - pad : scene.w - 2 * pad});
    const bool only_a_scene = view.icon.empty() && !view.picture.empty() && !is_icon(view.picture);
    const std::string name = !view.icon.empty() ? view.icon : is_icon(view.picture) ? view.picture.substr(6) : "paper";
    if (size > 0 && only_a_scene) {
      // Twelve tiles with the same sign would tell nothing to who cannot read: the scene, small and framed.
      picture(view.picture, {scene.x + pad, scene.y + pad, std::min(size * 1.3F, scene.w - 2 * pad), size}, Fit::kMeet,
              px(2));
    } else if (size > 0) {
      const bool plain = !touch.pressed && !view.selected && !wide && view.disabled_reason.empty();
      const Rect at{scene.x + pad, row ? scene.centre().y - size / 2 : scene.y + pad, size, size};
      icon(name, at, plain ? c.ochre : look.text);
    }
  } else if (!scene.empty()) {
    const unsigned corners = row || beside ? kTopLeft | kBottomLeft : kTopLeft | kTopRight;
    if (is_icon(view.picture)) {
      round(scene, inner_radius, view.ground.value_or(c.sky), corners);
      const float size = std::round(std::min({scene.h * 0.66F, scene.w * 0.66F, px(22)}));
      icon(view.picture.substr(6), scene.centred({size, size}));
    } else if (!view.picture.empty()) {
      const Fit fit = beside ? Fit::kMeet : fit_of(s.pictures.natural_size(view.picture), scene);
      picture(view.picture, scene, fit, inner_radius, corners);
    }
    if (!view.disabled_reason.empty()) {
      Colour veil = c.disabled_fill;
      veil.a = 140;
      round(scene, inner_radius, veil, corners);
    }
  }

  const bool left = row || wide || !detail.empty() || c.high();
  const Align align = left ? Align::kLeft : Align::kCentre;
  const float top = c.high() && !row ? words.bottom() - pad - words_height : words.centre().y - words_height / 2;
  text(view.label, {words.x, top, words.w, label_height}, {.style = view.style, .colour = look.text, .align = align});
  if (!detail.empty()) {
    text(detail, {words.x, top + label_height, words.w, detail_height}, {.colour = look.text2, .align = align});
  }
  if (wide) {
    const float size = px(kArrowMm);
    icon("next", {words.right() + pad / 2, words.centre().y - size / 2, size, size}, look.text);
  }
  if (!view.number.empty()) {
    const float size = px(kNumberMm);
    const Rect place{body.x + px(2), body.y + px(2), size, size};
    round(place, size / 2, c.ink);
    text(view.number, place,
         {.style = TextStyle::kBodyStrong, .colour = c.surface, .align = Align::kCentre, .valign = VAlign::kMiddle});
  }
  if (view.selected) {
    const float size = px(kBadgeMm);
    const Rect place{body.right() - size - px(2), body.y + px(2), size, size};
    round(place, size / 2, c.high() ? c.on_select : c.on_dark);
    round(place.inset(px(0.5F)), size / 2, c.high() ? c.select : c.sea);
    icon("check", place.inset(px(2)), c.high() ? c.on_select : c.on_dark);
  }
  if (touch.focused) {
    focus_ring(body, radius);
  }
  return touch.activated;
}

std::optional<std::size_t> Ui::tile_grid(std::string_view id, std::span<const TileView> tiles, const GridLook& look,
                                         const Rect& area) {
  std::optional<std::size_t> chosen;
  if (tiles.empty()) {
    return chosen;
  }
  const float spacing = gap();
  const auto plan = [&](float width, float picture_px) {
    const int across = columns_that_fit(width, px(look.least_tile_mm), spacing,
                                        std::min(look.most_columns, static_cast<int>(tiles.size())));
    const std::vector<Rect> lanes = columns({0, 0, width, 0}, across, spacing);
    float height = 0;
    for (const TileView& tile : tiles) {
      height = std::max(height, tile_height(tile, lanes.front().w, picture_px));
    }
    return std::pair{across, height};
  };
  const auto down_of = [&](int across) { return (static_cast<int>(tiles.size()) + across - 1) / across; };
  const auto draw_row = [&](int row, int across, const Rect& strip) {
    const std::vector<Rect> cells = columns(strip, across, spacing);
    for (int column = 0; column < across; ++column) {
      const auto index =
          static_cast<std::size_t>(row) * static_cast<std::size_t>(across) + static_cast<std::size_t>(column);
      if (index < tiles.size() && tile(tiles[index], cells[static_cast<std::size_t>(column)])) {
        chosen = index;
      }
    }
  };

  // The lower edges of the last row hang below it.
  Rect room = area;
  room.cut_bottom(px(mm::kTileEdge));
  // Smaller pictures before a second page: all choices at once are worth more than large scenes.
  auto [across, height] = plan(room.w, px(look.picture_mm));
  const int down = down_of(across);
  const auto total_of = [&](float row) {
    return row * static_cast<float>(down) + spacing * static_cast<float>(down - 1);
  };
  if (total_of(height) > room.h) {
    height = plan(room.w, std::min(px(look.picture_mm), px(kLeastPictureMm))).second;
  }
  const float total = total_of(height);
  if (total <= room.h) {
    const float stretched = (room.h - spacing * static_cast<float>(down - 1)) / static_cast<float>(down);
    const float row_height = look.fill ? stretched : height;
    for (int row = 0; row < down; ++row) {
      draw_row(row, across, {room.x, room.y + static_cast<float>(row) * (row_height + spacing), room.w, row_height});
    }
    return chosen;
  }
  scroll(id, area, [&](Flow& flow) {
    const auto [narrow_across, narrow_height] = plan(flow.width(), px(look.picture_mm));
    for (int row = 0; row < down_of(narrow_across); ++row) {
      draw_row(row, narrow_across, flow.next(narrow_height));
    }
  });
  return chosen;
}

}  // namespace mimika::ui
