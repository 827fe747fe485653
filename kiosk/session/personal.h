// Everything the kiosk holds of the person standing before it, in one place, so that forgetting it is one assignment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/event.h"
#include "kiosk/model/ticket.h"
#include "kiosk/session/media.h"
#include "kiosk/session/personal_text.h"
#include "kiosk/session/printing.h"

namespace mimika {

// What has been entered of one complaint, idea or question. Kept until it is filed, given up, or the session ends.
struct Draft {
  std::optional<TicketKind> kind;  // ideas: which of the two
  std::optional<CategoryId> category;
  std::optional<DistrictCode> district;  // whose kampung are listed; empty: the district of this kiosk
  std::optional<KampungCode> kampung;
  bool place_unknown = false;  // "I do not know which kampung", chosen rather than skipped
  PersonalText place_search;   // letters of a kampung name that is looked for
  PersonalText landmark;
  PersonalText story;
  Confidentiality known = Confidentiality::kNameHidden;
  PersonalText name;
  PersonalText phone;
  std::optional<Voice> voice;
  std::vector<Photo> photos;
  bool consent = false;
  friend bool operator==(const Draft&, const Draft&) = default;
};

// An answer to a service's question. Services share field ids, so a NIK typed for one is there for the next.
struct Answer {
  std::string field;
  PersonalText text;
  friend bool operator==(const Answer&, const Answer&) = default;
};

struct ServiceDraft {
  std::optional<ServiceId> service;
  std::vector<Answer> answers;
  std::vector<Photo> papers;  // at most one of each requirement
  bool consent = false;
  friend bool operator==(const ServiceDraft&, const ServiceDraft&) = default;
};

// What is shown after saving, until the person says "I have it". The kiosk keeps the code nowhere else.
// `arrived_ms` is empty until the centre said that it has the filing; its clock, as Ticket has it.
struct Receipt {
  TicketNumber number;
  PersonalText code;  // "4827 1093 5561 2048"
  std::string qr_payload;
  WallMs filed_ms = 0;
  std::optional<WallMs> arrived_ms = {};
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality known = Confidentiality::kNameHidden;
  std::optional<CategoryId> category = {};
  std::optional<KampungCode> kampung = {};
  std::optional<ServiceId> service = {};
  bool photographed = false;
  bool written = false;
  bool media_left_out = false;  // the kiosk had no room for voice and photos, the words alone were saved
  Printing printing = {};
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

// A sealed text of the timeline, opened with the receipt code.
struct OpenedReply {
  EventKey event;
  PersonalText text;
  friend bool operator==(const OpenedReply&, const OpenedReply&) = default;
};

// Why a ticket number or a receipt code did not lead anywhere.
enum class TrackProblem : std::uint8_t {
  kNone,
  kNumberIncomplete,
  kNumberMistyped,  // the check letter does not fit
  kCodeIncomplete,
  kCodeMistyped,  // not a receipt code at all: its check digit does not fit
  kCodeWrong,     // a receipt code, but not this ticket's
  kReadFailed,    // the kiosk could not read its own records
};

// What the holder of the receipt code can say of a ticket.
enum class SayKind : std::uint8_t { kReply, kReopen, kRate };

struct Tracking {
  PersonalText number;  // as typed: letters and digits only
  PersonalText code;    // digits only
  std::optional<Ticket> ticket;
  std::vector<OpenedReply> replies;
  bool opened = false;       // the code fitted
  bool sealed_news = false;  // after that a sealed text came, which is still closed
  SayKind saying = SayKind::kReply;
  SayKind begun = SayKind::kReply;  // what the words and photos below belong to; never kRate
  PersonalText reply;               // being written
  std::vector<Photo> photos = {};   // with it; at most limits::kPhotosPerFiling
  bool photos_left_out = false;     // of what was said last: the kiosk had no room, or the ticket
  bool said = false;                // and saved, in this visit
  std::optional<ErrorCode> not_said;
  TrackProblem problem = TrackProblem::kNone;
  friend bool operator==(const Tracking&, const Tracking&) = default;
};

struct SurveyDraft {
  std::size_t at = 0;  // the element being asked
  std::array<Score, kSurveyElements> scores{};
  friend bool operator==(const SurveyDraft&, const SurveyDraft&) = default;
};

struct Personal {
  static constexpr std::int64_t kLongAgoMs = -1'000'000;

  Draft complaint;
  Draft idea;
  ServiceDraft service;
  std::optional<Receipt> receipt;
  Tracking tracking;
  SurveyDraft survey;
  Recording recording;
  Viewfinder viewfinder;
  std::uint32_t last_photo = 0;
  std::int64_t photo_removed_ms = kLongAgoMs;  // monotonic
  bool photos_from_review = false;             // the page of kept photos leads back there
  friend bool operator==(const Personal&, const Personal&) = default;

  // Overwrites every text and forgets every choice.
  void wipe() { *this = Personal{}; }
};

}  // namespace mimika
