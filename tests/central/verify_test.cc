#include "sync/central/cli/verify.h"

#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

std::string first_problem(CentreWorld& world) {
  const auto report = verify_database(world.database(), world.keys());
  REQUIRE(report);
  return report->problems.empty() ? std::string() : report->problems.front();
}

void change(CentreWorld& world, const std::string& sql) {
  const auto changed = world.database().execute(sql);
  REQUIRE(changed);
  REQUIRE(*changed > 0);
}

}  // namespace

TEST_CASE("verify finds nothing wrong with what the centre wrote, poison and forks included") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.append_raw({0xFF, 0xFF, 0xFF});
  kiosk.file();
  Filing secret;
  secret.confidentiality = Confidentiality::kSecret;
  kiosk.file(secret);
  world.sync(kiosk);
  const auto report = verify_database(world.database(), world.keys());
  REQUIRE(report);
  INFO(describe(*report));
  REQUIRE(report->problems.empty());
  REQUIRE(report->journals == 2);
  REQUIRE(report->tickets == 2);
  REQUIRE(report->events == kiosk.journal.size() + 1);
  REQUIRE(report->feed_items == 2);
}

TEST_CASE("verify finds whatever was changed behind the centre's back") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  kiosk.file();
  world.sync(kiosk);
  REQUIRE(first_problem(world).empty());
  SECTION("an event") {
    change(world, "UPDATE event SET sealed = x'00' WHERE seq = 3 AND device = 2");
    REQUIRE(contains(first_problem(world), "the chain breaks"));
  }
  SECTION("a missing event") {
    change(world, "DELETE FROM event WHERE seq = 3 AND device = 2");
    REQUIRE(contains(first_problem(world), "missing"));
  }
  SECTION("a ticket's column") {
    change(world, "UPDATE ticket SET colour = 3 WHERE seq = 3");
    REQUIRE(contains(first_problem(world), "not what its events make"));
  }
  SECTION("a ticket's body") {
    change(world, "UPDATE ticket SET body = x'00' WHERE seq = 3");
    REQUIRE(contains(first_problem(world), "not what its events make"));
  }
  SECTION("a ticket nobody filed") {
    change(
        world,
        "INSERT INTO ticket (device, epoch, seq, number, district, routing_category, opd, status, colour, arrived_ms, "
        "body) SELECT device, epoch, 99, number, district, routing_category, opd, status, colour, arrived_ms, body "
        "FROM ticket WHERE seq = 3");
    REQUIRE(contains(first_problem(world), "3 tickets are stored"));
  }
  SECTION("the feed") {
    change(world, "DELETE FROM feed WHERE feed_seq = 1");
    REQUIRE(contains(first_problem(world), "the feed of 94.04.06"));
  }
  SECTION("a journal's end") {
    change(world, "UPDATE journal SET last_seq = 9 WHERE device = 2");
    REQUIRE(contains(first_problem(world), "says it ends at 9"));
  }
  SECTION("the log of readings") {
    change(world, "INSERT INTO private_read VALUES (99, 'x', 2, 1, 3, 0)");
    REQUIRE(contains(first_problem(world), "private readings"));
  }
}

}  // namespace mimika::test
