// The figures of a day or a month: counts alone, nothing of a person.
#include <algorithm>

#include "ui/screens/officer/desk_words.h"
#include "ui/screens/officer/office_pages.h"
#include "ui/screens/resident/common.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr float kFigureMm = 46.0F;
constexpr float kNumberMm = 22.0F;
constexpr float kBarMm = 2.6F;
constexpr float kTableMm = 110.0F;

LocalDate stepped(const staff::Report& report, int by) {
  if (report.span == staff::ReportSpan::kDay) {
    return LocalDate{std::chrono::sys_days{report.from} + std::chrono::days{by}};
  }
  const std::chrono::year_month month = report.from.year() / report.from.month() + std::chrono::months{by};
  return month / std::chrono::day{1};
}

std::string name_of_line(const std::string& id, const staff::Context& context, const Text& text) {
  if (const Category* category = context.catalogue.find_category({id})) return in_language(category->name, text);
  if (const Service* service = context.catalogue.find_service({id})) return in_language(service->name, text);
  if (const Kampung* kampung = context.catalogue.find_kampung({id})) return kampung->name;
  return id.empty() ? text("officer.report.none") : id;
}

void add_table(ReportPageView& view, const char* title, const std::vector<staff::ReportLine>& lines,
               const staff::Context& context, const Text& text) {
  if (lines.empty()) return;
  std::uint32_t most = 1;
  for (const staff::ReportLine& line : lines) most = std::max(most, line.filed);
  ReportPageView::Table table{.title = text(title), .lines = {}};
  for (const staff::ReportLine& line : lines) {
    table.lines.push_back({.what = name_of_line(line.what, context, text),
                           .filed = std::to_string(line.filed),
                           .closed = std::to_string(line.closed),
                           .share = static_cast<float>(line.filed) / static_cast<float>(most)});
  }
  view.tables.push_back(std::move(table));
}

void fill_figures(ReportPageView& view, const staff::Report& report, const Text& text) {
  const auto add = [&](const char* id, std::uint32_t number) {
    view.figures.push_back({.label = text(id), .number = std::to_string(number)});
  };
  add("officer.report.filed", report.filed);
  add("officer.report.assisted", report.assisted);
  add("officer.report.outreach", report.outreach);
  add("officer.report.verified", report.verified);
  add("officer.report.answered", report.answered);
  add("officer.report.handed_over", report.handed_over);
  add("officer.report.resolved", report.resolved);
  add("officer.report.archived", report.archived);
  add("officer.report.reopened", report.reopened);
  add("officer.report.open_now", report.open_now);
  add("officer.report.late_now", report.late_now);
  add("officer.report.not_arrived", report.not_arrived);
}

void draw_figures(const ReportPageView& view, ui::Ui& ui, ui::Flow& flow) {
  const int across = ui::columns_that_fit(flow.width(), ui.px(kFigureMm) * letter_growth(ui), ui.key_gap(), 6);
  const float cell = ui::columns({0, 0, flow.width(), 0}, across, ui.key_gap()).front().w;
  const float pad = ui.px(3);
  float label = 0;
  for (const ReportPageView::Figure& figure : view.figures) {
    label = std::max(label, ui.text_height(figure.label, TextStyle::kStaff, cell - 2 * pad));
  }
  const float height = ui.line_height(TextStyle::kStaffTitle) + label + 2 * ui.px(2.4F);
  for (std::size_t i = 0; i < view.figures.size();) {
    const std::vector<Rect> cells = ui::columns(flow.next(height), across, ui.key_gap());
    for (const Rect& place : cells) {
      if (i == view.figures.size()) break;
      const ReportPageView::Figure& figure = view.figures[i++];
      ui.card(place);
      Rect inside = place.inset(pad, ui.px(2.4F));
      ui.text(figure.number, inside.cut_top(ui.line_height(TextStyle::kStaffTitle)), {.style = TextStyle::kStaffTitle});
      ui.text(figure.label, inside, {.style = TextStyle::kStaff});
    }
  }
}

float table_height(const ReportPageView& view, const ReportPageView::Table& table, const ui::Ui& ui, float width) {
  const float number = ui.px(kNumberMm) * letter_growth(ui);
  const float inner = width - 2 * ui.px(4.4F) - 2 * number;
  float height = 2 * ui.px(4.4F) + std::max(ui.text_height(table.title, TextStyle::kStaffStrong, inner),
                                            ui.text_height(view.heads_closed, TextStyle::kStaff, number));
  for (const ReportPageView::Table::Line& line : table.lines) {
    height += ui.px(2) + ui.text_height(line.what, TextStyle::kStaff, inner - ui.px(2)) + ui.px(1) + ui.px(kBarMm);
  }
  return height;
}

void draw_table(const ReportPageView& view, const ReportPageView::Table& table, ui::Ui& ui, const Rect& place) {
  Rect inside = ui.card(place);
  const float number = ui.px(kNumberMm) * letter_growth(ui);
  const auto row_of = [&](const std::string& what, const std::string& filed, const std::string& closed, TextStyle style,
                          TextStyle number_style) {
    const float words = inside.w - 2 * number;
    const float height =
        std::max({ui.text_height(what, style, words - ui.px(2)), ui.text_height(filed, number_style, number),
                  ui.text_height(closed, number_style, number)});
    Rect row = inside.cut_top(height);
    ui.text(closed, row.cut_right(number), {.style = number_style, .align = ui::Align::kRight});
    ui.text(filed, row.cut_right(number), {.style = number_style, .align = ui::Align::kRight});
    row.cut_right(ui.px(2));
    ui.text(what, row, {.style = style});
  };
  row_of(table.title, view.heads_filed, view.heads_closed, TextStyle::kStaffStrong, TextStyle::kStaff);
  for (const ReportPageView::Table::Line& line : table.lines) {
    inside.cut_top(ui.px(2));
    row_of(line.what, line.filed, line.closed, TextStyle::kStaff, TextStyle::kStaffStrong);
    inside.cut_top(ui.px(1));
    ui.share_bar(line.share, inside.cut_top(ui.px(kBarMm)));
  }
}

}  // namespace

ReportPageView make_report_page(const staff::Session& session, const staff::Context& context, const Text& text) {
  using staff::ReportSpan;
  ReportPageView view;
  view.desk = make_desk_view(session, context, text);
  view.note = note_of(session, context, text);
  view.head = {.title = text("officer.report.title")};
  view.heads_filed = text("officer.report.head.filed");
  view.heads_closed = text("officer.report.head.closed");
  view.csv = text("officer.report.csv");
  if (!session.report) return view;
  const staff::Report& report = *session.report;
  if (context.printer) {
    view.head.keys.push_back({desk_key("report.print", text("officer.report.print"), "printer"), did::PrintReport{}});
  }
  const bool day = report.span == ReportSpan::kDay;
  view.spans = {{.view = {.id = "report.day", .label = text("officer.report.day"), .selected = day},
                 .does = did::OpenReport{ReportSpan::kDay, report.from}},
                {.view = {.id = "report.month", .label = text("officer.report.month"), .selected = !day},
                 .does = did::OpenReport{ReportSpan::kMonth, report.from}}};
  view.when =
      day ? long_date(text, report.from) : short_day(text, report.from) + " \u2013 " + plain_date(text, report.to);
  view.earlier = {desk_key("report.earlier", text("officer.day.earlier"), "back"),
                  did::OpenReport{report.span, stepped(report, -1)}};
  view.later = {desk_key("report.later", text("officer.day.later"), "next"),
                did::OpenReport{report.span, stepped(report, 1)}};
  if (report.to >= context.today) view.later.view.disabled_reason = text("officer.day.today");
  fill_figures(view, report, text);
  add_table(view, "officer.report.by_category", report.by_category, context, text);
  add_table(view, "officer.report.by_service", report.by_service, context, text);
  add_table(view, "officer.report.by_kampung", report.by_kampung, context, text);
  return view;
}

std::optional<staff::Action> draw_report_page(const ReportPageView& view, ui::Ui& ui) {
  Rect area;
  std::optional<staff::Action> action = draw_desk(view.desk, ui, area);
  if (auto pressed = draw_desk_head(view.head, ui, area)) action = std::move(pressed);
  draw_desk_note(view.note, ui, area);
  if (view.spans.empty()) return action;
  DeskKey earlier = view.earlier;
  DeskKey later = view.later;
  earlier.view.icon_only = later.view.icon_only = true;
  const ui::Size key = ui.key_size(earlier.view);
  float tabs = 0;
  for (const DeskTab& tab : view.spans) tabs += ui.tab_size(tab.view).w + ui.key_gap();
  const float when = ui.measure(view.when, TextStyle::kStaffStrong).w + ui.px(1);
  const float stepper = 2 * key.w + 2 * ui.px(4) + when;
  const bool one_row = tabs + ui.gap() + stepper <= area.w;
  const auto draw_stepper = [&](Rect row) {
    if (ui.key(earlier.view, row.cut_left(key.w, ui.px(4)))) action = earlier.does;
    ui.text(view.when, row.cut_left(std::min(when, row.w - key.w - ui.px(4)), ui.px(4)),
            {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle});
    if (ui.key(later.view, row.cut_left(key.w))) action = later.does;
  };
  if (one_row) {
    Rect row = area;
    row.h = key.h;
    draw_stepper(row.cut_right(stepper));
    row.cut_right(ui.gap());
    Rect for_tabs = area;
    for_tabs.w = row.w;
    if (auto tab = draw_desk_tabs(view.spans, ui, for_tabs)) action = std::move(tab);
    area.cut_top(key.h + ui.px(ui::mm::kKeyEdge), ui.px(2.6F));
  } else {
    if (auto tab = draw_desk_tabs(view.spans, ui, area)) action = std::move(tab);
    Rect row = area.cut_top(key.h + ui.px(ui::mm::kKeyEdge), ui.px(2.6F));
    row.h = key.h;
    draw_stepper(row);
  }
  ui.scroll("report", area, [&](ui::Flow& flow) {
    draw_figures(view, ui, flow);
    const int across = ui::columns_that_fit(flow.width(), ui.px(kTableMm) * letter_growth(ui), ui.gap(), 2);
    const float cell = ui::columns({0, 0, flow.width(), 0}, across, ui.gap()).front().w;
    for (std::size_t i = 0; i < view.tables.size();) {
      float height = 0;
      const std::size_t end = std::min(view.tables.size(), i + static_cast<std::size_t>(across));
      for (std::size_t k = i; k < end; ++k) height = std::max(height, table_height(view, view.tables[k], ui, cell));
      const std::vector<Rect> cells = ui::columns(flow.next(height), across, ui.gap());
      for (std::size_t k = 0; i < end; ++i, ++k) draw_table(view, view.tables[i], ui, cells[k]);
    }
    flow.text(view.csv, {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
  });
  return action;
}

}  // namespace mimika::screens
