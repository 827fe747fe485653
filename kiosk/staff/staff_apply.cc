// What happens at the counter, and which part of the reducer it is for.
#include "kiosk/staff/staff_apply.h"

#include <algorithm>
#include <utility>

#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff {
namespace {

namespace did = action;  // the namespace and the argument would have one name
using reducers::Change;

template <typename... Fs>
struct ByKind : Fs... {
  using Fs::operator()...;
};

// Who caused an action: only a person's keep the counter open.
bool is_of_machine(const Action& action) {
  return std::visit(
      ByKind{
          [](const did::Tick&) { return true; },           [](const did::PeopleRead&) { return true; },
          [](const did::LetInDone&) { return true; },      [](const did::LetInRefused&) { return true; },
          [](const did::PinChanged&) { return true; },     [](const did::QueueRead&) { return true; },
          [](const did::Searched&) { return true; },       [](const did::CaseRead&) { return true; },
          [](const did::ActDone&) { return true; },        [](const did::Refused&) { return true; },
          [](const did::ReportRead&) { return true; },     [](const did::ReportPrinted&) { return true; },
          [](const did::NoticesRead&) { return true; },    [](const did::TicketsChanged&) { return true; },
          [](const did::MediaPlayed&) { return true; },    [](const did::CameraSeen&) { return true; },
          [](const did::PhotoTaken&) { return true; },     [](const did::PhotoFailed&) { return true; },
          [](const did::EndAssist&) { return true; },  // the resident's pages do it, also by themselves
          [](const did::FiledForPerson&) { return true; }, [](const auto&) { return false; },
      },
      action);
}

bool is_tool(const Action& action) {
  return std::holds_alternative<did::Touched>(action) || std::holds_alternative<did::NextLanguage>(action) ||
         std::holds_alternative<did::NextTextSize>(action) || std::holds_alternative<did::NextContrast>(action);
}

bool reaches_under_dialog(const Action& action) {
  return is_tool(action) || std::holds_alternative<did::CloseDialog>(action) ||
         std::holds_alternative<did::ConfirmDialog>(action);
}

bool is_saving(Waiting waiting) {
  return waiting == Waiting::kSignIn || waiting == Waiting::kNewPin || waiting == Waiting::kAct ||
         waiting == Waiting::kNotice || waiting == Waiting::kLetIn;
}

// What can be done before anybody has signed in, and while the first PIN must be changed.
bool reaches_without_duty(const Action& action) {
  return is_tool(action) || std::holds_alternative<did::Open>(action) || std::holds_alternative<did::Leave>(action) ||
         std::holds_alternative<did::ChoosePerson>(action) || std::holds_alternative<did::TogglePassphrase>(action) ||
         std::holds_alternative<did::EnterPin>(action) || std::holds_alternative<did::Back>(action) ||
         std::holds_alternative<did::SetText>(action) || std::holds_alternative<did::CloseDialog>(action);
}
bool reaches_before_new_pin(const Action& action) {
  return is_tool(action) || std::holds_alternative<did::TogglePassphrase>(action) ||
         std::holds_alternative<did::EnterPin>(action) || std::holds_alternative<did::SetText>(action) ||
         std::holds_alternative<did::SignOut>(action) || std::holds_alternative<did::CloseDialog>(action) ||
         std::holds_alternative<did::ConfirmDialog>(action) || std::holds_alternative<did::Leave>(action);
}

bool fits(const Session& session, const Action& action) {
  if (!session.duty) return reaches_without_duty(action);
  if (session.dialog != Dialog::kNone) return reaches_under_dialog(action);
  if (session.assist) return is_tool(action);
  if (session.duty->must_change_pin && !reaches_before_new_pin(action)) return false;
  return !is_saving(session.waiting) || is_tool(action);
}

template <typename Enum>
Enum following(Enum value, int count) {
  return static_cast<Enum>((static_cast<int>(value) + 1) % count);
}

class StaffReducer {
 public:
  explicit StaffReducer(Change& change) : change_(change), session_(change.session) {}

  void operator()(did::Touched&) {}
  void operator()(did::Tick&) { reducers::tick(change_); }
  void operator()(did::Open&) { reducers::open(change_); }
  void operator()(did::Leave&) {
    if (session_.duty) return ask_to_sign_out();
    if (session_.screen != Screen::kEntering) reducers::close(change_);
  }
  void operator()(did::NextLanguage&) {
    const auto& offered = change_.context.languages;
    const auto now = std::ranges::find(offered, session_.preferences.language, &OfferedLanguage::language);
    const bool last = now == offered.end() || now + 1 == offered.end();
    session_.preferences.language = last ? Language::kIndonesian : (now + 1)->language;
  }
  void operator()(did::NextTextSize&) {
    session_.preferences.text_size = following(session_.preferences.text_size, kTextSizes);
  }
  void operator()(did::NextContrast&) {
    session_.preferences.contrast = following(session_.preferences.contrast, kContrasts);
  }
  void operator()(did::ChoosePerson& chosen) { reducers::choose_person(change_, chosen.login); }
  void operator()(did::TogglePassphrase&) { reducers::toggle_passphrase(change_); }
  void operator()(did::EnterPin&) { reducers::enter_pin(change_); }
  void operator()(did::Back&) { back(); }
  void operator()(did::SignOut&) { ask_to_sign_out(); }
  void operator()(did::CloseDialog&) {
    session_.dialog = Dialog::kNone;
    session_.withdrawing.reset();
  }
  void operator()(did::ConfirmDialog&) { confirm(); }
  void operator()(did::SetText& set) { reducers::set_text(change_, set.target, set.text); }

  // --- the queue, a ticket
  void operator()(did::ShowTab& show) { reducers::show_tab(change_, show.tab); }
  void operator()(did::ShowRows& show) { reducers::show_rows(change_, show.first); }
  void operator()(did::PreviewTicket& shown) {
    if (session_.screen == Screen::kQueue || session_.screen == Screen::kSearch) session_.preview = shown.ticket;
  }
  void operator()(did::OpenTicket& open) { reducers::open_ticket(change_, open.ticket); }
  void operator()(did::Compose& compose) { reducers::compose(change_, compose.action); }
  void operator()(did::ChooseOpd& chosen) { reducers::choose_opd(change_, chosen.opd); }
  void operator()(did::SendWords&) { reducers::send_words(change_); }
  void operator()(did::OpenMedia& open) { reducers::open_media(change_, open.event); }
  void operator()(did::OpenCamera&) { reducers::open_camera(change_); }
  void operator()(did::TakePhoto&) { reducers::take_photo(change_); }
  void operator()(did::KeepPhoto&) { reducers::keep_photo(change_); }
  void operator()(did::AgainPhoto&) { reducers::again_photo(change_); }
  void operator()(did::RemovePhoto& remove) { reducers::remove_photo(change_, remove.id); }

  // --- pages
  void operator()(did::OpenQueue&) { reducers::open_queue(change_); }
  void operator()(did::OpenSearch&) { reducers::open_search(change_); }
  void operator()(did::FindWords&) { reducers::find_words(change_); }
  void operator()(did::ChangeWords&) { reducers::change_words(change_); }
  void operator()(did::OpenReport& open) { reducers::open_report(change_, open); }
  void operator()(did::PrintReport&) { reducers::print_report(change_); }
  void operator()(did::OpenOffice&) { reducers::open_office(change_); }
  void operator()(did::SetOffice& set) { reducers::set_office(change_, set.state); }
  void operator()(did::OpenNotice&) { reducers::open_notice(change_); }
  void operator()(did::WriteNotice& write) { reducers::write_notice(change_, write.part); }
  void operator()(did::PostNotice&) { reducers::post_notice(change_); }
  void operator()(did::WithdrawNotice& withdraw) { reducers::withdraw_notice(change_, withdraw.posted); }
  void operator()(did::OpenPeople&) { reducers::open_people(change_); }
  void operator()(did::LetIn& let) { reducers::let_in(change_, let.login); }
  void operator()(did::ChangePin&) { reducers::change_pin(change_); }
  void operator()(did::OpenOutreach&) { reducers::open_outreach(change_); }
  void operator()(did::ChooseOutreachKampung& chosen) { reducers::choose_kampung(change_, chosen.kampung); }
  void operator()(did::BeginAssist& begin) { reducers::begin_assist(change_, begin.how); }
  void operator()(did::EndAssist&) { reducers::end_assist(change_); }
  void operator()(did::FiledForPerson&) {
    if (session_.assist) ++session_.assist->filed;
  }

  // --- results
  void operator()(did::PeopleRead& read) { reducers::people_read(change_, read.people); }
  void operator()(did::LetInDone& done) { reducers::let_in_done(change_, done); }
  void operator()(did::LetInRefused& refused) { reducers::let_in_refused(change_, refused); }
  void operator()(did::PinChanged& changed) { reducers::pin_changed(change_, changed.request); }
  void operator()(did::QueueRead& read) { reducers::queue_read(change_, read); }
  void operator()(did::Searched& found) { reducers::searched(change_, found); }
  void operator()(did::CaseRead& read) { reducers::case_read(change_, read); }
  void operator()(did::ActDone& done) { reducers::act_done(change_, done); }
  void operator()(did::Refused& refused) { this->refused(refused); }
  void operator()(did::ReportRead& read) { reducers::report_read(change_, read); }
  void operator()(did::ReportPrinted& printed) { reducers::report_printed(change_, printed.request); }
  void operator()(did::NoticesRead& read) { reducers::notices_read(change_, read.notices); }
  void operator()(did::TicketsChanged&) { reducers::tickets_changed(change_); }
  void operator()(did::MediaPlayed&) { reducers::media_played(change_); }
  void operator()(did::CameraSeen& seen) { reducers::camera_seen(change_, seen.sight); }
  void operator()(did::PhotoTaken& taken) { reducers::photo_taken(change_, taken); }
  void operator()(did::PhotoFailed&) { reducers::photo_failed(change_); }

 private:
  void ask_to_sign_out() {
    if (session_.duty) session_.dialog = Dialog::kConfirmSignOut;
  }

  void confirm() {
    switch (std::exchange(session_.dialog, Dialog::kNone)) {
      case Dialog::kConfirmAct:
        return reducers::act(change_);
      case Dialog::kConfirmDiscard:
        return discard();
      case Dialog::kConfirmOffice:
        change_.effects.emplace_back(effect::SetOffice{OfficeState::kClosed});
        return;
      case Dialog::kConfirmWithdraw:
        return reducers::withdraw_now(change_);
      case Dialog::kConfirmSignOut:
        return reducers::sign_out(change_, reducers::SignOutWhy::kAsked);
      case Dialog::kNone:
      case Dialog::kIdleWarning:
      case Dialog::kDutyWarning:
        return;
    }
  }

  void back() {
    switch (session_.screen) {
      case Screen::kPin:
        return reducers::go(change_, Screen::kWho);
      case Screen::kNewPin:
        return reducers::open_people(change_);
      case Screen::kTicket:
        if (session_.ticket_from == Screen::kSearch) return reducers::go(change_, Screen::kSearch);
        return reducers::open_queue(change_);
      case Screen::kCompose:
      case Screen::kNotice:
        if (!has_words(session_)) return discard();
        session_.dialog = Dialog::kConfirmDiscard;
        return;
      case Screen::kOpds:
      case Screen::kPhoto:
        return reducers::go(change_, Screen::kTicket);
      case Screen::kCamera:
        return reducers::go(change_, Screen::kCompose);
      case Screen::kPeople:
        return reducers::open_office(change_);
      case Screen::kSearch:
      case Screen::kReport:
      case Screen::kOffice:
      case Screen::kOutreach:
        return reducers::open_queue(change_);
      case Screen::kWho:
      case Screen::kEntering:
      case Screen::kQueue:
        return;
    }
  }

  void discard() {
    if (session_.screen == Screen::kCompose) {
      session_.composing = {};
      return reducers::go(change_, Screen::kTicket);
    }
    if (session_.screen == Screen::kNotice) reducers::open_office(change_);
  }

  // What was written stays where it was written, with the reason.
  void refused(const did::Refused& refused) {
    if (session_.waiting == Waiting::kNothing || refused.request != session_.request) return;
    const Waiting what = std::exchange(session_.waiting, Waiting::kNothing);
    session_.trouble = refused.trouble;
    if (what == Waiting::kNewPin) {
      session_.entry.pin.wipe();
      session_.entry.again.wipe();
    }
    if (what == Waiting::kMedia) reducers::stop_media(change_);
    if (what == Waiting::kAct && refused.trouble == Trouble::kMovedOn) {
      // It is looked at again before anything is said of it; what was being written waits meanwhile.
      session_.screen = Screen::kTicket;
      reducers::read_case_again(change_);
    }
  }

  Change& change_;
  Session& session_;
};

}  // namespace

namespace reducers {

RequestId ask(Change& change, Waiting what) {
  ++change.session.request.value;
  change.session.waiting = what;
  return change.session.request;
}

bool answers(Change& change, RequestId request, Waiting what) {
  if (change.session.waiting != what || request != change.session.request) return false;
  change.session.waiting = Waiting::kNothing;
  return true;
}

bool allowed(const Session& session, OfficerAction action) {
  return session.duty && session.duty->may.at(static_cast<std::size_t>(action));
}

void go(Change& change, Screen screen) {
  Session& session = change.session;
  const bool of_ticket = screen == Screen::kTicket || screen == Screen::kCompose || screen == Screen::kCamera ||
                         screen == Screen::kOpds || screen == Screen::kPhoto;
  if (!of_ticket || screen == Screen::kTicket) stop_media(change);
  if (screen != Screen::kQueue && screen != Screen::kSearch) session.preview.reset();
  if (!of_ticket) {
    session.ticket.reset();
    session.composing = {};
  }
  if (screen != Screen::kCamera) session.viewfinder = {};
  if (!of_ticket && screen != Screen::kSearch) {
    session.search.wipe();
    session.searched = false;
    session.hits = {};
  }
  if (screen != Screen::kReport) {
    session.report.reset();
    session.report_printed = false;
  }
  if (screen != Screen::kNotice) {
    session.notice_title.wipe();
    session.notice_text.wipe();
    session.notice_until.wipe();
    session.notice_part = TextTarget::kTitle;
  }
  if (screen != Screen::kNewPin && screen != Screen::kPin && screen != Screen::kEntering) session.entry = {};
  session.trouble = Trouble::kNone;
  session.done = false;
  session.waiting = Waiting::kNothing;
  session.screen = screen;
}

}  // namespace reducers

void forget_cases(Session& session) {
  session.queue = {};
  session.preview.reset();
  session.ticket.reset();
  session.ticket_from = Screen::kQueue;
  session.media.reset();
  session.composing = {};
  session.viewfinder = {};
  session.search.wipe();
  session.searched = false;
  session.hits = {};
  session.report.reset();
  session.report_printed = false;
  session.notices.clear();
  session.notice_title.wipe();
  session.notice_text.wipe();
  session.notice_until.wipe();
  session.notice_part = TextTarget::kTitle;
  session.withdrawing.reset();
  session.outreach_day.wipe();
  session.outreach_kampung.reset();
  session.outreach_filed = 0;
  session.assist.reset();
  session.done = false;
  session.stale = false;
}

bool counter_is_shown(const Session& session) {
  return !session.assist || session.dialog != Dialog::kNone;
}

bool has_words(const Session& session) {
  if (session.screen == Screen::kNotice) return !session.notice_title.empty() || !session.notice_text.empty();
  return !session.composing.words.empty() || !session.composing.other.empty() || !session.composing.photos.empty();
}

CameraUse camera_use(const Session& session) {
  if (session.screen != Screen::kCamera || session.viewfinder.taken) return CameraUse::kOff;
  return CameraUse::kPhoto;
}

std::vector<const Photo*> photos_of(const Session& session) {
  std::vector<const Photo*> photos;
  for (const Photo& photo : session.composing.photos) photos.push_back(&photo);
  if (session.viewfinder.taken) photos.push_back(&*session.viewfinder.taken);
  return photos;
}

Step apply(Session session, Action action, const Context& context) {
  Step step{.session = std::move(session), .effects = {}};
  Session& now = step.session;
  Change change{.session = now, .context = context, .effects = step.effects};
  if (!is_of_machine(action)) {
    now.last_activity_ms = context.monotonic_ms;
    // Any sign of life answers the idle warning; what it covered is there again, and nothing of it was touched.
    if (now.dialog == Dialog::kIdleWarning) {
      now.dialog = Dialog::kNone;
      if (!is_tool(action)) return step;
    }
    // Not by a touch alone: the word that something is saved would go while the finger is down, and what is below it
    // would move away from under it.
    if (!is_tool(action)) now.done = false;
    if (!fits(now, action)) {
      if (auto* set = std::get_if<did::SetText>(&action)) overwrite_memory(set->text.data(), set->text.size());
      return step;
    }
  }
  std::visit(StaffReducer(change), action);
  return step;
}

}  // namespace mimika::staff
