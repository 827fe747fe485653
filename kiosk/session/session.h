// One person's visit, as a value. The reducer (apply.h) turns it and an action into the next one; the screens draw it.
// It knows no clock, store or pixel: time and the catalogue arrive with SessionContext.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "kiosk/model/announcements.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/session/personal.h"
#include "kiosk/session/preferences.h"
#include "kiosk/session/request_id.h"
#include "kiosk/session/standing.h"

namespace mimika {

enum class Screen : std::uint8_t {
  kAttract,
  kHome,
  kKind,  // idea or question
  kCategory,
  kPlace,
  kDistricts,
  kPlaceSearch,
  kLandmark,
  kStory,
  kVoice,   // telling it instead of writing
  kCamera,  // a photo of what is wrong, or of a paper
  kPhotos,  // those that were kept, to look at, to take away, to add to
  kKnown,   // how to be known
  kContact,
  kServices,
  kServiceDetails,
  kServiceField,
  kPapers,  // a photo of each
  kReview,
  kSaving,
  kSaveFailed,
  kReceipt,
  kTrackNumber,
  kTrackScan,  // the QR code of a receipt, by the camera
  kTrackSearching,
  kTrackMissing,
  kTrackTicket,
  kTrackCode,
  kTrackOpening,
  kReply,   // to write back, or why it is not solved
  kRating,  // of a closed ticket
  kSaying,  // what was said is being saved
  kAnnouncements,
  kSurvey,  // one element at a time
  kSurveyThanks,
};

// What lies over the screen. The idle warning is apart (Session::warning): it can come over any of them.
enum class Dialog : std::uint8_t { kNone, kHelp, kSpeech, kConfirmCancel, kConfirmFinish, kDraftLost };

enum class Journey : std::uint8_t { kNone, kComplaint, kIdea, kService, kTrack, kSurvey };

// The texts a person can write.
enum class TextTarget : std::uint8_t {
  kStory,
  kLandmark,
  kPlaceSearch,
  kName,
  kPhone,
  kAnswer,
  kTrackNumber,
  kTrackCode,
  kReply
};

// The kiosk as a whole cannot work, whoever stands there.
struct Problem {
  ErrorCode code = ErrorCode::kInternal;
  std::string technical;  // for the technician: an id or a path, never anything of a person
  friend bool operator==(const Problem&, const Problem&) = default;
};

// An officer fills in for whoever stands there, or told it in their village.
struct Assisted {
  Actor officer;
  AssistKind how = AssistKind::kCounter;
  std::string day;                     // kOutreach: when it was told, "2026-11-28"
  std::optional<KampungCode> kampung;  // kOutreach: where, filled in for each
  friend bool operator==(const Assisted&, const Assisted&) = default;
};

struct Session {
  Screen screen = Screen::kAttract;
  Journey journey = Journey::kNone;
  Dialog dialog = Dialog::kNone;
  Preferences preferences;
  Personal personal;

  ServiceGroup service_group = ServiceGroup::kCivilRegistration;
  std::size_t field_index = 0;  // kServiceField: which of the service's fields
  bool changing = false;        // came from the review, goes back to it

  std::int64_t last_activity_ms = 0;             // monotonic
  std::optional<std::int64_t> warning_since_ms;  // monotonic; the idle warning is up
  int extensions = 0;                            // "I am here" answered in a row without anything else done

  std::optional<Assisted> assisted;  // of an outreach it stays from one filing to the next

  std::optional<ErrorCode> save_failure;
  std::optional<Problem> problem;
  RequestId request;  // the last one asked; never reset
  friend bool operator==(const Session&, const Session&) = default;
};

// Whether the office takes people now. A kiosk that is not told says nothing about hours.
enum class OfficeState : std::uint8_t { kOpen, kPaused, kClosed };

struct SessionLimits {
  std::int64_t idle_ms = 120'000;   // until the warning; 2 to 5 minutes
  std::int64_t answer_ms = 20'000;  // to answer it; at least 20 s
  int extensions = 10;
  std::int64_t unread_ms = 8'000;  // of a camera that reads no code, until that is said
};

// A language that has at least the words of the first screens.
struct OfferedLanguage {
  Language language;
  std::string draft = {};  // its own word for "draft", until its speakers have reviewed it
};

// What the kiosk's loudspeaker does now.
struct SoundState {
  bool missing = false;   // there is none
  bool speaking = false;  // somebody listens
};

struct SessionContext {
  const Catalogue& catalogue;
  DistrictCode district;    // of this kiosk
  DeviceCode kiosk;         // its own, as in the numbers it gives; empty until it is known
  std::string office_name;  // "Kantor Distrik Jila"
  WallMs wall_ms = 0;
  std::int64_t monotonic_ms = 0;
  LocalDate today;
  ClockConfidence clock = ClockConfidence::kUnknown;
  OfficeState office = OfficeState::kOpen;
  std::optional<LocalTime> open_until;
  Standing standing = {};
  std::span<const Announcement> announcements = {};
  SoundState sound = {};
  SessionLimits limits;
  std::vector<OfferedLanguage> languages = {{Language::kIndonesian}, {Language::kEnglish}};
  bool printer = false;  // one is set up, whatever it has to say today
};

}  // namespace mimika
