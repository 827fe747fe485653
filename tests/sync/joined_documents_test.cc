// Documents from a real centre down to a real kiosk's store.
#include <nlohmann/json.hpp>

#include "kiosk/base/files.h"
#include "sync/central/cli/documents.h"
#include "sync/central/projection/private_part.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::JoinedWorld;
using wire::DocumentKind;

std::uint32_t publish(JoinedWorld& world, DocumentKind kind, ByteView content, const std::string& district = "") {
  auto& database = world.centre.database();
  const auto version = central::in_transaction(database, [&] {
    return central::publish_document(database, kind, DistrictCode{district}, content, world.centre.env.wall_ms());
  });
  if (!version) FAIL(version.error().message);
  return *version;
}

std::string held(JoinedWorld& world, DocumentKind kind) {
  const auto document = world.store->document(kind);
  REQUIRE(document);
  return *document
             ? std::to_string((*document)->version) + " " + std::string(as_text((*document)->content)).substr(0, 20)
             : "none";
}

TEST_CASE("what the centre publishes is at the kiosk after one round and the next version takes its place",
          "[joined]") {
  JoinedWorld world;
  REQUIRE(world.round());
  CHECK(held(world, DocumentKind::kAnnouncements) == "none");
  CHECK(publish(world, DocumentKind::kAnnouncements, as_bytes("[\"Posyandu\"]")) == 1);
  REQUIRE(world.round());
  CHECK(held(world, DocumentKind::kAnnouncements) == "1 [\"Posyandu\"]");
  CHECK(publish(world, DocumentKind::kAnnouncements, as_bytes("[\"Pasar\"]")) == 2);
  REQUIRE(world.round());
  CHECK(held(world, DocumentKind::kAnnouncements) == "2 [\"Pasar\"]");
  const std::uint64_t before = world.link.bytes_down;
  REQUIRE(world.round());
  CHECK(world.link.bytes_down - before < 200);  // nothing comes that is held
}

TEST_CASE("a document of another district does not come and its version number is passed over", "[joined]") {
  JoinedWorld world;
  CHECK(publish(world, DocumentKind::kAccounts, as_bytes("{}"), "94.04.01") == 1);
  REQUIRE(world.round());
  CHECK(held(world, DocumentKind::kAccounts) == "none");
  CHECK(publish(world, DocumentKind::kAccounts, as_bytes("{\"a\":1}"), world.person.district.value) == 2);
  REQUIRE(world.round());
  CHECK(held(world, DocumentKind::kAccounts) == "2 {\"a\":1}");
}

TEST_CASE("a large document comes in parts over lost answers and the one before serves until it is whole", "[joined]") {
  JoinedWorld world;
  publish(world, DocumentKind::kCatalogue, as_bytes("old"));
  REQUIRE(world.round());
  const Bytes large = world.noise(200'000);
  publish(world, DocumentKind::kCatalogue, large);
  int rounds = 0;
  std::uint64_t leaves = 0;
  for (; rounds < 100 && held(world, DocumentKind::kCatalogue).starts_with("1"); ++rounds) {
    if (rounds % 3 == 2) world.open();
    world.link.lose_answers = rounds % 2 == 0 ? 2 : 0;
    static_cast<void>(world.round());
    leaves += world.report.leaves_received;
  }
  const auto document = world.store->document(DocumentKind::kCatalogue).value();
  REQUIRE(document);
  CHECK(document->version == 2);
  CHECK(document->content == large);
  CHECK(leaves >= 200'000 / wire::kLeafBytes);
  CHECK(rounds < 20);
}

TEST_CASE("an answer stays within about the bytes that the kiosk asks for", "[joined]") {
  JoinedWorld world;
  publish(world, DocumentKind::kCatalogue, world.noise(300'000));
  // Failures halve what is asked for down to its least.
  for (int i = 0; i < 10; ++i) {
    world.link.lose_answers = 1;
    static_cast<void>(world.round());
  }
  const std::uint64_t before = world.link.bytes_down;
  world.link.lose_answers = 1;
  static_cast<void>(world.round());
  // One leaf and the manifest at least: less would bring nothing.
  CHECK(world.link.bytes_down - before < 2 * wire::kLeafBytes);
  while (held(world, DocumentKind::kCatalogue) == "none") REQUIRE(world.round());
}

TEST_CASE("a lower version and a document that does not unpack change nothing", "[joined]") {
  JoinedWorld world;
  publish(world, DocumentKind::kAnnouncements, as_bytes("one"));
  REQUIRE(world.round());
  auto answer = wire::Answer();
  const Outgoing out = world.store->outgoing(10, 10'000).value();
  answer.acknowledged = Seq{out.first_seq.value - 1};
  answer.chain_at = wire::chain_mark(out.chain_before);
  answer.server_ms = world.centre.env.wall_ms();
  const Bytes garbage(5'000, 3);
  const wire::Manifest manifest = wire::manifest_of(garbage);
  answer.documents = {{DocumentKind::kAnnouncements, 1, wire::id_of(manifest)}};
  answer.parts = {{wire::id_of(manifest), 0, garbage, wire::encode_manifest(manifest)}};
  REQUIRE(world.store->apply_answer(out.epoch, answer));
  CHECK(held(world, DocumentKind::kAnnouncements) == "1 one");
  CHECK(world.store->outgoing(10, 10'000).value().wants.empty());

  answer.documents.front().version = 5;
  REQUIRE(world.store->apply_answer(out.epoch, answer));
  CHECK(held(world, DocumentKind::kAnnouncements) == "1 one");
  // It is known to be no good, so nobody asks for it again.
  const Outgoing after = world.store->outgoing(10, 10'000).value();
  CHECK(after.wants.empty());
  CHECK(after.documents == std::vector<wire::DocumentVersion>{{DocumentKind::kAnnouncements, 5}});
}

TEST_CASE("a leaf changed on the way is left out and asked for again", "[joined]") {
  JoinedWorld world;
  const Outgoing out = world.store->outgoing(10, 10'000).value();
  wire::Answer answer;
  answer.chain_at = wire::chain_mark(out.chain_before);
  answer.server_ms = world.centre.env.wall_ms();
  const Bytes content(9'000, 3);
  const wire::Manifest manifest = wire::manifest_of(content);
  Bytes changed = content;
  changed[5'000] ^= 1;
  answer.documents = {{DocumentKind::kAnnouncements, 1, wire::id_of(manifest)}};
  answer.parts = {{wire::id_of(manifest), 0, changed, wire::encode_manifest(manifest)}};
  REQUIRE(world.store->apply_answer(out.epoch, answer));
  const auto wants = world.store->outgoing(10, 10'000).value().wants;
  REQUIRE(wants.size() == 1);
  CHECK(wire::LeafMap::from(wants[0].held, 3).count() == 2);
}

TEST_CASE("a newer dictionary is used for sealing once it has come and the centre still reads everything", "[joined]") {
  JoinedWorld world;
  REQUIRE(world.round());
  const auto story_of = [&](const TicketId& id) {
    const auto stored = central::find_event(world.centre.database(), id).value();
    REQUIRE(stored);
    const Event event = wire::decode_event(id, stored->event).value();
    const auto opened = central::open_private_part(world.centre.database(), world.centre.keys(), event, stored->sealed);
    if (!opened) FAIL(opened.error().message);
    return opened->part().story;
  };
  const TicketId before = world.file("Sumur kering.");
  Bytes content = read_file(MIMIKA_SOURCE_ASSETS "/dictionary/private-1.zdict", limits::kMiB).value();
  const std::uint32_t next = wire::kNewestBuiltInDictionary + 1;
  content[4] = static_cast<std::uint8_t>(next);  // a dictionary's number stands behind its magic, little-endian
  const auto opened = wire::Dictionary::open(next, content);
  if (!opened) FAIL(opened.error().message);
  CHECK(publish(world, DocumentKind::kDictionary, content) == next);
  while (held(world, DocumentKind::kDictionary) == "none") REQUIRE(world.round());
  const TicketId after = world.file("Jalan longsor di tikungan.");
  REQUIRE(world.round());
  CHECK(story_of(before) == "Sumur kering.");
  CHECK(story_of(after) == "Jalan longsor di tikungan.");
}

TEST_CASE("the command publishes only what kiosks can read", "[joined]") {
  JoinedWorld world;
  const auto publish_file = [&](const std::string& kind, const std::string& file, const std::string& district = "") {
    const auto done =
        central::publish(world.centre.env, world.centre.folder.path, world.centre.catalogue, {kind, file, district});
    return done ? *done : std::string(error_code_name(done.error().code));
  };
  const std::string file = world.folder / "document";
  REQUIRE(write_file_durably(file, as_bytes("not json"), FileMode::kPrivate));
  CHECK(publish_file("announcements", file) == "invalid_input");
  CHECK(publish_file("catalogue", file) == "invalid_input");
  CHECK(publish_file("dictionary", file) == "invalid_input");
  CHECK(publish_file("novel", file) == "invalid_input");
  REQUIRE(write_file_durably(file, as_bytes("[]"), FileMode::kPrivate));
  CHECK(publish_file("announcements", file) == "invalid_input");
  const std::string_view nothing = R"({"announcements": []})";
  REQUIRE(write_file_durably(file, as_bytes(nothing), FileMode::kPrivate));
  CHECK(publish_file("announcements", file, "94.04.99") == "invalid_input");
  CHECK(publish_file("announcements", file) == "announcements 1 published for all districts\n");
  CHECK(publish_file("catalogue", MIMIKA_SOURCE_ASSETS "/catalogue") == "catalogue 1 published for all districts\n");
  REQUIRE(world.round());
  const auto document = world.store->document(DocumentKind::kCatalogue).value();
  REQUIRE(document);
  const auto parsed = parse_catalogue(as_text(document->content));
  REQUIRE(parsed);
  CHECK(parsed->version == world.centre.catalogue.version);
}

}  // namespace
}  // namespace mimika
