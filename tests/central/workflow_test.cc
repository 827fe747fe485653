#include "kiosk/base/limits.h"
#include "sync/central/cli/verify.h"
#include "sync/central/workflow/ticket_actions.h"
#include "sync/wire/event_codec.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

// What the kiosk of the district is told, decoded.
std::vector<Event> news_of(CentreWorld& world, TestKiosk& kiosk) {
  std::vector<Event> events;
  for (const wire::FeedItem& item : world.sync(kiosk).feed) {
    if (item.event.empty()) continue;
    auto event = wire::decode_event(item.key, item.event);
    REQUIRE(event);
    events.push_back(*std::move(event));
  }
  return events;
}

std::int64_t reads(CentreWorld& world) {
  return world.count("private_read");
}

void require_sound(CentreWorld& world) {
  const auto report = verify_database(world.database(), world.keys());
  REQUIRE(report);
  INFO(describe(*report));
  REQUIRE(report->problems.empty());
}

}  // namespace

// Story: a bridge is broken. Mimika Center hands the complaint to PUPR, PUPR follows up and repairs it, and everything
// that was said travels to the kiosk it came from.
TEST_CASE("a complaint is verified, handed over, followed up and resolved, and the kiosk hears all of it") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser triage = browser_of(world, "siti", Role::kLiaison);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");

  REQUIRE(triage.act(id, "verify").status == 303);
  REQUIRE(world.ticket(id).status == TicketStatus::kVerified);
  REQUIRE(triage.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  REQUIRE(world.ticket(id).status == TicketStatus::kAssigned);

  world.env.advance_ms(kHourMs / 3);  // within the half hour a login may rest
  REQUIRE(pupr.act(id, "follow-up", {{"text", "Tim berangkat besok.\r\nMaterial sudah siap."}}).status == 303);
  REQUIRE(world.ticket(id).status == TicketStatus::kInProgress);
  REQUIRE(pupr.act(id, "message", {{"text", "Kami menelepon Ibu besok."}}).status == 303);
  REQUIRE(pupr.act(id, "resolve", {{"text", "Jembatan sudah berdiri lagi."}}).status == 303);
  const Ticket done = world.ticket(id);
  REQUIRE(done.status == TicketStatus::kResolved);
  REQUIRE(done.timeline[4].text == "Tim berangkat besok.\nMaterial sudah siap.");
  REQUIRE(done.timeline[4].actor.name == "Nama markus");
  REQUIRE(done.timeline[4].actor.opd.value == "pupr");

  const std::vector<Event> news = news_of(world, kiosk);
  REQUIRE(news.size() == 5);
  REQUIRE(std::holds_alternative<TicketVerified>(news[0].payload));
  REQUIRE(std::get<TicketAssigned>(news[1].payload).opd.value == "pupr");
  REQUIRE(std::holds_alternative<FollowUpPublished>(news[2].payload));
  REQUIRE(std::holds_alternative<PrivateMessageAdded>(news[3].payload));
  REQUIRE(std::holds_alternative<TicketResolved>(news[4].payload));
  require_sound(world);
}

TEST_CASE("handing over an unverified ticket verifies it in the same step") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser triage = browser_of(world, "siti", Role::kSuperAdmin);
  REQUIRE(triage.act(id, "assign", {{"opd", "dinkes"}}).status == 303);
  const Ticket ticket = world.ticket(id);
  REQUIRE(ticket.timeline[2].kind == TimelineKind::kVerified);
  REQUIRE(ticket.timeline[3].kind == TimelineKind::kAssigned);
  REQUIRE(ticket.opd == OpdId{"dinkes"});
}

TEST_CASE("opening a private part shows it, records who read it, and never leaves the centre") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser triage = browser_of(world, "siti", Role::kLiaison);
  const http::Response closed = triage.get(ticket_path_of(id));
  REQUIRE_FALSE(contains(closed.body, "Yosepha"));
  REQUIRE(reads(world) == 0);

  const http::Response opened = triage.act(id, "open");
  REQUIRE(opened.status == 200);
  REQUIRE(contains(opened.body, "Yosepha Alomang"));
  REQUIRE(contains(opened.body, "Jembatan kayu putus"));
  REQUIRE(reads(world) == 1);
  const auto rows = world.database().query("SELECT account FROM private_read");
  REQUIRE((*rows)[0].text(0) == "siti");
  REQUIRE(news_of(world, kiosk).empty());
  require_sound(world);
}

TEST_CASE("the Regent reads the story in one tap, without name or contact, and that is recorded too") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId open = kiosk.file();
  Filing secret;
  secret.confidentiality = Confidentiality::kSecret;
  const TicketId hidden = kiosk.file(secret);
  world.sync(kiosk);
  Browser regent = browser_of(world, "bupati", Role::kRegent);
  const http::Response page = regent.get(ticket_path_of(open));
  REQUIRE(contains(page.body, "Jembatan kayu putus"));
  REQUIRE_FALSE(contains(page.body, "Yosepha"));
  REQUIRE(reads(world) == 1);

  const http::Response secret_page = regent.get(ticket_path_of(hidden));
  REQUIRE(secret_page.status == 200);
  REQUIRE_FALSE(contains(secret_page.body, "Jembatan kayu putus"));
  REQUIRE_FALSE(contains(secret_page.body, "Diloa"));
  REQUIRE(regent.act(hidden, "open", {{"csrf", "x"}}).status == 403);
  REQUIRE(reads(world) == 1);
}

TEST_CASE("words about a secret ticket are sealed to the receipt and stand nowhere in the clear") {
  CentreWorld world;
  const crypto::BoxKey receipt = crypto::BoxKey::generate(world.env);
  TestKiosk kiosk = world.enrolled_kiosk();
  Filing secret;
  secret.confidentiality = Confidentiality::kSecretAnonymous;
  secret.receipt_key = receipt.public_key();
  const TicketId id = kiosk.file(secret);
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdHead, "pupr");
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  const std::string words = "Jalan ditutup mulai hari Senin.";
  REQUIRE(pupr.act(id, "follow-up", {{"text", words}}).status == 303);

  const TimelineEntry entry = world.ticket(id).timeline.back();
  REQUIRE(entry.text.empty());
  const auto opened = receipt.open(entry.sealed_text);
  REQUIRE(opened);
  REQUIRE(as_text(opened->view()) == words);
  const std::string page = pupr.get(ticket_path_of(id)).body;
  REQUIRE_FALSE(contains(page, words));
  REQUIRE(contains(page, "Tertulis hanya untuk pelapor"));
}

// Story: somebody complains, in secret, about an official. Its category is sealed, yet it must not pass before a
// colleague of the person it names.
TEST_CASE("a secret complaint about staff is routed past everyone but Inspektorat and the super admin") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  Filing about_staff;
  about_staff.confidentiality = Confidentiality::kSecret;
  about_staff.category = "petugas";
  const TicketId id = kiosk.file(about_staff);
  world.sync(kiosk);
  const std::string number = format_ticket_number(world.ticket(id).number);

  Browser liaison = browser_of(world, "lo", Role::kLiaison);
  Browser inspectorate = browser_of(world, "auditor", Role::kInspectorate, "inspektorat");
  REQUIRE_FALSE(contains(liaison.get("/triage").body, number));
  REQUIRE(liaison.get(ticket_path_of(id)).status == 404);
  REQUIRE(liaison.get("/find?number=" + number).status == 404);
  REQUIRE(liaison.act(id, "open").status == 403);

  REQUIRE(contains(inspectorate.get("/triage").body, number));
  REQUIRE(contains(inspectorate.get(ticket_path_of(id)).body, "Berkadar pengawasan"));
  REQUIRE(inspectorate.act(id, "assign", {{"opd", "pupr"}}).status == 422);
  REQUIRE(inspectorate.act(id, "assign", {{"opd", "inspektorat"}}).status == 303);
  REQUIRE(inspectorate.act(id, "follow-up", {{"text", "Pemeriksaan dimulai."}}).status == 303);
  REQUIRE(reads(world) == 0);  // that the machine looked at the category to route is nobody's reading
  require_sound(world);
}

TEST_CASE("a filing whose receipt key is no key is refused an answer, and the centre stays up") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  Filing broken;
  broken.receipt_key = ReceiptPublicKey{};
  const TicketId id = kiosk.file(broken);
  world.sync(kiosk);
  Browser triage = browser_of(world, "siti", Role::kLiaison);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  REQUIRE(triage.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  REQUIRE(pupr.act(id, "message", {{"text", "Kami datang besok."}}).status == 422);
  REQUIRE(pupr.act(id, "follow-up", {{"text", "Kami datang besok."}}).status == 303);
  require_sound(world);
}

TEST_CASE("the inspectorate sees nothing that is not about staff") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser inspectorate = browser_of(world, "auditor", Role::kInspectorate, "inspektorat");
  REQUIRE_FALSE(contains(inspectorate.get("/triage?list=all").body, "JLA1-0001"));
  REQUIRE(inspectorate.get(ticket_path_of(id)).status == 404);
}

TEST_CASE("an action the state does not allow is refused with the words given back") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);

  // Resolving wants a public follow-up first; no such form is offered, and sending one all the same does nothing.
  const std::string page = pupr.get(ticket_path_of(id)).body;
  REQUIRE_FALSE(contains(page, "/resolve\""));
  const std::string csrf = hidden_field(page, ticket_path_of(id) + "/follow-up", "csrf");
  const std::string seen = hidden_field(page, ticket_path_of(id) + "/follow-up", "seen");
  const http::Response early =
      pupr.post(ticket_path_of(id) + "/resolve", {{"csrf", csrf}, {"seen", seen}, {"text", "Sudah."}});
  REQUIRE(early.status == 409);
  REQUIRE(world.ticket(id).status == TicketStatus::kAssigned);

  // Pressed twice: the second has seen an older ticket.
  const http::Fields form = {{"csrf", csrf}, {"seen", seen}, {"text", "Material sudah dipesan."}};
  REQUIRE(pupr.post(ticket_path_of(id) + "/follow-up", form).status == 303);
  const http::Response twice = pupr.post(ticket_path_of(id) + "/follow-up", form);
  REQUIRE(twice.status == 409);
  REQUIRE(contains(twice.body, "Material sudah dipesan.</textarea>"));
  REQUIRE(world.ticket(id).timeline.size() == 5);
}

TEST_CASE("no words, or too many, store nothing") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  REQUIRE(admin.act(id, "assign", {{"opd", "pupr"}}).status == 303);
  const std::size_t entries = world.ticket(id).timeline.size();
  const std::string longest(mimika::limits::kReplyBytes, 'a');
  REQUIRE(pupr.act(id, "follow-up", {{"text", "  \r\n "}}).status == 422);
  REQUIRE(pupr.act(id, "follow-up", {{"text", longest + "a"}}).status == 422);
  REQUIRE(pupr.act(id, "follow-up", {{"text", "broken \xFF text"}}).status == 422);
  REQUIRE(world.ticket(id).timeline.size() == entries);
  REQUIRE(pupr.act(id, "follow-up", {{"text", longest}}).status == 303);
}

TEST_CASE(
    "a ticket on hold says why and stays red until it is followed up, and an archived one is closed with its own") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId held = kiosk.file();
  const TicketId closed = kiosk.file();
  world.sync(kiosk);
  Browser admin = browser_of(world, "siti", Role::kSuperAdmin);
  Browser pupr = browser_of(world, "markus", Role::kOpdPic, "pupr");
  REQUIRE(admin.act(held, "assign", {{"opd", "pupr"}}).status == 303);
  REQUIRE(pupr.act(held, "hold", {{"text", "Menunggu pesawat."}}).status == 303);
  REQUIRE(contains(pupr.get("/opd").body, "Ditahan"));
  REQUIRE(contains(pupr.get(ticket_path_of(held)).body, "Menunggu pesawat."));
  REQUIRE(admin.act(closed, "archive", {{"text", "Kewenangan provinsi."}}).status == 303);
  REQUIRE(world.ticket(closed).status == TicketStatus::kArchived);
  REQUIRE(contains(admin.get(ticket_path_of(closed)).body, "Kewenangan provinsi."));
}

}  // namespace mimika::test
