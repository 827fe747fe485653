// What can happen to a session: touches, the passing of time, and the results of effects.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kiosk/session/session.h"

namespace mimika::action {

// --- anywhere
struct Touched {};  // a touch that hit nothing: still a sign of life
struct Tick {};     // time has passed
struct NextLanguage {};
struct ChooseLanguage {
  Language language;
};
struct NextTextSize {};
struct NextContrast {};
struct OpenHelp {};
struct CloseDialog {};
struct ConfirmDialog {};
struct StillHere {};
struct EndNow {};  // "finished, erase what I wrote"

// --- attract and home
struct Start {};
enum class HomeTile : std::uint8_t {
  kComplaint,
  kIdeas,
  kTrack,
  kCivil,
  kLicensing,
  kHealth,
  kAnnouncements,
  kRate,
};
struct OpenTile {
  HomeTile tile;
};
struct Finish {};

// --- going through a journey
struct Next {};
struct Back {};
struct Cancel {};
struct ChooseKind {
  TicketKind kind;
};
struct ChooseCategory {
  CategoryId category;
};
struct ChooseKampung {
  KampungCode kampung;
};
struct ChoosePlaceUnknown {};
struct OpenDistricts {};
struct ChooseDistrict {
  DistrictCode district;
};
struct OpenPlaceSearch {};
struct OpenLandmark {};
struct ChooseKnown {
  Confidentiality known;
};
struct ChooseService {
  ServiceId service;
};
struct Change {  // from the review
  Screen screen;
  std::size_t field_index = 0;
};
struct ToggleConsent {};
struct Save {};
struct TogglePhotographed {};
struct ToggleWritten {};
struct ReceiptDone {};

// --- writing
struct SetText {
  TextTarget target;
  std::string text;  // UTF-8; cut to what the field takes, then overwritten by the reducer
};

// --- tracking
struct OpenCode {};
struct OpenReply {
  SayKind kind;  // kReply or kReopen
};
struct OpenRating {};

// --- faces
struct ChooseScore {
  Score score;  // 1 to kBestScore
};
struct SkipScore {};

// --- results of effects
struct FilingDone {
  RequestId request;
  TicketNumber number;
  PersonalText code;  // in groups of four
  std::string qr_payload;
  WallMs filed_ms = 0;
};
struct FilingFailed {
  RequestId request;
  ErrorCode code;
};
struct TicketFound {
  RequestId request;
  Ticket ticket;
};
struct TicketNotFound {
  RequestId request;
};
struct LookUpFailed {
  RequestId request;
  ErrorCode code;
};
// The centre's answer changed tickets of this kiosk: some arrived, or became something else.
struct TicketsChanged {};
struct TicketRefreshed {
  Ticket ticket;
};
struct RepliesOpened {
  RequestId request;
  std::vector<OpenedReply> replies;  // every sealed text of the timeline that opened
};
struct RepliesRefused {
  RequestId request;
  ErrorCode code;  // kInvalidInput: mistyped; kUnauthorised: not this ticket's; anything else: could not read
};
struct SaidMore {
  RequestId request;
  Ticket ticket;                     // with it
  std::optional<OpenedReply> reply;  // what was written, to be read at once
};
struct SayFailed {
  RequestId request;
  ErrorCode code;
};
struct SurveySaved {
  RequestId request;
};
struct ProblemRaised {
  Problem problem;
};
struct ProblemCleared {};
struct RetryProblem {};

}  // namespace mimika::action

namespace mimika {

using Action =
    std::variant<action::Touched, action::Tick, action::NextLanguage, action::ChooseLanguage, action::NextTextSize,
                 action::NextContrast, action::OpenHelp, action::CloseDialog, action::ConfirmDialog, action::StillHere,
                 action::EndNow, action::Start, action::OpenTile, action::Finish, action::Next, action::Back,
                 action::Cancel, action::ChooseKind, action::ChooseCategory, action::ChooseKampung,
                 action::ChoosePlaceUnknown, action::OpenDistricts, action::ChooseDistrict, action::OpenPlaceSearch,
                 action::OpenLandmark, action::ChooseKnown, action::ChooseService, action::Change,
                 action::ToggleConsent, action::Save, action::TogglePhotographed, action::ToggleWritten,
                 action::ReceiptDone, action::SetText, action::OpenCode, action::FilingDone, action::FilingFailed,
                 action::TicketFound, action::TicketNotFound, action::LookUpFailed, action::TicketsChanged,
                 action::TicketRefreshed, action::RepliesOpened, action::RepliesRefused, action::OpenReply,
                 action::OpenRating, action::ChooseScore, action::SkipScore, action::SaidMore, action::SayFailed,
                 action::SurveySaved, action::ProblemRaised, action::ProblemCleared, action::RetryProblem>;

}  // namespace mimika
