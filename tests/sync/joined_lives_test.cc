// A kiosk that was put back from a backup, and a centre that knows more of its former life than it does.
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::JoinedWorld;

// At its end the backup has what no feed brings back: an attachment's event, say.
void file_and_attach(JoinedWorld& world) {
  const TicketId ticket = world.file();
  world.attach(ticket, world.noise(500));
}

TEST_CASE("of a former life everything has arrived that the centre has, though the centre has more", "[joined]") {
  JoinedWorld world;
  const bool some_had_arrived = GENERATE(false, true);
  if (some_had_arrived) {
    world.file();
    REQUIRE(world.round());
  }
  file_and_attach(world);
  const Epoch former = world.status().epoch;
  world.restore_from_before(JoinedWorld::Back::kDatabase, [&] {
    file_and_attach(world);
    REQUIRE(world.round());
  });
  REQUIRE(world.status().epoch != former);

  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.status().disputed_events == 0);
  CHECK(world.store->refusals().value().empty());
  CHECK(world.store->verify());
}

TEST_CASE("a former life that was copied, and written on by both, is in dispute from where they part", "[joined]") {
  JoinedWorld world;
  world.file();
  const Epoch former = world.status().epoch;
  world.restore_from_before(JoinedWorld::Back::kWitnessToo, [&] {
    world.file("Ini tidak pernah sampai di salinannya.");
    REQUIRE(world.round());
  });
  REQUIRE(world.status().epoch == former);
  world.file("Ini ditulis oleh salinan, di tempat yang sama.");
  REQUIRE_FALSE(world.round());
  REQUIRE(world.status().epoch != former);
  world.file();
  for (int day = 0; day < 2; ++day) {
    REQUIRE(world.round());
    CHECK(world.status().disputed_events == 2);  // the start, and what the copy filed
    CHECK(world.status().unsent_events == 2);
    world.centre.env.advance_ms(sync::kFormerLivesPauseMs);
  }
}

}  // namespace
}  // namespace mimika
