// A ticket as people see it: the projection of its events. Never edited, only computed by the reducer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/event.h"

namespace mimika {

// The statuses of assets/catalogue/statuses.json (mapped there to LAPOR, JAKI, DIGIT, FixMyStreet and Open311).
enum class TicketStatus : std::uint8_t {
  kSavedHere = 0,   // diterima_kiosk: on the kiosk, not known to have arrived
  kUnverified = 1,  // belum_terverifikasi: arrived, nobody has looked yet
  kVerified = 2,    // looked at, no OPD yet
  kAssigned = 3,    // terdisposisi: an OPD has it, no follow-up
  kInProgress = 4,  // diproses: followed up in public
  kHeld = 5,        // tertunda
  kResolved = 6,    // selesai
  kArchived = 7,    // arsip
};

enum class TimelineKind : std::uint8_t {
  kFiled,
  kArrived,
  kVerified,
  kAssigned,
  kFollowUp,
  kHeld,
  kResolved,
  kArchived,
  kPrivateMessage,
  kPersonReply,
  kReopened,
  kRated,
  kOfficeAnswer,
  kMoreAsked,
  kDuplicate,
  kAssisted,
};
inline constexpr TimelineKind kLastTimelineKind = TimelineKind::kAssisted;

struct TimelineEntry {
  EventKey event;
  TimelineKind kind = TimelineKind::kFiled;
  WallMs at_ms = 0;
  ClockConfidence confidence = ClockConfidence::kUnknown;
  Actor actor;
  OpdId opd;                              // kAssigned: to whom
  std::string text;                       // kDuplicate: the other ticket's number
  Bytes sealed_text;                      // opens with the receipt code only
  Score score = 0;                        // kRated
  bool pending = false;                   // written here; where it stands among the centre's events is not known yet
  std::optional<WallMs> arrived_ms = {};  // kReopened: at the centre
  bool refused = false;                   // written here, and the centre does not count it: neither does this kiosk
  bool applied = true;                    // false: the ticket had moved on; kept as a visible note, never dropped
  friend bool operator==(const TimelineEntry&, const TimelineEntry&) = default;
};

struct Ticket {
  TicketId id;
  TicketNumber number;
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  DistrictCode district;
  std::optional<CategoryId> category;
  std::optional<ServiceId> service;
  std::optional<KampungCode> kampung;
  ReceiptPublicKey receipt_key{};
  TicketStatus status = TicketStatus::kSavedHere;

  WallMs filed_ms = 0;  // the resident's clock runs from here
  ClockConfidence filed_confidence = ClockConfidence::kUnknown;
  std::optional<WallMs> arrived_ms;  // at the centre, by its clock; the OPD's clock runs from here
  std::optional<OpdId> opd;
  std::optional<WallMs> first_follow_up_ms;  // the first public follow-up: only this clears red
  std::optional<WallMs> closed_ms;           // resolved or archived
  bool reopened = false;                     // by the person, and not followed up since
  std::optional<WallMs> reopened_ms;         // when that was at the centre: the OPD's clock runs from here then
  std::optional<Score> rating;
  bool awaits_person = false;  // the office asked for more, and nothing came back yet

  std::vector<TimelineEntry> timeline;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

[[nodiscard]] inline bool is_closed(const Ticket& ticket) {
  return ticket.status == TicketStatus::kResolved || ticket.status == TicketStatus::kArchived;
}

// What an office settles itself at its counter: a service or a question, as long as no agency has it. Of a complaint
// the agency must have said first in public what it does.
[[nodiscard]] inline bool office_settles(const Ticket& ticket) {
  return (ticket.kind == TicketKind::kService || ticket.kind == TicketKind::kInformation) && !ticket.opd;
}

}  // namespace mimika
