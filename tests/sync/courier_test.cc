// What is on a stick and not of this kiosk: others' files are carried and never read, what is no good is refused by
// name.
#include "tests/sync/stick_world.h"

namespace mimika::test {
namespace {

using sync::Courier;
using sync::ExportReport;
using sync::ImportReport;
using sync::Kept;

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
  CHECK(world.refused_of_sticks() == std::map<std::string, std::uint64_t>{{"wrong_signature", 2}});
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
  CHECK(world.refused_of_sticks() == std::map<std::string, std::uint64_t>{{"damaged", 1}, {"too_large", 1}});
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
  using Refused = std::vector<std::pair<RefusedWhat, std::string>>;
  CHECK(report.refusals == Refused{{RefusedWhat::kAnswer, "no_ack"}});
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
  CHECK(report.refusals.back() == std::pair{RefusedWhat::kCarriedBundle, std::string("wrong_signature")});
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

}  // namespace
}  // namespace mimika::test
