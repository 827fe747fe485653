// Who may do what at a kiosk's counter: one table, asked before a key is shown, before anything is done, and printed in
// docs/officers.md, which a test compares with it.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/model/staff_scope.h"
#include "kiosk/model/ticket.h"

namespace mimika {

enum class OfficerAction : std::uint8_t {
  kSeeInQueue,   // number, kind, times, mark; of a secret ticket nothing else
  kReadPrivate,  // story, name, contact, what was said and shown
  kVerify,
  kAnswerPublic,   // of a secret ticket the words are sealed to the receipt
  kAnswerPrivate,  // to the person alone
  kAskMore,
  kHandOver,  // to an OPD
  kHold,
  kResolve,
  kMarkDuplicate,  // would tie a secret ticket to another number in public
  kArchive,
  // --- besides tickets
  kAssist,     // files for somebody, at the counter or of an outreach
  kReport,     // counts only
  kSetOffice,  // open, pause, close
  kAnnounce,
  kLetIn,     // a colleague whose account is locked
  kMaintain,  // maintenance mode
};
inline constexpr std::size_t kOfficerActions = 17;
[[nodiscard]] constexpr bool is_about_ticket(OfficerAction action) {
  return action < OfficerAction::kAssist;
}
[[nodiscard]] const char* officer_action_name(OfficerAction action);  // "read_private"

// What a ticket is for this table.
enum class CaseKind : std::uint8_t { kOpen, kNameHidden, kAnonymous, kSecret, kSecretAnonymous, kAboutStaff };
inline constexpr std::size_t kCaseKinds = 6;
// `about_staff`: as far as it is known here. Of a secret ticket it is not; the office has no copy of those either.
[[nodiscard]] CaseKind case_kind(Confidentiality confidentiality, bool about_staff);

// Roles that do not work at a kiosk may do nothing there. kNarrow: after weeks without word from the centre.
[[nodiscard]] bool may(OfficerAction action, Role role, CaseKind kind, StaffScope scope);
// Of those that are about no ticket.
[[nodiscard]] bool may(OfficerAction action, Role role, StaffScope scope);
// Whether the ticket's state allows it, the role aside: what the reducer would take.
[[nodiscard]] bool possible(OfficerAction action, const Ticket& ticket);

// The tables of docs/officers.md, in Markdown.
[[nodiscard]] std::string officer_rules_markdown();

}  // namespace mimika
