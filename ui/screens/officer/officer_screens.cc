#include "ui/screens/officer/officer_screens.h"

#include "ui/screens/officer/compose_page.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/officer/office_pages.h"
#include "ui/screens/officer/queue_page.h"
#include "ui/screens/officer/sign_in_pages.h"
#include "ui/screens/officer/staff_dialogs.h"
#include "ui/screens/officer/ticket_page.h"
#include "ui/screens/resident/track.h"
#include "ui/screens/screens.h"

namespace mimika::screens {
namespace {

// Draws a view that holds copies of what a person told, then overwrites them.
template <typename View>
std::optional<staff::Action> draw_then_wipe(View view, std::optional<staff::Action> (*draw)(const View&, ui::Ui&),
                                            ui::Ui& ui) {
  std::optional<staff::Action> action = draw(view, ui);
  overwrite(view);
  return action;
}

std::optional<staff::Action> draw_desk_page(const staff::Session& s, const staff::Context& c, const Texts& texts,
                                            ui::Ui& ui) {
  using staff::Screen;
  const Text& text = texts.in(language_code(s.preferences.language));
  switch (s.screen) {
    case Screen::kWho:
      return draw_who(make_who_view(s, c, text), ui);
    case Screen::kPin:
    case Screen::kEntering:
      return draw_then_wipe(make_pin_view(s, c, text), draw_pin, ui);
    case Screen::kNewPin:
      return draw_then_wipe(make_new_pin_view(s, c, text), draw_pin, ui);
    case Screen::kQueue:
      return draw_then_wipe(make_queue_view(s, c, text), draw_queue, ui);
    case Screen::kSearch:
      if (s.searched) return draw_then_wipe(make_hits_view(s, c, text), draw_queue, ui);
      return draw_then_wipe(make_search_view(s, c, text), draw_search, ui);
    case Screen::kReport:
      return draw_report_page(make_report_page(s, c, text), ui);
    case Screen::kOffice:
      return draw_office(make_office_view(s, c, text), ui);
    case Screen::kNotice:
      return draw_then_wipe(make_notice_view(s, c, text), draw_compose, ui);
    case Screen::kPeople:
      return draw_rows_page(make_people_view(s, c, text), ui);
    case Screen::kOutreach:
      return draw_rows_page(make_outreach_view(s, c, text), ui);
    case Screen::kTicket:
    case Screen::kCompose:
    case Screen::kOpds:
    case Screen::kCamera:
    case Screen::kPhoto:
      break;
  }
  if (!s.ticket) return std::nullopt;  // the reducer never lets it come to this
  switch (s.screen) {
    case Screen::kCompose:
      return draw_then_wipe(make_compose_view(s, c, text, texts.in(language_code(Language::kIndonesian))), draw_compose,
                            ui);
    case Screen::kOpds:
      return draw_opds(make_opds_view(s, c, text), ui);
    case Screen::kCamera:
      return draw_photo_page(make_camera_page(s, c, text), ui);
    case Screen::kPhoto:
      return draw_photo_page(make_photo_page(s, c, text), ui);
    default:
      return draw_then_wipe(make_ticket_page(s, c, text), draw_ticket_page, ui);
  }
}

void publish_values(const staff::Session& session, ui::Ui& ui) {
  static constexpr const char* kCounts[] = {"staff.count.all",  "staff.count.late", "staff.count.new",
                                            "staff.count.ours", "staff.count.back", "staff.count.closed"};
  if (session.screen == staff::Screen::kQueue) {
    for (std::size_t i = 0; i < kQueueTabs; ++i) {
      ui.publish(kCounts[i], std::to_string(session.queue.counts.at(i)));
    }
    ui.publish("staff.rows", std::to_string(session.queue.rows.size()));
  }
  if (session.screen == staff::Screen::kSearch) ui.publish("staff.found", std::to_string(session.hits.found));
  if (session.ticket) {
    ui.publish("staff.number", format_ticket_number(session.ticket->ticket.number));
    ui.publish("staff.status", status_name(session.ticket->ticket.status));
  }
  ui.publish("staff.done", session.done ? "yes" : "no");
  ui.publish("staff.waiting", session.waiting == staff::Waiting::kNothing ? "no" : "yes");
}

}  // namespace

const char* staff_screen_name(const staff::Session& session) {
  using staff::Dialog;
  using staff::Screen;
  if (session.dialog == Dialog::kIdleWarning || session.dialog == Dialog::kDutyWarning) return "staff.warning";
  if (session.dialog != Dialog::kNone) return "staff.confirm";
  switch (session.screen) {
    case Screen::kWho:
      return "staff.who";
    case Screen::kPin:
      return "staff.pin";
    case Screen::kEntering:
      return "staff.entering";
    case Screen::kNewPin:
      return "staff.new_pin";
    case Screen::kQueue:
      return "staff.queue";
    case Screen::kTicket:
      return "staff.ticket";
    case Screen::kCompose:
      return "staff.compose";
    case Screen::kCamera:
      return "staff.camera";
    case Screen::kPhoto:
      return "staff.photo";
    case Screen::kOpds:
      return "staff.opds";
    case Screen::kSearch:
      return session.searched ? "staff.hits" : "staff.search";
    case Screen::kReport:
      return "staff.report";
    case Screen::kOffice:
      return "staff.office";
    case Screen::kNotice:
      return "staff.notice";
    case Screen::kPeople:
      return "staff.people";
    case Screen::kOutreach:
      return "staff.outreach";
  }
  return "staff.who";
}

std::optional<staff::Action> draw_staff(const staff::Session& session, const staff::Context& context,
                                        const Texts& texts, ui::Ui& ui) {
  const Text& text = texts.in(language_code(session.preferences.language));
  ui.set_words(widget_words(text));
  ui.publish("screen", staff_screen_name(session));
  publish_values(session, ui);
  if (session.dialog == staff::Dialog::kNone) return draw_desk_page(session, context, texts, ui);
  ui.whole_stage();
  // Under a warning nothing of a case is drawn: somebody else may stand there.
  if (session.dialog != staff::Dialog::kIdleWarning && session.dialog != staff::Dialog::kDutyWarning) {
    static_cast<void>(draw_desk_page(session, context, texts, ui));
  }
  return draw_staff_dialog(make_staff_dialog(session, context, text), ui);
}

}  // namespace mimika::screens
