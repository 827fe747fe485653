#include "sync/central/pages/pages.h"

#include <fstream>
#include <set>

#include "sync/central/central_limits.h"
#include "sync/central/http/gzip.h"
#include "sync/central/pages/embedded.h"
#include "sync/central/pages/texts.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("every text of the pages exists in both languages") {
  const auto texts = Texts::open();
  REQUIRE(texts);
  std::set<std::string> ids;
  for (const char* language : {"id", "en"}) {
    std::ifstream po(std::string(MIMIKA_SOURCE_ASSETS "/locale/central.") + language + ".po");
    REQUIRE(po);
    std::string line;
    while (std::getline(po, line)) {
      if (line.starts_with("msgid \"") && line.size() > 8) ids.insert(line.substr(7, line.size() - 8));
    }
  }
  REQUIRE(ids.size() > 100);
  for (const std::string& id : ids) {
    CAPTURE(id);
    REQUIRE(texts->has(Language::kIndonesian, id));
    REQUIRE(texts->has(Language::kEnglish, id));
  }
}

TEST_CASE("numbers take the plural of their language") {
  const auto texts = Texts::open();
  REQUIRE(texts->count(Language::kEnglish, "mark.late_working", 1) == "1 working day late");
  REQUIRE(texts->count(Language::kEnglish, "mark.late_working", 9) == "9 working days late");
  REQUIRE(texts->count(Language::kIndonesian, "mark.late_working", 1) == "Terlambat 1 hari kerja");
  REQUIRE(texts->get(Language::kIndonesian, "regent.late", {"3", "5 hari kerja"}) == "3 terlambat, lewat 5 hari kerja");
}

TEST_CASE("pages carry the headers that keep them private, whole and unframed") {
  CentreWorld world;
  Browser browser = browser_of(world, "siti", Role::kSuperAdmin);
  for (const char* path : {"/triage", "/regent", "/system", "/nowhere"}) {
    CAPTURE(path);
    const http::Response page = browser.get(path);
    REQUIRE(header(page, "Cache-Control") == "no-store");
    REQUIRE(header(page, "X-Content-Type-Options") == "nosniff");
    REQUIRE(header(page, "X-Frame-Options") == "DENY");
    const std::string policy = header(page, "Content-Security-Policy");
    REQUIRE(contains(policy, "default-src 'none'"));
    REQUIRE(contains(policy, "frame-ancestors 'none'"));
    REQUIRE_FALSE(contains(policy, "unsafe-inline"));
    REQUIRE_FALSE(contains(page.body, "<script"));
    REQUIRE_FALSE(contains(page.body, "style="));
    REQUIRE_FALSE(contains(page.body, "[["));
    REQUIRE_FALSE(contains(page.body, "{{"));
  }
}

TEST_CASE("the style sheet is named by its content and cached for ever") {
  CentreWorld world;
  Browser browser(world);
  const std::string page = browser.get("/login").body;
  const std::size_t at = page.find("href=\"/style-");
  REQUIRE(at != std::string::npos);
  const std::string path = page.substr(at + 6, page.find('"', at + 6) - at - 6);
  const http::Response style = browser.get(path);
  REQUIRE(style.status == 200);
  REQUIRE(style.content_type == "text/css; charset=utf-8");
  REQUIRE(contains(header(style, "Cache-Control"), "immutable"));
}

TEST_CASE("a form without its token, with another's, or from another site does nothing") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser browser = browser_of(world, "siti", Role::kSuperAdmin);
  Browser other = browser_of(world, "rina", Role::kSuperAdmin);
  const std::string path = ticket_path_of(id) + "/verify";
  const std::string csrf = hidden_field(browser.get(ticket_path_of(id)).body, path, "csrf");
  const std::string foreign = hidden_field(other.get(ticket_path_of(id)).body, path, "csrf");
  REQUIRE(browser.post(path, {{"seen", "2"}}).status == 403);
  REQUIRE(browser.post(path, {{"seen", "2"}, {"csrf", ""}}).status == 403);
  REQUIRE(browser.post(path, {{"seen", "2"}, {"csrf", foreign}}).status == 403);
  browser.origin = "https://evil.example";
  REQUIRE(browser.post(path, {{"seen", "2"}, {"csrf", csrf}}).status == 403);
  REQUIRE(browser.post("/login", {{"login", "siti"}, {"password", kPassword}}).status == 403);
  REQUIRE(world.ticket(id).status == TicketStatus::kUnverified);
  browser.origin = "https://127.0.0.1:8443";
  REQUIRE(browser.post(path, {{"seen", "2"}, {"csrf", csrf}}).status == 303);
}

TEST_CASE("what people write is shown as text and never becomes markup") {
  CentreWorld world;
  const std::string hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  TestKiosk kiosk = world.enrolled_kiosk();
  Filing filing;
  filing.story = hostile;
  filing.name = hostile;
  const TicketId id = kiosk.file(filing);
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  const std::string opened = admin.act(id, "open").body;
  REQUIRE(contains(opened, "&lt;script&gt;alert(1)"));
  REQUIRE_FALSE(contains(opened, "<script"));
  REQUIRE_FALSE(contains(opened, "<img"));

  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  REQUIRE(pupr.act(id, "follow-up", {{"text", hostile}}).status == 303);
  REQUIRE_FALSE(contains(pupr.get(ticket_path_of(id)).body, "<script"));
  // Given back in the form it was typed in, with a wrong token count so that it is refused.
  const std::string page = pupr.get(ticket_path_of(id)).body;
  const std::string csrf = hidden_field(page, ticket_path_of(id) + "/follow-up", "csrf");
  const std::string back =
      pupr.post(ticket_path_of(id) + "/follow-up", {{"csrf", csrf}, {"seen", "1"}, {"text", "</textarea>" + hostile}})
          .body;
  REQUIRE(contains(back, "&lt;/textarea&gt;"));
  REQUIRE_FALSE(contains(back, "<script"));
  REQUIRE_FALSE(contains(admin.get("/find?number=%3Cscript%3E").body, "<script"));
  REQUIRE_FALSE(contains(admin.get("/%3Cscript%3E").body, "<script"));
}

TEST_CASE("each role is led to its own page and kept from the others") {
  CentreWorld world;
  const std::vector<std::tuple<const char*, Role, const char*, std::set<std::string>>> expected = {
      {"admin", Role::kSuperAdmin, "", {"/triage", "/regent", "/staff", "/challenge", "/system"}},
      {"lo", Role::kLiaison, "", {"/triage"}},
      {"pic", Role::kOpdPic, "pupr", {"/opd"}},
      {"kadis", Role::kOpdHead, "pupr", {"/opd"}},
      {"auditor", Role::kInspectorate, "inspektorat", {"/triage", "/opd"}},
      {"bupati", Role::kRegent, "", {"/regent"}},
      {"teknisi", Role::kSystemAdmin, "", {"/staff", "/challenge", "/system"}},
  };
  for (const auto& [login, role, opd, pages] : expected) {
    Browser browser = browser_of(world, login, role, opd);
    CAPTURE(login);
    REQUIRE(pages.contains(header(browser.get("/"), "Location")));
    for (const char* page : {"/triage", "/opd", "/regent", "/staff", "/challenge", "/system"}) {
      CAPTURE(page);
      REQUIRE(browser.get(page).status == (pages.contains(page) ? 200 : 403));
    }
  }
}

TEST_CASE("an action is refused for a role that may not do it, whatever form it sends") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  const std::size_t entries = world.ticket(id).timeline.size();

  const auto attempt = [&](Browser& browser, const std::string& home, const char* verb) {
    const std::string csrf = hidden_field(browser.get(home).body, "/logout", "csrf");
    REQUIRE_FALSE(csrf.empty());
    return browser
        .post(ticket_path_of(id) + "/" + verb,
              {{"csrf", csrf}, {"seen", std::to_string(entries)}, {"text", "x"}, {"opd", "dinkes"}})
        .status;
  };
  Browser regent = browser_of(world, "bupati", Role::kRegent);
  Browser other_opd = browser_of(world, "dinkes", Role::kOpdHead, "dinkes");
  Browser system = browser_of(world, "teknisi", Role::kSystemAdmin);
  Browser own_opd = browser_of(world, "pupr", Role::kOpdHead, "pupr");
  for (const char* verb : {"verify", "assign", "archive", "follow-up", "hold", "resolve", "message", "open"}) {
    CAPTURE(verb);
    REQUIRE(attempt(regent, "/regent", verb) == 403);
    REQUIRE(attempt(other_opd, "/opd", verb) == 404);
    REQUIRE(attempt(system, "/system", verb) == 404);
  }
  for (const char* verb : {"verify", "assign", "archive"}) REQUIRE(attempt(own_opd, "/opd", verb) == 403);
  for (const char* verb : {"follow-up", "hold", "resolve"}) REQUIRE(attempt(admin, "/triage", verb) == 403);
  REQUIRE(world.ticket(id).timeline.size() == entries);
  REQUIRE(world.count("private_read") == 0);
}

// Story: nine working days and more have passed over fifty complaints, and the Regent looks at his phone on 2G.
TEST_CASE("the Regent's page with fifty red tickets is under 30 KB, style sheet included, and leads with the latest") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  TestKiosk far_away = world.enrolled_kiosk("94.04.02");
  const TicketId oldest = far_away.file();
  world.sync(far_away);
  world.env.advance_ms(10 * kDayMs);
  for (int i = 0; i < 60; ++i) kiosk.file();
  world.sync(kiosk);
  world.env.advance_ms(4 * kDayMs);

  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  REQUIRE(admin.act(oldest, "assign", {{"opd", "pupr"}}).status == 303);
  Browser regent = browser_of(world, "bupati", Role::kRegent);
  const http::Response page = regent.get("/regent");
  REQUIRE(page.status == 200);
  const std::size_t style = embedded_file("style.css").size();
  REQUIRE(times(page.body, "class=\"card ") == 50);
  REQUIRE(page.body.size() + style < central::limits::kRegentPageBytes);
  REQUIRE(http::gzip(page.body).size() < 5000);

  REQUIRE(contains(page.body, "61 masih merah"));
  REQUIRE(contains(page.body, "1 terlambat, lewat 5 hari kerja"));
  REQUIRE(contains(page.body, "11 lagi sesudah ini"));
  // 24 November to 8 December 2026: ten working days, five of them over the limit.
  const std::size_t first = page.body.find("class=\"card ");
  REQUIRE(page.body.substr(first, 300).find("Terlambat 5 hari kerja") != std::string::npos);
  REQUIRE(page.body.substr(first, 400).find("AGM1-0001") != std::string::npos);
  REQUIRE(contains(page.body, "61 Merah"));
}

TEST_CASE("the Regent's tabs count by agency and district and lead to their lists") {
  CentreWorld world;
  TestKiosk jila = world.enrolled_kiosk();
  TestKiosk agimuga = world.enrolled_kiosk("94.04.02");
  const TicketId handed = jila.file();
  jila.file();
  agimuga.file();
  world.sync(jila);
  world.sync(agimuga);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  REQUIRE(admin.act(handed, "assign", {{"opd", "pupr"}}).status == 303);
  Browser regent = browser_of(world, "bupati", Role::kRegent);

  const std::string by_opd = regent.get("/regent?tab=opd").body;
  REQUIRE(contains(by_opd, "href=\"/regent?opd=pupr\""));
  REQUIRE(contains(by_opd, "href=\"/regent?opd=-\""));
  const std::string by_district = regent.get("/regent?tab=district").body;
  REQUIRE(contains(by_district, "href=\"/regent?district=94.04.06\""));
  REQUIRE(times(regent.get("/regent?opd=pupr").body, "class=\"card ") == 1);
  REQUIRE(times(regent.get("/regent?opd=-").body, "class=\"card ") == 2);
  REQUIRE(times(regent.get("/regent?district=94.04.02").body, "class=\"card ") == 1);
  REQUIRE(contains(regent.get("/regent?district=none").body, "Tidak ada tiket merah"));
}

TEST_CASE("what clears red leaves the Regent's list") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  Browser regent = browser_of(world, "bupati", Role::kRegent);
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  REQUIRE(contains(regent.get("/regent").body, "1 Merah"));
  REQUIRE(pupr.act(id, "follow-up", {{"text", "Kami mulai besok."}}).status == 303);
  const std::string page = regent.get("/regent").body;
  REQUIRE(contains(page, "0 Merah"));
  REQUIRE(contains(page, "1 Kuning"));
}

TEST_CASE("deadlines are said in words") {
  CentreWorld world;  // Tuesday 24 November; five working days end on Tuesday 1 December
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  const auto words_after = [&](const char* login) {
    Browser regent = browser_of(world, login, Role::kRegent);
    std::string page = regent.get("/regent").body;
    return page.substr(page.find("class=\"card "), 300);
  };
  REQUIRE(contains(words_after("a"), "Tenggat Sel 1 Des"));
  world.env.advance_ms(6 * kDayMs);
  REQUIRE(contains(words_after("b"), "Tenggat besok"));
  world.env.advance_ms(kDayMs);
  REQUIRE(contains(words_after("c"), "Tenggat hari ini"));
  world.env.advance_ms(kDayMs);
  REQUIRE(contains(words_after("d"), "Terlambat 1 hari kerja"));
}

TEST_CASE("the language is chosen once and kept in a cookie") {
  CentreWorld world;
  Browser browser(world);
  REQUIRE(contains(browser.get("/login").body, "Kata sandi"));
  const http::Response chosen = browser.get("/login?lang=en");
  REQUIRE(chosen.status == 303);
  REQUIRE(header(chosen, "Location") == "/login");
  const std::string page = browser.get("/login").body;
  REQUIRE(contains(page, "<html lang=\"en\">"));
  REQUIRE(contains(page, "Password"));
  REQUIRE(header(browser.get("//evil.example/?lang=id"), "Location") == "/");
}

TEST_CASE("the system page shows kiosks and alarms and nothing of any case") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  kiosk.append_raw({0xFF, 0xFF, 0xFF});
  world.sync(kiosk);
  Browser system = browser_of(world, "teknisi", Role::kSystemAdmin);
  const std::string page = system.get("/system").body;
  REQUIRE(contains(page, "JLA1"));
  REQUIRE(contains(page, "undecodable"));
  REQUIRE_FALSE(contains(page, "JLA1-0001"));
  REQUIRE_FALSE(contains(page, "Jembatan"));
}

TEST_CASE("a ticket whose private part does not open can still be worked on") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  TicketFiled filed;
  filed.number = {kiosk.code, 5};
  filed.district = kiosk.district;
  filed.category = CategoryId{"air"};
  const TicketId id = kiosk.append(filed);
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  const http::Response opened = admin.act(id, "open");
  REQUIRE(opened.status == 200);
  REQUIRE(contains(opened.body, "tidak dapat dibuka"));
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
}

TEST_CASE("long lists come in pages of fifty") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  for (int i = 0; i < 51; ++i) kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  const std::string first = admin.get("/triage").body;
  REQUIRE(times(first, "class=\"card ") == 50);
  REQUIRE(contains(first, "page=2"));
  const std::string second = admin.get("/triage?list=new&page=2").body;
  REQUIRE(times(second, "class=\"card ") == 1);
  REQUIRE(contains(second, "page=1"));
  REQUIRE(admin.get("/triage?page=-7").status == 200);
  REQUIRE(admin.get("/triage?page=999999999999999999").status == 200);
}

}  // namespace mimika::test
