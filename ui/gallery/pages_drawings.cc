// Every drawing there is, with the name it goes by in the code.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ui/gallery/specimens.h"

namespace mimika::gallery {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kCloseMm = 1.8F;  // nothing here has an edge or a ring
constexpr std::string_view kIcons = "icons/";

std::string last_part(const std::string& name) {
  return name.substr(name.find('/') + 1);
}

}  // namespace

void draw_icons(Stand& stand, const Rect& area) {
  constexpr float kCellMm = 21.0F;
  constexpr float kHeightMm = 14.0F;
  ui::Ui& ui = stand.ui;
  flow_page(stand, "icons", area, [&](ui::Flow& flow) {
    std::vector<Specimen> specimens;
    float least = ui.px(kCellMm);
    for (const std::string& name : stand.drawings) {
      if (!name.starts_with(kIcons)) continue;
      least = std::max(least, ui.measure(last_part(name), TextStyle::kNote).w);
      specimens.push_back({last_part(name), [&](const Rect& place) {
                             const float side = ui.px(ui::mm::kIcon);
                             ui.round(place, ui.px(ui::mm::kLetterRadius), ui.colours().surface);
                             ui.icon(last_part(name), place.centred({side, side}));
                           }});
    }
    lay_out(
        stand, flow, specimens,
        {.least_px = least, .height_px = ui.px(kHeightMm), .most = 8, .between_mm = kCloseMm, .caption_mm = kCloseMm});
  });
}

void draw_pictures(Stand& stand, const Rect& area) {
  constexpr float kCellMm = 38.0F;
  constexpr float kHeightMm = 28.0F;
  ui::Ui& ui = stand.ui;
  flow_page(stand, "pictures", area, [&](ui::Flow& flow) {
    std::vector<Specimen> specimens;
    float least = ui.px(kCellMm);
    for (const std::string& name : stand.drawings) {
      if (name.starts_with(kIcons)) continue;
      least = std::max(least, ui.measure(last_part(name), TextStyle::kNote).w);
      specimens.push_back({last_part(name), [&](const Rect& place) {
                             ui.round(place, ui.px(ui::mm::kTileRadius), ui.colours().surface);
                             ui.picture(name, place.inset(ui.px(2)), ui::Fit::kMeet);
                           }});
    }
    lay_out(
        stand, flow, specimens,
        {.least_px = least, .height_px = ui.px(kHeightMm), .most = 4, .between_mm = kCloseMm, .caption_mm = kCloseMm});
  });
}

}  // namespace mimika::gallery
