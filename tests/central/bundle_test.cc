// Bundles at the centre: whole or not at all, in any order, as often as they come, beside the calls of a link; and the
// ACKs that go back.
#include "sync/central/ingest/bundle.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "kiosk/base/files.h"
#include "kiosk/base/part_file.h"
#include "kiosk/base/stick_folder.h"
#include "sync/central/cli/commands.h"
#include "sync/central/cli/stick.h"
#include "sync/central/cli/verify.h"
#include "sync/central/store/sticks.h"
#include "tests/central/centre_world.h"
#include "tests/support/small_disk.h"

namespace mimika::test {
namespace {

// The records `first` to `last` of a kiosk's journal.
wire::Call range_of(TestKiosk& kiosk, std::uint64_t first, std::uint64_t last) {
  wire::Call call = kiosk.call(first);
  --kiosk.call_no;
  call.header.call_no = 0;
  call.records.resize(last + 1 - first);
  return call;
}

Bytes bundle_of(CentreWorld& world, TestKiosk& kiosk, std::uint64_t first, std::uint64_t last) {
  const auto file =
      wire::encode_bundle(range_of(kiosk, first, last), kiosk.key, world.keys().box.public_key(), world.env);
  REQUIRE(file);
  return *file;
}

struct BundleWorld : CentreWorld {
  BundleWorld() : ingest(env, keys(), catalogue, folder.blobs_path()), kiosk(enrolled_kiosk()) {
    for (int i = 0; i < 9; ++i) kiosk.file();
  }
  [[nodiscard]] std::string why(const Bytes& file) {
    const auto read = BundleIngest::read(file);
    if (!read) return read.error().name;
    const auto taken = ingest.take(database(), *read);
    return taken ? std::string() : taken.error().name;
  }
  BundleTaken take(const Bytes& file) {
    const auto taken = ingest.take(database(), BundleIngest::read(file).value());
    if (!taken) FAIL(taken.error().message);
    return *taken;
  }
  wire::Ack ack(const TestKiosk& of) {
    const auto made = ingest.make_ack(database(), of.device);
    REQUIRE(made);
    const auto opened = wire::open_ack(wire::read_stick_file(made->file).value(), of.key, keys().signing.verify_key(),
                                       keys().box.public_key());
    REQUIRE(opened);
    return *opened;
  }
  void require_sound() {
    const auto found = verify_database(database(), keys());
    REQUIRE(found);
    CHECK(found->problems.empty());
  }
  [[nodiscard]] std::uint64_t last() const { return kiosk.journal.size(); }
  [[nodiscard]] std::string stick() const { return memory / "stick"; }

  BundleIngest ingest;
  TestKiosk kiosk;
};

TEST_CASE("a bundle is taken once, and again with success and no change") {
  BundleWorld world;
  const Bytes file = bundle_of(world, world.kiosk, 1, world.last());
  const BundleTaken first = world.take(file);
  CHECK(first.stored == world.last());
  const auto tickets = world.count("ticket");
  CHECK(tickets == 9);
  const BundleTaken again = world.take(file);
  CHECK(again.stored == 0);
  CHECK(again.had == world.last());
  CHECK(world.count("ticket") == tickets);
  CHECK(world.count("quarantine") == 0);
  world.require_sound();
}

TEST_CASE("a bundle that leaves a hole is refused whole and taken after the one before it") {
  BundleWorld world;
  const Bytes early = bundle_of(world, world.kiosk, 1, 4);
  const Bytes late = bundle_of(world, world.kiosk, 5, world.last());
  CHECK(world.why(late) == "gap");
  CHECK(world.count("ticket") == 0);
  CHECK(world.take(early).stored == 4);
  CHECK(world.take(late).stored == world.last() - 4);
  CHECK(world.why(early).empty());
  world.require_sound();
}

TEST_CASE("bundles in every order, overlapping and repeated, end in the same journal") {
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges = {{1, 3}, {2, 6}, {4, 6}, {6, 11}, {1, 11}};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  std::size_t tried = 0;
  do {
    if (++tried % 10 != 0) continue;  // twelve of the hundred and twenty
    BundleWorld world;
    std::vector<Bytes> files;
    for (const auto& [first, last] : ranges) files.push_back(bundle_of(world, world.kiosk, first, last));
    for (const std::size_t i : order) {
      const std::string why = world.why(files[i]);
      REQUIRE((why.empty() || why == "gap"));
    }
    for (const std::size_t i : order) REQUIRE(world.why(files[i]).empty());
    REQUIRE(world.count("ticket") == 9);
    REQUIRE(world.count("quarantine") == 0);
    world.require_sound();
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a bundle is neither stopped by calls nor stops them") {
  BundleWorld world;
  world.take(bundle_of(world, world.kiosk, 1, 4));
  const wire::Answer answer = world.sync(world.kiosk, 5);
  CHECK(answer.acknowledged.value == world.last());
  CHECK(world.take(bundle_of(world, world.kiosk, 1, world.last())).stored == 0);
  world.kiosk.file();
  CHECK(world.sync(world.kiosk, world.last()).acknowledged.value == world.last());
  world.require_sound();
}

TEST_CASE("what is not this kiosk's, not for this centre or not whole is refused by name") {
  BundleWorld world;
  TestKiosk other = world.enrolled_kiosk();
  const wire::Call call = range_of(world.kiosk, 1, world.last());
  const auto& box = world.keys().box.public_key();
  CHECK(world.why(wire::encode_bundle(call, other.key, box, world.env).value()) == "wrong_signature");
  const auto old_box = crypto::BoxKey::generate(world.env).public_key();
  CHECK(world.why(wire::encode_bundle(call, world.kiosk.key, old_box, world.env).value()) == "another_key");
  wire::Call unknown = call;
  unknown.header.device = DeviceId{99};
  CHECK(world.why(wire::encode_bundle(unknown, world.kiosk.key, box, world.env).value()) == "unknown_device");
  CHECK(world.why(Bytes(9000, 7)) == "damaged");
  CHECK(world.why(Bytes(5'000'000, 7)) == "too_large");
  CHECK(world.why(world.ingest.make_ack(world.database(), other.device)->file) == "not_a_bundle");
  wire::Call torn = range_of(world.kiosk, 3, world.last());
  torn.header.first_seq = Seq{1};
  CHECK(world.why(wire::encode_bundle(torn, world.kiosk.key, box, world.env).value()) == "broken_chain");
  CHECK(world.count("ticket") == 0);
  // What was truly this kiosk's is told of it.
  const auto refusals = stick_refusals(world.database(), world.kiosk.device);
  REQUIRE(refusals);
  std::map<std::string, std::int64_t> counted;
  for (const StickRefusal& refusal : *refusals) counted[refusal.reason] = refusal.times;
  CHECK(counted == std::map<std::string, std::int64_t>{{"another_key", 1}, {"broken_chain", 1}});
}

TEST_CASE("a cloned disk's bundle goes into quarantine, and what is held stays") {
  BundleWorld world;
  TestKiosk clone = world.kiosk.copied_at(4);
  world.take(bundle_of(world, world.kiosk, 1, world.last()));
  Filing filing;
  filing.story = "Ditulis oleh salinan.";
  clone.file(filing);
  const BundleTaken taken = world.take(bundle_of(world, clone, 1, 5));
  CHECK(taken.stored == 0);
  REQUIRE(taken.rejects.size() == 1);
  CHECK(taken.rejects[0].reason == "fork");
  CHECK(world.count("quarantine") == 1);
  world.require_sound();
}

TEST_CASE("an ACK tells every life of its kiosk, what was set aside, and the feed after its cursor") {
  BundleWorld world;
  world.kiosk.append_raw({0xFF, 0xFF});
  world.take(bundle_of(world, world.kiosk, 1, world.last()));
  const Epoch first_life = world.kiosk.epoch;
  const crypto::Hash chain = world.kiosk.chains.back();
  world.kiosk.begin_new_life();
  world.kiosk.append(DeviceStarted{"test", 8});
  world.take(bundle_of(world, world.kiosk, 1, 1));

  const wire::Ack ack = world.ack(world.kiosk);
  REQUIRE(ack.lives.size() == 2);
  CHECK(ack.lives[0].epoch == world.kiosk.epoch);
  CHECK(ack.lives[0].acknowledged == Seq{1});
  CHECK(ack.lives[1].epoch == first_life);
  CHECK(ack.lives[1].acknowledged == Seq{12});
  CHECK(ack.lives[1].chain_at == wire::chain_mark(chain));
  REQUIRE(ack.lives[1].rejects.size() == 1);
  CHECK(ack.lives[1].rejects[0].seq == Seq{12});
  CHECK(ack.news.feed.size() == 9);
  CHECK_FALSE(ack.news.feed.front().event.empty());
  CHECK(ack.news.server_ms == world.env.wall_ms());

  world.kiosk.cursor = FeedSeq{6};
  world.take(bundle_of(world, world.kiosk, 1, 1));
  const wire::Ack later = world.ack(world.kiosk);
  CHECK(later.version > ack.version);
  REQUIRE(later.news.feed.size() == 3);
  CHECK(later.news.feed.front().feed_seq == FeedSeq{7});
}

TEST_CASE("a bundle that was long on its way sets back neither the feed nor the policy its kiosk has come to") {
  BundleWorld world;
  const auto bundle = [&](std::int64_t heard_ms, std::uint64_t cursor, std::uint32_t policy, std::uint64_t last) {
    wire::Call call = range_of(world.kiosk, 1, last);
    call.header.heard_ms = heard_ms;
    call.header.feed_cursor = FeedSeq{cursor};
    call.header.policy_version = policy;
    return wire::encode_bundle(call, world.kiosk.key, world.keys().box.public_key(), world.env).value();
  };
  const auto policy = [&] { return find_device(world.database(), world.kiosk.device).value()->policy_version; };
  const auto told = [&] { return world.ack(world.kiosk).news.feed.size(); };
  const Bytes old = bundle(1000, 2, 1, 5);
  world.take(bundle(9000, 7, 3, world.last()));
  CHECK(told() == 2);
  CHECK(policy() == 3);
  world.take(old);
  CHECK(told() == 2);
  CHECK(policy() == 3);
  // Nor what a call has told since.
  world.env.advance_ms(60'000);
  world.sync(world.kiosk, world.last());
  const std::uint32_t by_call = policy();
  world.take(bundle(9500, 7, by_call + 2, world.last()));
  CHECK(policy() == by_call);
  world.take(bundle(world.env.wall_ms() + 1000, 8, by_call + 2, world.last()));  // this one was written after the call
  CHECK(policy() == by_call + 2);
}

TEST_CASE("a stick full of a kiosk's former lives says nothing of where its present one is") {
  BundleWorld world;
  const auto policy = [&] { return find_device(world.database(), world.kiosk.device).value()->policy_version; };
  const auto bundle = [&](std::uint32_t policy_version, WallMs heard_ms) {
    wire::Call call = range_of(world.kiosk, 1, world.last());
    call.header.policy_version = policy_version;
    call.header.heard_ms = heard_ms;
    return wire::encode_bundle(call, world.kiosk.key, world.keys().box.public_key(), world.env).value();
  };
  const WallMs heard_ms = world.env.wall_ms() - 1000;
  const Bytes former = bundle(3, heard_ms);
  world.take(former);
  world.kiosk.begin_new_life();
  world.kiosk.append(DeviceStarted{"test", 8});
  world.take(bundle(2, heard_ms - 5000));  // restored from before: it knows less
  CHECK(policy() == 2);
  world.take(former);
  CHECK(policy() == 2);
  world.take(bundle(4, heard_ms + 500));
  CHECK(policy() == 4);
  world.take(former);
  CHECK(policy() == 4);
}

TEST_CASE("a journal that is lost is spoken to as it knows the centre, though the one before knew more") {
  BundleWorld world;
  world.take(bundle_of(world, world.kiosk, 1, world.last()));
  world.sync(world.kiosk, world.last());
  const auto policy = [&] { return find_device(world.database(), world.kiosk.device).value()->policy_version; };
  const std::uint32_t before = policy();
  world.kiosk.begin_new_life();
  wire::Call question = range_of(world.kiosk, 1, 0);
  question.header.policy_version = before + 7;
  world.take(wire::encode_bundle(question, world.kiosk.key, world.keys().box.public_key(), world.env).value());
  CHECK(policy() == before + 7);
}

TEST_CASE("what was heard from a clock that ran ahead does not make the centre deaf") {
  BundleWorld world;
  const auto bundle = [&](WallMs heard_ms, std::uint64_t cursor) {
    wire::Call call = range_of(world.kiosk, 1, world.last());
    call.header.heard_ms = heard_ms;
    call.header.feed_cursor = FeedSeq{cursor};
    return wire::encode_bundle(call, world.kiosk.key, world.keys().box.public_key(), world.env).value();
  };
  world.take(bundle(world.env.wall_ms() + WallMs{3} * 365 * 86'400'000, 2));
  CHECK(world.ack(world.kiosk).news.feed.size() == 7);
  world.take(bundle(world.env.wall_ms(), 6));
  CHECK(world.ack(world.kiosk).news.feed.size() == 3);
}

TEST_CASE("versions of ACKs stay above the clock, so that a restored centre is heard") {
  BundleWorld world;
  const std::uint64_t before = world.ack(world.kiosk).version;
  CHECK(before >= static_cast<std::uint64_t>(world.env.wall_ms() / 1000));
  CHECK(world.ack(world.kiosk).version == before + 1);
  REQUIRE(world.database().execute("DELETE FROM stick_device"));  // as in a backup of before
  world.env.advance_ms(60'000);
  CHECK(world.ack(world.kiosk).version > before + 1);
}

TEST_CASE("a long feed fills an ACK up to its limit and says that there is more") {
  BundleWorld world;
  TestKiosk neighbour = world.enrolled_kiosk();
  for (int i = 0; i < 700; ++i) neighbour.file();
  world.sync(neighbour);
  const wire::Ack ack = world.ack(world.kiosk);
  CHECK(ack.news.feed.size() == 700);
  CHECK_FALSE(ack.news.feed_more);
}

TEST_CASE("another kiosk's connection brings a bundle and takes the ACK home") {
  BundleWorld world;
  const Bytes late = bundle_of(world, world.kiosk, 5, world.last());
  const http::Response refused = world.post("/v1/bundle", late);
  CHECK(refused.status == 409);
  CHECK(nlohmann::json::parse(refused.body).at("error") == "gap");
  const http::Response taken = world.post("/v1/bundle", bundle_of(world, world.kiosk, 1, world.last()));
  REQUIRE(taken.status == 200);
  const auto ack = wire::open_ack(wire::read_stick_file(as_bytes(taken.body)).value(), world.kiosk.key,
                                  world.keys().signing.verify_key(), world.keys().box.public_key());
  REQUIRE(ack);
  CHECK(ack->lives.at(0).acknowledged.value == world.last());
  // The kiosk whose chain broke hears where the centre stands.
  wire::Call torn = range_of(world.kiosk, 3, world.last());
  torn.header.first_seq = Seq{2};
  const Bytes broken = wire::encode_bundle(torn, world.kiosk.key, world.keys().box.public_key(), world.env).value();
  CHECK(world.post("/v1/bundle", broken).status == 200);
  CHECK(world.post("/v1/bundle", Bytes(100, 1)).status == 400);
  world.require_sound();
}

TEST_CASE("the desk takes a whole folder in order, answers beside it and counts what it refuses") {
  BundleWorld world;
  std::filesystem::create_directory(world.stick());
  const auto put = [&](const std::string& name, const Bytes& file) {
    REQUIRE(write_and_verify(world.stick(), name, file));
  };
  put("a.kb", bundle_of(world, world.kiosk, 7, world.last()));
  put("b.kb", bundle_of(world, world.kiosk, 4, 6));
  Bytes hurt = bundle_of(world, world.kiosk, 1, 3);
  hurt[100] ^= 1;
  put("c.kb", hurt);
  put("d.kb", Bytes(4096, 3));
  const auto without = import_stick(world.env, world.memory.path(), world.catalogue, world.stick(), Acks::kNone);
  REQUIRE(without);
  CHECK(without->refused == 1);
  CHECK(contains(without->text, "c.kb: taken, 3 new events, 0 known, 1 damaged blocks brought back"));
  CHECK(contains(without->text, "d.kb: refused, damaged"));
  CHECK(list_files(world.stick(), ".kb", 10)->size() == 4);
  CHECK(world.count("ticket") == 9);

  REQUIRE(import_stick(world.env, world.memory.path(), world.catalogue, world.stick(), Acks::kWrite));
  REQUIRE(import_stick(world.env, world.memory.path(), world.catalogue, world.stick(), Acks::kWrite));
  const auto files = list_files(world.stick(), ".kb", 10);
  REQUIRE(files);
  CHECK(files->size() == 5);  // the second ACK took the place of the first
  CHECK(files->front().name.starts_with("ACK-" + std::to_string(world.kiosk.device.value) + "-"));
  const auto status = status_json(world.env, world.memory.path());
  REQUIRE(status);
  const auto json = nlohmann::json::parse(*status);
  CHECK(json.at("refusals").at("damaged") == 3);
  CHECK(json.at("kiosks").at(0).at("stick").at("ack_version").get<std::uint64_t>() > 0);
}

TEST_CASE("a stick without room for an answer is taken, and the desk is told both") {
  test::SmallDisk disk("256k");
  if (!disk.mounted()) {
    WARN("this test needs the right to mount");
    return;
  }
  BundleWorld world;
  REQUIRE(write_and_verify(disk.path(), "a.kb", bundle_of(world, world.kiosk, 1, world.last())));
  const std::uint64_t free = free_bytes(disk.path()).value();
  REQUIRE(write_file_durably(disk / "photos", Bytes(free - 4096, 1), FileMode::kPrivate));
  const auto done = import_stick(world.env, world.memory.path(), world.catalogue, disk.path(), Acks::kWrite);
  REQUIRE(done);
  CHECK(contains(done->text, "a.kb: taken"));
  CHECK(contains(done->text, "not written"));
  CHECK(done->refused == 1);
  CHECK(world.count("ticket") == 9);
}

TEST_CASE("ACKs are written for every enrolled kiosk, or for the one that is named") {
  BundleWorld world;
  TestKiosk other = world.enrolled_kiosk();
  std::filesystem::create_directory(world.stick());
  REQUIRE(export_stick(world.env, world.memory.path(), world.catalogue, world.stick(), other.device));
  CHECK(list_files(world.stick(), ".kb", 10)->size() == 1);
  REQUIRE(export_stick(world.env, world.memory.path(), world.catalogue, world.stick(), std::nullopt));
  CHECK(list_files(world.stick(), ".kb", 10)->size() == 2);
  const auto nobody = export_stick(world.env, world.memory.path(), world.catalogue, world.stick(), DeviceId{99});
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().code == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace mimika::test
