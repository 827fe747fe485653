#include "kiosk/model/officer_rules.h"

#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "kiosk/model/mark.h"
#include "kiosk/model/reducer.h"
#include "tests/model/model_world.h"

namespace mimika {
namespace {

constexpr std::array<Role, 11> kEveryRole = {Role::kSystem,  Role::kSuperAdmin,   Role::kLiaison,   Role::kOpdPic,
                                             Role::kOpdHead, Role::kInspectorate, Role::kRegent,    Role::kSystemAdmin,
                                             Role::kOfficer, Role::kDistrictHead, Role::kTechnician};
constexpr std::array<Confidentiality, 5> kEveryConfidentiality = {Confidentiality::kOpen, Confidentiality::kNameHidden,
                                                                  Confidentiality::kAnonymous, Confidentiality::kSecret,
                                                                  Confidentiality::kSecretAnonymous};

OfficerAction action_of(std::size_t index) {
  return static_cast<OfficerAction>(index);
}

// What the regency's rules come to, written down a second time and by hand: which of open, name hidden, anonymous,
// secret, secret anonymous an officer may do it with; never with what is about staff.
std::string_view expected_cases(OfficerAction action) {
  switch (action) {
    case OfficerAction::kSeeInQueue:
    case OfficerAction::kReadPrivate:
    case OfficerAction::kVerify:
    case OfficerAction::kAnswerPublic:
    case OfficerAction::kAnswerPrivate:
    case OfficerAction::kAskMore:
    case OfficerAction::kResolve:
      return "yyyyy";
    case OfficerAction::kHandOver:
    case OfficerAction::kHold:
    case OfficerAction::kMarkDuplicate:
    case OfficerAction::kArchive:
      return "yyynn";
    default:
      return "";
  }
}

}  // namespace

TEST_CASE("every role, every confidentiality and every action: the table says what the rules say") {
  for (const Role role : kEveryRole) {
    const bool office = role == Role::kOfficer || role == Role::kDistrictHead;
    for (std::size_t a = 0; a < kOfficerActions; ++a) {
      const OfficerAction action = action_of(a);
      INFO(officer_action_name(action) << " role " << static_cast<int>(role));
      if (!is_about_ticket(action)) continue;
      const std::string_view cases = expected_cases(action);
      for (std::size_t c = 0; c < kEveryConfidentiality.size(); ++c) {
        const Confidentiality how = kEveryConfidentiality[c];
        INFO("confidentiality " << static_cast<int>(how));
        const bool expected = office && cases[c] == 'y';
        CHECK(may(action, role, case_kind(how, false), StaffScope::kFull) == expected);
        CHECK_FALSE(may(action, role, case_kind(how, true), StaffScope::kFull));  // about this office or its staff
        const bool narrow = expected && action == OfficerAction::kSeeInQueue;
        CHECK(may(action, role, case_kind(how, false), StaffScope::kNarrow) == narrow);
      }
    }
  }
}

TEST_CASE("what is about no ticket is each role's own") {
  const auto who = [](OfficerAction action, StaffScope scope) {
    std::string roles;
    if (may(action, Role::kOfficer, scope)) roles += 'o';
    if (may(action, Role::kDistrictHead, scope)) roles += 'h';
    if (may(action, Role::kTechnician, scope)) roles += 't';
    return roles;
  };
  CHECK(who(OfficerAction::kAssist, StaffScope::kFull) == "oh");
  CHECK(who(OfficerAction::kReport, StaffScope::kFull) == "oh");
  CHECK(who(OfficerAction::kSetOffice, StaffScope::kFull) == "oh");
  CHECK(who(OfficerAction::kAnnounce, StaffScope::kFull) == "oh");
  CHECK(who(OfficerAction::kLetIn, StaffScope::kFull) == "h");
  CHECK(who(OfficerAction::kMaintain, StaffScope::kFull) == "t");
  CHECK(who(OfficerAction::kAssist, StaffScope::kNarrow) == "oh");
  CHECK(who(OfficerAction::kAnnounce, StaffScope::kNarrow).empty());
  CHECK(who(OfficerAction::kLetIn, StaffScope::kNarrow).empty());
  CHECK(who(OfficerAction::kMaintain, StaffScope::kNarrow) == "t");
}

TEST_CASE("the officers' page prints the table that is asked") {
  std::ifstream file(std::string(MIMIKA_SOURCE_DIR) + "/docs/officers.md");
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  INFO("put this between the marks in docs/officers.md:\n" << officer_rules_markdown());
  CHECK(text.str().find(officer_rules_markdown()) != std::string::npos);
}

// What a key offers and what the reducer takes must be the same, or an officer is told that something is done which
// then counts for nothing.
TEST_CASE("what is possible is what the reducer applies") {
  const Actor officer{.account = "yosefa", .name = "Yosefa", .role = Role::kOfficer, .opd = {}};
  const Actor pic{.account = "pupr1", .name = "Yulius", .role = Role::kOpdPic, .opd = OpdId{"pupr"}};
  const TicketId id = test::kiosk_key(1);
  std::uint64_t next = 2;
  const auto add = [&](Ticket& ticket, EventPayload payload) {
    const std::uint64_t seq = next++;
    const WallMs when = 1'764'000'000'000 + static_cast<WallMs>(seq) * 60'000;
    ticket = *apply_event(ticket, test::make_event(test::centre_key(seq), when, std::move(payload)), when);
  };
  for (const TicketKind kind : {TicketKind::kComplaint, TicketKind::kService, TicketKind::kInformation}) {
    TicketFiled filed;
    filed.number = {DeviceCode{"JLA1"}, 1};
    filed.kind = kind;
    std::vector<Ticket> states;
    Ticket ticket = *apply_event({}, test::make_event(id, 1'764'000'000'000, filed), 1'764'000'000'000);
    states.push_back(ticket);
    add(ticket, TicketVerified{id, officer});
    states.push_back(ticket);
    add(ticket, TicketAssigned{id, officer, OpdId{"pupr"}});
    states.push_back(ticket);
    add(ticket, FollowUpPublished{id, pic, "Mulai", {}});
    states.push_back(ticket);
    add(ticket, TicketResolved{id, pic, "Selesai", {}});
    states.push_back(ticket);
    add(ticket, TicketReopened{id, {}});
    states.push_back(ticket);
    Ticket archived = states[1];
    add(archived, TicketArchived{id, officer, "Percobaan"});
    states.push_back(archived);
    for (const Ticket& state : states) {
      const auto applied = [&](EventPayload payload) {
        Ticket after = state;
        add(after, std::move(payload));
        return after.timeline.back().applied;
      };
      INFO("kind " << static_cast<int>(kind) << " status " << static_cast<int>(state.status));
      CHECK(possible(OfficerAction::kVerify, state) == applied(TicketVerified{id, officer}));
      CHECK(possible(OfficerAction::kHandOver, state) == applied(TicketAssigned{id, officer, OpdId{"dinkes"}}));
      CHECK(possible(OfficerAction::kHold, state) == applied(TicketHeld{id, officer, "Menunggu"}));
      CHECK(possible(OfficerAction::kResolve, state) == applied(TicketResolved{id, officer, "Selesai", {}}));
      CHECK(possible(OfficerAction::kArchive, state) == applied(TicketArchived{id, officer, "Salah"}));
      CHECK(possible(OfficerAction::kMarkDuplicate, state) ==
            applied(TicketDuplicated{id, officer, {DeviceCode{"JLA1"}, 7}}));
      CHECK(possible(OfficerAction::kAskMore, state) == applied(MoreAsked{id, officer, {}}));
    }
  }
}

TEST_CASE("an office's answer takes no red mark away") {
  const Actor officer{.account = "yosefa", .name = "Yosefa", .role = Role::kOfficer, .opd = {}};
  const TicketId id = test::kiosk_key(1);
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, 1};
  const WallMs when = test::at(test::date(2026, 11, 23), 10);
  Ticket ticket = *apply_event({}, test::make_event(id, when, filed), when);
  const WallMs later = test::at(test::date(2026, 12, 7), 10);
  const Mark before = mark_of(ticket, later, WorkCalendar(), MarkRule{});
  REQUIRE(before.late());
  ticket = *apply_event(ticket,
                        test::make_event(test::centre_key(2), when, OfficeAnswered{id, officer, "Kami cek", {}}), when);
  CHECK(mark_of(ticket, later, WorkCalendar(), MarkRule{}) == before);
  CHECK(ticket.timeline.back().kind == TimelineKind::kOfficeAnswer);
  CHECK(ticket.timeline.back().text == "Kami cek");
}

}  // namespace mimika
