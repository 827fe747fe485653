// What a session asks the rest of the program to do. kiosk/app runs effects and answers with result actions.
#pragma once

#include <variant>
#include <vector>

#include "kiosk/session/session.h"

namespace mimika::effect {

// Answered by FilingDone or FilingFailed. Whoever runs it calls wipe(request) afterwards.
struct FileTicket {
  RequestId id;
  FilingRequest request;
  std::vector<FilingMedia> media;
  std::optional<Assisted> assisted = {};  // by whom; written down right after the filing
};
// Answered by TicketFound, TicketNotFound or LookUpFailed.
struct LookUpTicket {
  RequestId id;
  TicketNumber number;
};
// The ticket on the screen, read once more. Answered by TicketRefreshed, or not at all: what is shown then stays.
struct RefreshTicket {
  TicketNumber number;
};
// Answered by RepliesOpened or RepliesRefused.
struct OpenReplies {
  RequestId id;
  TicketId ticket;
  PersonalText code;  // 16 digits
};
// Answered by SaidMore or SayFailed. The holder of the receipt code says more of a ticket.
struct SayMore {
  RequestId id;
  TicketId ticket;
  SayKind kind = SayKind::kReply;
  PersonalText words;  // kReopen: may be empty
  Score score = 0;     // kRate
  std::vector<FilingMedia> media = {};
};
// Answered by SurveySaved or SayFailed.
struct AnswerSurvey {
  RequestId id;
  std::array<Score, kSurveyElements> scores{};
};
// The next picture of the camera becomes a photo. Answered by PhotoTaken or PhotoFailed.
struct TakePhoto {};
// Answered by PrinterTold.
struct AskPrinter {
  RequestId id;
};
// Answered by PrintDone or PrintFailed, with PrintProgress before.
struct PrintReceipt {
  RequestId id;
  Receipt receipt;
};
struct CancelPrint {};   // what was asked for and has not come out must never come out
struct EndSession {};    // forget keyboard state, frames, sounds: whatever of the person lives outside the session
struct Chime {};         // the idle warning is heard as well as seen
struct SpeakPage {};     // all of it, also what is said only when asked for
struct SpeakFocus {};    // what has the focus; the page when nothing has
struct Hush {};          // silence
struct OpenStaff {};     // the counter is to stand on the screen
struct EndAssist {};     // nobody is filed for any more: back to the counter
struct RetryProblem {};  // try again to open what failed; answered by ProblemCleared or ProblemRaised

}  // namespace mimika::effect

namespace mimika {

using Effect =
    std::variant<effect::FileTicket, effect::LookUpTicket, effect::RefreshTicket, effect::OpenReplies, effect::SayMore,
                 effect::AnswerSurvey, effect::TakePhoto, effect::AskPrinter, effect::PrintReceipt, effect::CancelPrint,
                 effect::EndSession, effect::Chime, effect::SpeakPage, effect::SpeakFocus, effect::Hush,
                 effect::RetryProblem, effect::OpenStaff, effect::EndAssist>;

}  // namespace mimika
