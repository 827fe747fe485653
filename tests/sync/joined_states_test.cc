// A kiosk far behind its district is told how tickets are, page by page, and goes on with the feed from there.
#include "sync/central/store/feed.h"
#include "sync/central/workflow/centre_journal.h"
#include "sync/wire/event_codec.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::JoinedWorld;

const Actor kActor{.account = "lo1", .name = "Yulius", .role = Role::kLiaison, .opd = {}};

void append(JoinedWorld& world, EventPayload payload) {
  auto& database = world.centre.database();
  const auto done = central::in_transaction(database, [&] {
    return central::CentreJournal(world.centre.env, world.centre.keys()).append(database, std::move(payload));
  });
  REQUIRE(done);
}

// A neighbour's tickets, each with a history: `events` items of the feed a ticket.
std::vector<TicketId> busy_neighbour(JoinedWorld& world, int tickets, int events) {
  test::TestKiosk neighbour = world.centre.enrolled_kiosk(world.person.district.value);
  std::vector<TicketId> ids;
  for (int i = 0; i < tickets; ++i) ids.push_back(neighbour.file());
  world.centre.sync(neighbour);
  for (const TicketId& id : ids) {
    append(world, TicketVerified{id, kActor});
    append(world, TicketAssigned{id, kActor, OpdId{"pupr"}});
    for (int i = 3; i < events; ++i) append(world, FollowUpPublished{id, kActor, "Tim turun ke lokasi.", {}});
  }
  return ids;
}

void require_same_as_centre(JoinedWorld& world, const std::vector<TicketId>& ids) {
  for (const TicketId& id : ids) {
    const auto here = world.store->find_ticket(id).value();
    REQUIRE(here);
    CHECK(*here == world.centre.ticket(id));
  }
}

std::uint64_t feed_head(JoinedWorld& world) {
  return central::feed_head(world.centre.database(), world.person.district)->value;
}

TEST_CASE("a kiosk more than two thousand items behind catches up by state with the same tickets", "[joined]") {
  JoinedWorld world;
  const auto ids = busy_neighbour(world, 210, 10);
  const TicketId own = world.file();
  REQUIRE(world.round());
  CHECK(world.report.states_applied == ids.size() + 1);  // and its own, which the same call brought
  CHECK(world.status().feed_cursor.value >= feed_head(world) - 2);
  require_same_as_centre(world, ids);
  CHECK(world.store->find_ticket(own).value()->arrived_ms.has_value());

  // Later events come by the feed, once each, over what was told whole.
  append(world, FollowUpPublished{ids[0], kActor, "Selesai besok.", {}});
  append(world, TicketVerified{own, kActor});
  REQUIRE(world.round());
  CHECK(world.report.states_applied == 0);
  CHECK(world.report.feed_applied >= 2);
  require_same_as_centre(world, {ids[0]});
  const Status verified = world.store->verify();
  if (!verified) FAIL(verified.error().message);
  REQUIRE(world.store->rebuild_projections());
  require_same_as_centre(world, ids);
}

TEST_CASE("paging goes on where it was when calls are cut and the kiosk restarts", "[joined]") {
  JoinedWorld world;
  const auto ids = busy_neighbour(world, 210, 10);
  std::uint64_t told = 0;
  int rounds = 0;
  for (; rounds < 60 && world.status().feed_cursor.value == 0; ++rounds) {
    if (rounds == 8) append(world, TicketHeld{ids[0], kActor, "Menunggu anggaran."});  // of a page that has been told
    if (rounds % 4 == 1) world.open();
    world.link.lose_answers = rounds < 12 ? 1 : 0;
    int calls = 0;
    world.link.cut_after = [&](std::uint64_t bytes) { return ++calls > 2 ? bytes / 2 : bytes; };
    static_cast<void>(world.round());
    told += world.report.states_applied;
  }
  world.link.cut_after = nullptr;
  REQUIRE(world.round());
  CHECK(told == ids.size());  // no page twice
  require_same_as_centre(world, ids);
  CHECK(world.store->verify());
}

TEST_CASE("events that are in a state already change nothing when the feed brings them", "[joined]") {
  JoinedWorld world;
  const auto ids = busy_neighbour(world, 5, 6);
  REQUIRE(world.round());  // by the feed: it is not far behind
  CHECK(world.report.states_applied == 0);
  const Outgoing out = world.store->outgoing(10, 10'000).value();
  wire::Answer answer;
  answer.acknowledged = Seq{out.first_seq.value - 1};
  answer.chain_at = wire::chain_mark(out.chain_before);
  answer.server_ms = world.centre.env.wall_ms();
  append(world, TicketHeld{ids[1], kActor, "Menunggu anggaran."});
  answer.states = {{FeedSeq{feed_head(world)}, wire::encode_ticket(world.centre.ticket(ids[1]))}};
  REQUIRE(world.store->apply_answer(out.epoch, answer));
  require_same_as_centre(world, {ids[1]});
  REQUIRE(world.round());
  require_same_as_centre(world, ids);
  CHECK(world.store->verify());
}

TEST_CASE("what a kiosk has not sent is neither lost nor changed by catching up", "[joined]") {
  JoinedWorld world;
  busy_neighbour(world, 210, 10);
  const TicketId own = world.file();
  world.attach(own, world.noise(500));
  const std::uint64_t unsent = world.status().unsent_events;
  // The states come in an answer to a call that carried nothing of it.
  const Outgoing out = world.store->outgoing(10, 10'000).value();
  wire::Answer answer;
  answer.chain_at = wire::chain_mark(out.chain_before);
  answer.server_ms = world.centre.env.wall_ms();
  answer.states_until = FeedSeq{feed_head(world)};
  REQUIRE(world.store->apply_answer(out.epoch, answer));
  CHECK(world.status().unsent_events == unsent);
  CHECK_FALSE(world.store->find_ticket(own).value()->arrived_ms.has_value());
  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.store->verify());
}

}  // namespace
}  // namespace mimika
