#include "ui/screens/resident/home.h"

#include <algorithm>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr float kLeastPictureMm = 12.0F;

struct TileSpec {
  const char* id;
  const char* words;
  const char* picture;
  const char* icon;
  ui::TileShape shape;
};

constexpr std::array<TileSpec, kHomeTiles.size()> kTileSpecs = {{
    {"home.complaint", "home.complaint", "pictures/home-pengaduan", "msg", ui::TileShape::kWide},
    {"home.ideas", "home.ideas", "pictures/home-usul", "help", ui::TileShape::kUpright},
    {"home.track", "home.track", "pictures/home-lacak", "search", ui::TileShape::kUpright},
    {"home.civil", "home.civil", "pictures/home-duduk", "family", ui::TileShape::kUpright},
    {"home.licensing", "home.licensing", "pictures/home-izin", "paper", ui::TileShape::kUpright},
    {"home.health", "home.health", "pictures/home-sehat", "plus", ui::TileShape::kUpright},
    {"home.announcements", "home.announcements", "pictures/home-umum", "screen", ui::TileShape::kRow},
    {"home.rate", "home.rate", "pictures/home-nilai", "star", ui::TileShape::kRow},
}};

// Where each tile stands. A large landscape panel has two rows, the quiet tiles sharing the last place; a small one has
// three rows of three, in smaller words; a portrait panel five rows, and the quiet tiles share a place again.
std::vector<ui::Rect> places_landscape(ui::Rect area, float gap) {
  const std::vector<ui::Rect> rows = ui::rows(area, 2, gap);
  const std::vector<float> shares = {372, 372, 372, 420};
  const std::vector<ui::Rect> upper = ui::columns(rows[0], shares, gap);
  const std::vector<ui::Rect> lower = ui::columns(rows[1], shares, gap);
  const ui::Rect wide{upper[0].x, upper[0].y, upper[1].right() - upper[0].x, upper[0].h};
  const std::vector<ui::Rect> small = ui::rows(lower[3], 2, gap);
  return {wide, upper[2], upper[3], lower[0], lower[1], lower[2], small[0], small[1]};
}

std::vector<ui::Rect> places_small_landscape(ui::Rect area, float gap) {
  std::vector<ui::Rect> cells = ui::grid(area, 3, 3, gap);
  cells[0].w = cells[1].right() - cells[0].x;
  cells.erase(cells.begin() + 1);
  return cells;
}

std::vector<ui::Rect> places_portrait(ui::Rect area, float gap) {
  std::vector<ui::Rect> places;
  const float row_height = (area.h - 3 * gap) / 4.15F;
  places.push_back(area.cut_top(row_height * 1.15F, gap));
  for (int row = 0; row < 3; ++row) {
    const ui::Rect strip = row == 2 ? area : area.cut_top(row_height, gap);
    const std::vector<ui::Rect> pair = ui::columns(strip, 2, gap);
    places.push_back(pair[0]);
    if (row == 2) {
      const std::vector<ui::Rect> small = ui::rows(pair[1], 2, gap);
      places.insert(places.end(), small.begin(), small.end());
    } else {
      places.push_back(pair[1]);
    }
  }
  return places;
}

// No picture squeezed away, no word broken.
bool all_fit(const std::vector<ui::TileView>& tiles, const std::vector<ui::Rect>& places, const ui::Ui& ui) {
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const bool row = tiles[i].shape == ui::TileShape::kRow;
    const float words = places[i].w - ui.px(row ? 32 : 8);
    if (ui.tile_height(tiles[i], places[i].w, ui.px(kLeastPictureMm)) > places[i].h) return false;
    if (widest_word(ui, tiles[i].label, tiles[i].style) > words) return false;
  }
  return true;
}

// One word under each picture: what the detail says is still spoken.
std::vector<ui::TileView> short_tiles(std::vector<ui::TileView> tiles) {
  for (ui::TileView& tile : tiles) {
    tile.detail_spoken_only = true;
    if (tile.shape == ui::TileShape::kWide) continue;
    tile.shape = ui::TileShape::kUpright;
    tile.style = ui::TextStyle::kBodyStrong;
  }
  return tiles;
}

std::vector<ui::TileView> upright(std::vector<ui::TileView> tiles, std::size_t from) {
  for (std::size_t i = from; i < tiles.size(); ++i) {
    tiles[i].shape = ui::TileShape::kUpright;
    tiles[i].style = ui::TextStyle::kKey;
  }
  return tiles;
}

}  // namespace

HomeView make_home_view(const Session& session, const SessionContext& context, const Text& text) {
  HomeView view;
  view.header = {
      .title = text("home.title"),
      .subtitle = text("home.subtitle"),
      .kicker = context.office_name,
      .style = ui::TextStyle::kDisplay,
      .key = ui::KeyView{
          .id = "home.finish", .label = text(session.assisted ? "assist.end" : "home.finish"), .icon = "door"}};
  for (const TileSpec& spec : kTileSpecs) {
    const std::string words = spec.words;
    view.tiles.push_back(
        {.id = spec.id,
         .label = text(words + ".title"),
         .detail = spec.shape == ui::TileShape::kRow ? std::string() : text(words + ".detail"),
         .picture = spec.picture,
         .icon = spec.icon,
         .shape = spec.shape,
         .style = spec.shape == ui::TileShape::kRow ? ui::TextStyle::kBodyStrong : ui::TextStyle::kKey});
  }
  view.tiles.front().strip = ui::KeyKind::kVoice;
  return view;
}

std::optional<Action> draw_home(const HomeView& view, ui::Ui& ui) {
  std::optional<Action> action;
  ui.background_home();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  if (ui.header_key_pressed()) action = action::Finish{};

  ui::Rect room = area;
  room.cut_bottom(ui.px(ui::mm::kTileEdge));
  const auto draw_at = [&](const std::vector<ui::TileView>& tiles, const std::vector<ui::Rect>& places) {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      if (ui.tile(tiles[i], places[i])) action = action::OpenTile{kHomeTiles[i]};
    }
  };
  const std::vector<ui::Rect> large =
      ui.landscape() ? places_landscape(room, ui.gap()) : places_portrait(room, ui.gap());
  if (all_fit(view.tiles, large, ui)) {
    draw_at(view.tiles, large);
    return action;
  }
  if (const auto places = places_small_landscape(room, ui.gap()); ui.landscape()) {
    for (const std::vector<ui::TileView>& small : {upright(view.tiles, 1), short_tiles(view.tiles)}) {
      if (all_fit(small, places, ui)) {
        draw_at(small, places);
        return action;
      }
    }
  }
  // Larger letters: the same tiles in fewer columns, with Up and Down.
  const std::vector<ui::TileView> tiles = upright(view.tiles, 0);
  const ui::GridLook look =
      fitted(ui, tiles, {.most_columns = ui.landscape() ? 3 : 2, .least_tile_mm = 55, .picture_mm = 22}, area);
  if (const auto chosen = ui.tile_grid("home", tiles, look, area)) action = action::OpenTile{kHomeTiles[*chosen]};
  return action;
}

}  // namespace mimika::screens
