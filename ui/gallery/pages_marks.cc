// What a ticket shows: its mark, where it is, its way, and the parts of its receipt.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ui/gallery/specimens.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/resident/qr_matrix.h"

namespace mimika::gallery {
namespace {

using ui::MarkKind;
using ui::PlaceKind;
using ui::Rect;
using ui::TextStyle;

constexpr long kLateDays = 2;
constexpr const char* kSampleCode = "4827109355612048";
constexpr const char* kSampleQr = "MIMIKA1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPJQWEY3EMVTGO2DJNJVWY3LON5YHC4TT";
constexpr const char* kSampleNumber = "JLA1-0417-K";

using Named = std::pair<ui::Sign, std::string>;

std::vector<Named> marks_of(const Stand& stand) {
  return {{MarkKind::kRed, stand.text("mark.red")},       {MarkKind::kLate, stand.text.count("mark.late", kLateDays)},
          {MarkKind::kYellow, stand.text("mark.yellow")}, {MarkKind::kHeld, stand.text("mark.held")},
          {MarkKind::kGreen, stand.text("mark.green")},   {MarkKind::kGrey, stand.text("mark.closed")}};
}

std::vector<Named> places_of(const Stand& stand) {
  return {{PlaceKind::kSavedHere, stand.text("track.saved")},
          {PlaceKind::kNotArrived, stand.text("mark.not_arrived")},
          {PlaceKind::kArrived, stand.text("track.arrived")},
          {PlaceKind::kAnswer, stand.text("receipt.next.agency")},
          {PlaceKind::kPerson, stand.text("gallery.marks.person")}};
}

void lay_out_signs(Stand& stand, ui::Flow& flow, const std::vector<Named>& signs, TextStyle style, int most) {
  ui::Ui& ui = stand.ui;
  constexpr float kSignShare = 1.55F;  // of its word's capitals, as Ui::mark_word draws it
  const float sign = ui.metrics().cap_height(style) * kSignShare + ui.px(4);
  Rows rows{.most = most};
  std::vector<Specimen> specimens;
  for (const Named& named : signs) {
    rows.least_px = std::max(rows.least_px, ui.measure(named.second, style).w + sign);
    specimens.push_back({"", [&](const Rect& place) { ui.mark_word(named.first, named.second, place, style); }});
  }
  rows.least_px = std::min(rows.least_px, flow.width());
  for (const Named& named : signs) {
    rows.height_px = std::max({rows.height_px, sign, ui.text_height(named.second, style, rows.least_px - sign)});
  }
  lay_out(stand, flow, specimens, rows);
}

std::vector<ui::PathStep> way_of(const Stand& stand) {
  const auto day = [&](const char* number) {
    return stand.text.format("date.day_month", {number, stand.text("month_short.11")});
  };
  return {{.sign = PlaceKind::kSavedHere, .title = stand.text("track.saved"), .date = day("24")},
          {.sign = PlaceKind::kArrived, .title = stand.text("track.arrived"), .date = day("26")},
          {.sign = MarkKind::kYellow, .title = stand.text("mark.yellow"), .date = day("28"), .current = true},
          {.sign = MarkKind::kGreen, .title = stand.text("mark.green"), .reached = false}};
}

std::vector<ui::PathStep> ahead_of(const Stand& stand) {
  return {{.sign = PlaceKind::kSavedHere,
           .title = stand.text("receipt.next.today"),
           .detail = stand.text("receipt.next.saved")},
          {.sign = PlaceKind::kNotArrived,
           .title = stand.text("receipt.next.network"),
           .detail = stand.text("mark.not_arrived"),
           .reached = false},
          {.sign = PlaceKind::kAnswer, .title = stand.text("receipt.next.agency"), .reached = false}};
}

// Whether every word of the way keeps whole in its cell.
bool row_has_room(const Stand& stand, const std::vector<ui::PathStep>& way, float width) {
  constexpr float kCellPadsMm = 5.0F;
  float word = 0;
  for (const ui::PathStep& step : way) {
    word = std::max(word, screens::widest_word(stand.ui, step.title, TextStyle::kBodyStrong));
  }
  return (word + stand.ui.px(kCellPadsMm)) * static_cast<float>(way.size()) <= width;
}

ui::LabelledRow row_of(const Stand& stand, const char* id, const char* label, const char* value) {
  ui::LabelledRow row{.label = stand.text(label), .value = stand.text(value)};
  row.key = ui::KeyView{.id = std::string("row.") + id,
                        .label = stand.text("review.change"),
                        .icon = "pen",
                        .style = TextStyle::kBodyStrong};
  return row;
}

}  // namespace

void draw_marks(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  flow_page(stand, "marks", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.marks.of_ticket");
    lay_out_signs(stand, flow, marks_of(stand), TextStyle::kKey, 2);
    heading(stand, flow, "gallery.marks.of_place");
    lay_out_signs(stand, flow, places_of(stand), TextStyle::kKey, 2);
    heading(stand, flow, "gallery.marks.pills");
    std::vector<Named> pills = marks_of(stand);
    pills.push_back(places_of(stand).front());
    Rows rows{.most = 3};
    std::vector<Specimen> specimens;
    for (const Named& named : pills) {
      const ui::Size size = ui.mark_pill_size(named.first, named.second);
      if (size.w > flow.width()) continue;  // a pill has one line
      rows.least_px = std::max(rows.least_px, size.w);
      rows.height_px = std::max(rows.height_px, size.h);
      specimens.push_back({"", [&, size](const Rect& place) {
                             ui.mark_pill(named.first, named.second, {place.x, place.y, size.w, size.h});
                           }});
    }
    lay_out(stand, flow, specimens, rows);
  });
}

void draw_paths(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kScrollKeysMm = 26.3F;  // with their gap
  const std::vector<ui::PathStep> way = way_of(stand);
  // Asked of the narrower width, or the page would never know whether it needs its keys.
  const bool across = row_has_room(stand, way, area.w - ui.px(kScrollKeysMm));
  flow_page(stand, "paths", area, [&](ui::Flow& flow) {
    if (across) {
      heading(stand, flow, "gallery.paths.across");
      const Rect strip = flow.next(ui.path_across_height(way, flow.width()));
      ui.card(strip);
      ui.path_across(way, strip);
    }
    const float pad = ui.px(4.4F);
    const auto column = [&](const char* id, const std::vector<ui::PathStep>& steps) {
      heading(stand, flow, id);
      const float inner = flow.width() - 2 * pad;
      ui.path_down(steps, ui.card(flow.next(ui.path_down_height(steps, inner) + 2 * pad + ui.px(2))));
    };
    column("gallery.paths.ahead", ahead_of(stand));
    column("gallery.paths.down", way);
  });
}

void draw_receipt_parts(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kMostBannerMm = 90.0F;
  constexpr float kBannerSidesMm = 44.0F;
  constexpr float kQrMm = 52.0F;
  constexpr float kLeastCodeMm = 90.0F;
  flow_page(stand, "receipt", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.receipt.banner");
    for (const auto& [place, id] : {std::pair{PlaceKind::kSavedHere, "receipt.banner"},
                                    std::pair{PlaceKind::kArrived, "receipt.banner.arrived"}}) {
      const std::string title = stand.text(id);
      // A banner is as wide as the screen; here it is narrower, and does without what stands at its right.
      const float words = ui.measure(title, TextStyle::kBodyStrong).w +
                          ui.measure(kSampleNumber, TextStyle::kBodyStrong).w + ui.px(kBannerSidesMm);
      const char* aside = words <= flow.width() ? kSampleNumber : "";
      cut_from(flow, ui.px(kMostBannerMm), [&, where = place](Rect& room) { ui.banner(where, title, aside, room); });
    }
    heading(stand, flow, "gallery.receipt.code");
    const float side = ui.px(kQrMm);
    const bool beside = flow.width() - side - 2 * ui.gap() >= ui.px(kLeastCodeMm);
    const ui::QrMatrix matrix = screens::make_qr_matrix(kSampleQr);
    const float code_width = beside ? flow.width() - side - 2 * ui.gap() : flow.width();
    const float code = ui.code_groups_height(kSampleCode, 4, code_width);
    const Rect first = flow.next(beside ? std::max(side, code) : side);
    ui.qr(matrix, {first.x, first.y, side, side});
    const Rect groups = beside ? Rect{first.x + side + 2 * ui.gap(), first.y, code_width, first.h} : flow.next(code);
    ui.code_groups(kSampleCode, 4, groups);
    heading(stand, flow, "gallery.receipt.rows");
    ui::LabelledRow where = row_of(stand, "place", "review.place", "gallery.sample.place");
    where.icon = "pin";
    ui::LabelledRow story = row_of(stand, "story", "review.story", "gallery.sample.story");
    story.icon = "msg";
    story.ground = ui.colours().dawn;
    ui::LabelledRow about = row_of(stand, "about", "review.category", "gallery.sample.water");
    about.picture = "pictures/category-air";
    about.icon = "drop";
    for (const ui::LabelledRow* row : {&about, &where, &story}) {
      if (ui.labelled_row(*row, flow.next(ui.labelled_row_height(*row, flow.width())))) answer(stand, row->label);
      ui.line_across(flow.next_mm(1));
    }
  });
}

}  // namespace mimika::gallery
