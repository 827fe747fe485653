#include "ui/screens/officer/desk_frame.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/session/queries.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/common.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

namespace did = staff::action;

constexpr float kMarginMm = 5.0F;
constexpr float kBandOfDeskMm = 3.2F;
constexpr float kRailLeastMm = 44.0F;
constexpr float kRailMostMm = 62.0F;
constexpr float kRailSideMm = 2.6F;
constexpr float kBarColumnsLeastMm = 38.0F;
constexpr float kTitleLeastMm = 44.0F;  // beside the keys; with less room they stand below
constexpr float kNoteSignMm = 6.0F;
constexpr float kNoteDownMm = 1.8F;

const char* trouble_name(staff::Trouble trouble) {
  using staff::Trouble;
  switch (trouble) {
    case Trouble::kNone:
      return "";
    case Trouble::kPinWrong:
      return "officer.trouble.pin_wrong";
    case Trouble::kPinWait:
      return "officer.trouble.pin_wait";
    case Trouble::kLocked:
      return "officer.trouble.locked";
    case Trouble::kKeyFileMissing:
      return "officer.trouble.key_file";
    case Trouble::kPinTooShort:
      return "officer.trouble.pin_short";
    case Trouble::kPinTooSimple:
      return "officer.trouble.pin_simple";
    case Trouble::kPinsDiffer:
      return "officer.trouble.pins_differ";
    case Trouble::kPinSame:
      return "officer.trouble.pin_same";
    case Trouble::kNoWords:
      return "officer.trouble.no_words";
    case Trouble::kNumberWrong:
      return "officer.trouble.number";
    case Trouble::kMovedOn:
      return "officer.trouble.moved_on";
    case Trouble::kNotAllowed:
      return "officer.trouble.not_allowed";
    case Trouble::kNotSaved:
      return "officer.trouble.not_saved";
    case Trouble::kDateWrong:
      return "officer.trouble.date";
    case Trouble::kTimedOut:
      return "officer.trouble.timed_out";
    case Trouble::kDutyOver:
      return "officer.trouble.duty_over";
  }
  return "";
}

const char* waiting_name(staff::Waiting waiting) {
  using staff::Waiting;
  switch (waiting) {
    case Waiting::kNothing:
    case Waiting::kQueue:  // the rows that stand there are still right, or come in a moment
      return "";
    case Waiting::kSignIn:
      return "officer.wait.sign_in";
    case Waiting::kSearch:
      return "officer.wait.search";
    case Waiting::kCase:
    case Waiting::kMedia:
    case Waiting::kReport:
      return "officer.wait.read";
    case Waiting::kPrint:
      return "officer.wait.print";
    case Waiting::kNewPin:
    case Waiting::kAct:
    case Waiting::kNotice:
    case Waiting::kLetIn:
      return "officer.wait.save";
  }
  return "";
}

bool fits_beside(const ui::Ui& ui, const DeskHead& head, float keys, float width) {
  const float title = ui.measure(head.title, TextStyle::kStaffTitle).w;
  return width - keys >= std::min(title, ui.px(kTitleLeastMm) * letter_growth(ui));
}

// Equal widths fill a row; a lone last key stays as wide as the others.
std::vector<std::vector<const DeskKey*>> rows_of_keys(const std::vector<DeskKey>& keys, const ui::Ui& ui, float width) {
  std::vector<std::vector<const DeskKey*>> rows;
  float used = width + 1;
  for (const DeskKey& key : keys) {
    const float needed = ui.key_size(key.view, width).w;
    if (used + ui.key_gap() + needed > width) {
      rows.emplace_back();
      used = -ui.key_gap();
    }
    rows.back().push_back(&key);
    used += ui.key_gap() + needed;
  }
  return rows;
}

float row_height(const std::vector<const DeskKey*>& row, const ui::Ui& ui, float width) {
  float height = 0;
  for (const DeskKey* key : row) height = std::max(height, ui.key_size(key->view, width).h);
  return height;
}

std::vector<float> grid_rows(const std::vector<DeskKey>& keys, int across, const ui::Ui& ui, float cell) {
  std::vector<float> heights;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % static_cast<std::size_t>(across) == 0) heights.push_back(0);
    heights.back() = std::max(heights.back(), ui.key_size(keys[i].view, cell).h);
  }
  return heights;
}

float rail_width(const DeskView& view, const ui::Ui& ui) {
  float width = ui.px(kRailLeastMm);
  for (const DeskView::Entry& entry : view.entries) width = std::max(width, ui.rail_entry_size(entry.view).w);
  return std::min(width, ui.px(kRailMostMm)) + 2 * ui.px(kRailSideMm);
}

std::optional<staff::Action> draw_entries(const std::vector<DeskView::Entry>& entries, ui::Ui& ui, Rect& rail,
                                          float gap) {
  std::optional<staff::Action> action;
  for (const DeskView::Entry& entry : entries) {
    const float height = ui.rail_entry_size(entry.view, rail.w).h;
    if (ui.rail_entry(entry.view, rail.cut_top(height, gap))) action = entry.does;
  }
  return action;
}

std::optional<staff::Action> draw_upright_rail(const DeskView& view, ui::Ui& ui, Rect& area) {
  const ui::Palette& c = ui.colours();
  Rect rail = area.cut_left(rail_width(view, ui));
  ui.fill(rail, c.deep);
  ui.band(area.cut_left(ui.px(kBandOfDeskMm)));
  rail = rail.inset(ui.px(kRailSideMm), ui.px(3));
  const float out = ui.rail_entry_size(view.out.view, rail.w).h;
  float entries = out + ui.key_gap();
  for (const DeskView::Entry& entry : view.entries) {
    entries += ui.rail_entry_size(entry.view, rail.w).h + ui.key_gap();
  }
  const ui::Colour on_rail = c.high() ? c.ink : c.on_dark;
  // On a low panel the entries need the height; whose office it is they know.
  const float head = ui.text_height(view.office, TextStyle::kStaffStrong, rail.w);
  if (entries + head + ui.px(3) <= rail.h) {
    ui.text(view.office, rail.cut_top(head, ui.px(3)), {.style = TextStyle::kStaffStrong, .colour = on_rail});
  }
  std::optional<staff::Action> action;
  const Rect last = rail.cut_bottom(out, ui.key_gap());
  action = draw_entries(view.entries, ui, rail, ui.key_gap());
  if (ui.rail_entry(view.out.view, last)) action = view.out.does;
  return action;
}

std::optional<staff::Action> draw_bar(const DeskView& view, ui::Ui& ui, Rect& area) {
  std::vector<DeskView::Entry> entries = view.entries;
  entries.push_back(view.out);
  const float width = area.w - 2 * ui.px(kRailSideMm);
  const int across = ui::columns_that_fit(width, ui.px(kBarColumnsLeastMm) * letter_growth(ui), ui.key_gap(), 4);
  const int down = (static_cast<int>(entries.size()) + across - 1) / across;
  const float cell = ui::columns({0, 0, width, 0}, across, ui.key_gap()).front().w;
  float height = 0;
  for (const DeskView::Entry& entry : entries) height = std::max(height, ui.rail_entry_size(entry.view, cell).h);
  const float inside = height * static_cast<float>(down) + ui.key_gap() * static_cast<float>(down - 1);
  Rect bar = area.cut_bottom(inside + 2 * ui.px(3) + ui.px(kBandOfDeskMm));
  ui.fill(bar, ui.colours().deep);
  ui.band(bar.cut_top(ui.px(kBandOfDeskMm)));
  const std::vector<Rect> cells = ui::grid(bar.inset(ui.px(kRailSideMm), ui.px(3)), across, down, ui.key_gap());
  std::optional<staff::Action> action;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (ui.rail_entry(entries[i].view, cells[i])) action = entries[i].does;
  }
  return action;
}

}  // namespace

float desk_margin(const ui::Ui& ui) {
  return ui.px(kMarginMm);
}

float letter_growth(const ui::Ui& ui) {
  return ui::cap_height_mm(TextStyle::kStaff, ui.metrics().text_size()) /
         ui::cap_height_mm(TextStyle::kStaff, ui::TextSize::kNormal);
}

ui::KeyView desk_key(std::string id, std::string label, std::string icon, ui::KeyKind kind) {
  return {.id = std::move(id),
          .label = std::move(label),
          .icon = std::move(icon),
          .kind = kind,
          .style = TextStyle::kStaffStrong};
}

DeskKey desk_back(const Text& text) {
  DeskKey key{desk_key("nav.back", text("nav.back"), "back"), did::Back{}};
  key.view.answers_escape = true;
  return key;
}

DeskNote note_of(const staff::Session& session, const staff::Context& context, const Text& text) {
  const int wait = seconds_until_try(session, context);
  const bool wrong = session.trouble == staff::Trouble::kPinWrong || session.trouble == staff::Trouble::kPinWait;
  if (session.screen == staff::Screen::kPin && wait > 0) {
    const std::string words = wrong ? text(trouble_name(session.trouble)) + " " : std::string();
    return {words + text.count("officer.pin.wait", wait), NoteTone::kTrouble};
  }
  if (const char* trouble = trouble_name(session.trouble); *trouble != '\0') {
    return {text(trouble), NoteTone::kTrouble};
  }
  if (const char* waiting = waiting_name(session.waiting); *waiting != '\0') return {text(waiting), NoteTone::kPlain};
  if (session.report_printed) return {text("officer.done.printed"), NoteTone::kDone};
  if (session.done) return {text("officer.done"), NoteTone::kDone};
  return {};
}

DeskView make_desk_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  DeskView view;
  view.office = context.office_name;
  const SessionContext shared = shared_context(context);
  if (clock_is_plausible(shared)) view.clock = clock_time(text, local_time(context.wall_ms));
  if (context.standing.journal == JournalState::kSound && context.standing.unsent_events > 0) {
    view.unsent = text.count("staff.waiting", static_cast<long>(context.standing.unsent_events));
  }
  if (context.standing.scope == StaffScope::kNarrow) view.narrow = text("officer.narrow");
  const auto may = [&](OfficerAction action) {
    return session.duty && session.duty->may.at(static_cast<std::size_t>(action));
  };
  const auto add = [&](const char* id, const char* icon, bool selected, staff::Action does, bool allowed) {
    view.entries.push_back({.view = {.id = std::string("desk.") + id,
                                     .label = text(std::string("officer.rail.") + id),
                                     .icon = icon,
                                     .selected = selected,
                                     .disabled_reason = allowed ? std::string() : text("officer.not_for_role")},
                            .does = std::move(does)});
  };
  using staff::Screen;
  const Screen at = session.screen;
  add("queue", "inbox", at == Screen::kQueue, did::OpenQueue{}, true);
  const std::uint32_t open = session.queue.counts.front();
  if (open > 0) view.entries.back().view.count = std::to_string(open);
  add("assist", "plus", false, did::BeginAssist{AssistKind::kCounter}, may(OfficerAction::kAssist));
  add("outreach", "pin", at == Screen::kOutreach, did::OpenOutreach{}, may(OfficerAction::kAssist));
  add("search", "search", at == Screen::kSearch, did::OpenSearch{}, true);
  add("report", "chart", at == Screen::kReport, did::OpenReport{}, may(OfficerAction::kReport));
  add("office", "home", at == Screen::kOffice || at == Screen::kPeople, did::OpenOffice{}, true);
  const std::string out = text("officer.rail.out");
  view.out = {
      .view = {.id = "desk.out", .label = session.duty ? session.duty->actor.name + "\n" + out : out, .icon = "door"},
      .does = did::SignOut{}};
  return view;
}

ui::Rect draw_desk_ground(ui::Ui& ui) {
  ui.whole_stage();
  ui.background();
  return ui.screen().inset(desk_margin(ui), ui.px(3.6F));
}

std::optional<staff::Action> draw_desk(const DeskView& view, ui::Ui& ui, Rect& area) {
  ui.whole_stage();
  ui.background();
  area = ui.screen();
  const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kTools);
  std::optional<staff::Action> action = ui.landscape() ? draw_upright_rail(view, ui, area) : draw_bar(view, ui, area);
  ui.speak_in(part);
  area = area.inset(desk_margin(ui), ui.px(3.6F));
  if (!view.narrow.empty()) draw_desk_note({view.narrow, NoteTone::kPlain}, ui, area);
  return action;
}

std::optional<staff::Action> draw_desk_head(const DeskHead& asked, ui::Ui& ui, Rect& area) {
  DeskHead head = asked;
  if (head.together && head.back) {
    head.keys.insert(head.keys.begin(), *head.back);
    head.back.reset();
  }
  std::optional<staff::Action> action;
  const float gap = ui.key_gap();
  float keys = 0;
  float height = std::max(ui.px(ui::mm::kStaffKey), ui.line_height(TextStyle::kStaffTitle));
  for (const DeskKey& key : head.keys) {
    const ui::Size size = ui.key_size(key.view);
    keys += size.w + gap;
    height = std::max(height, size.h);
  }
  DeskKey back = head.back.value_or(DeskKey{});
  float lead = 0;
  if (head.back) {
    lead = ui.key_size(back.view).w + ui.px(4);
    if (!fits_beside(ui, head, keys + lead, area.w)) {
      back.view.icon_only = true;
      lead = ui.key_size(back.view).w + ui.px(4);
    }
    height = std::max(height, ui.key_size(back.view).h);
  }
  const bool beside = fits_beside(ui, head, keys + lead, area.w);
  float width = area.w - lead - (beside ? keys : 0);
  const float clock = head.clock.empty() ? 0 : ui.measure(head.clock, TextStyle::kStaffTitle).w + ui.px(4);
  const float title_one = ui.measure(head.title, TextStyle::kStaffTitle).w;
  const bool with_clock = clock > 0 && title_one + clock <= width;
  if (with_clock) width -= clock;
  const float chip = head.chip.empty() ? 0 : ui.measure(head.chip, TextStyle::kStaffStrong).w + 2 * ui.px(3) + ui.px(8);
  const bool with_chip = chip > 0 && title_one + chip + ui.px(6) <= width;
  const float sign = head.sign ? ui.measure(head.sign_word, TextStyle::kStaffStrong).w + ui.px(11) : 0;
  const bool sign_beside = sign > 0 && title_one + sign + ui.px(6) <= width;
  const float words_width = width - (with_chip ? chip + ui.px(4) : 0) - (sign_beside ? sign + ui.px(4) : 0);
  const float title = ui.text_height(head.title, TextStyle::kStaffTitle, words_width);
  const float detail = head.detail.empty() ? 0 : ui.text_height(head.detail, TextStyle::kStaff, words_width);
  const float below = sign > 0 && !sign_beside ? ui.px(7) + ui.px(1) : 0;
  height = std::max(height, title + detail + below);
  Rect row = area.cut_top(height, ui.px(3));
  const auto middle = [&](Rect strip, float tall) {
    return Rect{strip.x, strip.y + (strip.h - tall) / 2, strip.w, tall};
  };
  if (head.back) {
    const ui::Size size = ui.key_size(back.view);
    if (ui.key(back.view, middle(row.cut_left(size.w, ui.px(4)), size.h))) action = back.does;
  }
  if (beside) {
    for (auto key = head.keys.rbegin(); key != head.keys.rend(); ++key) {
      const ui::Size size = ui.key_size(key->view);
      if (ui.key(key->view, middle(row.cut_right(size.w, gap), size.h))) action = key->does;
    }
  }
  if (with_clock) {
    ui.text(head.clock, row.cut_right(clock),
            {.style = TextStyle::kStaffTitle,
             .align = ui::Align::kRight,
             .valign = ui::VAlign::kMiddle,
             .hearing = ui::Hearing::kNever});
  }
  if (with_chip) {
    const Rect box = middle(row.cut_right(chip, ui.px(4)), ui.px(ui::mm::kStaffKey) - ui.px(2));
    ui.round(box, ui.px(ui::mm::kKeyRadius), ui.under_ink(ui.colours().sago));
    Rect inside = box.inset(ui.px(3), 0);
    const float size = ui.px(6);
    ui.icon("sync", inside.cut_left(size, ui.px(2)).centred({size, size}));
    ui.text(head.chip, inside, {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle});
  }
  const auto draw_sign = [&](Rect strip) {
    const float size = ui.px(6.4F);
    ui.sign(*head.sign, strip.cut_left(size, ui.px(2.2F)).centred({size, size}));
    ui.text(head.sign_word, strip, {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle});
  };
  if (sign_beside) draw_sign(row.cut_right(sign, ui.px(4)));
  row.cut_top(std::max(0.0F, (row.h - title - detail - below) / 2));
  ui.text(head.title, row.cut_top(title), {.style = TextStyle::kStaffTitle});
  if (detail > 0) {
    ui.text(head.detail, row.cut_top(detail), {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
  }
  if (below > 0) draw_sign(row.cut_top(below));
  ui.publish("header.title", head.title);
  if (!beside && !head.keys.empty()) {
    if (auto pressed = draw_desk_keys(head.keys, ui, area)) action = std::move(pressed);
  }
  return action;
}

float desk_note_height(const DeskNote& note, const ui::Ui& ui, float width_px) {
  if (note.words.empty()) return 0;
  const float room = width_px - 2 * ui.px(3) - ui.px(kNoteSignMm) - ui.px(2.4F);
  return std::max(ui.px(kNoteSignMm), ui.text_height(note.words, TextStyle::kStaffStrong, room)) +
         2 * ui.px(kNoteDownMm);
}

void draw_desk_note(const DeskNote& note, ui::Ui& ui, Rect& area) {
  ui.publish("staff.note", note.words);
  if (note.words.empty()) return;
  const ui::Palette& c = ui.colours();
  const Rect place = area.cut_top(desk_note_height(note, ui, area.w), ui.px(2.6F));
  const ui::Colour ground = note.tone == NoteTone::kDone ? c.leaf : note.tone == NoteTone::kTrouble ? c.dawn : c.sago;
  ui.round(place, ui.px(ui::mm::kKeyRadius), c.plain() ? c.surface : ground);
  if (c.plain()) ui.outline(place, ui.px(ui::mm::kKeyRadius), ui.px(0.5F), c.ink);
  Rect inside = place.inset(ui.px(3), ui.px(kNoteDownMm));
  const float size = ui.px(kNoteSignMm);
  const Rect sign = inside.cut_left(size, ui.px(2.4F)).centred({size, size});
  if (note.tone == NoteTone::kDone) {
    ui.mark(ui::MarkKind::kGreen, sign);
  } else {
    ui.icon(note.tone == NoteTone::kTrouble ? "flag" : "hourglass", sign);
  }
  ui.text(note.words, inside,
          {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle, .hearing = ui::Hearing::kNews});
}

float desk_keys_height(const std::vector<DeskKey>& keys, const ui::Ui& ui, float width_px) {
  float height = 0;
  for (const auto& row : rows_of_keys(keys, ui, width_px)) {
    height += (height > 0 ? ui.key_gap() + ui.px(ui::mm::kKeyEdge) : 0) + row_height(row, ui, width_px);
  }
  return height;
}

std::optional<staff::Action> draw_desk_keys(const std::vector<DeskKey>& keys, ui::Ui& ui, Rect& area) {
  std::optional<staff::Action> action;
  if (keys.empty()) return action;
  const auto rows = rows_of_keys(keys, ui, area.w);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float gap = i + 1 < rows.size() ? ui.key_gap() + ui.px(ui::mm::kKeyEdge) : ui.px(3);
    Rect strip = area.cut_top(row_height(rows[i], ui, area.w), gap);
    for (const DeskKey* key : rows[i]) {
      if (ui.key(key->view, strip.cut_left(ui.key_size(key->view, strip.w).w, ui.key_gap()))) action = key->does;
    }
  }
  return action;
}

float desk_grid_height(const std::vector<DeskKey>& keys, int across, const ui::Ui& ui, float width_px) {
  if (keys.empty()) return 0;
  const float cell = ui::columns({0, 0, width_px, 0}, across, ui.key_gap()).front().w;
  float height = -ui.key_gap();
  for (const float tall : grid_rows(keys, across, ui, cell)) height += tall + ui.key_gap() + ui.px(ui::mm::kKeyEdge);
  return height;
}

std::optional<staff::Action> draw_desk_grid(const std::vector<DeskKey>& keys, int across, ui::Ui& ui, Rect area) {
  std::optional<staff::Action> action;
  if (keys.empty()) return action;
  const float edge = ui.px(ui::mm::kKeyEdge);
  const float cell = ui::columns({0, 0, area.w, 0}, across, ui.key_gap()).front().w;
  const std::vector<float> heights = grid_rows(keys, across, ui, cell);
  for (int row = 0; row < static_cast<int>(heights.size()); ++row) {
    const std::vector<Rect> cells =
        ui::columns(area.cut_top(heights[static_cast<std::size_t>(row)], ui.key_gap() + edge), across, ui.key_gap());
    for (int column = 0; column < across; ++column) {
      const auto index = static_cast<std::size_t>(row * across + column);
      if (index >= keys.size()) break;
      if (ui.key(keys[index].view, cells[static_cast<std::size_t>(column)])) action = keys[index].does;
    }
  }
  return action;
}

std::optional<staff::Action> draw_desk_tabs(const std::vector<DeskTab>& tabs, ui::Ui& ui, Rect& area, Rect* beside) {
  std::optional<staff::Action> action;
  const auto width_of = [&](bool signs) {
    float width = -ui.key_gap();
    for (const DeskTab& tab : tabs) {
      ui::TabView view = tab.view;
      if (!signs) view.sign.reset();
      width += ui.tab_size(view).w + ui.key_gap();
    }
    return width;
  };
  const bool signs = width_of(true) <= area.w;
  Rect row{area.x, area.y, 0, 0};
  float bottom = area.y;
  for (const DeskTab& tab : tabs) {
    ui::TabView view = tab.view;
    if (!signs) view.sign.reset();
    const ui::Size size = ui.tab_size(view);
    if (row.x > area.x && row.x + size.w > area.right() + 0.5F) {
      row.x = area.x;
      row.y = bottom + ui.key_gap();
    }
    if (ui.tab(view, {row.x, row.y, std::min(size.w, area.w), size.h})) action = tab.does;
    row.x += size.w + ui.key_gap();
    bottom = row.y + size.h;
  }
  if (beside != nullptr) *beside = {row.x, row.y, std::max(0.0F, area.right() - row.x), bottom - row.y};
  area.cut_top(bottom - area.y, ui.px(3));
  return action;
}

std::optional<staff::Action> flow_desk_rows(const std::vector<DeskRow>& rows, const RowLook& look, ui::Ui& ui,
                                            ui::Flow& flow) {
  std::optional<staff::Action> action;
  if (rows.empty()) return action;
  const float least = ui.px(look.least_mm) * letter_growth(ui);
  const int across = ui::columns_that_fit(flow.width(), least, ui.gap(), look.most);
  const float cell = ui::columns({0, 0, flow.width(), 0}, across, ui.gap()).front().w;
  float tall = ui.px(look.height_mm);
  for (const DeskRow& row : rows) tall = std::max(tall, ui.list_row_height(row.view, cell));
  for (std::size_t i = 0; i < rows.size();) {
    const std::vector<Rect> cells = ui::columns(flow.next(tall), across, ui.gap());
    for (const Rect& place : cells) {
      if (i == rows.size()) break;
      if (ui.list_row(rows[i].view, place)) action = rows[i].does;
      ++i;
    }
  }
  return action;
}

}  // namespace mimika::screens
