// What people say after they filed, from the kiosk's store to the centre's pages and back.
#include <filesystem>

#include "kiosk/app/replies.h"
#include "kiosk/model/mark.h"
#include "sync/central/cli/verify.h"
#include "sync/central/store/surveys.h"
#include "sync/wire/event_codec.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::Browser;

constexpr std::int64_t kDay = 24 * test::kHourMs;

struct ThreadWorld : test::JoinedWorld {
  ThreadWorld() {
    centre.add_account("siti", Role::kLiaison);
    centre.add_account("pupr", Role::kOpdPic, "pupr");
    REQUIRE(liaison.log_in("siti").status == 303);
    REQUIRE(agency.log_in("pupr").status == 303);
  }

  // A ticket whose receipt code is known.
  TicketId file_with_code() {
    auto pair = make_code();
    NewTicket ticket;
    ticket.category = CategoryId{"jalan"};
    ticket.receipt_key = pair;
    ticket.details.story = "Jembatan putus.";
    const auto filed = store->file_ticket(ticket);
    REQUIRE(filed);
    return filed->key;
  }
  ReceiptPublicKey make_code() {
    code.emplace(crypto::ReceiptCode::generate(centre.env));
    return code->derive_key(person.device).value().public_key();
  }
  void resolve(const TicketId& id) {
    REQUIRE(liaison.act(id, "assign", {{"opd", "pupr"}}).status == 303);
    REQUIRE(agency.act(id, "follow-up", {{"text", "Tim berangkat besok."}}).status == 303);
    REQUIRE(agency.act(id, "resolve", {{"text", "Sudah diganti."}}).status == 303);
    REQUIRE(round());
  }
  [[nodiscard]] Ticket here(const TicketId& id) { return store->find_ticket(id).value().value(); }
  void require_same(const TicketId& id) {
    CHECK(to_hex(wire::encode_ticket(here(id))) == to_hex(wire::encode_ticket(centre.ticket(id))));
  }
  [[nodiscard]] Mark mark(const Ticket& ticket) {
    return mark_of(ticket, centre.env.wall_ms(), WorkCalendar(), {.limit_days = 5, .days = DayKind::kCalendarDays});
  }

  Browser liaison{centre};
  Browser agency{centre};
  std::optional<crypto::ReceiptCode> code;
};

TEST_CASE("what the holder of the code writes back is read by officers, and by them again", "[joined]") {
  ThreadWorld world;
  const TicketId id = world.file_with_code();
  REQUIRE(world.round());
  REQUIRE(world.store->reply({id, "Airnya masih kotor, Ibu."}));
  REQUIRE(world.round());
  world.require_same(id);

  const auto page = world.liaison.get(test::ticket_path_of(id));
  const auto closed = world.liaison.act(id, "open");
  REQUIRE(closed.status == 200);
  CHECK(test::contains(closed.body, "Airnya masih kotor, Ibu."));
  CHECK_FALSE(test::contains(page.body, "Airnya masih kotor"));

  const auto replies = open_replies(world.here(id), *world.code);
  REQUIRE(replies);
  REQUIRE(replies->size() == 1);
  CHECK(replies->front().text.view() == "Airnya masih kotor, Ibu.");
  CHECK(central::verify_database(world.centre.database(), world.centre.keys())->problems.empty());
}

TEST_CASE("not solved: the ticket is red again, and its clock begins when that reached the centre", "[joined]") {
  ThreadWorld world;
  const TicketId id = world.file_with_code();
  REQUIRE(world.round());
  world.resolve(id);
  REQUIRE(world.here(id).status == TicketStatus::kResolved);
  CHECK(world.mark(world.here(id)).colour == MarkColour::kGreen);

  world.centre.env.advance_ms(20 * kDay);
  REQUIRE(world.store->reply({id, "Jembatan putus lagi.", NewReply::Kind::kReopen}));
  CHECK(world.here(id).status == TicketStatus::kAssigned);
  CHECK(world.mark(world.here(id)).colour == MarkColour::kGrey);  // nobody at the centre knows yet

  world.centre.env.advance_ms(3 * kDay);
  REQUIRE(world.round());
  const Mark again = world.mark(world.here(id));
  CHECK(again.colour == MarkColour::kRed);
  CHECK_FALSE(again.late());
  CHECK(again.age_days == 0);
  world.require_same(id);

  world.centre.env.advance_ms(6 * kDay);
  CHECK(world.mark(world.centre.ticket(id)).late());
  // Only a new public follow-up clears it.
  REQUIRE(world.agency.log_in("pupr").status == 303);  // the session of a month ago has ended
  CHECK_FALSE(test::contains(world.agency.get(test::ticket_path_of(id)).body, test::ticket_path_of(id) + "/resolve"));
  REQUIRE(world.agency.act(id, "follow-up", {{"text", "Kami ke sana lagi."}}).status == 303);
  CHECK(world.mark(world.centre.ticket(id)).colour == MarkColour::kYellow);
  REQUIRE(world.round());
  world.require_same(id);
  REQUIRE(world.store->rebuild_projections());
  world.require_same(id);
  CHECK(central::verify_database(world.centre.database(), world.centre.keys())->problems.empty());
}

TEST_CASE("what was said arrived when the feed says, also when the tickets are computed again", "[joined]") {
  ThreadWorld world;
  world.centre.env.let_readings_take_ms(1);
  const TicketId id = world.file_with_code();
  REQUIRE(world.round());
  world.resolve(id);
  REQUIRE(world.store->reply({id, "Belum beres.", NewReply::Kind::kReopen}));
  REQUIRE(world.round());
  REQUIRE(world.round());
  const Status sound = world.store->verify();
  INFO((sound ? std::string() : sound.error().message));
  CHECK(sound);
  CHECK(world.here(id).reopened_ms == world.centre.ticket(id).reopened_ms);
  CHECK(central::verify_database(world.centre.database(), world.centre.keys())->problems.empty());
}

TEST_CASE("what is not solved yet cannot be reopened, and nothing is said without end", "[joined]") {
  ThreadWorld world;
  const TicketId id = world.file_with_code();
  CHECK(world.store->reply({id, "Belum.", NewReply::Kind::kReopen}).error().code == ErrorCode::kConflict);
  CHECK(world.store->reply({id, ""}).error().code == ErrorCode::kInvalidInput);
  CHECK(world.store->reply({id, std::string(limits::kReplyBytes + 1, 'a')}).error().code == ErrorCode::kTooLarge);
  CHECK(world.store->reply({{id.device, id.epoch, Seq{77}}, "Halo."}).error().code == ErrorCode::kNotFound);
  CHECK(world.store->rate(id, 4).error().code == ErrorCode::kConflict);
  for (std::size_t i = 0; i < limits::kRepliesPerTicket; ++i) REQUIRE(world.store->reply({id, "Halo."}));
  CHECK(world.store->reply({id, "Halo."}).error().code == ErrorCode::kTooLarge);
  REQUIRE(world.round());
  for (std::size_t i = 0; i < limits::kReopeningsPerTicket; ++i) {
    world.resolve(id);
    REQUIRE(world.store->reply({id, "", NewReply::Kind::kReopen}));
    REQUIRE(world.round());
  }
  world.resolve(id);
  CHECK(world.store->reply({id, "", NewReply::Kind::kReopen}).error().code == ErrorCode::kTooLarge);
  world.require_same(id);
}

TEST_CASE("a closed ticket is rated, the last word counts, and the page says it", "[joined]") {
  ThreadWorld world;
  const TicketId id = world.file_with_code();
  REQUIRE(world.round());
  world.resolve(id);
  REQUIRE(world.store->rate(id, 2));
  REQUIRE(world.store->rate(id, 4));
  CHECK(world.store->rate(id, 5).error().code == ErrorCode::kInvalidInput);
  REQUIRE(world.round());
  world.require_same(id);
  CHECK(world.centre.ticket(id).rating == Score{4});
}

TEST_CASE("the survey reaches the centre without a ticket and counts by element", "[joined]") {
  ThreadWorld world;
  CHECK(world.store->answer_survey({}).error().code == ErrorCode::kInvalidInput);
  CHECK(world.store->answer_survey({5}).error().code == ErrorCode::kInvalidInput);
  REQUIRE(world.store->answer_survey({4, 4, 4, 4, 4, 4, 4, 4, 4}));
  REQUIRE(world.store->answer_survey({2, 0, 0, 0, 0, 0, 0, 0, 0}));
  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  const auto results = central::survey_results(world.centre.database(), 0).value();
  REQUIRE(results.size() == 1);
  CHECK(results[0].people == 2);
  CHECK(results[0].means[0] == 3.0);
  CHECK(results[0].means[1] == 4.0);
  CHECK(results[0].index == Approx((3.0 + 8 * 4.0) / 9 * 25));
}

TEST_CASE("what is said of another kiosk's ticket waits at a restored centre until its filing is back", "[joined]") {
  ThreadWorld world;
  test::TestKiosk other = world.centre.enrolled_kiosk();
  const TicketId id = other.file();
  world.centre.sync(other);
  REQUIRE(world.round());
  REQUIRE(world.store->find_ticket(id).value());
  REQUIRE(world.store->reply({id, "Kami menunggu."}));
  // The centre comes back from a backup of before the filing, and this kiosk calls first.
  for (const char* statement : {"DELETE FROM event WHERE device = $1", "DELETE FROM journal WHERE device = $1",
                                "DELETE FROM ticket WHERE device = $1"}) {
    REQUIRE(world.centre.database().execute(statement, {central::value_of(other.device.value)}));
  }
  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.centre.count("waiting") == 1);
  world.centre.sync(other);
  CHECK(world.centre.count("waiting") == 0);
  const Ticket ticket = world.centre.ticket(id);
  CHECK(ticket.timeline.back().kind == TimelineKind::kPersonReply);
}

TEST_CASE("a photo goes with what is written back, also of another kiosk's ticket", "[joined]") {
  ThreadWorld world;
  test::TestKiosk other = world.centre.enrolled_kiosk();
  const TicketId id = GENERATE(true, false) ? other.file() : world.file_with_code();
  world.centre.sync(other);
  REQUIRE(world.round());
  const Bytes photo = world.noise(30'000);
  const Bytes preview = world.noise(2'000);
  const std::vector<NewMedia> media = {{MediaKind::kPhoto, photo, preview}};
  REQUIRE(world.store->reply({id, "", NewReply::Kind::kReply, media}));
  REQUIRE(world.store->reply({id, "Lihat ini.", NewReply::Kind::kReply, media}));
  for (int round = 0; round < 3; ++round) REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.centre.count("attachment") == 2);
  CHECK(world.centre.count("quarantine") == 0);
  world.require_same(id);
  CHECK(world.store->verify());
  CHECK(central::verify_database(world.centre.database(), world.centre.keys())->problems.empty());
  const auto opened = world.liaison.act(id, "open");
  CHECK(test::contains(opened.body, "Lihat ini."));
}

TEST_CASE("a reply is saved with all of its photos or not at all", "[joined]") {
  ThreadWorld world;
  const TicketId id = world.file_with_code();
  const Bytes photo = world.noise(1'000);
  const std::vector<NewMedia> three(limits::kPhotosPerFiling, NewMedia{MediaKind::kPhoto, photo, {}});
  std::size_t said = 0;
  while (world.store->reply({id, "Foto.", NewReply::Kind::kReply, three})) ++said;
  CHECK(said == limits::kAttachmentsPerTicket / limits::kPhotosPerFiling);
  const auto refused = world.store->reply({id, "Foto.", NewReply::Kind::kReply, three});
  CHECK(refused.error().code == ErrorCode::kTooLarge);
  CHECK(world.status().unsent_blobs == said * limits::kPhotosPerFiling);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(world.folder / "blobs")) ++files;
  CHECK(files == said * limits::kPhotosPerFiling);
  REQUIRE(world.store->reply({id, "Kata saja."}));
  CHECK(world.here(id).timeline.size() == 1 + said + 1);
  CHECK_FALSE(world.store->reply({id, ""}));
}

TEST_CASE("a kiosk speaks only of tickets of its district", "[joined]") {
  ThreadWorld world;
  test::TestKiosk far = world.centre.enrolled_kiosk("94.04.01");
  const TicketId id = world.file_with_code();
  REQUIRE(world.round());
  far.append(PersonReplied{id, {1, 2, 3}});
  far.append(SurveyAnswered{DistrictCode{"94.04.06"}, {4}});
  far.append(TicketRated{{far.device, far.epoch, Seq{99}}, 1});
  far.append(AttachmentAdded{id, MediaKind::kPhoto, {{}, 10}, {}});
  // Nor of one that the centre has not seen yet, of a kiosk of another district or of none.
  far.append(PersonReplied{{id.device, id.epoch, Seq{id.seq.value + 50}}, {1, 2, 3}});
  far.append(AttachmentAdded{{id.device, id.epoch, Seq{id.seq.value + 50}}, MediaKind::kPhoto, {{}, 10}, {}});
  far.append(AttachmentAdded{{DeviceId{9999}, id.epoch, Seq{1}}, MediaKind::kPhoto, {{}, 10}, {}});
  const wire::Answer answer = world.centre.sync(far);
  REQUIRE(answer.rejects.size() == 7);
  for (std::size_t nth = 3; nth < 7; ++nth) CHECK(answer.rejects[nth].reason == "foreign_ticket");
  CHECK(answer.rejects[0].reason == "foreign_ticket");
  CHECK(answer.rejects[1].reason == "another_district");
  CHECK(answer.rejects[2].reason == "unknown_ticket");
  CHECK(world.centre.count("survey") == 0);
}

}  // namespace
}  // namespace mimika
