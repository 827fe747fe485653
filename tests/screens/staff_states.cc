#include "tests/screens/staff_states.h"

#include <memory>
#include <utility>

namespace mimika::testing {
namespace {

namespace st = staff;
namespace act = staff::action;

class StaffCollector {
 public:
  StaffWorld& fresh() {
    world_ = std::make_unique<StaffWorld>();
    return *world_;
  }
  StaffState& keep(std::string name) {
    states_.push_back({.name = std::move(name),
                       .session = world_->session,
                       .monotonic_ms = world_->context.monotonic_ms,
                       .office = world_->context.office,
                       .standing = world_->context.standing});
    return states_.back();
  }
  std::vector<StaffState> take() { return std::move(states_); }

 private:
  std::unique_ptr<StaffWorld> world_;
  std::vector<StaffState> states_;
};

void add_sign_in(StaffCollector& all) {
  StaffWorld& world = all.fresh();
  world.play(act::Open{}, act::PeopleRead{sample_people()});
  all.keep("50-staff-who");
  world.play(act::ChoosePerson{"rina"}, act::SetText{st::TextTarget::kPin, "4802"});
  all.keep("51-staff-pin");
  world.play(act::SetText{st::TextTarget::kPin, "480217"}, act::EnterPin{});
  world.play(act::LetInRefused{world.session.request, st::Trouble::kPinWrong, 30'000});
  all.keep("51-staff-pin-wait");
  world.play(act::TogglePassphrase{}, act::SetText{st::TextTarget::kPin, "hujan di"});
  all.keep("51-staff-pin-phrase");
  StaffWorld& first = all.fresh();
  first.sign_in();
  first.play(act::ChangePin{}, act::SetText{st::TextTarget::kNewPin, "730915"},
             act::SetText{st::TextTarget::kNewPinAgain, "73091"}, act::EnterPin{});
  all.keep("52-staff-new-pin");
  first.play(act::TogglePassphrase{});
  all.keep("52-staff-new-phrase");
  StaffWorld& late = all.fresh();
  late.sign_in().pass_ms(st::kIdleMs);
  late.play(act::PeopleRead{sample_people()});
  all.keep("50-staff-who-timed-out");
}

void add_lists(StaffCollector& all) {
  StaffWorld& world = all.fresh();
  world.context.standing = {.journal = JournalState::kSound, .unsent_events = 6};
  world.sign_in();
  all.keep("53-staff-queue");
  world.play(act::PreviewTicket{world.session.queue.rows[3].id});
  all.keep("53-staff-queue-preview");
  world.play(act::ShowTab{QueueTab::kBack});
  all.keep("53-staff-queue-empty");
  StaffWorld& narrow = all.fresh();
  narrow.context.standing = {.journal = JournalState::kSound, .scope = StaffScope::kNarrow};
  narrow.sign_in();
  narrow.session.duty->may = {};
  all.keep("53-staff-queue-narrow");
  StaffWorld& search = all.fresh();
  search.sign_in().play(act::OpenSearch{}, act::SetText{st::TextTarget::kSearch, "Yohana"});
  all.keep("54-staff-search");
  search.play(act::FindWords{});
  search.play(act::Searched{search.session.request, {2, {sample_queue().rows[0], sample_queue().rows[5]}, false}});
  all.keep("54-staff-hits");
}

void add_ticket(StaffCollector& all) {
  all.fresh().sign_in().open_ticket();
  all.keep("55-staff-ticket");
  StaffWorld& done = all.fresh();
  done.sign_in().open_ticket().play(act::Compose{OfficerAction::kVerify});
  done.answer_case();
  all.keep("55-staff-ticket-done");
  StaffWorld& closed = all.fresh();
  closed.sign_in();
  st::Case secret = sample_case();
  secret.ticket.confidentiality = Confidentiality::kSecret;
  secret.ticket.status = TicketStatus::kArchived;
  secret.mark = {};
  secret.unreadable = st::Unreadable::kNotForOffice;
  secret.story.wipe();
  secret.name.wipe();
  secret.media.clear();
  secret.said.clear();
  secret.may = {};
  closed.play(act::OpenTicket{secret.ticket.id});
  closed.play(act::CaseRead{closed.session.request, secret});
  all.keep("55-staff-ticket-closed");
  StaffWorld& photo = all.fresh();
  photo.sign_in().open_ticket().play(act::OpenMedia{sample_case().media[1].event});
  photo.answer_case();
  all.keep("55-staff-photo");
  for (const auto& [action, name] :
       {std::pair{OfficerAction::kAnswerPublic, "56-staff-answer"}, std::pair{OfficerAction::kHold, "56-staff-hold"},
        std::pair{OfficerAction::kArchive, "56-staff-archive"},
        std::pair{OfficerAction::kMarkDuplicate, "56-staff-duplicate"}}) {
    all.fresh().sign_in().open_ticket().play(act::Compose{action});
    all.keep(name);
  }
  StaffWorld& resolve = all.fresh();
  resolve.sign_in().open_ticket().play(
      act::Compose{OfficerAction::kResolve},
      act::SetText{st::TextTarget::kWords, "Pipa sudah diganti. Air keluar lagi sejak Rabu."}, act::OpenCamera{});
  all.keep("57-staff-camera-none");
  resolve.play(act::CameraSeen{CameraSight::kLive});
  all.keep("57-staff-camera");
  resolve.play(act::TakePhoto{}, act::PhotoTaken{}, act::KeepPhoto{});
  all.keep("56-staff-resolve");
  resolve.play(act::SendWords{});
  all.keep("58-staff-confirm");
  StaffWorld& opds = all.fresh();
  opds.sign_in().open_ticket().play(act::Compose{OfficerAction::kHandOver});
  all.keep("56-staff-opds");
}

void add_office(StaffCollector& all) {
  StaffWorld& report = all.fresh();
  report.sign_in().play(act::OpenReport{});
  report.play(act::ReportRead{report.session.request, sample_report()});
  all.keep("59-staff-report");
  StaffWorld& office = all.fresh();
  office.sign_in().play(act::OpenOffice{}, act::NoticesRead{sample_notices()});
  all.keep("60-staff-office");
  office.play(act::OpenNotice{}, act::SetText{st::TextTarget::kTitle, "Kantor tutup hari Jumat"},
              act::WriteNotice{st::TextTarget::kWords});
  all.keep("61-staff-notice");
  office.play(act::WriteNotice{st::TextTarget::kUntil});
  all.keep("61-staff-notice-until");
  StaffWorld& people = all.fresh();
  people.sign_in().play(act::OpenPeople{}, act::PeopleRead{sample_people()});
  all.keep("62-staff-people");
  StaffWorld& outreach = all.fresh();
  outreach.sign_in().play(act::OpenOutreach{}, act::ChooseOutreachKampung{KampungCode{"94.04.06.2002"}});
  outreach.session.outreach_filed = 3;
  all.keep("63-staff-outreach");
  StaffWorld& idle = all.fresh();
  idle.sign_in().pass_ms(st::kIdleMs - st::kIdleWarningMs + 4'000);
  all.keep("64-staff-idle");
  StaffWorld& duty = all.fresh();
  duty.sign_in();
  duty.session.dialog = st::Dialog::kDutyWarning;
  all.keep("64-staff-duty").monotonic_ms += st::kDutyMs - st::kDutyWarningMs;
}

}  // namespace

std::vector<StaffState> all_staff_states() {
  StaffCollector all;
  add_sign_in(all);
  add_lists(all);
  add_ticket(all);
  add_office(all);
  return all.take();
}

}  // namespace mimika::testing
