// What can happen at the counter: touches, time, and the results of effects.
#pragma once

#include <variant>

#include "kiosk/staff/staff_session.h"

namespace mimika::staff::action {

struct Touched {};
struct Tick {};
struct Open {};   // from the first screen; answered by PeopleRead
struct Leave {};  // back to the residents' first screen, nobody signed in
struct NextLanguage {};
struct NextTextSize {};
struct NextContrast {};
struct ChoosePerson {
  std::string login;
};
struct TogglePassphrase {};
struct EnterPin {};  // also: save the new one
struct Back {};
struct SignOut {};
struct CloseDialog {};
struct ConfirmDialog {};
struct SetText {
  TextTarget target = TextTarget::kWords;
  std::string text;  // overwritten by the reducer
};

// --- the queue and a ticket
struct ShowTab {
  QueueTab tab = QueueTab::kAll;
};
struct ShowRows {
  std::uint32_t first = 0;
};
struct PreviewTicket {  // beside the list
  TicketId ticket;
};
struct OpenTicket {
  TicketId ticket;
};
struct Compose {  // kVerify asks nothing and is done at once
  OfficerAction action = OfficerAction::kVerify;
};
struct ChooseOpd {
  OpdId opd;
};
struct SendWords {};  // what is being composed, after a look at it
struct OpenMedia {    // a photo in its full size; a voice is heard, or no longer
  EventKey event;
};
// --- photos as evidence, as in kiosk/session/action.h
struct OpenCamera {};
struct TakePhoto {};
struct KeepPhoto {};
struct AgainPhoto {};
struct RemovePhoto {
  std::uint32_t id = 0;
};

// --- pages
struct OpenQueue {};
struct OpenSearch {};
struct FindWords {};    // looks for what was typed
struct ChangeWords {};  // back to typing
struct OpenReport {
  ReportSpan span = ReportSpan::kDay;
  LocalDate day{};  // any of it
};
struct PrintReport {};
struct OpenOffice {};
struct SetOffice {
  OfficeState state = OfficeState::kOpen;
};
struct OpenNotice {};
struct WriteNotice {
  TextTarget part = TextTarget::kTitle;  // kTitle, kWords or kUntil
};
struct PostNotice {};
struct WithdrawNotice {
  EventKey posted;
};
struct OpenPeople {};
struct LetIn {
  std::string login;
};
struct ChangePin {};
struct OpenOutreach {};
struct ChooseOutreachKampung {
  std::optional<KampungCode> kampung;
};
struct BeginAssist {
  AssistKind how = AssistKind::kCounter;
};
struct EndAssist {};       // the resident's visit is over
struct FiledForPerson {};  // one more was saved

// --- results
struct PeopleRead {
  std::vector<Person> people;
};
struct LetInDone {  // signed in
  RequestId request;
  Duty duty;
};
struct LetInRefused {
  RequestId request;
  Trouble trouble = Trouble::kPinWrong;
  std::int64_t wait_ms = 0;
};
struct PinChanged {
  RequestId request;
};
struct QueueRead {
  RequestId request;
  QueuePage page;
};
struct Searched {
  RequestId request;
  SearchHits hits;
};
struct CaseRead {
  RequestId request;
  Case ticket;
};
struct ActDone {
  RequestId request;
  Case ticket;
};
struct Refused {  // of anything but a sign-in
  RequestId request;
  Trouble trouble = Trouble::kNotSaved;
};
struct ReportRead {
  RequestId request;
  Report report;
};
struct ReportPrinted {
  RequestId request;
};
struct NoticesRead {
  std::vector<OfficeNotice> notices;
};
struct TicketsChanged {};  // by the centre's answer, or as older ones were opened
struct MediaPlayed {};     // a voice has ended, or could not be heard
struct CameraSeen {
  CameraSight sight = CameraSight::kStarting;
};
struct PhotoTaken {
  PersonalBytes jpeg;
  PersonalBytes preview;
};
struct PhotoFailed {};

}  // namespace mimika::staff::action

namespace mimika::staff {

using Action =
    std::variant<action::Touched, action::Tick, action::Open, action::Leave, action::NextLanguage, action::NextTextSize,
                 action::NextContrast, action::ChoosePerson, action::TogglePassphrase, action::EnterPin, action::Back,
                 action::SignOut, action::CloseDialog, action::ConfirmDialog, action::SetText, action::ShowTab,
                 action::ShowRows, action::PreviewTicket, action::OpenTicket, action::Compose, action::ChooseOpd,
                 action::SendWords, action::OpenMedia, action::OpenCamera, action::TakePhoto, action::KeepPhoto,
                 action::AgainPhoto, action::RemovePhoto, action::OpenQueue, action::OpenSearch, action::FindWords,
                 action::ChangeWords, action::OpenReport, action::PrintReport, action::OpenOffice, action::SetOffice,
                 action::OpenNotice, action::WriteNotice, action::PostNotice, action::WithdrawNotice,
                 action::OpenPeople, action::LetIn, action::ChangePin, action::OpenOutreach,
                 action::ChooseOutreachKampung, action::BeginAssist, action::EndAssist, action::FiledForPerson,
                 action::PeopleRead, action::LetInDone, action::LetInRefused, action::PinChanged, action::QueueRead,
                 action::Searched, action::CaseRead, action::ActDone, action::Refused, action::ReportRead,
                 action::ReportPrinted, action::NoticesRead, action::TicketsChanged, action::MediaPlayed,
                 action::CameraSeen, action::PhotoTaken, action::PhotoFailed>;

}  // namespace mimika::staff
