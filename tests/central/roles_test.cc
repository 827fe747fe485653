// Who may do what: written out, role by role, for every kind of ticket.
#include "sync/central/workflow/roles.h"

#include <catch2/catch.hpp>
#include <map>

namespace mimika::central {
namespace {

Catalogue small_catalogue() {
  Catalogue catalogue;
  for (const char* id : {"pupr", "dinkes", "inspektorat"}) {
    Opd opd;
    opd.id = OpdId{id};
    catalogue.opds.push_back(opd);
  }
  Category road;
  road.id = CategoryId{"jalan"};
  road.opds = {OpdId{"pupr"}};
  Category staff;
  staff.id = CategoryId{"petugas"};
  staff.opds = {OpdId{"inspektorat"}};
  staff.about_staff = true;
  catalogue.categories = {road, staff};
  return catalogue;
}

Account account_of(Role role, const std::string& opd = "") {
  Account account;
  account.login = role_name(role);
  account.role = role;
  account.opd = OpdId{opd};
  return account;
}

TicketRow ticket_of(const std::string& category, const std::string& opd,
                    Confidentiality confidentiality = Confidentiality::kNameHidden) {
  TicketRow row;
  row.ticket.confidentiality = confidentiality;
  row.routing_category = CategoryId{category};
  if (!opd.empty()) row.ticket.opd = OpdId{opd};
  return row;
}

// One letter a permission, in the order of the enum: S see, P private part, R read story, v verify, a assign,
// x archive, f follow-up, h hold, r resolve, m message.
std::string permissions(const Account& account, const TicketRow& row) {
  static const Catalogue catalogue = small_catalogue();
  constexpr std::string_view kLetters = "SPRvaxfhrm";
  std::string out;
  for (std::size_t i = 0; i < kLetters.size(); ++i) {
    out += allowed(static_cast<Permission>(i), account, row, catalogue) ? kLetters[i] : '-';
  }
  return out;
}

}  // namespace

TEST_CASE("the matrix of roles over an ordinary ticket of PUPR") {
  const TicketRow row = ticket_of("jalan", "pupr");
  REQUIRE(permissions(account_of(Role::kSuperAdmin), row) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kLiaison), row) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kOpdPic, "pupr"), row) == "SP----fhrm");
  REQUIRE(permissions(account_of(Role::kOpdHead, "pupr"), row) == "SP----fhrm");
  REQUIRE(permissions(account_of(Role::kOpdPic, "dinkes"), row) == "----------");
  REQUIRE(permissions(account_of(Role::kOpdHead, "dinkes"), row) == "----------");
  REQUIRE(permissions(account_of(Role::kInspectorate, "inspektorat"), row) == "----------");
  REQUIRE(permissions(account_of(Role::kRegent), row) == "S-R-------");
  REQUIRE(permissions(account_of(Role::kSystemAdmin), row) == "----------");
  REQUIRE(permissions(account_of(Role::kSystem), row) == "----------");
}

TEST_CASE("the matrix of roles over a ticket no agency has yet") {
  const TicketRow row = ticket_of("jalan", "");
  REQUIRE(permissions(account_of(Role::kSuperAdmin), row) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kLiaison), row) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kOpdPic, "pupr"), row) == "----------");
  REQUIRE(permissions(account_of(Role::kOpdPic, ""), row) == "----------");
  REQUIRE(permissions(account_of(Role::kRegent), row) == "S-R-------");
  REQUIRE(permissions(account_of(Role::kSystemAdmin), row) == "----------");
}

TEST_CASE("a complaint about staff is for Inspektorat and the super admin alone") {
  const TicketRow untouched = ticket_of("petugas", "");
  REQUIRE(permissions(account_of(Role::kSuperAdmin), untouched) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kInspectorate, "inspektorat"), untouched) == "SP-vax---m");
  REQUIRE(permissions(account_of(Role::kLiaison), untouched) == "----------");
  REQUIRE(permissions(account_of(Role::kRegent), untouched) == "S---------");

  const TicketRow handed = ticket_of("petugas", "inspektorat");
  REQUIRE(permissions(account_of(Role::kInspectorate, "inspektorat"), handed) == "SP-vaxfhrm");
  REQUIRE(permissions(account_of(Role::kSuperAdmin), handed) == "SP-vax---m");

  // Even if it reached the agency it names.
  const TicketRow astray = ticket_of("petugas", "pupr");
  REQUIRE(permissions(account_of(Role::kOpdPic, "pupr"), astray) == "----------");
  REQUIRE(permissions(account_of(Role::kOpdHead, "pupr"), astray) == "----------");
}

TEST_CASE("the Regent reads a story only where the person let it be known") {
  const auto story_of = [](Confidentiality confidentiality) {
    return permissions(account_of(Role::kRegent), ticket_of("jalan", "pupr", confidentiality));
  };
  REQUIRE(story_of(Confidentiality::kOpen) == "S-R-------");
  REQUIRE(story_of(Confidentiality::kNameHidden) == "S-R-------");
  REQUIRE(story_of(Confidentiality::kAnonymous) == "S---------");
  REQUIRE(story_of(Confidentiality::kSecret) == "S---------");
  REQUIRE(story_of(Confidentiality::kSecretAnonymous) == "S---------");
}

TEST_CASE("a ticket may go to any agency, one about staff only to those its category names") {
  const Catalogue catalogue = small_catalogue();
  REQUIRE(may_receive(ticket_of("jalan", ""), OpdId{"dinkes"}, catalogue));
  REQUIRE_FALSE(may_receive(ticket_of("jalan", ""), OpdId{"nowhere"}, catalogue));
  REQUIRE(may_receive(ticket_of("petugas", ""), OpdId{"inspektorat"}, catalogue));
  REQUIRE_FALSE(may_receive(ticket_of("petugas", ""), OpdId{"pupr"}, catalogue));
}

TEST_CASE("every role begins on a page it may see, and role names read back") {
  const std::map<std::string, Page> pages = {{"/triage", Page::kTriage},
                                             {"/opd", Page::kOpd},
                                             {"/regent", Page::kRegent},
                                             {"/staff", Page::kStaff},
                                             {"/system", Page::kSystem}};
  for (const Role role : {Role::kSuperAdmin, Role::kLiaison, Role::kOpdPic, Role::kOpdHead, Role::kInspectorate,
                          Role::kRegent, Role::kSystemAdmin}) {
    CAPTURE(role_name(role));
    REQUIRE(may_see_page(pages.at(home_of(role)), role));
    REQUIRE(parse_role(role_name(role)) == role);
  }
  REQUIRE_FALSE(parse_role("system"));
  REQUIRE_FALSE(parse_role("admin"));
}

}  // namespace mimika::central
