// What is about no ticket: reports, the office's doors and announcements, colleagues, and filing for others.
#include <algorithm>
#include <utility>

#include "kiosk/model/plain_text.h"
#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff::reducers {
namespace {

// "2026-11-24"; empty for no day.
std::string iso_day(std::string_view digits) {
  if (!day_typed(digits)) return {};
  return std::string(digits.substr(4)) + "-" + std::string(digits.substr(2, 2)) + "-" +
         std::string(digits.substr(0, 2));
}

// A day that lies ahead, or behind: a clock that nobody vouched for does not judge it.
bool is_ahead(LocalDate day, const Context& context) {
  const bool trusted = context.clock == ClockConfidence::kSynced || context.clock == ClockConfidence::kSetByHand;
  return trusted && day > context.today;
}
bool is_past(LocalDate day, const Context& context) {
  const bool trusted = context.clock == ClockConfidence::kSynced || context.clock == ClockConfidence::kSetByHand;
  return trusted && day < context.today;
}

}  // namespace

void open_report(Change& change, const action::OpenReport& open) {
  if (!allowed(change.session, OfficerAction::kReport)) return;
  // The figures that stand there stay until the next ones come.
  if (change.session.screen != Screen::kReport) go(change, Screen::kReport);
  change.session.report_printed = false;
  change.session.trouble = Trouble::kNone;
  LocalDate day = open.day.ok() ? open.day : change.context.today;
  if (is_ahead(day, change.context)) day = change.context.today;
  const RequestId id = ask(change, Waiting::kReport);
  change.effects.emplace_back(effect::ReadReport{.id = id, .span = open.span, .day = day});
}

void report_read(Change& change, action::ReportRead& read) {
  if (!answers(change, read.request, Waiting::kReport)) return;
  if (change.session.screen == Screen::kReport) change.session.report = std::move(read.report);
}

void print_report(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kReport || !session.report || !change.context.printer) return;
  if (session.waiting != Waiting::kNothing) return;
  session.report_printed = false;
  const RequestId id = ask(change, Waiting::kPrint);
  change.effects.emplace_back(effect::PrintReport{.id = id, .report = *session.report});
}

void report_printed(Change& change, RequestId request) {
  if (!answers(change, request, Waiting::kPrint)) return;
  change.session.report_printed = change.session.screen == Screen::kReport;
}

void open_office(Change& change) {
  go(change, Screen::kOffice);
  change.effects.emplace_back(effect::ReadNotices{});
}

void set_office(Change& change, OfficeState state) {
  Session& session = change.session;
  if (session.screen != Screen::kOffice || !allowed(session, OfficerAction::kSetOffice)) return;
  if (state == change.context.office) return;
  if (state == OfficeState::kClosed) {
    session.dialog = Dialog::kConfirmOffice;
    return;
  }
  change.effects.emplace_back(effect::SetOffice{state});
}

void open_notice(Change& change) {
  if (change.session.screen != Screen::kOffice || !allowed(change.session, OfficerAction::kAnnounce)) return;
  go(change, Screen::kNotice);
}

void write_notice(Change& change, TextTarget part) {
  Session& session = change.session;
  if (session.screen != Screen::kNotice) return;
  if (part != TextTarget::kTitle && part != TextTarget::kWords && part != TextTarget::kUntil) return;
  session.notice_part = part;
  session.trouble = Trouble::kNone;
}

void post_notice(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kNotice || session.waiting == Waiting::kNotice) return;
  const bool titled = !trimmed(session.notice_title.view()).empty();
  if (!titled || trimmed(session.notice_text.view()).empty()) {
    session.notice_part = titled ? TextTarget::kWords : TextTarget::kTitle;
    session.trouble = Trouble::kNoWords;
    return;
  }
  const std::optional<LocalDate> until = day_typed(session.notice_until.view());
  if (!session.notice_until.empty() && (!until || is_past(*until, change.context))) {
    session.notice_part = TextTarget::kUntil;
    session.trouble = Trouble::kDateWrong;
    return;
  }
  session.trouble = Trouble::kNone;
  const RequestId id = ask(change, Waiting::kNotice);
  change.effects.emplace_back(effect::PostNotice{.id = id,
                                                 .title = session.notice_title,
                                                 .text = session.notice_text,
                                                 .until = PersonalText(iso_day(session.notice_until.view()))});
}

void withdraw_notice(Change& change, const EventKey& posted) {
  Session& session = change.session;
  if (session.screen != Screen::kOffice || !allowed(session, OfficerAction::kAnnounce)) return;
  if (std::ranges::find(session.notices, posted, &OfficeNotice::posted) == session.notices.end()) return;
  session.withdrawing = posted;
  session.dialog = Dialog::kConfirmWithdraw;
}

void withdraw_now(Change& change) {
  Session& session = change.session;
  const std::optional<EventKey> posted = std::exchange(session.withdrawing, std::nullopt);
  if (session.screen != Screen::kOffice || !posted) return;
  const RequestId id = ask(change, Waiting::kNotice);
  change.effects.emplace_back(effect::WithdrawNotice{.id = id, .posted = *posted});
}

void notices_read(Change& change, std::vector<OfficeNotice>& notices) {
  Session& session = change.session;
  if (!session.duty || session.assist) return;
  session.notices = std::move(notices);
  if (session.waiting != Waiting::kNotice) return;
  go(change, Screen::kOffice);
  session.done = true;
}

void open_people(Change& change) {
  go(change, Screen::kPeople);
  change.effects.emplace_back(effect::ReadPeople{});
}

void let_in(Change& change, const std::string& login) {
  Session& session = change.session;
  if (session.screen != Screen::kPeople || !allowed(session, OfficerAction::kLetIn)) return;
  const auto person = std::ranges::find(session.people, login, &Person::login);
  if (person == session.people.end() || !person->locked) return;
  const RequestId id = ask(change, Waiting::kLetIn);
  change.effects.emplace_back(effect::LetIn{.id = id, .login = login});
}

void open_outreach(Change& change) {
  Session& session = change.session;
  if (!allowed(session, OfficerAction::kAssist)) return;
  go(change, Screen::kOutreach);
  if (!session.outreach_day.empty()) return;
  session.outreach_day = PersonalText(digits_of(change.context.today));
}

void choose_kampung(Change& change, const std::optional<KampungCode>& kampung) {
  Session& session = change.session;
  if (session.screen != Screen::kOutreach) return;
  if (kampung && change.context.catalogue.find_kampung(*kampung) == nullptr) return;
  if (session.outreach_kampung != kampung) session.outreach_filed = 0;  // another row begins
  session.outreach_kampung = kampung;
}

void begin_assist(Change& change, AssistKind how) {
  Session& session = change.session;
  if (!allowed(session, OfficerAction::kAssist)) return;
  Assist assist{.actor = session.duty->actor, .how = how, .day = {}, .kampung = {}, .filed = 0};
  if (how == AssistKind::kOutreach) {
    if (session.screen != Screen::kOutreach) return;
    const std::optional<LocalDate> day = day_typed(session.outreach_day.view());
    if (!day || is_ahead(*day, change.context)) {
      session.trouble = Trouble::kDateWrong;
      return;
    }
    assist.day = iso_day(session.outreach_day.view());
    assist.kampung = session.outreach_kampung;
    assist.filed = session.outreach_filed;
  }
  go(change, how == AssistKind::kOutreach ? Screen::kOutreach : Screen::kQueue);
  // A resident looks at the screen now; what others told is not kept behind it.
  session.queue.rows.clear();
  session.assist = std::move(assist);
  change.effects.emplace_back(effect::ServeResident{});
}

void end_assist(Change& change) {
  Session& session = change.session;
  if (!session.assist) return;
  const Assist assist = std::move(*session.assist);
  session.assist.reset();
  // A resident's own touches lead here, and so does nobody being there: no way back to the cases without the PIN.
  PersonalText day = std::move(session.outreach_day);
  sign_out(change, SignOutWhy::kScreenGivenAway);
  if (assist.how == AssistKind::kCounter) return;
  // Whoever enters it goes on with the row: place, day and how many, nothing of anybody.
  session.outreach_day = std::move(day);
  session.outreach_kampung = assist.kampung;
  session.outreach_filed = assist.filed;
}

}  // namespace mimika::staff::reducers
