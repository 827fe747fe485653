#include "tests/monkey/late_desk.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace mimika::monkey {
namespace {

constexpr std::array kFailures = {ErrorCode::kStorageFull,  ErrorCode::kStorageReadOnly, ErrorCode::kStorageFailed,
                                  ErrorCode::kCorrupt,      ErrorCode::kNewerVersion,    ErrorCode::kInvalidInput,
                                  ErrorCode::kUnauthorised, ErrorCode::kInternal};

constexpr std::array kPrintTroubles = {
    PrintTrouble::kNone,      PrintTrouble::kPaperOut,      PrintTrouble::kPaperJam,
    PrintTrouble::kCoverOpen, PrintTrouble::kOffline,       PrintTrouble::kStuck,
    PrintTrouble::kCannot,    PrintTrouble::kMayStillPrint, PrintTrouble::kCancelled};

}  // namespace

void LateDesk::answer(std::int64_t now_ms, Action action) {
  constexpr std::int64_t kQuickMs = 40;
  constexpr std::int64_t kSlowMs = 4000;
  const std::uint64_t mood = chance_.below(20);
  const std::int64_t longest = mood == 0 ? kSlowestMs : mood < 5 ? kSlowMs : kQuickMs;
  const std::int64_t at = now_ms + chance_.between(0, longest);
  if (chance_.one_in(25)) waiting_.push_back({at + chance_.between(0, kSlowMs), action});  // said twice
  waiting_.push_back({at, std::move(action)});
}

void LateDesk::ask(Effect effect, std::int64_t now_ms) {
  if (auto* file = std::get_if<effect::FileTicket>(&effect)) {
    wipe(file->request);
    if (chance_.one_in(4)) return answer(now_ms, action::FilingFailed{file->id, chance_.of(kFailures)});
    ++filings_;
    TicketNumber number = ticket_.number;
    number.counter += static_cast<std::uint32_t>(filings_);
    answer(now_ms, action::FilingDone{.request = file->id,
                                      .number = number,
                                      .code = PersonalText("4827 1093 5561 2048"),
                                      .qr_payload = "MIMIKA1:TEST",
                                      .filed_ms = now_ms});
  } else if (const auto* search = std::get_if<effect::LookUpTicket>(&effect)) {
    const std::uint64_t outcome = chance_.below(6);
    if (outcome == 0) return answer(now_ms, action::LookUpFailed{search->id, chance_.of(kFailures)});
    if (outcome == 1) return answer(now_ms, action::TicketNotFound{search->id});
    Ticket found = ticket_;
    found.number = search->number;
    answer(now_ms, action::TicketFound{search->id, std::move(found)});
  } else if (const auto* refresh = std::get_if<effect::RefreshTicket>(&effect)) {
    Ticket fresh = ticket_;
    fresh.number = refresh->number;
    fresh.arrived_ms = now_ms;
    if (!chance_.one_in(4)) answer(now_ms, action::TicketRefreshed{std::move(fresh)});
  } else if (const auto* open = std::get_if<effect::OpenReplies>(&effect)) {
    if (chance_.one_in(3)) return answer(now_ms, action::RepliesRefused{open->id, chance_.of(kFailures)});
    std::vector<OpenedReply> replies;
    for (const TimelineEntry& entry : ticket_.timeline) {
      if (!entry.sealed_text.empty()) replies.push_back({entry.event, PersonalText("Besok teknisi datang ke rumah.")});
    }
    answer(now_ms, action::RepliesOpened{open->id, std::move(replies)});
  } else if (const auto* said = std::get_if<effect::SayMore>(&effect)) {
    if (chance_.one_in(4)) return answer(now_ms, action::SayFailed{said->id, chance_.of(kFailures)});
    answer(now_ms, action::SaidMore{said->id, ticket_, {}});
  } else if (const auto* answered = std::get_if<effect::AnswerSurvey>(&effect)) {
    if (chance_.one_in(4)) return answer(now_ms, action::SayFailed{answered->id, chance_.of(kFailures)});
    answer(now_ms, action::SurveySaved{answered->id});
  } else if (const auto* asked = std::get_if<effect::AskPrinter>(&effect)) {
    answer(now_ms, action::PrinterTold{asked->id, chance_.of(kPrintTroubles)});
  } else if (const auto* print = std::get_if<effect::PrintReceipt>(&effect)) {
    answer(now_ms, action::PrintProgress{print->id});
    if (chance_.one_in(2)) return answer(now_ms, action::PrintDone{print->id});
    answer(now_ms, action::PrintFailed{print->id, chance_.of(kPrintTroubles)});
  } else if (std::holds_alternative<effect::RetryProblem>(effect)) {
    if (chance_.one_in(3)) return answer(now_ms, action::ProblemRaised{Problem{chance_.of(kFailures), "again"}});
    answer(now_ms, action::ProblemCleared{});
  }
}

// The centre was heard, a disk broke and was mended, an answer comes for somebody who has long gone.
void LateDesk::speak_unasked(std::int64_t now_ms) {
  constexpr std::int64_t kRareMs = 20'000;
  unasked_ms_ = now_ms + chance_.between(1, kRareMs);
  switch (chance_.below(8)) {
    case 0: {
      waiting_.push_back({now_ms, action::ProblemRaised{Problem{chance_.of(kFailures), "journal.db"}}});
      // Whatever broke is mended within the hour, or nobody could use the kiosk.
      waiting_.push_back({now_ms + chance_.between(1, kRareMs), action::ProblemCleared{}});
      break;
    }
    case 1:
      waiting_.push_back({now_ms, action::FilingDone{.request = RequestId{chance_.below(50)},
                                                     .number = ticket_.number,
                                                     .code = PersonalText("0000 0000 0000 0000"),
                                                     .qr_payload = "MIMIKA1:NOBODY",
                                                     .filed_ms = now_ms}});
      break;
    case 2:
      waiting_.push_back({now_ms, action::TicketFound{RequestId{chance_.below(50)}, ticket_}});
      break;
    case 3:
      waiting_.push_back({now_ms, action::RepliesOpened{RequestId{chance_.below(50)}, {}}});
      break;
    default:
      waiting_.push_back({now_ms, action::TicketsChanged{}});
      break;
  }
}

std::vector<Action> LateDesk::answers(std::int64_t now_ms) {
  if (now_ms >= unasked_ms_) speak_unasked(now_ms);
  std::ranges::stable_sort(waiting_, {}, &Answer::at_ms);
  std::vector<Action> out;
  std::size_t said = 0;
  while (said < waiting_.size() && waiting_[said].at_ms <= now_ms) out.push_back(std::move(waiting_[said++].action));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(said));
  return out;
}

std::int64_t LateDesk::next_ms() const {
  std::int64_t next = unasked_ms_;
  for (const Answer& answer : waiting_) next = std::min(next, answer.at_ms);
  return next;
}

}  // namespace mimika::monkey
