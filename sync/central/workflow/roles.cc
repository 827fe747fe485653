#include "sync/central/workflow/roles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sync/central/projection/projector.h"

namespace mimika::central {
namespace {

constexpr std::array<std::pair<Role, const char*>, 10> kRoleNames = {{
    {Role::kSuperAdmin, "super_admin"},
    {Role::kLiaison, "liaison"},
    {Role::kOpdPic, "opd_pic"},
    {Role::kOpdHead, "opd_head"},
    {Role::kInspectorate, "inspectorate"},
    {Role::kRegent, "regent"},
    {Role::kSystemAdmin, "system_admin"},
    {Role::kOfficer, "officer"},
    {Role::kDistrictHead, "district_head"},
    {Role::kTechnician, "technician"},
}};

bool is_opd_staff(Role role) {
  return role == Role::kOpdPic || role == Role::kOpdHead;
}

// Whether the account works for the OPD that has the ticket. Of complaints about staff that is Inspektorat alone, even
// if another OPD should have got one by mistake.
bool works_on(const Account& account, const TicketRow& row, bool about_staff) {
  const bool own = row.ticket.opd && *row.ticket.opd == account.opd && !account.opd.value.empty();
  return own && (account.role == Role::kInspectorate || (is_opd_staff(account.role) && !about_staff));
}

// Super admin and liaison sort what comes in; Inspektorat sorts what is about staff, which the liaison never sees.
bool triages(const Account& account, bool about_staff) {
  return account.role == Role::kSuperAdmin || (account.role == Role::kLiaison && !about_staff) ||
         (account.role == Role::kInspectorate && about_staff);
}

bool story_is_known(const Ticket& ticket) {
  return ticket.confidentiality == Confidentiality::kOpen || ticket.confidentiality == Confidentiality::kNameHidden;
}

}  // namespace

const char* role_name(Role role) {
  const auto found = std::ranges::find(kRoleNames, role, &std::pair<Role, const char*>::first);
  return found == kRoleNames.end() ? "system" : found->second;
}

std::optional<Role> parse_role(std::string_view name) {
  for (const auto& [role, text] : kRoleNames) {
    if (name == text) return role;
  }
  return std::nullopt;
}

bool role_has_opd(Role role) {
  return is_opd_staff(role) || role == Role::kInspectorate;
}

bool is_about_staff(const TicketRow& row, const Catalogue& catalogue) {
  return is_about_staff_of(row, catalogue);
}

bool allowed(Permission permission, const Account& account, const TicketRow& row, const Catalogue& catalogue) {
  const bool about_staff = is_about_staff(row, catalogue);
  const bool sorts = triages(account, about_staff);
  const bool works = works_on(account, row, about_staff);
  switch (permission) {
    case Permission::kSeeTicket:
      return sorts || works || account.role == Role::kRegent;
    case Permission::kOpenPrivatePart:
    case Permission::kMessage:
      return sorts || works;
    case Permission::kReadStory:
      return account.role == Role::kRegent && !about_staff && story_is_known(row.ticket);
    case Permission::kVerify:
    case Permission::kAssign:
    case Permission::kArchive:
      return sorts;
    case Permission::kFollowUp:
    case Permission::kHold:
    case Permission::kResolve:
      // Only the OPD that has it: a follow-up by anyone else would clear red without anything being done.
      return works;
  }
  return false;
}

bool may_receive(const TicketRow& row, const OpdId& opd, const Catalogue& catalogue) {
  if (catalogue.find_opd(opd) == nullptr) return false;
  if (!is_about_staff(row, catalogue)) return true;
  const Category* category = catalogue.find_category(*row.routing_category);
  return std::ranges::find(category->opds, opd) != category->opds.end();
}

bool may_see_page(Page page, Role role) {
  switch (page) {
    case Page::kTriage:
      return role == Role::kSuperAdmin || role == Role::kLiaison || role == Role::kInspectorate;
    case Page::kOpd:
      return role_has_opd(role);
    case Page::kRegent:
      return role == Role::kRegent || role == Role::kSuperAdmin;
    case Page::kStaff:
    case Page::kSystem:
      return role == Role::kSystemAdmin || role == Role::kSuperAdmin;
  }
  return false;
}

const char* home_of(Role role) {
  switch (role) {
    case Role::kSuperAdmin:
    case Role::kLiaison:
    case Role::kInspectorate:
      return "/triage";
    case Role::kOpdPic:
    case Role::kOpdHead:
      return "/opd";
    case Role::kRegent:
      return "/regent";
    case Role::kSystem:
    case Role::kSystemAdmin:
    case Role::kOfficer:
    case Role::kDistrictHead:
    case Role::kTechnician:
      break;
  }
  return "/system";
}

}  // namespace mimika::central
