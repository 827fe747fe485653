// The counter as a value: who signs in, what stands on the screen, what is being written. The reducer
// (staff_apply.h) turns it and an action into the next one; ui/screens/officer draws it. It knows no clock, store or
// pixel.
//
// Nobody signed in, or nobody there for kIdleMs, or on duty for kDutyMs: nothing of a case is in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/staff_scope.h"
#include "kiosk/session/personal.h"
#include "kiosk/session/preferences.h"
#include "kiosk/session/request_id.h"
#include "kiosk/staff/staff_data.h"

namespace mimika::staff {

inline constexpr std::int64_t kIdleMs = 5 * 60'000;        // then the counter closes; counted on the monotonic clock
inline constexpr std::int64_t kIdleWarningMs = 30'000;     // before that it says so
inline constexpr std::int64_t kDutyMs = 12LL * 3'600'000;  // then it closes whatever is being done
inline constexpr std::int64_t kDutyWarningMs = 5 * 60'000;
inline constexpr std::int64_t kSignInIdleMs = 60'000;  // nobody signs in: the residents' first screen stands again

inline constexpr std::size_t kPinBytes = 64;         // of a PIN or a passphrase, at most
inline constexpr std::size_t kPinDigits = 6;         // at least
inline constexpr std::size_t kPassphraseBytes = 10;  // at least

enum class Screen : std::uint8_t {
  kWho,       // whose account
  kPin,       // digits, or a passphrase on the whole keyboard
  kEntering,  // the PIN is being tried: a quarter of a second by intent, more on a small machine
  kNewPin,    // twice
  kQueue,
  kTicket,
  kCompose,  // words of an answer, a question, a reason; photos as evidence
  kCamera,   // a photo as evidence
  kPhoto,    // one of the ticket's, as large as it is
  kOpds,     // to whom it is handed
  kSearch,
  kReport,
  kOffice,    // open, pause, close; announcements; who may be let in again
  kNotice,    // an announcement is written
  kPeople,    // accounts: locked ones are let in again
  kOutreach,  // place and day of the filings that follow
};

enum class Dialog : std::uint8_t {
  kNone,
  kConfirmAct,       // with what will be seen in public
  kConfirmDiscard,   // words were written, and are lost by going back
  kConfirmOffice,    // the office is closed
  kConfirmWithdraw,  // an announcement is taken down
  kConfirmSignOut,
  kIdleWarning,
  kDutyWarning,
};

// What was asked for and is not answered yet. One thing at a time; what comes next takes its place, except while
// somebody signs in or something is being saved.
enum class Waiting : std::uint8_t {
  kNothing,
  kSignIn,
  kNewPin,
  kQueue,
  kSearch,
  kCase,
  kMedia,
  kAct,
  kReport,
  kPrint,
  kNotice,
  kLetIn,
};

// A text that is being written at the counter.
enum class TextTarget : std::uint8_t {
  kPin,
  kNewPin,
  kNewPinAgain,
  kWords,  // of what is being composed; on kNotice the announcement's text
  kSearch,
  kDuplicateOf,
  kTitle,
  kUntil,
  kDay
};

// Why somebody was not let in, or something not done; in words on the screen.
enum class Trouble : std::uint8_t {
  kNone,
  kPinWrong,  // and how long to wait
  kPinWait,   // it is still too early
  kLocked,
  kKeyFileMissing,
  kPinTooShort,
  kPinTooSimple,
  kPinsDiffer,
  kPinSame,  // the new one is the old one
  kNoWords,
  kNumberWrong,  // not a ticket's number, or not of this district
  kMovedOn,      // somebody else did something with the ticket meanwhile
  kNotAllowed,
  kNotSaved,  // the disk
  kDateWrong,
  kTimedOut,  // signed out, because nobody was there
  kDutyOver,  // signed out, because the longest turn of duty was over
};

struct PinEntry {
  std::string login;
  PersonalText pin;
  PersonalText again;       // kNewPin
  bool passphrase = false;  // the whole keyboard
  friend bool operator==(const PinEntry&, const PinEntry&) = default;
};

// What is being written about the ticket on the screen.
struct Composing {
  OfficerAction action = OfficerAction::kAnswerPublic;
  PersonalText words;
  PersonalText other;  // kMarkDuplicate: the other ticket's number
  std::optional<OpdId> opd;
  std::vector<Photo> photos;  // evidence
  friend bool operator==(const Composing&, const Composing&) = default;
};

// The filings that follow are for others: by whom, and what they have in common.
struct Assist {
  Actor actor;
  AssistKind how = AssistKind::kCounter;
  std::string day;                     // kOutreach
  std::optional<KampungCode> kampung;  // kOutreach: filled in for each
  std::uint32_t filed = 0;             // in this row
  friend bool operator==(const Assist&, const Assist&) = default;
};

struct Session {
  Screen screen = Screen::kWho;
  Dialog dialog = Dialog::kNone;
  Preferences preferences;
  std::vector<Person> people;
  PinEntry entry;
  std::optional<Duty> duty;
  Trouble trouble = Trouble::kNone;
  std::int64_t people_read_ms = 0;  // monotonic
  std::int64_t try_again_ms = 0;    // monotonic: no PIN before
  Waiting waiting = Waiting::kNothing;

  QueuePage queue;
  std::optional<TicketId> preview;  // the row that is shown beside the list, where there is room
  std::optional<Case> ticket;
  Screen ticket_from = Screen::kQueue;  // where Back leads: kQueue or kSearch
  std::optional<EventKey> media;        // the photo on kPhoto, or the voice that is heard
  Composing composing;
  Viewfinder viewfinder;
  std::uint32_t last_photo = 0;
  PersonalText search;
  bool searched = false;  // `hits` are of these words
  SearchHits hits;
  std::optional<Report> report;
  bool report_printed = false;
  std::vector<OfficeNotice> notices;
  PersonalText notice_title, notice_text, notice_until;  // until: digits, "24122026"
  TextTarget notice_part = TextTarget::kTitle;           // which of them is being written: kTitle, kWords or kUntil
  std::optional<EventKey> withdrawing;                   // kConfirmWithdraw
  PersonalText outreach_day;                             // digits, "24112026"
  std::optional<KampungCode> outreach_kampung;
  std::uint32_t outreach_filed = 0;  // in a row, of this place and day
  std::optional<Assist> assist;      // the residents' pages stand on the screen meanwhile
  bool done = false;                 // what was asked for is saved; the page says so until something else is done
  bool stale = false;                // tickets changed while something else was waited for
  bool duty_warned = false;          // that the turn of duty ends soon

  std::int64_t last_activity_ms = 0;  // monotonic
  RequestId request;                  // the last one asked; never reset
  friend bool operator==(const Session&, const Session&) = default;
};

struct Context {
  const Catalogue& catalogue;
  DistrictCode district;
  DeviceCode kiosk;
  std::string office_name;
  WallMs wall_ms = 0;
  std::int64_t monotonic_ms = 0;
  LocalDate today;
  ClockConfidence clock = ClockConfidence::kUnknown;
  OfficeState office = OfficeState::kOpen;
  Standing standing = {};
  std::vector<OfferedLanguage> languages = {};
  bool printer = false;
};

}  // namespace mimika::staff
