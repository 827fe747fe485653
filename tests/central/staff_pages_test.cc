// The pages about those who work at kiosks, as browsers see them.
#include <string>

#include "kiosk/crypto/challenge.h"
#include "sync/central/store/staff.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

constexpr const char* kJila = "94.04.06";

std::string csrf_of(Browser& browser, const std::string& path) {
  const std::string csrf = hidden_field(browser.get(path).body, "/logout", "csrf");
  REQUIRE_FALSE(csrf.empty());
  return csrf;
}

// The eight digits in their two groups, or nothing.
std::string start_pin_in(const std::string& page) {
  const std::string start = "<p class=\"signs\">";
  const std::size_t at = page.find(start);
  return at == std::string::npos ? std::string() : page.substr(at + start.size(), 9);
}

http::Response add(Browser& browser, const std::string& login, const char* role = "officer",
                   const std::string& name = "Yohana Magal") {
  return browser.post("/staff/add", {{"csrf", csrf_of(browser, "/staff")},
                                     {"login", login},
                                     {"name", name},
                                     {"role", role},
                                     {"district", std::string(role) == "technician" ? "" : kJila}});
}

TEST_CASE("an added account is listed under its district, and its start PIN is shown once and never again") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk(kJila);
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  const http::Response added = add(rosa, "yohana");
  REQUIRE(added.status == 200);
  CHECK(header(added, "Cache-Control") == "no-store");
  const std::string pin = start_pin_in(added.body);
  REQUIRE(pin.size() == 9);
  const auto staff = find_staff(world.database(), "yohana");
  REQUIRE(staff);
  REQUIRE(*staff);
  CHECK(crypto::open_credential((*staff)->credential, pin.substr(0, 4) + pin.substr(5), nullptr));
  const std::string page = rosa.get("/staff").body;
  CHECK(contains(page, "Yohana Magal"));
  CHECK(contains(page, "Jila"));
  CHECK(start_pin_in(page).empty());
  CHECK_FALSE(contains(page, pin));
  // Sent again, as by a page that is loaded anew: refused, and told in words.
  const http::Response again = add(rosa, "yohana");
  CHECK(again.status == 409);
  CHECK(contains(again.body, "role=\"alert\""));
}

TEST_CASE("a start PIN that was pressed for twice is not taken away by the second press") {
  CentreWorld world;
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  REQUIRE(add(rosa, "yohana").status == 200);
  const std::string page = rosa.get("/staff").body;
  const http::Fields form = {{"csrf", hidden_field(page, "/staff/reset-pin", "csrf")},
                             {"login", "yohana"},
                             {"seen", hidden_field(page, "/staff/reset-pin", "seen")}};
  const http::Response first = rosa.post("/staff/reset-pin", form);
  CHECK(first.status == 200);
  CHECK(start_pin_in(first.body).size() == 9);
  const http::Response second = rosa.post("/staff/reset-pin", form);
  CHECK(second.status == 409);
  CHECK(start_pin_in(second.body).empty());
  CHECK(find_staff(world.database(), "yohana").value()->version == 2);
}

TEST_CASE("an account is let in again, closed and opened with one key each") {
  CentreWorld world;
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  REQUIRE(add(rosa, "yohana").status == 200);
  const auto press = [&](const std::string& verb) {
    const std::string page = rosa.get("/staff").body;
    return rosa
        .post("/staff/" + verb, {{"csrf", hidden_field(page, "/staff/" + verb, "csrf")},
                                 {"login", "yohana"},
                                 {"seen", hidden_field(page, "/staff/" + verb, "seen")}})
        .status;
  };
  CHECK(press("unlock") == 303);
  CHECK(find_staff(world.database(), "yohana").value()->version == 2);
  CHECK(press("disable") == 303);
  CHECK(find_staff(world.database(), "yohana").value()->disabled_ms.has_value());
  CHECK(press("enable") == 303);
  CHECK_FALSE(find_staff(world.database(), "yohana").value()->disabled_ms.has_value());
  CHECK(world.count("staff_change") == 4);
}

TEST_CASE("the pages about staff are for admins, and forms without their token do nothing") {
  CentreWorld world;
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  REQUIRE(add(rosa, "yohana").status == 200);
  for (const auto& [login, role, opd] :
       {std::tuple{"lo", Role::kLiaison, ""}, std::tuple{"pic", Role::kOpdPic, "pupr"},
        std::tuple{"auditor", Role::kInspectorate, "inspektorat"}, std::tuple{"bupati", Role::kRegent, ""}}) {
    Browser other = browser_of(world, login, role, opd);
    const std::string csrf = csrf_of(other, header(other.get("/"), "Location"));
    CAPTURE(login);
    for (const char* path : {"/staff", "/staff/at?kiosk=JLA1", "/challenge"}) CHECK(other.get(path).status == 403);
    for (const char* path : {"/staff/add", "/staff/reset-pin", "/staff/disable", "/challenge"}) {
      CHECK(other.post(path, {{"csrf", csrf}, {"login", "yohana"}, {"seen", "1"}}).status == 403);
    }
  }
  CHECK(rosa.post("/staff/disable", {{"login", "yohana"}, {"seen", "1"}}).status == 403);
  CHECK_FALSE(find_staff(world.database(), "yohana").value()->disabled_ms.has_value());
  CHECK(Browser(world).get("/staff").status == 303);  // to the login
}

TEST_CASE("a system admin sees technicians alone, and can touch nobody else") {
  CentreWorld world;
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  REQUIRE(add(rosa, "yohana").status == 200);
  Browser adi = browser_of(world, "adi", Role::kSystemAdmin);
  REQUIRE(add(adi, "tekno", "technician", "Tek Nisi").status == 200);
  const std::string page = adi.get("/staff").body;
  CHECK(contains(page, "Tek Nisi"));
  CHECK_FALSE(contains(page, "Yohana Magal"));
  CHECK_FALSE(contains(page, "district_head"));
  CHECK(add(adi, "markus", "district_head").status == 403);
  CHECK(adi.post("/staff/reset-pin", {{"csrf", csrf_of(adi, "/staff")}, {"login", "yohana"}, {"seen", "1"}}).status ==
        403);
  CHECK(find_staff(world.database(), "yohana").value()->version == 1);
}

TEST_CASE("a challenge read out on the telephone is answered once, in words for everything that goes wrong") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk(kJila);
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  const std::string signs = crypto::format_challenge(crypto::make_challenge(world.env, 3).value());
  const auto ask = [&](const std::string& at, const std::string& what, const std::string& purpose = "maintenance") {
    return rosa.post("/challenge", {{"csrf", csrf_of(rosa, "/challenge")},
                                    {"kiosk", at},
                                    {"purpose", purpose},
                                    {"login", "nobody"},
                                    {"signs", what}});
  };
  std::string misheard = signs;
  misheard[0] = misheard[0] == '7' ? '8' : '7';
  CHECK(ask(kiosk.code.value, misheard).status == 422);
  CHECK(ask("XYZ9", signs).status == 404);
  CHECK(ask(kiosk.code.value, signs, "unlock-account").status == 404);
  CHECK(ask(kiosk.code.value, signs, "dance").status == 400);
  CHECK(world.count("challenge_answer") == 0);
  const http::Response answered = ask(kiosk.code.value, signs);
  REQUIRE(answered.status == 200);
  CHECK(start_pin_in(answered.body).size() == 9);
  CHECK(contains(answered.body, "rosa"));
  const http::Response again = ask(kiosk.code.value, signs);
  CHECK(again.status == 409);
  CHECK(start_pin_in(again.body).empty());
}

TEST_CASE("what staff did at a kiosk, and its office's announcements, are listed without markup of theirs") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk(kJila);
  Browser rosa = browser_of(world, "rosa", Role::kSuperAdmin);
  REQUIRE(add(rosa, "yohana").status == 200);
  const Actor yohana{"yohana", "Yohana <b>Magal", Role::kOfficer, {}};
  kiosk.append(StaffActed{yohana, StaffAct::kPinWrong, "3"});
  kiosk.append(AnnouncementPosted{yohana, "<script>Libur", "Tutup.", "2026-12-25"});
  REQUIRE(world.sync(kiosk).rejects.empty());
  for (const char* language : {"id", "en"}) {
    rosa.get(std::string("/staff?lang=") + language);
    const std::string page = rosa.get("/staff/at?kiosk=" + kiosk.code.value).body;
    CHECK(contains(page, "&lt;b&gt;Magal"));
    CHECK(contains(page, "&lt;script&gt;Libur"));
    CHECK(contains(page, "2026-12-25"));
    CHECK_FALSE(contains(page, "act."));  // every act has its words
  }
  CHECK(rosa.get("/staff/at?kiosk=XYZ9").status == 404);
}

}  // namespace
}  // namespace mimika::test
