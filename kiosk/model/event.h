// Events: the facts every journal is made of. Plain values; how they are written as bytes is sync/wire's business,
// where they are kept kiosk/store's, and what they mean together the reducer's (reducer.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "kiosk/base/bytes.h"
#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/model/ticket_number.h"

namespace mimika {

// What a wall-clock claim is worth. A dead battery must not lose, reorder or misdate anything silently.
enum class ClockConfidence : std::uint8_t {
  kUnknown = 0,       // nothing has vouched for the clock since this boot
  kSynced = 1,        // agreed with the centre (or another trusted source) during this boot
  kSetByHand = 2,     // a technician set it
  kRanBackwards = 3,  // it claims a time before something already recorded
};

struct EventTime {
  WallMs wall_ms = 0;             // UTC, as the machine claimed
  std::int64_t monotonic_ms = 0;  // since that boot
  std::uint32_t boot = 0;  // the how-manieth boot this journal has seen; its DeviceStarted names the machine's boot
  ClockConfidence confidence = ClockConfidence::kUnknown;
  friend bool operator==(const EventTime&, const EventTime&) = default;
};

enum class TicketKind : std::uint8_t { kComplaint = 0, kAspiration = 1, kInformation = 2, kService = 3 };

// Who may know what; see EXPERIENCE "how to be known".
enum class Confidentiality : std::uint8_t {
  kNameHidden = 0,  // the default: officers know the name, the public does not
  kOpen = 1,
  kAnonymous = 2,  // no name is kept at all
  kSecret = 3,     // category, place and story for officers only
  kSecretAnonymous = 4,
};

[[nodiscard]] constexpr bool is_secret(Confidentiality c) {
  return c == Confidentiality::kSecret || c == Confidentiality::kSecretAnonymous;
}
[[nodiscard]] constexpr bool is_anonymous(Confidentiality c) {
  return c == Confidentiality::kAnonymous || c == Confidentiality::kSecretAnonymous;
}

enum class Role : std::uint8_t {
  kSystem = 0,
  kSuperAdmin = 1,
  kLiaison = 2,  // LO
  kOpdPic = 3,   // PIC, two per OPD
  kOpdHead = 4,
  kInspectorate = 5,
  kRegent = 6,       // Regent and Vice Regent: read only
  kSystemAdmin = 7,  // no case content
  // Those who work at a kiosk.
  kOfficer = 8,       // of the district's office (petugas distrik)
  kDistrictHead = 9,  // head of the district: what officers may, and letting a locked officer in again
  kTechnician = 10,   // keeps the machine alive; no case content, ever
};
inline constexpr Role kLastRole = Role::kTechnician;

[[nodiscard]] constexpr bool is_office_role(Role role) {
  return role == Role::kOfficer || role == Role::kDistrictHead;
}

// Those who have their accounts at kiosks, and none on the centre's pages.
[[nodiscard]] constexpr bool is_kiosk_role(Role role) {
  return is_office_role(role) || role == Role::kTechnician;
}

// Who did something, at the centre or at a kiosk's counter: shown to the public beside what they did.
struct Actor {
  std::string account;  // stable login name
  std::string name;     // as published
  Role role = Role::kSystem;
  OpdId opd;  // empty outside an OPD
  friend bool operator==(const Actor&, const Actor&) = default;
};

// The public half of the key pair that a receipt code derives (X25519).
using ReceiptPublicKey = std::array<std::uint8_t, 32>;

// --- payloads. The comment says whose journal it stands in.

struct DeviceStarted {        // kiosk: the first event of a boot of the machine
  std::string version;        // of the program
  std::uint64_t boot_id = 0;  // Env::boot_id()
  friend bool operator==(const DeviceStarted&, const DeviceStarted&) = default;
};

struct SealStreamOpened {  // kiosk: a new ratchet; its chain key, sealed to the centre (the office's copy stays local)
  Bytes centre_sealed_key;
  friend bool operator==(const SealStreamOpened&, const SealStreamOpened&) = default;
};

// Where an event's private part lies in its ratchet: which SealStreamOpened (its seq), and the how-manieth message.
struct SealPosition {
  Seq stream;
  std::uint32_t index = 0;
  friend bool operator==(const SealPosition&, const SealPosition&) = default;
};

struct TicketFiled {  // kiosk
  TicketNumber number;
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  DistrictCode district;
  std::optional<CategoryId> category;  // absent for secret tickets: they are in the private part then
  std::optional<ServiceId> service;    // only for kService
  std::optional<KampungCode> kampung;  // absent for secret tickets
  ReceiptPublicKey receipt_key{};
  friend bool operator==(const TicketFiled&, const TicketFiled&) = default;
};

// The five below stand in the centre's journal, or in a kiosk's when an officer did it at the counter.
struct TicketVerified {
  TicketId ticket;
  Actor actor;
  friend bool operator==(const TicketVerified&, const TicketVerified&) = default;
};

struct TicketAssigned {  // handed to an OPD
  TicketId ticket;
  Actor actor;
  OpdId opd;
  friend bool operator==(const TicketAssigned&, const TicketAssigned&) = default;
};

// centre: the OPD says in public what it does. For a secret ticket the words are sealed to the receipt and `text` is
// empty; that it happened, when, and by whom, is public all the same.
struct FollowUpPublished {
  TicketId ticket;
  Actor actor;
  std::string text;
  Bytes sealed_text;
  friend bool operator==(const FollowUpPublished&, const FollowUpPublished&) = default;
};

struct TicketHeld {
  TicketId ticket;
  Actor actor;
  std::string reason;
  friend bool operator==(const TicketHeld&, const TicketHeld&) = default;
};

struct TicketResolved {  // what was done, in words; sealed like a follow-up for a secret ticket
  TicketId ticket;
  Actor actor;
  std::string text;
  Bytes sealed_text;
  friend bool operator==(const TicketResolved&, const TicketResolved&) = default;
};

struct TicketArchived {  // not our authority, or withdrawn; always with a reason
  TicketId ticket;
  Actor actor;
  std::string reason;
  friend bool operator==(const TicketArchived&, const TicketArchived&) = default;
};

struct PrivateMessageAdded {  // an answer for the person alone, sealed to the receipt's key
  TicketId ticket;
  Actor actor;
  Bytes sealed_text;
  friend bool operator==(const PrivateMessageAdded&, const PrivateMessageAdded&) = default;
};

struct PrivatePartRead {  // somebody opened a private part; what the centre knows of it never leaves it
  TicketId ticket;
  Actor actor;
  friend bool operator==(const PrivatePartRead&, const PrivatePartRead&) = default;
};

enum class MediaKind : std::uint8_t { kPhoto = 0, kVoice = 1, kPaper = 2 };

// Content outside the journal, by the hash of what it is (sync/wire/blob.h); sealed, so its length is the sealed one.
struct BlobRef {
  std::array<std::uint8_t, 32> id{};
  std::uint64_t bytes = 0;
  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

// kiosk: something was put to a ticket of its own. The key is in the private part. Never leaves the centre: nobody else
// holds the content.
struct AttachmentAdded {
  TicketId ticket;
  MediaKind media = MediaKind::kPhoto;
  BlobRef content;
  std::optional<BlobRef> preview;
  friend bool operator==(const AttachmentAdded&, const AttachmentAdded&) = default;
};

// kiosk: the person, who had the receipt code, writes back. The words are in the private part, for officers; and here,
// sealed to the receipt, for the person alone, who reads the whole thread again at any kiosk. Where photos speak for
// themselves the seal holds nothing.
struct PersonReplied {
  TicketId ticket;
  Bytes sealed_text;
  friend bool operator==(const PersonReplied&, const PersonReplied&) = default;
};

// kiosk: "not solved". Why, when it was said, as in PersonReplied. The mark is red again, and its clock begins when
// this reaches the centre.
struct TicketReopened {
  TicketId ticket;
  Bytes sealed_text;
  friend bool operator==(const TicketReopened&, const TicketReopened&) = default;
};

// What a face says: 1 the saddest to 4 the happiest, the four points of the satisfaction survey.
using Score = std::uint8_t;
inline constexpr Score kBestScore = 4;

struct TicketRated {  // kiosk: how it went, after the ticket was closed; the last word counts
  TicketId ticket;
  Score score = 0;  // 1 to kBestScore
  friend bool operator==(const TicketRated&, const TicketRated&) = default;
};

inline constexpr std::size_t kSurveyElements = 9;

// kiosk: somebody rated the office by the nine elements of Permenpan RB 14/2017. Nothing says who.
struct SurveyAnswered {
  DistrictCode district;
  std::array<Score, kSurveyElements> scores{};  // in the order of the elements; 0: passed over
  friend bool operator==(const SurveyAnswered&, const SurveyAnswered&) = default;
};

// --- what officers say and do at a kiosk's counter

// kiosk: the office says something in public. It clears no red: that the agency alone can do.
struct OfficeAnswered {
  TicketId ticket;
  Actor actor;
  std::string text;   // empty for a secret ticket
  Bytes sealed_text;  // as in FollowUpPublished
  friend bool operator==(const OfficeAnswered&, const OfficeAnswered&) = default;
};

struct MoreAsked {  // kiosk: a question to the person, sealed to the receipt's key
  TicketId ticket;
  Actor actor;
  Bytes sealed_text;
  friend bool operator==(const MoreAsked&, const MoreAsked&) = default;
};

struct TicketDuplicated {  // kiosk: it says what another ticket says; the other one goes on
  TicketId ticket;
  Actor actor;
  TicketNumber other;
  friend bool operator==(const TicketDuplicated&, const TicketDuplicated&) = default;
};

enum class AssistKind : std::uint8_t {
  kCounter = 0,   // "dibantu petugas": at the screen, beside the person
  kOutreach = 1,  // "jemput bola": collected in the villages, filed in a row afterwards
};

struct TicketAssisted {  // kiosk, right after the filing: an officer typed it for the person
  TicketId ticket;
  Actor actor;
  AssistKind how = AssistKind::kCounter;
  std::string day;  // kOutreach: when it was collected, "2026-11-28"; empty at the counter
  friend bool operator==(const TicketAssisted&, const TicketAssisted&) = default;
};

enum class StaffAct : std::uint8_t {
  kSignedIn = 0,
  kSignedOut = 1,
  kTimedOut = 2,     // nobody touched anything, or the longest turn of duty was over
  kPinWrong = 3,     // detail: how often in a row
  kPinLocked = 4,    // too often; the account is closed until somebody opens it
  kPinUnlocked = 5,  // detail: whose
  kPinChanged = 6,
  kOfficeOpened = 7,
  kOfficePaused = 8,
  kOfficeClosed = 9,
  kReportMade = 10,        // detail: which one
  kMaintenanceBegun = 11,  // a technician; detail: how they got in
  kMaintenanceEnded = 12,
  kMaintained = 13,  // detail: what was done and its outcome, as in the event log
};
inline constexpr StaffAct kLastStaffAct = StaffAct::kMaintained;

struct StaffActed {  // kiosk: what staff do there besides tickets; never anything of a resident
  Actor actor;       // kPinWrong: of whom the PIN was tried
  StaffAct act = StaffAct::kSignedIn;
  std::string detail;
  friend bool operator==(const StaffActed&, const StaffActed&) = default;
};

struct AnnouncementPosted {  // kiosk: of the office, for its own first screen
  Actor actor;
  std::string title;
  std::string text;
  std::string until;  // the last day it is shown, "2026-12-24"; empty: until it is taken down
  friend bool operator==(const AnnouncementPosted&, const AnnouncementPosted&) = default;
};

struct AnnouncementWithdrawn {  // kiosk
  Actor actor;
  EventKey posted;
  friend bool operator==(const AnnouncementWithdrawn&, const AnnouncementWithdrawn&) = default;
};

// An event of a kind this program does not know (written by a newer one): kept byte for byte, and skipped.
struct UnknownEvent {
  std::uint32_t kind = 0;
  friend bool operator==(const UnknownEvent&, const UnknownEvent&) = default;
};

using EventPayload =
    std::variant<UnknownEvent, DeviceStarted, SealStreamOpened, TicketFiled, TicketVerified, TicketAssigned,
                 FollowUpPublished, TicketHeld, TicketResolved, TicketArchived, PrivateMessageAdded, PrivatePartRead,
                 AttachmentAdded, PersonReplied, TicketReopened, TicketRated, SurveyAnswered, OfficeAnswered, MoreAsked,
                 TicketDuplicated, TicketAssisted, StaffActed, AnnouncementPosted, AnnouncementWithdrawn>;

struct Event {
  EventKey key;
  EventTime time;
  EventPayload payload;
  std::optional<SealPosition> sealed_at;  // set when the event has a private part
  friend bool operator==(const Event&, const Event&) = default;
};

// The ticket an event speaks of: its own key for TicketFiled, nothing for events about the device.
[[nodiscard]] std::optional<TicketId> ticket_of(const Event& event);

// Who did it, of events that say so.
[[nodiscard]] const Actor* doer_of(const Event& event);

// What only officers may read, before it is sealed. Lives in memory for as long as it takes to seal it.
struct PrivatePart {
  std::string story;
  std::string name;
  std::string nik;
  std::string phone;
  std::string address;
  std::string landmark;
  std::optional<CategoryId> category;                       // secret tickets only
  std::optional<KampungCode> kampung;                       // secret tickets only
  std::vector<std::pair<std::string, std::string>> fields;  // a service's own questions: field id, answer
  Bytes attachment_key;                                     // of an AttachmentAdded only: opens its content and preview
  friend bool operator==(const PrivatePart&, const PrivatePart&) = default;
};

// Overwrites every text of it; the choices are forgotten too.
void wipe(PrivatePart& part);

}  // namespace mimika
