// What the officers' counter is made of: rows, tabs, and the entries of its rail.
#include <algorithm>
#include <string>
#include <vector>

#include "ui/gallery/specimens.h"

namespace mimika::gallery {
namespace {

using ui::Rect;

constexpr float kRowMm = 70.0F;
constexpr float kTabMm = 46.0F;
constexpr float kSignColumnMm = 56.0F;

void draw_list_rows(Stand& stand, ui::Flow& flow) {
  ui::Ui& ui = stand.ui;
  std::vector<Specimen> specimens;
  float height = 0;
  const float width = std::min(flow.width(), ui.px(kRowMm));
  for (const Shown shown : kEveryState) {
    const ui::ListRowView view{.id = std::string("desk.row.") + state_name(shown),
                               .label = stand.text("gallery.sample.name"),
                               .detail = stand.text("gallery.sample.water"),
                               .icon = "person",
                               .selected = shown == Shown::kSelected,
                               .disabled_reason = why_disabled(stand, shown)};
    height = std::max(height, ui.list_row_height(view, width));
    specimens.push_back({state_words(stand, shown), [&stand, view, shown](const Rect& place) {
                           const Posed posed(stand.ui, shown);
                           if (stand.ui.list_row(view, place)) answer(stand, view.label);
                         }});
  }
  lay_out(stand, flow, specimens, {.least_px = ui.px(kRowMm), .height_px = height, .most = 3});
}

void draw_tabs(Stand& stand, ui::Flow& flow) {
  ui::Ui& ui = stand.ui;
  std::vector<Specimen> specimens;
  float width = ui.px(kTabMm);
  float height = 0;
  for (const Shown shown : {Shown::kNormal, Shown::kPressed, Shown::kFocused, Shown::kSelected}) {
    const ui::TabView view{.id = std::string("desk.tab.") + state_name(shown),
                           .label = stand.text("gallery.sample.water"),
                           .sign = ui::MarkKind::kLate,
                           .count = "14",
                           .selected = shown == Shown::kSelected};
    width = std::max(width, ui.tab_size(view).w);
    height = std::max(height, ui.tab_size(view).h);
    specimens.push_back({state_words(stand, shown), [&stand, view, shown](const Rect& place) {
                           const Posed posed(stand.ui, shown);
                           if (stand.ui.tab(view, place)) answer(stand, view.label);
                         }});
  }
  lay_out(stand, flow, specimens, {.least_px = width, .height_px = height, .most = 4});
}

void draw_table_rows(Stand& stand, ui::Flow& flow) {
  ui::Ui& ui = stand.ui;
  for (const Shown shown : {Shown::kNormal, Shown::kPressed, Shown::kFocused, Shown::kSelected}) {
    const bool late = shown == Shown::kNormal;
    const ui::TableRowView view{.id = std::string("desk.ticket.") + state_name(shown),
                                .sign = late ? ui::MarkKind::kLate : ui::MarkKind::kYellow,
                                .sign_word = state_words(stand, shown),
                                .title = stand.text("gallery.sample.story"),
                                .detail = "JLA1-0417-E",
                                .urgent = late,
                                .selected = shown == Shown::kSelected};
    const float sign = std::min(ui.px(kSignColumnMm), flow.width() * 0.5F);
    const ui::TableColumns columns{.sign = sign, .title = flow.width() - sign - ui.px(4)};
    const Posed posed(ui, shown);
    if (ui.table_row(view, columns, flow.next(ui.table_row_height(view, columns)))) answer(stand, view.sign_word);
  }
}

void draw_entries(Stand& stand, ui::Flow& flow) {
  ui::Ui& ui = stand.ui;
  constexpr float kSideMm = 2.6F;
  std::vector<ui::RailEntryView> entries;
  float height = 0;
  const float width = std::min(flow.width(), ui.px(kRowMm)) - 2 * ui.px(kSideMm);
  for (const Shown shown : kEveryState) {
    entries.push_back({.id = std::string("desk.entry.") + state_name(shown),
                       .label = state_words(stand, shown),
                       .icon = "inbox",
                       .count = "14",
                       .selected = shown == Shown::kSelected,
                       .disabled_reason = why_disabled(stand, shown)});
    height += ui.rail_entry_size(entries.back(), width).h + ui.gap();
  }
  Rect rail = flow.next(height + ui.px(kSideMm));
  rail.w = width + 2 * ui.px(kSideMm);
  ui.fill(rail, ui.colours().deep);
  rail = rail.inset(ui.px(kSideMm), ui.px(kSideMm));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Posed posed(ui, kEveryState.at(i));
    const float tall = ui.rail_entry_size(entries[i], rail.w).h;
    if (ui.rail_entry(entries[i], rail.cut_top(tall, ui.gap()))) answer(stand, entries[i].label);
  }
}

}  // namespace

void draw_desk(Stand& stand, const Rect& area) {
  flow_page(stand, "desk", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.desk.rows");
    draw_list_rows(stand, flow);
    heading(stand, flow, "gallery.desk.tickets");
    draw_table_rows(stand, flow);
    heading(stand, flow, "gallery.desk.tabs");
    draw_tabs(stand, flow);
    heading(stand, flow, "gallery.desk.rail");
    draw_entries(stand, flow);
    heading(stand, flow, "gallery.desk.bar");
    const Rect bar = flow.next(stand.ui.px(3));
    stand.ui.share_bar(0.6F, bar);
  });
}

}  // namespace mimika::gallery
