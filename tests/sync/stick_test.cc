// A kiosk and its stick: what is written is what is owed, and nothing is called arrived but by the centre's word.
#include "tests/sync/stick_world.h"

namespace mimika::test {
namespace {

using sync::ExportReport;
using sync::ImportReport;

TEST_CASE("what was exported is exported and not arrived, until the centre says so") {
  StickWorld world;
  world.file(5);
  const std::uint64_t unsent = world.status().unsent_events;
  const ExportReport report = world.export_now();
  REQUIRE(report.bundles.size() == 1);
  CHECK(report.bundles[0].events == unsent);
  CHECK(report.bundles[0].written);
  CHECK(world.status().unsent_events == unsent);
  CHECK(world.exported().exported_unsent == unsent);
  CHECK_FALSE(world.ticket(world.last_ticket).arrived_ms);

  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  const ImportReport imported = world.import_now();
  CHECK(imported.arrived == unsent);
  CHECK(world.status().unsent_events == 0);
  CHECK(world.exported().exported_unsent == 0);
  CHECK(world.ticket(world.last_ticket).arrived_ms);
}

TEST_CASE("a second export writes only what came since") {
  StickWorld world;
  world.file(5);
  world.export_now();
  const auto first = world.on_stick();
  ExportReport again = world.export_now();
  REQUIRE(again.bundles.size() == 1);
  CHECK_FALSE(again.bundles[0].written);
  CHECK(world.on_stick() == first);
  world.file(2);
  again = world.export_now();
  REQUIRE(again.bundles.size() == 2);
  CHECK(again.bundles[1].events == 2);
  CHECK(world.on_stick().size() == 2);
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  world.import_now();
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("another stick gets everything that has not arrived") {
  StickWorld world;
  world.file(3);
  world.export_now();
  std::filesystem::remove_all(world.stick());
  std::filesystem::create_directory(world.stick());
  const ExportReport report = world.export_now();
  REQUIRE(report.bundles.size() == 1);
  CHECK(report.bundles[0].events == world.status().unsent_events);
}

TEST_CASE("what has arrived is taken off the stick") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  world.import_now();
  const ExportReport report = world.export_now();
  CHECK(report.removed.size() == 2);
  // What remains asks for news and holds no event.
  REQUIRE(report.bundles.size() == 1);
  CHECK(report.bundles[0].events == 0);
  CHECK(world.on_stick().size() == 1);
}

TEST_CASE("a bundle on the stick that is damaged is written again") {
  StickWorld world;
  world.file(3);
  world.export_now();
  const std::string path = world.stick() + "/" + world.on_stick().at(0);
  Bytes file = read_file(path, 1 << 22).value();
  file[5000] ^= 1;
  REQUIRE(write_file_durably(path, file, FileMode::kPublic));
  const ExportReport report = world.export_now();
  REQUIRE(report.bundles.size() == 1);
  CHECK(report.bundles[0].written);
  const auto read = wire::read_stick_file(read_file(path, 1 << 22).value());
  REQUIRE(read);
  CHECK(read->damaged == 0);
}

TEST_CASE("thousands of events go into several files, and every one arrives") {
  StickWorld world;
  world.file(5000);
  const std::uint64_t unsent = world.status().unsent_events;
  const ExportReport report = world.export_now();
  CHECK(report.bundles.size() == 2);
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  CHECK(world.import_now().arrived == unsent);
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("an ACK is taken once, an older one never") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  const wire::Ack old = world.desk.ack(4);
  world.file(2);
  world.export_now();
  world.desk.take(world.stick());
  world.env.advance_ms(1000);
  world.desk.write(world.stick(), world.desk.ack(5));
  CHECK(world.import_now().arrived > 0);
  CHECK(world.status().unsent_events == 0);
  CHECK(world.exported().ack_version == 5);
  for (const FoundFile& file : stick_files(world.stick())) {
    REQUIRE(remove_file(world.stick(), file.name));
  }
  world.desk.write(world.stick(), old);
  const ImportReport again = world.import_now();
  REQUIRE(again.files.size() == 1);
  CHECK(again.files[0].result == "had");
  CHECK(again.arrived == 0);
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("an ACK that a call has overtaken takes nothing back") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  // It told how tickets were then, as far as the feed was then.
  wire::Ack old = world.desk.ack(7);
  old.news.states_until = FeedSeq{500};
  world.desk.write(world.stick(), old);
  world.env.advance_ms(3'600'000);
  world.file(2);
  REQUIRE(world.engine->run(world.report));  // the link came back
  REQUIRE(world.status().unsent_events == 0);
  const FeedSeq cursor = world.status().feed_cursor;
  CHECK(world.import_now().files.back().result == "taken");
  CHECK(world.status().unsent_events == 0);
  CHECK(world.status().feed_cursor == cursor);
}

TEST_CASE("a centre whose clock once ran years ahead is heard again by stick when it has been put right") {
  StickWorld world;
  world.file(2);
  const wire::BlobId photo = world.attach(3000);
  world.export_now();
  world.desk.take(world.stick());
  wire::Ack early = world.desk.ack(1);
  early.news.server_ms += WallMs{10} * 365 * 86'400'000;
  world.desk.write(world.stick(), early);
  world.import_now();
  CHECK(world.status().last_contact_ms == early.news.server_ms);

  wire::Ack put_right = world.desk.ack(2);
  put_right.blobs = {{photo, Bytes(1, 0xFF)}};
  world.desk.write(world.stick(), put_right);
  world.import_now();
  CHECK(world.status().last_contact_ms == put_right.news.server_ms);
  CHECK(world.status().unsent_blobs == 0);
}

TEST_CASE("an attachment whose event the centre has set aside is carried no more") {
  StickWorld world;
  world.file(1);
  world.attach(3000);
  CHECK(world.export_now().bundles.size() == 2);
  world.desk.take(world.stick());
  wire::Ack ack = world.desk.ack(1);
  ack.lives.at(0).rejects = {{ack.lives.at(0).acknowledged, "unknown_ticket"}};
  world.desk.write(world.stick(), ack);
  world.import_now();
  CHECK(world.status().refused_blobs == 1);
  CHECK(world.status().unsent_blobs == 0);
  world.export_now();
  CHECK(world.on_stick().size() == 1);  // which asks for news
}

TEST_CASE("a kiosk that has nothing to say asks for news all the same") {
  StickWorld world;
  const ExportReport report = world.export_now();
  REQUIRE(report.bundles.size() == 1);
  CHECK(report.bundles[0].written);
}

TEST_CASE("the bundles of a life that ended and has arrived are taken off the stick") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  const std::string early = world.on_stick().at(0);
  world.restore_from_before([&] { world.file(1); });
  REQUIRE(world.store->notice().restored);
  world.file(1);
  world.export_now();
  CHECK(world.on_stick().size() == 2);  // not yet known to have arrived
  world.desk.write(world.stick(), world.desk.ack(1));
  world.import_now();
  const ExportReport report = world.export_now();
  CHECK(std::ranges::count(report.removed, early) == 1);
  CHECK(std::ranges::count(world.on_stick(), early) == 0);
}

TEST_CASE("of a life that was lost the stick may hold the last copy, which stays") {
  StickWorld world;
  world.file(3);
  world.attach(3000);
  world.export_now();
  const std::vector<std::string> last_copies = world.on_stick();
  REQUIRE(last_copies.size() == 2);
  world.store.reset();
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(world.database() + suffix);
  world.open();
  world.file(1);
  world.export_now();
  for (const std::string& name : last_copies) CHECK(std::ranges::count(world.on_stick(), name) == 1);
}

TEST_CASE("of an attachment that is damaged here the stick may hold the last copy, which stays") {
  StickWorld world;
  world.file(1);
  const wire::BlobId photo = world.attach(3000);
  world.export_now();
  const std::vector<std::string> before = world.on_stick();
  REQUIRE(before.size() == 2);
  const std::string path = world.folder / "blobs/" + wire::to_string(photo);
  REQUIRE(write_file_durably(path, Bytes(read_file(path, 1 << 20)->size(), 1), FileMode::kPrivate));
  world.export_now();
  CHECK(world.status().refused_blobs == 1);
  CHECK(world.on_stick() == before);
}

TEST_CASE("several ACKs on one stick are taken in the order of their versions") {
  StickWorld world;
  world.file(1);
  world.export_now();
  world.desk.take(world.stick());
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA2"}, 1};
  filed.district = DistrictCode{"94.04.06"};
  for (std::uint64_t i = 1; i <= 3; ++i) {
    Event event;
    event.key = {DeviceId{18}, Epoch{2}, Seq{i}};
    filed.number.counter = static_cast<std::uint32_t>(i);
    event.payload = filed;
    const wire::FeedItem item{FeedSeq{i}, event.key, wire::encode_event(event), world.env.wall_ms()};
    world.desk.feed = {item};  // each brings only the next one
    world.desk.write(world.stick(), world.desk.ack(8 + i));
  }
  const ImportReport report = world.import_now();
  CHECK(report.feed_applied == 3);
  CHECK(world.status().feed_cursor == FeedSeq{3});
}

TEST_CASE("an ACK that tells a life differently begins a new one and loses nothing") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  wire::Ack ack = world.desk.ack(1);
  ack.lives.at(0).chain_at[0] ^= 1;
  world.desk.write(world.stick(), ack);
  const Epoch before = world.status().epoch;
  world.import_now();
  CHECK(world.status().epoch != before);
  CHECK(world.status().disputed_events > 0);
  CHECK_FALSE(world.ticket(world.last_ticket).arrived_ms);
}

TEST_CASE("a stick that is not there is an error in words") {
  StickWorld world;
  ExportReport report;
  const Status done =
      sync::export_bundles(world.folder / "nowhere", *world.store, world.device_key, world.courier, world.env, report);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::kNotFound);
  CHECK(world.exported().exported_unsent == 0);
}

}  // namespace
}  // namespace mimika::test
