// What the counter's pages show, as plain values: the desk (kiosk/app) makes them from the store and what it has opened
// in memory, the session keeps what stands on the screen, and signing out wipes it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/announcements.h"
#include "kiosk/model/officer_rules.h"
#include "kiosk/model/ticket.h"
#include "kiosk/model/work_queue.h"
#include "kiosk/session/personal_text.h"
#include "kiosk/session/session.h"

namespace mimika::staff {

// Somebody who may sign in here. No secret in it.
struct Person {
  std::string login;
  std::string name;
  Role role = Role::kOfficer;
  bool locked = false;
  std::int64_t wait_ms = 0;  // after wrong PINs: no try before that, from when this was read
  bool needs_key_file = false;
  friend bool operator==(const Person&, const Person&) = default;
};

// Who is signed in.
struct Duty {
  Actor actor;
  bool must_change_pin = false;
  std::int64_t since_ms = 0;                // monotonic
  std::array<bool, kOfficerActions> may{};  // of what is about no ticket: by the role, and the scope when they came in
  friend bool operator==(const Duty&, const Duty&) = default;
};

struct QueueRow {
  TicketId id;
  TicketNumber number;
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  std::optional<CategoryId> category;
  std::optional<ServiceId> service;
  std::optional<KampungCode> kampung;
  std::optional<OpdId> opd;
  TicketStatus status = TicketStatus::kSavedHere;
  Mark mark;
  WallMs filed_ms = 0;
  std::optional<WallMs> arrived_ms;
  bool reopened = false;
  bool awaits_person = false;
  bool person_answered = false;  // and nobody here has since
  PersonalText words;            // the first of the story; empty where it is not readable here
  friend bool operator==(const QueueRow&, const QueueRow&) = default;
};

inline constexpr std::size_t kQueueRows = 64;  // of one answer

struct QueuePage {
  QueueTab tab = QueueTab::kAll;
  std::array<std::uint32_t, kQueueTabs> counts{};  // of every tab
  std::uint32_t first = 0;                         // of `rows` in the tab
  std::vector<QueueRow> rows;
  bool loading = false;  // older tickets are still being opened
  friend bool operator==(const QueuePage&, const QueuePage&) = default;
};

struct SearchHits {
  std::uint32_t found = 0;  // in all
  std::vector<QueueRow> rows;
  bool loading = false;  // what was not opened yet was not searched
  friend bool operator==(const SearchHits&, const SearchHits&) = default;
};

struct SaidText {
  EventKey event;
  PersonalText text;
  friend bool operator==(const SaidText&, const SaidText&) = default;
};

struct CaseField {
  std::string field;  // of the service's questions
  PersonalText answer;
  friend bool operator==(const CaseField&, const CaseField&) = default;
};

struct CaseMedia {
  EventKey event;
  MediaKind media = MediaKind::kPhoto;
  PersonalBytes preview;  // JPEG, in its full size once it was asked for; empty for a voice
  friend bool operator==(const CaseMedia&, const CaseMedia&) = default;
};

// Why the private part is not shown.
enum class Unreadable : std::uint8_t {
  kNo,            // it is shown
  kNotAllowed,    // not this role's, or not now
  kOtherKiosk,    // filed at another kiosk: its private part went to the centre alone
  kNotForOffice,  // about this office or its staff
  kDamaged,
};

struct Case {
  Ticket ticket;
  Mark mark;
  Unreadable unreadable = Unreadable::kNo;
  PersonalText story, name, nik, phone, address, landmark;
  std::optional<CategoryId> category;  // of a secret ticket, from its private part
  std::optional<KampungCode> kampung;
  std::vector<CaseField> fields;
  std::vector<SaidText> said;  // what the person wrote afterwards, by event
  std::vector<CaseMedia> media;
  std::array<bool, kOfficerActions> may{};  // now: the role, the ticket's kind and its state allow it
  friend bool operator==(const Case&, const Case&) = default;
};

enum class ReportSpan : std::uint8_t { kDay, kMonth };

struct ReportLine {
  std::string what;  // a category's, service's or kampung's id
  std::uint32_t filed = 0;
  std::uint32_t closed = 0;
  friend bool operator==(const ReportLine&, const ReportLine&) = default;
};

// Counts of a day or a month, by this kiosk's records. Nothing of a person.
struct Report {
  ReportSpan span = ReportSpan::kDay;
  LocalDate from{};
  LocalDate to{};                                // the last day
  std::array<std::uint32_t, 4> filed_by_kind{};  // TicketKind
  std::uint32_t filed = 0;
  std::uint32_t assisted = 0;
  std::uint32_t outreach = 0;
  std::uint32_t verified = 0;
  std::uint32_t answered = 0;  // by the office, in public or to the person
  std::uint32_t handed_over = 0;
  std::uint32_t resolved = 0;
  std::uint32_t archived = 0;
  std::uint32_t reopened = 0;
  std::uint32_t open_now = 0;
  std::uint32_t late_now = 0;
  std::uint32_t not_arrived = 0;
  std::vector<ReportLine> by_category;
  std::vector<ReportLine> by_service;
  std::vector<ReportLine> by_kampung;
  friend bool operator==(const Report&, const Report&) = default;
};

struct OfficeNotice {  // an announcement of this office that stands on the first screen
  EventKey posted;
  std::string title;
  std::string text;
  std::string until;
  std::string by;
  friend bool operator==(const OfficeNotice&, const OfficeNotice&) = default;
};

}  // namespace mimika::staff
