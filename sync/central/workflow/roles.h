// Who may do what with which ticket: one pure function for every action, tested as a matrix. Pages ask it before they
// show a button, actions before they do anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/model/catalogue.h"
#include "kiosk/model/ticket.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/tickets.h"

namespace mimika::central {

// The names the command line and the database's people use: "super_admin".
[[nodiscard]] const char* role_name(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view name);
// PIC, head of OPD and Inspektorat belong to an OPD, and must name it.
[[nodiscard]] bool role_has_opd(Role role);

enum class Permission {
  kSeeTicket,        // its public part and timeline
  kOpenPrivatePart,  // story, name, contact
  kReadStory,        // the Regent: the story alone, where the person let it be known
  kVerify,
  kAssign,
  kArchive,
  kFollowUp,
  kHold,
  kResolve,
  kMessage,  // to the person, sealed to the receipt
};

// A complaint about staff ("berkadar pengawasan") goes to Inspektorat and is unreadable for the OPD it names.
[[nodiscard]] bool is_about_staff(const TicketRow& row, const Catalogue& catalogue);
[[nodiscard]] bool allowed(Permission permission, const Account& account, const TicketRow& row,
                           const Catalogue& catalogue);
// Where a ticket may be handed to: any OPD, but one about staff only to the OPDs its category names.
[[nodiscard]] bool may_receive(const TicketRow& row, const OpdId& opd, const Catalogue& catalogue);

// Which pages a role has.
enum class Page { kTriage, kOpd, kRegent, kStaff, kSystem };
[[nodiscard]] bool may_see_page(Page page, Role role);
// "/triage": where a role begins.
[[nodiscard]] const char* home_of(Role role);

}  // namespace mimika::central
