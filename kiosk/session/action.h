// What can happen to a session: touches, the passing of time, and the results of effects.
#pragma once

#include <optional>
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
// --- speech (speaking.cc)
struct Listen {};      // "Dengar": reads this page, and from then on what comes; when it does already, its settings
struct ReadAgain {};   // the whole page once more, with what is said only when asked for
struct SpeakFocus {};  // what has the focus, once more
enum class SpeechKnob : std::uint8_t { kSlower, kFaster, kQuieter, kLouder };
struct TurnKnob {
  SpeechKnob knob;
};
struct StopListening {};
struct SoundMissing {};  // nothing could be heard of what was asked for
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

// --- staff
struct OpenStaff {};  // from the first screen
// The counter's officer fills in from here on; whoever was there before is gone.
struct BeginAssist {
  Assisted assisted;
};
struct EndAssist {};  // the counter was closed meanwhile: the visit ends at once

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
struct PrintReceipt {};
struct CancelPrint {};
struct TogglePrinted {};  // "the paper came out"

// --- writing
struct SetText {
  TextTarget target;
  std::string text;  // UTF-8; cut to what the field takes, then overwritten by the reducer
};

// --- saying and showing
struct OpenVoice {};  // recording begins at once, unless there is a voice already
struct JustSpeak {};  // from the categories: no further question, whoever listens will sort it
struct StopVoice {};
struct AgainVoice {};
struct DiscardVoice {};
struct PlayVoice {};  // and stops it
struct OpenPhotos {
};  // beside a story or what is written back: those that were kept, or the camera while there is none
struct OpenCamera {
  PhotoFor purpose = PhotoFor::kStory;
  std::size_t paper = 0;
};
struct TakePhoto {};
struct KeepPhoto {};
struct AgainPhoto {};
struct RemovePhoto {
  std::uint32_t id = 0;
};

// --- tracking
struct OpenScan {};
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
  bool media_left_out = false;
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
  bool media_left_out = false;       // there was no room for its photos
};
struct SayFailed {
  RequestId request;
  ErrorCode code;
};
struct SurveySaved {
  RequestId request;
};
// Of the microphone and the loudspeaker; `request` as the recording was asked for.
struct VoiceHeard {
  RequestId request;
  std::int64_t recorded_ms = 0;
  float level = 0;  // 0 to 1
  bool silent = false;
};
struct VoiceRecorded {
  RequestId request;
  PersonalBytes opus;
  std::int64_t duration_ms = 0;
  bool cut = false;
};
struct VoiceFailed {
  RequestId request;
  VoiceTrouble trouble = VoiceTrouble::kInternal;
};
struct VoicePlays {
  std::int64_t position_ms = 0;
};
struct VoicePlayed {
  bool unheard = false;
};
// Of the camera.
struct CameraSeen {
  CameraSight sight = CameraSight::kStarting;
};
struct PhotoTaken {
  PersonalBytes jpeg;
  PersonalBytes preview;
};
struct PhotoFailed {};
struct CodeRead {
  std::optional<TicketNumber> number;  // empty: the code is not of a receipt
};
// What the printer said of itself; kNone: it is ready.
struct PrinterTold {
  RequestId request;
  PrintTrouble trouble = PrintTrouble::kNone;
};
struct PrintProgress {  // the printer is being given the page
  RequestId request;
};
struct PrintDone {
  RequestId request;
};
struct PrintFailed {
  RequestId request;
  PrintTrouble trouble = PrintTrouble::kOther;
};
// The kiosk went down while somebody's words were not saved yet.
struct DraftLost {};
struct ProblemRaised {
  Problem problem;
};
struct ProblemCleared {};
struct RetryProblem {};

}  // namespace mimika::action

namespace mimika {

using Action = std::variant<
    action::Touched, action::Tick, action::Listen, action::ReadAgain, action::SpeakFocus, action::TurnKnob,
    action::StopListening, action::SoundMissing, action::NextLanguage, action::ChooseLanguage, action::NextTextSize,
    action::NextContrast, action::OpenHelp, action::CloseDialog, action::ConfirmDialog, action::StillHere,
    action::EndNow, action::Start, action::OpenTile, action::Finish, action::Next, action::Back, action::Cancel,
    action::ChooseKind, action::ChooseCategory, action::ChooseKampung, action::ChoosePlaceUnknown,
    action::OpenDistricts, action::ChooseDistrict, action::OpenPlaceSearch, action::OpenLandmark, action::ChooseKnown,
    action::ChooseService, action::Change, action::ToggleConsent, action::Save, action::TogglePhotographed,
    action::ToggleWritten, action::ReceiptDone, action::SetText, action::OpenCode, action::FilingDone,
    action::FilingFailed, action::TicketFound, action::TicketNotFound, action::LookUpFailed, action::TicketsChanged,
    action::TicketRefreshed, action::RepliesOpened, action::RepliesRefused, action::OpenReply, action::OpenRating,
    action::OpenVoice, action::JustSpeak, action::StopVoice, action::AgainVoice, action::DiscardVoice,
    action::PlayVoice, action::OpenCamera, action::TakePhoto, action::KeepPhoto, action::AgainPhoto,
    action::RemovePhoto, action::OpenPhotos, action::OpenScan, action::VoiceHeard, action::VoiceRecorded,
    action::VoiceFailed, action::VoicePlays, action::VoicePlayed, action::CameraSeen, action::PhotoTaken,
    action::PhotoFailed, action::CodeRead, action::ChooseScore, action::SkipScore, action::SaidMore, action::SayFailed,
    action::SurveySaved, action::PrintReceipt, action::CancelPrint, action::TogglePrinted, action::PrinterTold,
    action::PrintProgress, action::PrintDone, action::PrintFailed, action::DraftLost, action::ProblemRaised,
    action::ProblemCleared, action::RetryProblem, action::OpenStaff, action::BeginAssist, action::EndAssist>;

}  // namespace mimika
