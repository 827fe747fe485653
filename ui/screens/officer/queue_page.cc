#include "ui/screens/officer/queue_page.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/common.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr float kGlanceMm = 84.0F;
constexpr float kTableLeastMm = 140.0F;  // beside a glance
constexpr float kSignColumnMm = 51.0F;
constexpr float kLowPanelMm = 150.0F;  // its height goes to the rows: the rail says which page it is
constexpr float kSignMostShare = 0.42F;
constexpr float kAgencyColumnMm = 29.0F;
constexpr float kPlaceColumnMm = 34.0F;
constexpr float kSubjectLeastMm = 58.0F;
constexpr float kPageKeyShare = 1.3F;  // width to height
constexpr std::size_t kExcerptBytes = 400;

struct TabOf {
  QueueTab tab;
  const char* id;
  std::optional<ui::Sign> sign;
};

std::vector<DeskTab> tabs_of(const staff::QueuePage& page, const Text& text) {
  const TabOf kTabs[] = {{QueueTab::kAll, "all", {}},
                         {QueueTab::kLate, "late", ui::MarkKind::kLate},
                         {QueueTab::kNew, "new", ui::MarkKind::kRed},
                         {QueueTab::kOurs, "ours", {}},
                         {QueueTab::kBack, "back", {}},
                         {QueueTab::kClosed, "closed", {}}};
  std::vector<DeskTab> tabs;
  for (const TabOf& one : kTabs) {
    tabs.push_back({.view = {.id = std::string("queue.") + one.id,
                             .label = text(std::string("officer.tab.") + one.id),
                             .sign = one.sign,
                             .count = std::to_string(page.counts.at(static_cast<std::size_t>(one.tab))),
                             .selected = page.tab == one.tab},
                    .does = did::ShowTab{one.tab}});
  }
  return tabs;
}

std::string title_of_row(const staff::QueueRow& row, const staff::Context& context, const Text& text) {
  if (is_secret(row.confidentiality)) return text("officer.row.secret");
  const std::string_view words = row.words.view();
  if (!words.empty()) return std::string(words.substr(0, kExcerptBytes));
  return subject_words(row.kind, row.category, row.service, context, text);
}

TicketTable::Row table_row_of(const staff::QueueRow& row, std::size_t index, const staff::Session& session,
                              const staff::Context& context, const Text& text) {
  const SignWords sign = sign_of_row(row, context, text);
  const SignWords place = arrival_of(row.arrived_ms, text);
  std::string detail = format_ticket_number(row.number);
  if (const std::string kampung = kampung_words(row.kampung, context); !kampung.empty()) detail += ", " + kampung;
  return {.view = {.id = "queue.row." + std::to_string(index + 1),
                   .sign = sign.sign,
                   .sign_word = sign.words,
                   .title = title_of_row(row, context, text),
                   .detail = std::move(detail),
                   .agency = opd_words(row.opd, context, text),
                   .place = place.sign,
                   .place_word = place.words,
                   .urgent = row.mark.late(),
                   .selected = session.preview == row.id},
          .id = row.id};
}

TicketGlance glance_of(const staff::QueueRow& row, const staff::Context& context, const Text& text) {
  const SignWords sign = sign_of_row(row, context, text);
  const SignWords place = arrival_of(row.arrived_ms, text);
  TicketGlance glance;
  glance.id = row.id;
  glance.number = format_ticket_number(row.number);
  const bool secret = is_secret(row.confidentiality);
  glance.subject =
      secret ? text("officer.row.secret") : subject_words(row.kind, row.category, row.service, context, text);
  if (const std::string kampung = kampung_words(row.kampung, context); !kampung.empty() && !secret) {
    glance.subject += ", " + kampung;
  }
  glance.sign = sign.sign;
  glance.sign_word = sign.words;
  if (!secret && !row.words.empty()) glance.words = text.format("officer.quoted", {row.words.view()});
  glance.known = known_words(row.confidentiality, text);
  glance.place = place.sign;
  glance.place_word = text(row.arrived_ms ? "officer.glance.arrived" : "officer.glance.here");
  glance.filed = text.format("officer.glance.filed", {when_words(row.filed_ms, context.clock, text)});
  glance.open = desk_key("queue.open", text("officer.queue.open"), "next", ui::KeyKind::kPrimary);
  return glance;
}

void fill_table(QueueView& view, const std::vector<staff::QueueRow>& rows, const staff::Session& session,
                const staff::Context& context, const Text& text) {
  view.table.heads = {text("officer.head.mark"), text("officer.head.subject"), text("officer.head.opd"),
                      text("officer.head.sending")};
  view.table.range_format = text("officer.queue.range");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    view.table.rows.push_back(table_row_of(rows[i], i, session, context, text));
    if (session.preview == rows[i].id) view.glance = glance_of(rows[i], context, text);
  }
  view.glance_hint = text("officer.queue.hint");
}

ui::TableColumns columns_of(const ui::Ui& ui, float width) {
  const float growth = letter_growth(ui);
  ui::TableColumns columns{.sign = std::round(ui.px(kSignColumnMm) * growth),
                           .title = 0,
                           .agency = std::round(ui.px(kAgencyColumnMm) * growth),
                           .place = std::round(ui.px(kPlaceColumnMm) * growth)};
  const float least = ui.px(kSubjectLeastMm) * growth;
  columns.sign = std::min(columns.sign, std::round(width * kSignMostShare));
  const float rest = width - ui.px(3.4F) - columns.sign;
  if (rest - columns.agency - columns.place < least) columns.agency = 0;
  if (rest - columns.agency - columns.place < least) columns.place = 0;
  columns.title = rest - columns.agency - columns.place;
  return columns;
}

void draw_heads(const TicketTable& table, const ui::TableColumns& columns, ui::Ui& ui, Rect& area) {
  const float height = ui.line_height(TextStyle::kStaffStrong) + 2 * ui.px(1.6F);
  Rect row = area.cut_top(height);
  ui.round(row, ui.px(ui::mm::kTileRadius), ui.colours().high() ? ui.colours().surface : ui.colours().sand,
           ui::kTopLeft | ui::kTopRight);
  row.cut_left(ui.px(3.4F));
  const float widths[] = {columns.sign, columns.title, columns.agency, columns.place};
  for (std::size_t i = 0; i < table.heads.size(); ++i) {
    if (widths[i] <= 0) continue;
    ui.text(table.heads[i], row.cut_left(widths[i]),
            {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle, .hearing = ui::Hearing::kNever});
  }
}

bool is_low(const ui::Ui& ui) {
  return ui.landscape() && ui.metrics().to_mm(ui.screen().h) < kLowPanelMm;
}

struct Shown {
  std::uint32_t rows = 0;  // that found room
};

std::optional<staff::Action> draw_rows(const QueueView& view, bool glances, ui::Ui& ui, Rect area, Shown& shown) {
  std::optional<staff::Action> action;
  const TicketTable& table = view.table;
  const ui::TableColumns columns = columns_of(ui, area.w);
  if (!is_low(ui)) draw_heads(table, columns, ui, area);
  ui.fill(area, ui.colours().surface);
  if (table.rows.empty()) {
    ui.text(table.empty, area.inset(ui.px(5)), {.style = TextStyle::kStaff});
    return action;
  }
  std::vector<Rect> lines;
  for (const TicketTable::Row& row : table.rows) {
    ui::TableRowView one = row.view;
    if (columns.agency <= 0) one.detail += ", " + one.agency;
    if (columns.place <= 0) one.detail += ", " + one.place_word;
    const float height = ui.table_row_height(one, columns);
    // The floor keeps rows apart as keys are: their words stand at least as far from each other.
    const float gap = ui.px(ui::mm::kGapFloor);
    if (height > area.h) break;
    const Rect place = area.cut_top(height, gap);
    if (ui.table_row(one, columns, place)) {
      const bool opens = !glances || row.view.selected;
      action = opens ? staff::Action(did::OpenTicket{row.id}) : staff::Action(did::PreviewTicket{row.id});
    }
    lines.push_back({place.x, place.bottom(), place.w, gap});
    ++shown.rows;
    wipe(one.title);
  }
  // Last, over the grounds of the rows.
  for (const Rect& line : lines) ui.line_across(line);
  return action;
}

std::optional<staff::Action> draw_pages(const TicketTable& table, std::uint32_t shown, const std::string& range,
                                        ui::Ui& ui, Rect strip) {
  std::optional<staff::Action> action;
  const float size = ui.px(ui::mm::kStaffKey);
  const bool ends = table.first + shown >= table.count;
  if (table.pages && (table.first > 0 || !ends)) {
    // A row that scrolled away comes back with the same key pressed the other way.
    ui::KeyView down = desk_key("queue.down", range, "down");
    ui::KeyView up = desk_key("queue.up", range, "up");
    up.icon_only = down.icon_only = true;
    if (table.first == 0) up.disabled_reason = range;
    if (ends) down.disabled_reason = range;
    const float width = size * kPageKeyShare;
    if (ui.key(down, strip.cut_right(width, ui.key_gap()))) action = did::ShowRows{table.first + shown};
    if (ui.key(up, strip.cut_right(width, ui.px(4)))) {
      action = did::ShowRows{table.first > shown ? table.first - shown : 0};
    }
  }
  ui.text(range, strip, {.style = TextStyle::kStaff, .valign = ui::VAlign::kMiddle});
  return action;
}

std::optional<staff::Action> draw_glance(const QueueView& view, ui::Ui& ui, const Rect& place) {
  std::optional<staff::Action> action;
  Rect inside = ui.card(place);
  if (!view.glance) {
    ui.text(view.glance_hint, inside, {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
    return action;
  }
  const TicketGlance& glance = *view.glance;
  const float key = ui.key_size(glance.open, inside.w).h;
  Rect foot = inside.cut_bottom(key + ui.px(ui::mm::kKeyEdge), ui.px(3));
  foot.h -= ui.px(ui::mm::kKeyEdge);
  if (ui.key(glance.open, foot)) action = did::OpenTicket{glance.id};
  const auto line = [&](const std::string& words, TextStyle style, float gap, std::optional<ui::Colour> colour = {}) {
    if (words.empty()) return;
    const float height = std::min(inside.h, ui.text_height(words, style, inside.w));
    ui.text(words, inside.cut_top(height, gap), {.style = style, .colour = colour, .hearing = ui::Hearing::kNever});
  };
  const auto with_sign = [&](const ui::Sign& sign, const std::string& words, TextStyle style) {
    const float lead = ui.px(6.4F) + ui.px(2.4F);
    const float height = std::max(ui.px(6.4F), ui.text_height(words, style, inside.w - lead));
    Rect row = inside.cut_top(height, ui.px(2.6F));
    ui.sign(sign, row.cut_left(ui.px(6.4F), ui.px(2.4F)).centred({ui.px(6.4F), ui.px(6.4F)}));
    ui.text(words, row, {.style = style, .valign = ui::VAlign::kMiddle});
  };
  line(glance.number, TextStyle::kStaffTitle, ui.px(0.5F));
  line(glance.subject, TextStyle::kStaff, ui.px(3), ui.colours().staff2);
  with_sign(glance.sign, glance.sign_word, TextStyle::kStaffStrong);
  if (!glance.words.empty()) {
    // As much of it as leaves the lines below their room; the ticket has all of it.
    const float below = ui.px(34) * letter_growth(ui);
    const float line_height = ui.line_height(TextStyle::kStaff);
    const float pad = ui.px(3);
    const float room = std::max(line_height, inside.h - below - 2 * pad);
    std::string words = glance.words;
    while (ui.text_height(words, TextStyle::kStaff, inside.w - 2 * pad) > room) {
      const std::size_t space = words.find_last_of(' ');
      if (space == std::string::npos) break;
      words.resize(space);
      words += "\u2026";
      if (words.size() < 8) break;
    }
    const float height = ui.text_height(words, TextStyle::kStaff, inside.w - 2 * pad) + 2 * pad;
    const Rect quote = inside.cut_top(height, ui.px(3));
    ui.round(quote, ui.px(ui::mm::kKeyRadius), ui.colours().high() ? ui.colours().surface : ui.colours().paper);
    ui.text(words, quote.inset(pad), {.style = TextStyle::kStaff, .hearing = ui::Hearing::kNever});
    wipe(words);
  }
  line(glance.known, TextStyle::kStaffStrong, ui.px(2.4F));
  with_sign(glance.place, glance.place_word, TextStyle::kStaff);
  line(glance.filed, TextStyle::kStaff, 0, ui.colours().staff2);
  return action;
}

}  // namespace

QueueView make_queue_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  QueueView view;
  view.desk = make_desk_view(session, context, text);
  const staff::QueuePage& page = session.queue;
  view.head = {.title = text("officer.queue.title"), .clock = view.desk.clock, .chip = view.desk.unsent};
  view.note = note_of(session, context, text);
  if (view.note.words.empty() && page.loading) view.note = {text("officer.queue.loading"), NoteTone::kPlain};
  view.tabs = tabs_of(page, text);
  fill_table(view, page.rows, session, context, text);
  view.table.empty = text(session.waiting == staff::Waiting::kQueue ? "officer.wait.read" : "officer.queue.empty");
  view.table.first = page.first;
  view.table.count = page.counts.at(static_cast<std::size_t>(page.tab));
  view.table.pages = true;
  return view;
}

QueueView make_hits_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  QueueView view;
  view.desk = make_desk_view(session, context, text);
  view.head = {.title = text.count("officer.search.found", static_cast<long>(session.hits.found)),
               .detail = text.format("officer.search.of", {session.search.view()}),
               .keys = {{desk_key("search.change", text("officer.search.change"), "pen"), did::ChangeWords{}}}};
  view.note = note_of(session, context, text);
  if (view.note.words.empty() && session.hits.loading) view.note = {text("officer.search.loading"), NoteTone::kPlain};
  fill_table(view, session.hits.rows, session, context, text);
  view.table.empty = text("officer.search.nothing");
  view.table.count = session.hits.found;
  return view;
}

std::optional<staff::Action> draw_queue(const QueueView& view, ui::Ui& ui) {
  Rect area;
  std::optional<staff::Action> action = draw_desk(view.desk, ui, area);
  if (view.tabs.empty() || !is_low(ui)) {
    if (auto pressed = draw_desk_head(view.head, ui, area)) action = std::move(pressed);
  } else {
    ui.publish("header.title", view.head.title);
  }
  draw_desk_note(view.note, ui, area);
  Rect beside{};
  if (!view.tabs.empty()) {
    if (auto tab = draw_desk_tabs(view.tabs, ui, area, &beside)) action = std::move(tab);
  }
  const float glance = ui.px(kGlanceMm);
  const bool glances = area.w >= glance + ui.gap() + ui.px(kTableLeastMm) * letter_growth(ui);
  if (glances) {
    if (auto pressed = draw_glance(view, ui, area.cut_right(glance, ui.gap()))) action = std::move(pressed);
  }
  // Where the tabs leave a row half free the page keys stand in it, and the table has one row more.
  const float keys = 2 * ui.px(ui::mm::kStaffKey) * kPageKeyShare + ui.key_gap() + ui.px(4);
  const bool in_tabs = beside.w >= keys + ui.measure(view.table.range_format, TextStyle::kStaff).w + ui.px(4);
  if (in_tabs) beside.cut_left(ui.px(4));
  const Rect foot = in_tabs ? beside : area.cut_bottom(ui.px(ui::mm::kStaffKey) + ui.px(ui::mm::kKeyEdge), ui.px(2.6F));
  Shown shown;
  if (auto pressed = draw_rows(view, glances, ui, area, shown)) action = std::move(pressed);
  const TicketTable& table = view.table;
  // How many rows find room is known only here, so its numbers are filled in here.
  std::string words = table.rows.empty() ? std::string() : table.range_format;
  const auto put = [&](const char* place, std::uint32_t number) {
    if (const std::size_t at = words.find(place); at != std::string::npos) words.replace(at, 3, std::to_string(number));
  };
  put("{1}", table.first + 1);
  put("{2}", table.first + shown.rows);
  put("{3}", table.count);
  if (!words.empty()) {
    Rect strip = foot;
    if (!in_tabs) strip.h -= ui.px(ui::mm::kKeyEdge);
    if (auto turned = draw_pages(table, shown.rows, words, ui, strip)) action = std::move(turned);
  }
  return action;
}

void overwrite(QueueView& view) {
  for (TicketTable::Row& row : view.table.rows) wipe(row.view.title);
  if (view.glance) wipe(view.glance->words);
  wipe(view.head.detail);
}

SearchView make_search_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  SearchView view;
  DeskKey find{desk_key("search.find", text("officer.search.find"), "search", ui::KeyKind::kPrimary), did::FindWords{}};
  if (session.search.empty()) find.view.disabled_reason = text("officer.trouble.no_words");
  view.head = {.title = text("officer.search.title"),
               .detail = text("officer.search.by"),
               .back = desk_back(text),
               .keys = {std::move(find)},
               .together = true};
  view.note = note_of(session, context, text);
  view.field = {.id = "staff.search",
                .text = std::string(session.search.view()),
                .limit_bytes = limits::kNameBytes,
                .hint = text("officer.search.hint"),
                .starts_active = true};
  return view;
}

std::optional<staff::Action> draw_search(const SearchView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  const float field = ui.field_height(view.field, area.w, 1);
  ui.keyboard(ui::KeyboardKind::kText, area, field);
  if (auto typed = ui.field(view.field, area.cut_top(field))) {
    action = did::SetText{staff::TextTarget::kSearch, *std::move(typed)};
  }
  if (ui.enter_pressed()) action = did::FindWords{};
  return action;
}

void overwrite(SearchView& view) {
  overwrite(view.field);
}

}  // namespace mimika::screens
