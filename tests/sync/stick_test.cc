// A kiosk and its stick: what is written is what is owed, nothing is called arrived but by the centre's word, and what
// belongs to others is carried and never read.
#include <catch2/catch.hpp>
#include <filesystem>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "sync/client/courier.h"
#include "sync/wire/event_codec.h"
#include "tests/sync/kiosk_world.h"

namespace mimika::test {
namespace {

using sync::Courier;
using sync::ExportReport;
using sync::ImportReport;
using sync::Kept;

std::vector<FoundFile> stick_files(const std::string& folder) {
  return list_files(folder, ".kb", 100).value();
}

// The centre's desk, as far as a stick knows it: chains of what was brought.
class StickCentre {
 public:
  explicit StickCentre(KioskWorld& world) : world_(world), key_(world.centre.signing_key()) {}
  [[nodiscard]] const crypto::VerifyKey& verify_key() const { return key_.verify_key(); }

  // Takes every bundle of the folder in its order.
  void take(const std::string& folder) {
    for (const FoundFile& file : stick_files(folder)) {
      const auto read = wire::read_stick_file(read_file(folder + "/" + file.name, 1 << 22).value()).value();
      if (!std::holds_alternative<wire::BundleHead>(read.head)) continue;
      const auto call = wire::open_bundle(read, FakeCentre::box(), world_.device_key.verify_key());
      REQUIRE(call);
      auto& chains = lives_[call->header.epoch.value];
      if (chains.empty()) chains.push_back(wire::chain_start(call->header.device, call->header.epoch));
      const std::size_t before = call->header.first_seq.value - 1;
      REQUIRE(before < chains.size());
      for (std::size_t i = 0; i < call->records.size(); ++i) {
        const EventKey key{call->header.device, call->header.epoch, Seq{before + i + 1}};
        const auto chain = wire::chain_next(chains[before + i], key, call->records[i].event, call->records[i].sealed);
        if (before + i + 1 == chains.size()) chains.push_back(chain);
        REQUIRE(chains[before + i + 1] == chain);
      }
    }
  }

  [[nodiscard]] wire::Ack ack(std::uint64_t version) const {
    wire::Ack out;
    out.device = world_.options.identity.device;
    out.version = version;
    for (const auto& [epoch, chains] : lives_) {
      out.lives.push_back({Epoch{epoch}, Seq{chains.size() - 1}, wire::chain_mark(chains.back()), {}});
    }
    out.news.server_ms = world_.env.wall_ms();
    out.news.feed = feed;
    return out;
  }
  void write(const std::string& folder, const wire::Ack& ack) {
    const auto file = wire::encode_ack(ack, {key_, FakeCentre::box(), world_.device_key.verify_key()}, world_.env);
    REQUIRE(file);
    REQUIRE(write_and_verify(folder, wire::file_name(wire::AckHead{ack.device, ack.version, {}}), *file));
  }
  [[nodiscard]] const crypto::SigningKey& key() const { return key_; }
  std::vector<wire::FeedItem> feed;

 private:
  KioskWorld& world_;
  const crypto::SigningKey& key_;
  std::map<std::uint32_t, std::vector<crypto::Hash>> lives_;
};

// A test's folder may be a small disk in memory, so nothing of it is kept back.
constexpr sync::CourierLimits kTestLimits = {64 * limits::kMiB, 500, 0};

struct StickWorld : KioskWorld {
  StickWorld() : desk(*this), courier(folder / "courier", options.identity.device, {desk.verify_key()}, kTestLimits) {
    std::filesystem::create_directory(stick());
    options.attachment_reserve_bytes = 0;
    store.reset();
    open();
  }
  [[nodiscard]] std::string stick() const { return folder / "stick"; }
  ExportReport export_now() {
    ExportReport out;
    const Status done = sync::export_bundles(stick(), *store, device_key, courier, env, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  ImportReport import_now() {
    ImportReport out;
    const Status done = sync::import_files(stick(), *store, device_key, courier, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  std::vector<std::string> on_stick() {
    std::vector<std::string> names;
    for (const FoundFile& file : stick_files(stick())) names.push_back(file.name);
    return names;
  }
  wire::BlobId attach(std::size_t bytes) {
    Bytes content(bytes);
    env.fill_random(content);
    REQUIRE(store->attach({last_ticket, MediaKind::kPhoto, content, {}}));
    return store->parts_for_stick(std::nullopt, limits::kBundleRawBytes).value().parts.at(0).blob;
  }
  [[nodiscard]] std::string database() const { return folder / "journal.db"; }
  void open() {
    auto opened = Store::open(options, env);
    REQUIRE(opened);
    store = *std::move(opened);
    engine = std::make_unique<sync::SyncEngine>(*store, centre, device_key, env);
  }
  // The disk of this moment comes back after `what` happened.
  template <typename Happening>
  void restore_from_before(const Happening& what) {
    store.reset();
    const std::string copy = folder / "yesterday";
    std::filesystem::copy_file(database(), copy);
    open();
    what();
    store.reset();
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(database() + suffix);
    std::filesystem::copy_file(copy, database(), std::filesystem::copy_options::overwrite_existing);
    open();
  }
  [[nodiscard]] ExportState exported() { return store->export_state().value(); }

  StickCentre desk;
  Courier courier;
};

// A file of another kiosk.
wire::StickFile strangers_bundle(StickWorld& world, std::uint32_t device, std::size_t bytes = 300) {
  wire::Call call;
  call.header.device = DeviceId{device};
  call.header.epoch = Epoch{5};
  call.records.push_back({Bytes(bytes, 1), {}});
  const auto key = crypto::SigningKey::generate(world.env);
  const auto file = wire::encode_bundle(call, key, FakeCentre::box().public_key(), world.env);
  REQUIRE(file);
  return wire::read_stick_file(*file).value();
}

wire::StickFile strangers_ack(StickWorld& world, std::uint32_t device, std::uint64_t version,
                              const crypto::SigningKey& signer) {
  wire::Ack ack;
  ack.device = DeviceId{device};
  ack.version = version;
  const auto other = crypto::SigningKey::generate(world.env);
  const auto file = wire::encode_ack(ack, {signer, FakeCentre::box(), other.verify_key()}, world.env);
  REQUIRE(file);
  return wire::read_stick_file(*file).value();
}

void put_on_stick(StickWorld& world, const wire::StickFile& file, const std::string& name) {
  REQUIRE(write_and_verify(world.stick(), name, wire::encode_stick_file(file)));
}

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

TEST_CASE("a forged ACK and one for another key are refused by name") {
  StickWorld world;
  world.file(1);
  const auto forger = crypto::SigningKey::generate(world.env);
  put_on_stick(world, strangers_ack(world, 17, 9, forger), "ACK-17-9.kb");
  put_on_stick(world, strangers_ack(world, 17, 8, world.desk.key()), "ACK-17-8.kb");
  const ImportReport report = world.import_now();
  REQUIRE(report.files.size() == 2);
  for (const sync::ImportedFile& file : report.files) {
    CHECK(file.refused());
    CHECK(file.result == "wrong_signature");
  }
  CHECK(world.exported().ack_version == 0);
}

TEST_CASE("what is no file of a kiosk, or damaged beyond help, is refused by name and the rest is taken") {
  StickWorld world;
  world.file(1);
  world.export_now();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  REQUIRE(write_file_durably(world.stick() + "/holiday.kb", as_bytes("no such thing"), FileMode::kPublic));
  REQUIRE(write_file_durably(world.stick() + "/large.kb", Bytes(5'000'000, 1), FileMode::kPublic));
  std::filesystem::create_symlink("/etc/passwd", world.stick() + "/link.kb");
  std::filesystem::create_directory(world.stick() + "/folder.kb");
  const ImportReport report = world.import_now();
  std::map<std::string, std::string> results;
  for (const sync::ImportedFile& file : report.files) results[file.name] = file.result;
  CHECK(results.size() == 4);
  CHECK(results["holiday.kb"] == "damaged");
  CHECK(results["large.kb"] == "too_large");
  CHECK(results["ACK-17-1.kb"] == "taken");
}

TEST_CASE("others' bundles are carried to the centre and their ACKs back, and nothing is kept of what is done") {
  StickWorld world;
  const wire::StickFile theirs = strangers_bundle(world, 21);
  put_on_stick(world, theirs, "renamed by hand.kb");
  CHECK(world.import_now().files[0].result == "carried");
  CHECK(world.import_now().files[0].result == "had");
  CHECK(world.courier.waiting_bundles() == 1);

  struct Link final : sync::Transport {
    Result<sync::HttpResponse> post(const std::string& path, ByteView body) override {
      seen = path;
      sent.assign(body.begin(), body.end());
      return response;
    }
    void use_fresh_connection() override {}
    void cancel() override {}
    std::string seen;
    Bytes sent;
    sync::HttpResponse response;
  } link;
  const auto answer = [&](int status, const std::string& name) {
    const std::string json = R"({"error":")" + name + R"(","message":"no"})";
    link.response.status = status;
    link.response.body.assign(json.begin(), json.end());
  };
  sync::ForwardReport report;
  answer(409, "gap");
  CHECK(world.courier.forward(link, report));
  CHECK(report.waiting == 1);
  link.seen.clear();
  CHECK(world.courier.forward(link, report));
  CHECK(link.seen.empty());  // the centre has said so already
  world.courier.ask_again();
  answer(503, "storage_full");
  CHECK_FALSE(world.courier.forward(link, report));
  link.response.status = 200;
  link.response.body = {1, 2, 3};
  CHECK_FALSE(world.courier.forward(link, report));
  CHECK(world.courier.waiting_bundles() == 1);

  link.response.body = wire::encode_stick_file(strangers_ack(world, 21, 3, world.desk.key()));
  CHECK(world.courier.forward(link, report));
  CHECK(report.forwarded == 1);
  CHECK(link.seen == "/v1/bundle");
  CHECK(link.sent == wire::encode_stick_file(theirs));
  CHECK(world.courier.waiting_bundles() == 0);
  world.file(1);
  const ExportReport exported = world.export_now();
  CHECK(exported.acks == std::vector<std::string>{"ACK-21-3.kb"});
  CHECK(world.export_now().acks.empty());

  CHECK(world.courier.keep_bundle(strangers_bundle(world, 22)) == Kept::kNew);
  answer(401, "wrong_signature");
  CHECK(world.courier.forward(link, report));
  CHECK(report.refused == 1);
  CHECK(world.courier.waiting_bundles() == 0);
}

TEST_CASE("a courier keeps the newest ACK of each kiosk, and none that the centre did not sign") {
  StickWorld world;
  const auto forger = crypto::SigningKey::generate(world.env);
  CHECK_FALSE(world.courier.keep_ack(strangers_ack(world, 21, 9, forger)));
  CHECK(world.courier.keep_ack(strangers_ack(world, 21, 3, world.desk.key())) == Kept::kNew);
  CHECK(world.courier.keep_ack(strangers_ack(world, 21, 2, world.desk.key())) == Kept::kHad);
  CHECK(world.courier.keep_ack(strangers_ack(world, 22, 1, world.desk.key())) == Kept::kNew);
  CHECK(world.courier.keep_ack(strangers_ack(world, 21, 5, world.desk.key())) == Kept::kNew);
  const auto acks = world.courier.acks();
  REQUIRE(acks);
  REQUIRE(acks->size() == 2);
  CHECK(acks->at(0).version == 5);
}

TEST_CASE("where others' files cannot be kept the kiosk's own ACK is taken all the same") {
  StickWorld world;
  world.file(3);
  world.export_now();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(7));
  put_on_stick(world, strangers_bundle(world, 21), "0-first.kb");
  REQUIRE(write_file_durably(world.folder / "courier", Bytes(1, 1), FileMode::kPrivate));  // where its folder should be
  ImportReport report;
  CHECK_FALSE(sync::import_files(world.stick(), *world.store, world.device_key, world.courier, report));
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("a courier leaves the disk's last space to its own kiosk") {
  StickWorld world;
  Courier full(world.folder / "full", DeviceId{17}, {world.desk.verify_key()}, {1'000'000, 100, 1ULL << 60});
  const auto kept = full.keep_bundle(strangers_bundle(world, 21));
  REQUIRE_FALSE(kept);
  CHECK(kept.error().code == ErrorCode::kTooLarge);
  CHECK(full.keep_ack(strangers_ack(world, 21, 3, world.desk.key())) == Kept::kNew);  // small, and it frees space
}

TEST_CASE("a courier takes no more than its limits, and says so") {
  StickWorld world;
  Courier few(world.folder / "few", DeviceId{17}, {world.desk.verify_key()}, {1'000'000, 2, 0});
  CHECK(few.keep_bundle(strangers_bundle(world, 21)) == Kept::kNew);
  CHECK(few.keep_bundle(strangers_bundle(world, 22)) == Kept::kNew);
  const auto third = few.keep_bundle(strangers_bundle(world, 23));
  REQUIRE_FALSE(third);
  CHECK(third.error().code == ErrorCode::kTooLarge);
  // An ACK of the centre has room all the same, or what it answers could never be let go.
  CHECK(few.keep_ack(strangers_ack(world, 21, 3, world.desk.key())) == Kept::kNew);
  Courier small(world.folder / "small", DeviceId{17}, {world.desk.verify_key()}, {20'000, 100, 0});
  CHECK(small.keep_bundle(strangers_bundle(world, 21)) == Kept::kNew);
  CHECK_FALSE(small.keep_bundle(strangers_bundle(world, 22)));
}

TEST_CASE("the files of two that claim the same range are both carried") {
  StickWorld world;
  CHECK(world.courier.keep_bundle(strangers_bundle(world, 21)) == Kept::kNew);
  CHECK(world.courier.keep_bundle(strangers_bundle(world, 21)) == Kept::kNew);  // another key made it
  CHECK(world.courier.waiting_bundles() == 2);
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
