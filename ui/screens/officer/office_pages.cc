#include "ui/screens/officer/office_pages.h"

#include <algorithm>

#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/common.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr RowLook kStateLook{.least_mm = 88, .most = 3};
constexpr RowLook kPersonRow{.least_mm = 84};
constexpr RowLook kKampungRow{.least_mm = 56};

bool may_do(const staff::Session& session, OfficerAction action) {
  return session.duty && session.duty->may.at(static_cast<std::size_t>(action));
}

std::string or_role_reason(const staff::Session& session, OfficerAction action, const Text& text) {
  return may_do(session, action) ? std::string() : text("officer.not_for_role");
}

DeskRow state_row(OfficeState state, const char* id, const char* icon, const staff::Session& session,
                  const staff::Context& context, const Text& text) {
  const bool now = context.office == state;
  return {.view = {.id = std::string("office.") + id,
                   .label = text(std::string("officer.office.") + id),
                   .detail = text(std::string("officer.office.") + id + ".means"),
                   .icon = icon,
                   .aside = now ? text("officer.office.now") : std::string(),
                   .selected = now,
                   .disabled_reason = now ? std::string() : or_role_reason(session, OfficerAction::kSetOffice, text)},
          .does = did::SetOffice{state}};
}

LocalDate moved_day(LocalDate day, int days) {
  return LocalDate{std::chrono::sys_days{day} + std::chrono::days{days}};
}

}  // namespace

OfficeView make_office_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  OfficeView view;
  view.desk = make_desk_view(session, context, text);
  view.head = {.title = text("officer.office.title"), .clock = view.desk.clock};
  view.note = note_of(session, context, text);
  view.states = {state_row(OfficeState::kOpen, "open", "door", session, context, text),
                 state_row(OfficeState::kPaused, "pause", "pause", session, context, text),
                 state_row(OfficeState::kClosed, "close", "lock", session, context, text)};
  view.notices_title = text("officer.office.notices");
  int number = 0;
  for (const staff::OfficeNotice& notice : session.notices) {
    const std::string count = std::to_string(++number);
    DeskKey withdraw{desk_key("office.withdraw." + count, text("officer.office.withdraw"), "x"),
                     did::WithdrawNotice{notice.posted}};
    withdraw.view.disabled_reason = or_role_reason(session, OfficerAction::kAnnounce, text);
    view.notices.push_back({.title = notice.title,
                            .text = notice.text,
                            .detail = notice.until.empty()
                                          ? text.format("officer.office.by", {notice.by})
                                          : text.format("officer.office.by_until", {notice.by, notice.until}),
                            .withdraw = std::move(withdraw)});
  }
  if (view.notices.empty()) view.no_notices = text("officer.office.no_notices");
  DeskKey write{desk_key("office.notice", text("officer.office.write"), "paper"), did::OpenNotice{}};
  write.view.disabled_reason = or_role_reason(session, OfficerAction::kAnnounce, text);
  view.keys = {std::move(write),
               {desk_key("office.people", text("officer.office.people"), "people"), did::OpenPeople{}},
               {desk_key("tool.language", text("tool.language"), "lang"), did::NextLanguage{}},
               {desk_key("tool.text_size", text("tool.size"), "text"), did::NextTextSize{}},
               {desk_key("tool.contrast", text("tool.contrast"), "contrast"), did::NextContrast{}}};
  return view;
}

std::optional<staff::Action> draw_office(const OfficeView& view, ui::Ui& ui) {
  Rect area;
  std::optional<staff::Action> action = draw_desk(view.desk, ui, area);
  if (auto pressed = draw_desk_head(view.head, ui, area)) action = std::move(pressed);
  draw_desk_note(view.note, ui, area);
  ui.scroll("office", area, [&](ui::Flow& flow) {
    if (auto chosen = flow_desk_rows(view.states, kStateLook, ui, flow)) action = std::move(chosen);
    flow.text(view.notices_title, {.style = TextStyle::kStaffTitle});
    if (!view.no_notices.empty()) flow.text(view.no_notices, {.style = TextStyle::kStaff});
    for (const OfficeView::Notice& notice : view.notices) {
      const float inner = flow.width() - 2 * ui.px(4.4F);
      const ui::Size key = ui.key_size(notice.withdraw.view);
      const float words = inner - key.w - ui.px(4);
      const float title = ui.text_height(notice.title, TextStyle::kStaffStrong, words);
      const float text = ui.text_height(notice.text, TextStyle::kStaff, words);
      const float detail = ui.text_height(notice.detail, TextStyle::kStaff, words);
      Rect inside = ui.card(flow.next(std::max(title + text + detail + ui.px(2), key.h + ui.px(2)) + 2 * ui.px(4.4F)));
      const Rect side = inside.cut_right(key.w, ui.px(4));
      if (ui.key(notice.withdraw.view, {side.x, side.y, key.w, key.h})) action = notice.withdraw.does;
      ui.text(notice.title, inside.cut_top(title), {.style = TextStyle::kStaffStrong});
      ui.text(notice.text, inside.cut_top(text, ui.px(1.4F)), {.style = TextStyle::kStaff});
      ui.text(notice.detail, inside, {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
    }
    Rect row = flow.next(desk_keys_height(view.keys, ui, flow.width()) + ui.px(ui::mm::kKeyEdge));
    if (auto pressed = draw_desk_keys(view.keys, ui, row)) action = std::move(pressed);
  });
  return action;
}

RowsPageView make_people_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  RowsPageView view;
  view.desk = make_desk_view(session, context, text);
  view.head = {.title = text("officer.people.title"),
               .back = desk_back(text),
               .keys = {{desk_key("people.pin", text("officer.people.pin"), "lock"), did::ChangePin{}}}};
  view.note = note_of(session, context, text);
  view.intro = text("officer.people.intro");
  for (const staff::Person& person : session.people) {
    const bool may = may_do(session, OfficerAction::kLetIn);
    view.rows.push_back({.view = {.id = "people." + person.login,
                                  .label = person.name,
                                  .detail = role_words(person.role, text),
                                  .icon = person.locked ? "lock" : "person",
                                  .aside = text(person.locked ? "officer.people.let_in" : "officer.people.fine"),
                                  .disabled_reason = !person.locked ? text("officer.people.not_locked")
                                                     : may          ? std::string()
                                                                    : text("officer.not_for_role")},
                         .does = did::LetIn{person.login}});
  }
  return view;
}

RowsPageView make_outreach_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  RowsPageView view;
  view.desk = make_desk_view(session, context, text);
  DeskKey begin{
      desk_key("outreach.begin", text(session.outreach_filed == 0 ? "officer.outreach.begin" : "officer.outreach.next"),
               "pen", ui::KeyKind::kPrimary),
      did::BeginAssist{AssistKind::kOutreach}};
  view.head = {.title = text("officer.outreach.title"), .keys = {std::move(begin)}};
  if (session.outreach_filed > 0) {
    view.head.detail = text.count("officer.outreach.filed", static_cast<long>(session.outreach_filed));
  }
  view.note = note_of(session, context, text);
  view.intro = text("officer.outreach.intro");
  const LocalDate day = staff::day_typed(session.outreach_day.view()).value_or(context.today);
  view.day = long_date(text, day);
  view.earlier = DeskKey{desk_key("outreach.earlier", text("officer.day.earlier"), "back"),
                         did::SetText{staff::TextTarget::kDay, staff::digits_of(moved_day(day, -1))}};
  view.later = DeskKey{desk_key("outreach.later", text("officer.day.later"), "next"),
                       did::SetText{staff::TextTarget::kDay, staff::digits_of(moved_day(day, 1))}};
  if (day >= context.today) view.later->view.disabled_reason = text("officer.day.today");
  view.rows.push_back({.view = {.id = "outreach.kampung.none",
                                .label = text("officer.outreach.mixed"),
                                .icon = "pin",
                                .selected = !session.outreach_kampung},
                       .does = did::ChooseOutreachKampung{std::nullopt}});
  if (const District* district = context.catalogue.find_district(context.district)) {
    for (const Kampung& kampung : district->kampung) {
      view.rows.push_back({.view = {.id = "outreach.kampung." + kampung.code.value,
                                    .label = kampung.name,
                                    .icon = "pin",
                                    .selected = session.outreach_kampung == kampung.code},
                           .does = did::ChooseOutreachKampung{kampung.code}});
    }
  }
  return view;
}

std::optional<staff::Action> draw_rows_page(const RowsPageView& view, ui::Ui& ui) {
  Rect area;
  std::optional<staff::Action> action = draw_desk(view.desk, ui, area);
  if (auto pressed = draw_desk_head(view.head, ui, area)) action = std::move(pressed);
  draw_desk_note(view.note, ui, area);
  if (view.earlier && view.later) {
    DeskKey earlier = *view.earlier;
    DeskKey later = *view.later;
    earlier.view.icon_only = later.view.icon_only = true;
    const ui::Size key = ui.key_size(earlier.view);
    Rect row = area.cut_top(key.h + ui.px(ui::mm::kKeyEdge), ui.px(2.6F));
    row.h = key.h;
    if (ui.key(earlier.view, row.cut_left(key.w, ui.px(4)))) action = earlier.does;
    const float width = std::min(row.w - key.w - ui.px(4), ui.measure(view.day, TextStyle::kStaffStrong).w + 2);
    ui.text(view.day, row.cut_left(width, ui.px(4)), {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle});
    if (ui.key(later.view, row.cut_left(key.w))) action = later.does;
  }
  const bool kampung = view.earlier.has_value();
  ui.scroll(kampung ? "outreach" : "people", area, [&](ui::Flow& flow) {
    flow.text(view.intro, {.style = TextStyle::kStaff});
    if (auto chosen = flow_desk_rows(view.rows, kampung ? kKampungRow : kPersonRow, ui, flow)) {
      action = std::move(chosen);
    }
  });
  return action;
}

}  // namespace mimika::screens
