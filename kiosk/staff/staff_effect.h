// What the counter asks the rest of the program to do. kiosk/app runs effects and answers with result actions.
#pragma once

#include <variant>

#include "kiosk/staff/staff_session.h"

namespace mimika::staff::effect {

struct ReadPeople {};  // PeopleRead
struct SignIn {        // LetInDone or LetInRefused
  RequestId id;
  std::string login;
  PersonalText pin;
};
struct ChangePin {  // PinChanged or Refused
  RequestId id;
  PersonalText pin;
};
// The office's key and everything that was opened with it are wiped; `timed_out`: nobody asked for it.
struct SignOut {
  bool timed_out = false;
};
struct ReadQueue {  // QueueRead
  RequestId id;
  QueueTab tab = QueueTab::kAll;
  std::uint32_t first = 0;
};
struct Search {  // Searched
  RequestId id;
  PersonalText words;
};
struct ReadCase {  // CaseRead or Refused; that it was read is written down first
  RequestId id;
  TicketId ticket;
  bool again = false;  // the one on the screen, as it is now: no further reading of it
};
struct Act {  // ActDone or Refused
  RequestId id;
  TicketId ticket;
  std::size_t seen_entries = 0;  // of the timeline: a ticket that moved on is looked at again first
  Composing what;
};
// A voice is heard, and MediaPlayed says when it ended; a photo comes back with CaseRead in its full size.
struct PlayMedia {
  RequestId id;
  TicketId ticket;
  EventKey event;
};
struct StopMedia {};  // silence
struct TakePhoto {};  // the next picture of the camera. PhotoTaken or PhotoFailed
struct ReadReport {   // ReportRead or Refused
  RequestId id;
  ReportSpan span = ReportSpan::kDay;
  LocalDate day{};
};
struct PrintReport {  // ReportPrinted or Refused
  RequestId id;
  Report report;
};
struct SetOffice {
  OfficeState state = OfficeState::kOpen;
};
struct ReadNotices {};  // NoticesRead
struct PostNotice {     // NoticesRead or Refused
  RequestId id;
  PersonalText title, text, until;  // until: "2026-12-24", or empty
};
struct WithdrawNotice {  // NoticesRead or Refused
  RequestId id;
  EventKey posted;
};
struct LetIn {  // PeopleRead or Refused
  RequestId id;
  std::string login;
};
struct ServeResident {};  // the residents' pages, with Session::assist
struct Close {};          // the counter is left; the residents' first screen stands again

}  // namespace mimika::staff::effect

namespace mimika::staff {

using Effect =
    std::variant<effect::ReadPeople, effect::SignIn, effect::ChangePin, effect::SignOut, effect::ReadQueue,
                 effect::Search, effect::ReadCase, effect::Act, effect::PlayMedia, effect::StopMedia, effect::TakePhoto,
                 effect::ReadReport, effect::PrintReport, effect::SetOffice, effect::ReadNotices, effect::PostNotice,
                 effect::WithdrawNotice, effect::LetIn, effect::ServeResident, effect::Close>;

}  // namespace mimika::staff
