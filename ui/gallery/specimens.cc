#include "ui/gallery/specimens.h"

#include <algorithm>
#include <cmath>

namespace mimika::gallery {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kHeadingMm = 3.0F;  // more above a heading than between rows
constexpr float kRingMm = 3.0F;     // a focus ring stands out by this much

}  // namespace

const char* state_name(Shown shown) {
  switch (shown) {
    case Shown::kNormal:
      return "normal";
    case Shown::kPressed:
      return "pressed";
    case Shown::kFocused:
      return "focused";
    case Shown::kSelected:
      return "selected";
    case Shown::kDisabled:
      return "disabled";
  }
  return "normal";
}

std::string state_words(const Stand& stand, Shown shown) {
  return stand.text(std::string("gallery.state.") + state_name(shown));
}

std::string why_disabled(const Stand& stand, Shown shown) {
  return shown == Shown::kDisabled ? stand.text("gallery.why_disabled") : std::string();
}

Posed::Posed(ui::Ui& ui, Shown shown)
    : ui_(ui),
      before_(ui.pose(shown == Shown::kPressed   ? ui::Pose::kPressed
                      : shown == Shown::kFocused ? ui::Pose::kFocused
                                                 : ui::Pose::kNone)) {}

void lay_out(Stand& stand, ui::Flow& flow, std::span<const Specimen> specimens, const Rows& rows) {
  ui::Ui& ui = stand.ui;
  const float between = ui.px(rows.between_mm);
  const auto count = static_cast<int>(specimens.size());
  const int fitting = ui::columns_that_fit(flow.width(), rows.least_px, between, std::min(rows.most, count));
  const int down = (count + fitting - 1) / fitting;
  const int across = (count + down - 1) / down;
  for (int first = 0; first < count; first += across) {
    const auto row =
        specimens.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(across, count - first)));
    const std::vector<Rect> lanes = ui::columns({0, 0, flow.width(), 0}, across, between);
    float captions = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      captions = std::max(captions, ui.text_height(row[i].caption, TextStyle::kNote, lanes[i].w));
    }
    const float below = captions > 0 ? ui.px(rows.caption_mm) + captions : 0;
    const Rect strip = flow.next(rows.height_px + below);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Rect place{strip.x + lanes[i].x, strip.y, lanes[i].w, rows.height_px};
      row[i].draw(place);
      ui.text(row[i].caption, {place.x, strip.bottom() - captions, place.w, captions},
              {.style = TextStyle::kNote, .align = ui::Align::kCentre});
    }
  }
}

void flow_page(Stand& stand, std::string_view name, const Rect& area, const std::function<void(ui::Flow&)>& body) {
  stand.ui.scroll("gallery." + std::string(name), area, [&](ui::Flow& flow) {
    flow.space(stand.ui.px(kRingMm));  // a ring in the first row is not cut
    body(flow);
    flow.space(stand.ui.px(kRingMm));
  });
}

void heading(Stand& stand, ui::Flow& flow, std::string_view id) {
  flow.space(stand.ui.px(kHeadingMm));
  flow.text(stand.text(id), {.style = TextStyle::kBodyStrong});
}

std::string decimal(const Stand& stand, float number) {
  const auto tenths = std::lround(number * 10);
  return stand.text.format("gallery.decimal", {std::to_string(tenths / 10), std::to_string(tenths % 10)});
}

std::string millimetres(const Stand& stand, float length_mm) {
  return stand.text.format("gallery.mm", {decimal(stand, length_mm)});
}

void answer(Stand& stand, std::string_view label) {
  stand.ui.toast(stand.text.format("gallery.pressed", {label}));
}

void cut_from(ui::Flow& flow, float most_px, const std::function<void(Rect&)>& cut) {
  const Rect start = flow.next(0);
  Rect area{start.x, start.y, start.w, most_px};
  cut(area);
  flow.space(area.y - start.y);
}

}  // namespace mimika::gallery
