#include <algorithm>
#include <nlohmann/json.hpp>

#include "kiosk/base/limits.h"
#include "sync/central/central_limits.h"
#include "sync/central/cli/commands.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/tickets.h"
#include "sync/wire/event_codec.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

std::int64_t counted(CentreWorld& world, const std::string& reason) {
  world.site->housekeeping();
  const auto refusals = list_refusals(world.database());
  REQUIRE(refusals);
  for (const RefusalCount& refusal : *refusals) {
    if (refusal.reason == reason) return refusal.times;
  }
  return 0;
}

TicketVerified verified_by_nobody(const TicketId& ticket) {
  return {ticket, {"mallory", "Mallory", Role::kSuperAdmin, {}}};
}

}  // namespace

TEST_CASE("a call's events are stored, acknowledged with their chain, and become tickets") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.env.advance_ms(kHourMs);
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.acknowledged.value == kiosk.journal.size());
  REQUIRE(answer.chain_at == wire::chain_mark(kiosk.chains.back()));
  REQUIRE(answer.rejects.empty());
  REQUIRE(answer.server_ms == world.env.wall_ms());

  const Ticket ticket = world.ticket(id);
  REQUIRE(ticket.status == TicketStatus::kUnverified);
  REQUIRE(ticket.filed_ms == kTuesdayMorning);
  REQUIRE(ticket.arrived_ms == kTuesdayMorning + kHourMs);
}

TEST_CASE("what was acknowledged is there after a restart") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  world.restart();
  REQUIRE(world.ticket(id).number.device == kiosk.code);
  const wire::Answer answer = world.sync(kiosk, kiosk.journal.size());
  REQUIRE(answer.acknowledged.value == kiosk.journal.size());
}

TEST_CASE("sending the same events again succeeds and changes nothing") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  world.sync(kiosk);
  const Ticket before = world.ticket(id);
  const std::int64_t events = world.count("event");
  world.env.advance_ms(kHourMs);
  const wire::Answer again = world.sync(kiosk);
  REQUIRE(again.acknowledged.value == kiosk.journal.size());
  REQUIRE(again.rejects.empty());
  REQUIRE(world.count("event") == events);
  REQUIRE(world.ticket(id) == before);
}

TEST_CASE("a call that overlaps what is held adds only what is new") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  const TicketId second = kiosk.file();
  const wire::Answer answer = world.sync(kiosk, 2);
  REQUIRE(answer.acknowledged.value == kiosk.journal.size());
  REQUIRE(world.ticket(second).number.counter == 2);
  REQUIRE(world.count("ticket") == 2);
}

TEST_CASE("a gap stores nothing and is answered with how far the centre is") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  const std::size_t held = kiosk.journal.size();
  kiosk.file();
  kiosk.file();
  const wire::Answer answer = world.sync(kiosk, held + 2);
  REQUIRE(answer.acknowledged.value == held);
  REQUIRE(answer.chain_at == wire::chain_mark(kiosk.chains[held]));
  REQUIRE(world.count("ticket") == 1);

  SECTION("an empty call from beyond every seq asks for the same") {
    wire::Call question = kiosk.call(1);
    question.records.clear();
    question.header.first_seq = Seq{std::uint64_t{1} << 62};
    const http::Response response = world.post("/v1/sync", kiosk.encoded(question));
    const auto told = wire::decode_answer(as_bytes(response.body), world.keys().signing.verify_key());
    REQUIRE(told);
    REQUIRE(told->acknowledged.value == held);
  }
}

TEST_CASE("a fork is set aside with an alarm and never overwrites") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  TestKiosk clone = kiosk.copied_at(2);
  world.sync(kiosk);
  const Ticket original = world.ticket(id);

  TicketFiled other;
  other.number = {clone.code, 9};
  other.district = clone.district;
  clone.append(other);
  clone.append(DeviceStarted{"test", 8});
  const wire::Answer answer = world.sync(clone);
  REQUIRE(answer.acknowledged.value == 3);
  REQUIRE(answer.chain_at == wire::chain_mark(kiosk.chains[3]));
  REQUIRE(answer.rejects.size() == 2);
  REQUIRE(answer.rejects[0] == wire::Reject{Seq{3}, "fork"});
  REQUIRE(world.ticket(id) == original);
  REQUIRE(world.count("quarantine") == 2);

  SECTION("sent once more it is not kept twice") {
    world.sync(clone);
    REQUIRE(world.count("quarantine") == 2);
  }
  SECTION("a new life of the clone is welcome") {
    clone.begin_new_life();
    clone.append(DeviceStarted{"test", 8});
    REQUIRE(world.sync(clone).acknowledged.value == 1);
  }
}

TEST_CASE("a chain that does not continue ours is refused and stores nothing") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  kiosk.file();
  wire::Call call = kiosk.call(kiosk.journal.size());
  call.header.chain_before[0] ^= 1;
  REQUIRE(world.refusal(kiosk.encoded(call)) == "broken_chain");
  REQUIRE(world.count("ticket") == 1);
  // The refused call has not used up its number.
  call.header.chain_before[0] ^= 1;
  REQUIRE(world.refusal(kiosk.encoded(call)).empty());
}

TEST_CASE("a replayed call is refused with the last number, also after a restart") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  const Bytes bytes = kiosk.encoded(kiosk.call());
  REQUIRE(world.refusal(bytes).empty());
  REQUIRE(world.refusal(bytes) == "replayed_call");
  world.restart();
  const http::Response response = world.post("/v1/sync", bytes);
  REQUIRE(response.status == 409);
  REQUIRE(nlohmann::json::parse(response.body).at("last_call_no") == 1);
  REQUIRE(counted(world, "replayed_call") == 1);
}

TEST_CASE("a record that is no event is set aside and the rest flows") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const EventKey poison = kiosk.append_raw({0xFF, 0xFF, 0xFF});
  const TicketId id = kiosk.file();
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.acknowledged.value == kiosk.journal.size());
  REQUIRE(answer.rejects == std::vector{wire::Reject{poison.seq, "undecodable"}});
  REQUIRE(world.ticket(id).status == TicketStatus::kUnverified);
  REQUIRE(world.count("quarantine") == 1);
  // That answer was lost: whoever sends the event again is told again, though it is not judged again.
  REQUIRE(world.sync(kiosk).rejects == answer.rejects);
  REQUIRE(world.count("quarantine") == 1);
}

TEST_CASE("a kiosk may not write what only the centre may") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  const EventKey forged = kiosk.append(verified_by_nobody(id));
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.rejects == std::vector{wire::Reject{forged.seq, "role_not_allowed"}});
  REQUIRE(world.ticket(id).status == TicketStatus::kUnverified);
  REQUIRE(world.ticket(id).timeline.size() == 2);
}

TEST_CASE("so much may be said of a ticket, by all kiosks of its district together, and more is set aside") {
  CentreWorld world;
  TestKiosk here = world.enrolled_kiosk();
  TestKiosk there = world.enrolled_kiosk();
  const TicketId id = here.file();
  const TicketId other = here.file();
  world.sync(here);
  const PersonReplied reply{.ticket = id, .sealed_text = Bytes(100, 7)};
  for (std::size_t said = 0; said < central::limits::kSaidPerTicket; ++said) {
    if (said % 2 == 0) here.append(reply);
    if (said % 4 == 1) there.append(TicketReopened{.ticket = id, .sealed_text = {}});
    if (said % 4 == 3) there.append(TicketRated{.ticket = id, .score = 4});
  }
  REQUIRE(world.sync(here).rejects.empty());
  REQUIRE(world.sync(there).rejects.empty());
  const std::size_t entries = world.ticket(id).timeline.size();

  const EventKey one_more = there.append(reply);
  const EventKey of_another = there.append(PersonReplied{.ticket = other, .sealed_text = Bytes(100, 7)});
  const wire::Answer answer = world.sync(there);
  REQUIRE(answer.rejects == std::vector{wire::Reject{one_more.seq, "too_many_replies"}});
  REQUIRE(answer.acknowledged == of_another.seq);
  REQUIRE(world.ticket(id).timeline.size() == entries);
  REQUIRE(world.ticket(other).timeline.size() == 3);
  REQUIRE(world.count("quarantine") == 1);
}

TEST_CASE("so many attachments a ticket has at the centre, and those of another ticket are still welcome") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  const TicketId other = kiosk.file();
  const auto attach = [&](const TicketId& ticket, std::uint8_t number) {
    return kiosk.append(AttachmentAdded{.ticket = ticket,
                                        .media = MediaKind::kPhoto,
                                        .content = {.id = {number}, .bytes = 5000},
                                        .preview = std::nullopt});
  };
  for (std::uint8_t i = 0; i < central::limits::kAttachmentsPerTicket; ++i) attach(id, i);
  REQUIRE(world.sync(kiosk).rejects.empty());
  const EventKey one_more = attach(id, 100);
  attach(other, 101);
  REQUIRE(world.sync(kiosk).rejects == std::vector{wire::Reject{one_more.seq, "too_many_attachments"}});
  REQUIRE(world.count("attachment") == central::limits::kAttachmentsPerTicket + 1);
}

TEST_CASE("a kiosk may file neither for another district nor under another kiosk's number") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  TicketFiled elsewhere;
  elsewhere.number = {kiosk.code, 1};
  elsewhere.district = DistrictCode{"94.04.01"};
  kiosk.append(elsewhere);
  TicketFiled foreign;
  foreign.number = {DeviceCode{"MBR1"}, 1};
  foreign.district = kiosk.district;
  kiosk.append(foreign);
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.rejects.size() == 2);
  REQUIRE(answer.rejects[0].reason == "another_district");
  REQUIRE(answer.rejects[1].reason == "another_device_code");
  REQUIRE(world.count("ticket") == 0);
}

// What the centre holds of the kiosk's journal: its beginning, byte for byte.
std::size_t held_of(CentreWorld& world, const TestKiosk& kiosk) {
  std::size_t held = 0;
  for (; held < kiosk.journal.size(); ++held) {
    const auto event = find_event(world.database(), {kiosk.device, kiosk.epoch, Seq{held + 1}});
    REQUIRE(event);
    if (!*event) break;
    REQUIRE((**event).event == kiosk.journal[held].event);
    REQUIRE((**event).sealed == kiosk.journal[held].sealed);
  }
  REQUIRE(world.count("event") == static_cast<std::int64_t>(held + 1));  // and the centre's own start
  return held;
}

TEST_CASE("a call cut anywhere is refused with a reason, and keeps the whole frames before the cut") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  for (int i = 0; i < 20; ++i) kiosk.file();
  const std::size_t size = kiosk.encoded(kiosk.call()).size();
  std::size_t held = 0;
  for (std::size_t cut = 0; cut < size; ++cut) {
    const Bytes whole = kiosk.encoded(kiosk.call());
    CAPTURE(cut);
    REQUIRE(world.refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut))) == "malformed");
    const std::size_t now = held_of(world, kiosk);
    REQUIRE(now >= held);
    held = now;
  }
  REQUIRE(held == kiosk.journal.size());  // only the signature was missing in the end
  REQUIRE(counted(world, "malformed") == static_cast<std::int64_t>(size));
  REQUIRE(world.sync(kiosk).acknowledged.value == kiosk.journal.size());
  REQUIRE(world.count("quarantine") == 0);
}

TEST_CASE("one changed bit anywhere in a call is refused, and nothing but the kiosk's own words is stored") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  const std::size_t size = kiosk.encoded(kiosk.call()).size();
  for (std::size_t i = 0; i < size; ++i) {
    Bytes changed = kiosk.encoded(kiosk.call());
    if (i >= changed.size()) break;
    changed[i] ^= 0x04;
    CAPTURE(i);
    REQUIRE_FALSE(world.refusal(changed).empty());
    held_of(world, kiosk);
  }
  REQUIRE(world.sync(kiosk).acknowledged.value == kiosk.journal.size());
  REQUIRE(world.count("quarantine") == 0);
}

TEST_CASE("a call that was given up for a newer one stores nothing more") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  for (int i = 0; i < 40; ++i) kiosk.file();
  const SyncIngest ingest(world.env, world.keys(), world.catalogue, world.folder.blobs_path());
  SyncCall old_one = ingest.begin();
  const Bytes bytes = kiosk.encoded(kiosk.call());
  REQUIRE_FALSE(old_one.take(world.database(), ByteView(bytes).first(bytes.size() / 2)));
  REQUIRE(held_of(world, kiosk) > 0);
  world.sync(kiosk);
  const auto refusal = old_one.take(world.database(), ByteView(bytes).subspan(bytes.size() / 2));
  REQUIRE(refusal);
  REQUIRE(refusal->name == "replayed_call");
  REQUIRE(held_of(world, kiosk) == kiosk.journal.size());
}

TEST_CASE("an older centre says what it speaks, and understands it") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  const SyncIngest older(world.env, world.keys(), world.catalogue, world.folder.blobs_path(), wire::kOldestVersion);
  const auto refused = older.take(world.database(), kiosk.encoded(kiosk.call()));
  REQUIRE_FALSE(refused);
  REQUIRE(refused.error().name == "newer_version");
  REQUIRE(refused.error().newest_version == wire::kOldestVersion);
  REQUIRE(nlohmann::json::parse(refused.error().json()).at("newest_version") == wire::kOldestVersion);
  const auto taken = older.take(world.database(), kiosk.encoded(kiosk.call(), wire::kOldestVersion));
  REQUIRE(taken);
  REQUIRE(taken->at(3) == wire::kOldestVersion);  // answered in the same
  REQUIRE(held_of(world, kiosk) == kiosk.journal.size());
}

TEST_CASE("what a revoked kiosk sends is kept and changes nothing") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId before = kiosk.file();
  world.sync(kiosk);
  REQUIRE(set_revoked(world.database(), kiosk.device, world.env.wall_ms()));
  kiosk.file();
  const wire::Answer answer = world.sync(kiosk, kiosk.journal.size());
  REQUIRE(answer.acknowledged.value == kiosk.journal.size());
  REQUIRE(answer.rejects == std::vector{wire::Reject{Seq{kiosk.journal.size()}, "revoked"}});
  REQUIRE(answer.feed.empty());
  REQUIRE(world.count("ticket") == 1);
  REQUIRE(world.count("quarantine") == 1);
  REQUIRE(world.ticket(before).status == TicketStatus::kUnverified);
}

TEST_CASE("a call signed by another key, or of an unknown device, is refused") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  wire::Call call = kiosk.call();
  SECTION("another key") {
    const crypto::SigningKey thief = crypto::SigningKey::generate(world.env);
    REQUIRE(world.refusal(wire::encode_call(call, thief, world.keys().box.public_key()).value()) == "wrong_signature");
    REQUIRE(counted(world, "wrong_signature") == 1);
  }
  SECTION("an unknown device") {
    call.header.device = DeviceId{99};
    REQUIRE(world.refusal(kiosk.encoded(call)) == "unknown_device");
    REQUIRE(counted(world, "unknown_device") == 1);
  }
  SECTION("the centre itself is no device that calls") {
    call.header.device = kCentreDevice;
    REQUIRE(world.refusal(kiosk.encoded(call)) == "unknown_device");
  }
  SECTION("another version") {
    Bytes bytes = kiosk.encoded(call);
    bytes[3] = wire::kNewestVersion + 1;
    REQUIRE(world.refusal(bytes) == "newer_version");
  }
  REQUIRE(world.refusal(kiosk.encoded(kiosk.call())).empty());
}

TEST_CASE("the feed of a district is dense, has the other kiosks' tickets and nothing of other districts") {
  CentreWorld world;
  TestKiosk first = world.enrolled_kiosk();
  TestKiosk second = world.enrolled_kiosk();
  TestKiosk far_away = world.enrolled_kiosk("94.04.02");
  const TicketId of_first = first.file();
  const TicketId of_second = second.file();
  far_away.file();
  world.sync(first);
  world.sync(far_away);

  const wire::Answer answer = world.sync(second);
  REQUIRE(answer.feed.size() == 1);
  REQUIRE(answer.feed[0].feed_seq.value == 1);
  REQUIRE(answer.feed[0].key == of_first);
  REQUIRE(answer.feed[0].event == first.journal.back().event);
  REQUIRE(answer.feed[0].arrived_ms == kTuesdayMorning);

  // The first kiosk sees its own number pass without its bytes, so that nothing is missing in between.
  const wire::Answer back = world.sync(first);
  REQUIRE(back.feed.size() == 2);
  REQUIRE(back.feed[0].key == of_first);
  REQUIRE(back.feed[0].event.empty());
  REQUIRE(back.feed[1].key == of_second);
  REQUIRE(back.feed[1].feed_seq.value == 2);
  REQUIRE(world.sync(far_away).feed.empty());
}

TEST_CASE("a restored disk gets its own earlier tickets back through the feed") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  const Bytes event = kiosk.journal.back().event;
  world.sync(kiosk);
  kiosk.begin_new_life();
  kiosk.append(DeviceStarted{"test", 8});
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.feed.size() == 1);
  REQUIRE(answer.feed[0].key == id);
  REQUIRE(answer.feed[0].event == event);
}

TEST_CASE("a long feed comes in portions that join without a gap") {
  CentreWorld world;
  TestKiosk writer = world.enrolled_kiosk();
  TestKiosk reader = world.enrolled_kiosk();
  const std::size_t many = mimika::limits::kFeedItemsPerAnswer + 20;
  for (std::size_t i = 0; i < many; ++i) writer.file();
  world.sync(writer);
  std::uint64_t expected = 0;
  bool more = true;
  int calls = 0;
  while (more) {
    const wire::Answer answer = world.sync(reader, 2);
    REQUIRE(answer.feed.size() <= mimika::limits::kFeedItemsPerAnswer);
    for (const wire::FeedItem& item : answer.feed) REQUIRE(item.feed_seq.value == ++expected);
    more = answer.feed_more;
    ++calls;
  }
  REQUIRE(expected == many);
  REQUIRE(calls == 2);
}

TEST_CASE("a kiosk's own tail of the feed costs nothing until something follows it") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  for (int i = 0; i < 20; ++i) kiosk.file();
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(answer.feed.empty());
  REQUIRE_FALSE(answer.feed_more);
  for (std::size_t i = 0; i < central::limits::kFeedOwnHeldBack; ++i) kiosk.file();
  REQUIRE(world.sync(kiosk).feed.size() == 20 + central::limits::kFeedOwnHeldBack);
}

TEST_CASE("the centre never loses count of a kiosk with a wild clock") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  wire::Call call = kiosk.call();
  call.header.wall_ms = std::numeric_limits<std::int64_t>::min();
  REQUIRE(world.refusal(kiosk.encoded(call)).empty());
  const auto status = status_json(world.env, world.memory.path());
  REQUIRE(status);
  REQUIRE(nlohmann::json::parse(*status).at("kiosks").at(0).at("epochs").at(0).at("acknowledged") == 1);
}

}  // namespace mimika::test
