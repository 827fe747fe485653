// What officers do at kiosks comes in: whose word is taken, of which ticket, and where it goes from there.
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sync/central/central_limits.h"
#include "sync/central/cli/verify.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"
#include "sync/central/workflow/staff.h"
#include "sync/wire/event_codec.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

constexpr crypto::PinCost kCheapPin{1, crypto::kLeastPinMemoryBytes};
constexpr const char* kJila = "94.04.06";
constexpr const char* kAgimuga = "94.04.02";
constexpr const char* kAboutStaff = "petugas";

struct CounterWorld : CentreWorld {
  StaffOffice office{env, folder.keys, catalogue, kCheapPin};
  StaffDesk desk{"rosa", Role::kSuperAdmin};
  TestKiosk kiosk = enrolled_kiosk(kJila);
  TestKiosk foreign = enrolled_kiosk(kAgimuga);
  Actor yohana = hire("yohana", Role::kOfficer);
  Actor markus = hire("markus", Role::kDistrictHead);
  Actor tekno = hire("tekno", Role::kTechnician);

  Actor hire(const std::string& login, Role role, const std::string& district = kJila) {
    const bool technician = role == Role::kTechnician;
    REQUIRE(
        office.add(database(), desk, {login, "Nama " + login, role, DistrictCode{technician ? "" : district}, false}));
    return {login, "Nama " + login, role, {}};
  }

  TicketId file(TestKiosk& at, Confidentiality confidentiality = Confidentiality::kNameHidden,
                const std::string& category = "jalan") {
    Filing filing;
    filing.category = category;
    filing.confidentiality = confidentiality;
    const TicketId id = at.file(filing);
    send(at);
    return id;
  }
  // Everything it has not sent, and why the last of it was set aside; empty: taken.
  std::string send(TestKiosk& at) {
    const std::uint64_t first = sent_[at.device.value] + 1;
    const wire::Answer answer = sync(at, first);
    sent_[at.device.value] = at.journal.size();
    REQUIRE(answer.acknowledged.value == at.journal.size());
    for (const wire::Reject& reject : answer.rejects) {
      if (reject.seq.value == at.journal.size()) return reject.reason;
    }
    return {};
  }
  std::string say(EventPayload payload) {
    kiosk.append(std::move(payload));
    return send(kiosk);
  }
  void require_sound() {
    const auto found = verify_database(database(), keys());
    REQUIRE(found);
    for (const std::string& problem : found->problems) UNSCOPED_INFO(problem);
    CHECK(found->problems.empty());
  }

 private:
  std::map<std::uint32_t, std::uint64_t> sent_;
};

struct Kind {
  const char* name;
  std::function<EventPayload(const TicketId&, const Actor&)> make;
  bool of_ticket = true;
  bool of_secret = true;
};

const std::vector<Kind>& kinds() {
  static const Bytes sealed(80, 1);
  static const std::vector<Kind> all = {
      {"verified", [](const TicketId& t, const Actor& a) { return TicketVerified{t, a}; }},
      {"assigned", [](const TicketId& t, const Actor& a) { return TicketAssigned{t, a, OpdId{"pupr"}}; }, true, false},
      {"followed up", [](const TicketId& t, const Actor& a) { return FollowUpPublished{t, a, "", sealed}; }},
      {"held", [](const TicketId& t, const Actor& a) { return TicketHeld{t, a, "Menunggu"}; }, true, false},
      {"resolved", [](const TicketId& t, const Actor& a) { return TicketResolved{t, a, "", sealed}; }},
      {"archived", [](const TicketId& t, const Actor& a) { return TicketArchived{t, a, "Ditarik"}; }, true, false},
      {"message", [](const TicketId& t, const Actor& a) { return PrivateMessageAdded{t, a, sealed}; }},
      {"read", [](const TicketId& t, const Actor& a) { return PrivatePartRead{t, a}; }},
      {"answered", [](const TicketId& t, const Actor& a) { return OfficeAnswered{t, a, "", sealed}; }},
      {"asked", [](const TicketId& t, const Actor& a) { return MoreAsked{t, a, sealed}; }},
      {"duplicate", [](const TicketId& t, const Actor& a) { return TicketDuplicated{t, a, {DeviceCode{"JLA1"}, 99}}; },
       true, false},
      {"assisted", [](const TicketId& t, const Actor& a) { return TicketAssisted{t, a, AssistKind::kCounter, ""}; }},
      {"acted", [](const TicketId&, const Actor& a) { return StaffActed{a, StaffAct::kSignedIn, ""}; }, false},
      {"posted", [](const TicketId&, const Actor& a) { return AnnouncementPosted{a, "Libur", "Tutup", "2026-12-25"}; },
       false},
      {"withdrawn",
       [](const TicketId& t, const Actor& a) { return AnnouncementWithdrawn{a, {t.device, t.epoch, Seq{1}}}; }, false},
  };
  return all;
}

TEST_CASE("role by kind by district by ticket: what of a kiosk's counter is taken, and why the rest is not") {
  CounterWorld world;
  const Actor colleague = world.hire("frans", Role::kOfficer, kAgimuga);
  struct Case {
    const char* name;
    TicketId ticket;
    bool foreign = false;
    bool about_staff = false;
    bool secret = false;
  };
  const std::vector<Case> cases = {
      {"own, open", world.file(world.kiosk)},
      {"own, about staff", world.file(world.kiosk, Confidentiality::kNameHidden, kAboutStaff), false, true},
      {"own, secret", world.file(world.kiosk, Confidentiality::kSecret), false, false, true},
      {"own, secret about staff", world.file(world.kiosk, Confidentiality::kSecret, kAboutStaff), false, true, true},
      {"foreign, open", world.file(world.foreign), true},
      {"foreign, about staff", world.file(world.foreign, Confidentiality::kNameHidden, kAboutStaff), true, true},
      {"foreign, secret", world.file(world.foreign, Confidentiality::kSecret), true, false, true},
  };
  std::vector<Actor> actors = {world.yohana, world.markus, world.tekno, colleague};
  for (int number = 0; number <= static_cast<int>(Role::kSystemAdmin); ++number) {
    actors.push_back({"rosa", "Rosa", static_cast<Role>(number), {}});
  }
  for (const Actor& actor : actors) {
    for (const Kind& kind : kinds()) {
      for (const Case& one : cases) {
        CAPTURE(actor.account, static_cast<int>(actor.role), kind.name, one.name);
        const bool withdraws = std::string_view(kind.name) == "withdrawn";
        std::string expected;
        if (std::string_view(kind.name) == "followed up") {
          expected = "kind_not_allowed";
        } else if (!is_kiosk_role(actor.role)) {
          expected = "role_not_allowed";
        } else if (actor.role == Role::kTechnician && std::string_view(kind.name) != "acted") {
          expected = "role_not_allowed";
        } else if (actor.account == "frans") {
          expected = "foreign_account";
        } else if (withdraws && one.foreign) {
          expected = "foreign_announcement";
        } else if (kind.of_ticket && one.foreign) {
          expected = "foreign_ticket";
        } else if (kind.of_ticket && one.about_staff) {
          expected = "about_staff";
        } else if (one.secret && !kind.of_secret) {
          expected = "secret_ticket";
        }
        CHECK(world.say(kind.make(one.ticket, actor)) == expected);
      }
    }
  }
  world.require_sound();
}

TEST_CASE("words in the clear about a secret ticket are set aside") {
  CounterWorld world;
  const TicketId open = world.file(world.kiosk);
  const TicketId secret = world.file(world.kiosk, Confidentiality::kSecretAnonymous);
  CHECK(world.say(OfficeAnswered{open, world.yohana, "Kami periksa besok.", {}}).empty());
  CHECK(world.say(OfficeAnswered{secret, world.yohana, "Kami periksa besok.", {}}) == "not_sealed");
  CHECK(world.say(TicketResolved{secret, world.yohana, "Selesai.", {}}) == "not_sealed");
  CHECK(world.say(OfficeAnswered{secret, world.yohana, "", Bytes(80, 1)}).empty());
}

TEST_CASE("words of staff keep their limits") {
  CounterWorld world;
  const TicketId id = world.file(world.kiosk);
  const auto aside = [&](EventPayload payload) { return world.say(std::move(payload)) == "words_over_limit"; };
  const std::string reply(mimika::limits::kReplyBytes, 'x');
  const std::string reason(central::limits::kReasonBytes, 'x');
  CHECK_FALSE(aside(OfficeAnswered{id, world.yohana, reply, {}}));
  CHECK(aside(OfficeAnswered{id, world.yohana, reply + "x", {}}));
  CHECK(aside(OfficeAnswered{id, world.yohana, "\x1b[31m", {}}));
  CHECK_FALSE(aside(MoreAsked{id, world.yohana, Bytes(mimika::limits::kReplyBytes + 48)}));
  CHECK(aside(MoreAsked{id, world.yohana, Bytes(mimika::limits::kReplyBytes + 49)}));
  CHECK_FALSE(aside(TicketHeld{id, world.yohana, reason}));
  CHECK(aside(TicketHeld{id, world.yohana, reason + "x"}));
  CHECK(aside(TicketArchived{id, world.yohana, " "}));
  CHECK(aside(TicketAssisted{id, world.yohana, AssistKind::kOutreach, "2026-11-28T09:30"}));
  CHECK(aside(StaffActed{world.yohana, StaffAct::kReportMade, reason + "x"}));
  CHECK(aside(StaffActed{world.yohana, StaffAct::kReportMade, "two\nlines"}));
  CHECK(aside(AnnouncementPosted{world.yohana, std::string(121, 'x'), "Tutup", ""}));
  CHECK(aside(AnnouncementPosted{world.yohana, "Libur", reply + "x", ""}));
  Actor nameless = world.yohana;
  nameless.name = "";
  CHECK(aside(TicketVerified{id, nameless}));
  nameless.name = std::string(121, 'x');
  CHECK(aside(TicketVerified{id, nameless}));
}

TEST_CASE("what staff do besides tickets is what their role does") {
  CounterWorld world;
  for (int number = 0; number <= static_cast<int>(kLastStaffAct); ++number) {
    const auto act = static_cast<StaffAct>(number);
    const bool of_office = act == StaffAct::kOfficeOpened || act == StaffAct::kOfficePaused ||
                           act == StaffAct::kOfficeClosed || act == StaffAct::kReportMade;
    const bool of_machine =
        act == StaffAct::kMaintenanceBegun || act == StaffAct::kMaintenanceEnded || act == StaffAct::kMaintained;
    CAPTURE(number);
    for (const Actor& actor : {world.yohana, world.markus}) {
      CHECK(world.say(StaffActed{actor, act, ""}) == (of_machine ? "role_not_allowed" : ""));
    }
    CHECK(world.say(StaffActed{world.tekno, act, ""}) == (of_office ? "role_not_allowed" : ""));
  }
}

TEST_CASE("an account that is not, that has another role, or claims an agency, does nothing here") {
  CounterWorld world;
  const TicketId id = world.file(world.kiosk);
  CHECK(world.say(TicketVerified{id, {"nobody", "Nobody", Role::kOfficer, {}}}) == "unknown_account");
  CHECK(world.say(TicketVerified{id, {"yohana", "Yohana", Role::kDistrictHead, {}}}) == "another_role");
  CHECK(world.say(TicketVerified{id, {"tekno", "Tekno", Role::kOfficer, {}}}) == "another_role");
  CHECK(world.say(TicketVerified{id, {"yohana", "Yohana", Role::kOfficer, OpdId{"pupr"}}}) == "role_not_allowed");
  CHECK(world.say(TicketAssigned{id, world.yohana, OpdId{"no-such-opd"}}) == "unknown_opd");
  CHECK(world.say(TicketVerified{{world.kiosk.device, world.kiosk.epoch, Seq{9999}}, world.yohana}) ==
        "unknown_ticket");
  // Married meanwhile: the name is what it was when she did it.
  REQUIRE(world.office.rename(world.database(), world.desk, "yohana", "Yohana Beanal"));
  CHECK(world.say(TicketVerified{id, world.yohana}).empty());
  CHECK(world.ticket(id).timeline.back().actor.name == "Nama yohana");
}

TEST_CASE("what was done before an account was closed is taken however late it comes, what came after is not") {
  CounterWorld world;
  const TicketId id = world.file(world.kiosk);
  world.kiosk.append(TicketVerified{id, world.yohana});
  world.env.advance_ms(kHourMs);
  REQUIRE(world.office.set_state(world.database(), world.desk, "yohana", false));
  CHECK(world.send(world.kiosk).empty());
  world.env.advance_ms(kHourMs);
  CHECK(world.say(OfficeAnswered{id, world.yohana, "Masih di sini.", {}}) == "account_disabled");
  // What others try with her login is no act of hers.
  CHECK(world.say(StaffActed{world.yohana, StaffAct::kPinWrong, "1"}).empty());
  CHECK(world.say(StaffActed{world.yohana, StaffAct::kSignedIn, ""}) == "account_disabled");
  REQUIRE(world.office.set_state(world.database(), world.desk, "yohana", true));
  CHECK(world.say(OfficeAnswered{id, world.yohana, "Lagi di sini.", {}}).empty());
}

TEST_CASE("an officer's work is seen on the ticket, by the other kiosks of the district, and confirmed to its own") {
  CounterWorld world;
  TestKiosk second = world.enrolled_kiosk(kJila);
  const TicketId id = world.file(world.kiosk);
  world.sync(second);
  const EventKey verified = world.kiosk.append(TicketVerified{id, world.yohana});
  const EventKey read = world.kiosk.append(PrivatePartRead{id, world.yohana});
  const EventKey answered = world.kiosk.append(OfficeAnswered{id, world.markus, "Kami periksa besok.", {}});
  const EventKey acted = world.kiosk.append(StaffActed{world.yohana, StaffAct::kSignedOut, ""});
  const EventKey posted = world.kiosk.append(AnnouncementPosted{world.markus, "Libur", "Tutup.", "2026-12-25"});
  const wire::Answer own = world.sync(world.kiosk, verified.seq.value);
  REQUIRE(own.rejects.empty());
  const Ticket ticket = world.ticket(id);
  CHECK(ticket.status == TicketStatus::kVerified);
  CHECK(ticket.timeline.back().text == "Kami periksa besok.");
  CHECK(ticket.timeline.back().actor == world.markus);
  // Its own come back as numbers without bytes: that is how a kiosk knows where they stand.
  std::vector<EventKey> confirmed;
  for (const wire::FeedItem& item : own.feed) {
    if (item.event.empty()) confirmed.push_back(item.key);
  }
  CHECK(std::ranges::count(confirmed, verified) == 1);
  CHECK(std::ranges::count(confirmed, answered) == 1);
  std::vector<EventKey> told;
  for (const wire::FeedItem& item : world.sync(second).feed) {
    CHECK_FALSE(item.event.empty());
    told.push_back(item.key);
  }
  CHECK(std::ranges::count(told, verified) == 1);
  CHECK(std::ranges::count(told, answered) == 1);
  for (const EventKey& kept : {read, acted, posted}) CHECK(std::ranges::count(told, kept) == 0);
  for (const wire::FeedItem& item : world.sync(world.foreign).feed) CHECK(item.key.device != world.kiosk.device);
  CHECK(world.count("private_read") == 1);
  CHECK(world.count("staff_act") == 1);
  CHECK(world.count("office_announcement") == 1);
  world.require_sound();
}

TEST_CASE("an announcement of an office is listed until it is taken down, by any kiosk of the district") {
  CounterWorld world;
  TestKiosk second = world.enrolled_kiosk(kJila);
  const EventKey posted = world.kiosk.append(AnnouncementPosted{world.yohana, "Libur", "Tutup.", ""});
  CHECK(world.send(world.kiosk).empty());
  auto listed = list_office_announcements(world.database(), DistrictCode{kJila}, 10);
  REQUIRE(listed);
  REQUIRE(listed->size() == 1);
  CHECK(listed->front().title == "Libur");
  CHECK_FALSE(listed->front().withdrawn_by.has_value());
  second.append(AnnouncementWithdrawn{world.markus, posted});
  CHECK(world.send(second).empty());
  listed = list_office_announcements(world.database(), DistrictCode{kJila}, 10);
  REQUIRE(listed);
  CHECK(listed->front().withdrawn_by == "Nama markus");
  CHECK(list_office_announcements(world.database(), DistrictCode{kAgimuga}, 10)->empty());
}

TEST_CASE("what an officer did to a ticket that is not here yet waits for it, and is judged when it comes") {
  CounterWorld world;
  // The first kiosk files two; the second one knows of them from before the centre was put back.
  Filing filing;
  const TicketId fine = world.kiosk.file(filing);
  filing.category = kAboutStaff;
  const TicketId about_staff = world.kiosk.file(filing);
  TestKiosk second = world.enrolled_kiosk(kJila);
  second.append(TicketVerified{fine, world.yohana});
  second.append(TicketVerified{about_staff, world.yohana});
  CHECK(world.send(second).empty());
  CHECK(world.send(world.kiosk).empty());
  CHECK(world.ticket(fine).status == TicketStatus::kVerified);
  CHECK(world.ticket(about_staff).status == TicketStatus::kUnverified);
  const auto aside = list_quarantine(world.database(), 10);
  REQUIRE(aside);
  REQUIRE(aside->size() == 1);
  CHECK(aside->front().reason == "about_staff");
  world.require_sound();
}

TEST_CASE("a revoked kiosk's officers change nothing") {
  CounterWorld world;
  const TicketId id = world.file(world.kiosk);
  REQUIRE(set_revoked(world.database(), world.kiosk.device, world.env.wall_ms()));
  CHECK(world.say(TicketVerified{id, world.yohana}) == "revoked");
}

TEST_CASE("a ticket's timeline ends somewhere, whatever a kiosk goes on to say") {
  CounterWorld world;
  const TicketId id = world.file(world.kiosk);
  const std::size_t room = central::limits::kTimelineEntries - world.ticket(id).timeline.size();
  for (std::size_t i = 0; i < room; ++i) world.kiosk.append(OfficeAnswered{id, world.yohana, "Ya.", {}});
  CHECK(world.send(world.kiosk).empty());
  CHECK(world.say(OfficeAnswered{id, world.yohana, "Ya.", {}}) == "too_many_entries");
}

}  // namespace
}  // namespace mimika::test
