#include "kiosk/model/officer_rules.h"

#include <array>
#include <string_view>

#include "kiosk/base/check.h"

namespace mimika {
namespace {

constexpr std::size_t kRoles = 3;
constexpr std::array<Role, kRoles> kKioskRoles = {Role::kOfficer, Role::kDistrictHead, Role::kTechnician};
constexpr std::array<const char*, kRoles> kRoleWords = {"officer", "head of district", "technician"};
constexpr std::array<const char*, kCaseKinds> kCaseWords = {"open",   "name hidden",      "anonymous",
                                                            "secret", "secret anonymous", "about staff"};

// One letter each: x yes, - no. Roles: officer, head of district, technician. Cases: open, name hidden, anonymous,
// secret, secret and anonymous, about staff.
struct Rule {
  OfficerAction action;
  std::string_view name;
  std::string_view roles;
  std::string_view cases;
  bool narrow;  // also after weeks without word from the centre
  std::string_view why;
};

constexpr std::array<Rule, kOfficerActions> kRules = {{
    {OfficerAction::kSeeInQueue, "see_in_queue", "xx-", "xxxxx-", true,
     "Of a secret ticket the list says that something was filed, and when."},
    {OfficerAction::kReadPrivate, "read_private", "xx-", "xxxxx-", false,
     "Every reading is an event with the reader's name."},
    {OfficerAction::kVerify, "verify", "xx-", "xxxxx-", false, ""},
    {OfficerAction::kAnswerPublic, "answer_public", "xx-", "xxxxx-", false,
     "Of a secret ticket the words are sealed to the receipt."},
    {OfficerAction::kAnswerPrivate, "answer_private", "xx-", "xxxxx-", false, ""},
    {OfficerAction::kAskMore, "ask_more", "xx-", "xxxxx-", false, ""},
    {OfficerAction::kHandOver, "hand_over", "xx-", "xxx---", false,
     "The agency's name would tell in public what a secret ticket is about: the centre hands those over."},
    {OfficerAction::kHold, "hold", "xx-", "xxx---", false, "The reason is public."},
    {OfficerAction::kResolve, "resolve", "xx-", "xxxxx-", false,
     "Of a complaint only after the agency has answered in public."},
    {OfficerAction::kMarkDuplicate, "mark_duplicate", "xx-", "xxx---", false,
     "It ties the ticket to another number in public."},
    {OfficerAction::kArchive, "archive", "xx-", "xxx---", false, "The reason is public."},
    {OfficerAction::kAssist, "assist", "xx-", "", true, ""},
    {OfficerAction::kReport, "report", "xx-", "", true, "Counts only."},
    {OfficerAction::kSetOffice, "set_office", "xx-", "", true, ""},
    {OfficerAction::kAnnounce, "announce", "xx-", "", false, ""},
    {OfficerAction::kLetIn, "let_in", "-x-", "", false, "Or the centre, by sync, stick or telephone."},
    {OfficerAction::kMaintain, "maintain", "--x", "", true, "No case content, ever."},
}};

const Rule& rule_of(OfficerAction action) {
  const auto index = static_cast<std::size_t>(action);
  CHECK(index < kRules.size() && kRules[index].action == action);
  return kRules[index];
}

bool role_may(const Rule& rule, Role role) {
  for (std::size_t i = 0; i < kRoles; ++i) {
    if (kKioskRoles[i] == role) return rule.roles[i] == 'x';
  }
  return false;
}

void add_row(std::string& out, const std::string& first, const std::vector<std::string>& cells) {
  out += "| " + first + " |";
  for (const std::string& cell : cells) out += " " + cell + " |";
  out += "\n";
}

std::string mark(bool yes) {
  return yes ? "yes" : "–";
}

}  // namespace

const char* officer_action_name(OfficerAction action) {
  return rule_of(action).name.data();
}

CaseKind case_kind(Confidentiality confidentiality, bool about_staff) {
  if (about_staff) return CaseKind::kAboutStaff;
  switch (confidentiality) {
    case Confidentiality::kOpen:
      return CaseKind::kOpen;
    case Confidentiality::kNameHidden:
      return CaseKind::kNameHidden;
    case Confidentiality::kAnonymous:
      return CaseKind::kAnonymous;
    case Confidentiality::kSecret:
      return CaseKind::kSecret;
    case Confidentiality::kSecretAnonymous:
      break;
  }
  return CaseKind::kSecretAnonymous;
}

bool may(OfficerAction action, Role role, CaseKind kind, StaffScope scope) {
  const Rule& rule = rule_of(action);
  if (!is_about_ticket(action)) return may(action, role, scope);
  return role_may(rule, role) && rule.cases[static_cast<std::size_t>(kind)] == 'x' &&
         (scope == StaffScope::kFull || rule.narrow);
}

bool may(OfficerAction action, Role role, StaffScope scope) {
  CHECK(!is_about_ticket(action));
  const Rule& rule = rule_of(action);
  return role_may(rule, role) && (scope == StaffScope::kFull || rule.narrow);
}

bool possible(OfficerAction action, const Ticket& ticket) {
  const bool open = !is_closed(ticket);
  switch (action) {
    case OfficerAction::kVerify:
      return ticket.status == TicketStatus::kSavedHere || ticket.status == TicketStatus::kUnverified;
    case OfficerAction::kAnswerPublic:
    case OfficerAction::kAskMore:
    case OfficerAction::kHandOver:
    case OfficerAction::kHold:
      return open;
    case OfficerAction::kResolve:
      return open && (ticket.first_follow_up_ms.has_value() || office_settles(ticket));
    case OfficerAction::kMarkDuplicate:
    case OfficerAction::kArchive:
      return open && !ticket.opd;
    default:
      return true;
  }
}

std::string officer_rules_markdown() {
  std::string out;
  std::vector<std::string> head(kRoleWords.begin(), kRoleWords.end());
  head.insert(head.end(), kCaseWords.begin(), kCaseWords.end());
  head.emplace_back("after weeks without the centre");
  head.emplace_back("why");
  add_row(out, "", head);
  add_row(out, "---", std::vector<std::string>(head.size(), "---"));
  for (const Rule& rule : kRules) {
    std::vector<std::string> cells;
    for (const char role : rule.roles) cells.push_back(mark(role == 'x'));
    for (std::size_t i = 0; i < kCaseKinds; ++i) cells.push_back(rule.cases.empty() ? "" : mark(rule.cases[i] == 'x'));
    cells.push_back(mark(rule.narrow));
    cells.emplace_back(rule.why);
    add_row(out, std::string(rule.name), cells);
  }
  return out;
}

}  // namespace mimika
