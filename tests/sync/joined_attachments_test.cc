// Attachments from a real kiosk's store to a real centre, over a link that breaks.
#include <random>

#include "kiosk/base/files.h"
#include "kiosk/base/part_file.h"
#include "kiosk/crypto/attachment.h"
#include "sync/central/cli/verify.h"
#include "sync/central/projection/private_part.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"
#include "tests/support/small_disk.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::JoinedWorld;

// What the centre has of an attachment, opened with the key of its private part.
Bytes opened_at_centre(JoinedWorld& world, const EventKey& key, crypto::AttachmentPart part) {
  auto& database = world.centre.database();
  const auto stored = central::find_event(database, key).value();
  REQUIRE(stored);
  const Event event = wire::decode_event(key, stored->event).value();
  const auto opened = central::open_private_part(database, world.centre.keys(), event, stored->sealed);
  REQUIRE(opened);
  const auto& added = std::get<AttachmentAdded>(event.payload);
  const BlobRef& ref = part == crypto::AttachmentPart::kContent ? added.content : added.preview.value();
  const auto row = central::find_blob(database, wire::BlobId{ref.id}).value();
  REQUIRE(row);
  const auto sealed = central::BlobFiles(world.centre.folder.blobs_path()).read(*row);
  if (!sealed) FAIL(sealed.error().message);
  const auto secret = crypto::SecretBytes::copy_of(opened->part().attachment_key);
  return crypto::open_attachment(secret, part, added.ticket, *sealed).value();
}

TEST_CASE("a photo and its preview arrive whole and open only with the key of the private part", "[joined]") {
  JoinedWorld world;
  const TicketId ticket = world.file();
  const Bytes photo = world.noise(300'000);
  const Bytes preview = world.noise(5'000);
  const EventKey key = world.attach(ticket, photo, preview);
  CHECK(world.status().unsent_blobs == 2);
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.status().unsent_events == 0);
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent) == photo);
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kPreview) == preview);
  CHECK(world.refused("blob_leaf_again") == 0);
  CHECK(world.store->verify());
}

TEST_CASE("nothing on the kiosk's disk is the photo in the clear", "[joined]") {
  JoinedWorld world;
  const Bytes photo(20'000, 'x');
  world.attach(world.file(), photo);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(world.folder / "blobs")) {
    const Bytes content = read_file(file.path().string(), limits::kMiB).value();
    CHECK(std::string(as_text(content)).find("xxxxxxxx") == std::string::npos);
    ++files;
  }
  CHECK(files == 1);
}

TEST_CASE("previews go before photos and text before both", "[joined]") {
  JoinedWorld world;
  world.attach(world.file(), world.noise(100'000), world.noise(3'000));
  world.attach(world.file(), world.noise(100'000), world.noise(3'000));
  const auto parts = world.store->outgoing_parts({30'000, 4}).value();
  REQUIRE(parts.size() >= 3);
  CHECK(parts[0].content.size() < 4'000);
  CHECK(parts[1].content.size() < 4'000);
  CHECK(parts[2].content.size() > 4'000);
  // A new text in between goes up in the next call, whatever of the photos still waits.
  world.open();
  world.link.cut_after = [](std::uint64_t bytes) { return bytes; };
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
}

TEST_CASE("an answer that is lost makes nothing go twice", "[joined]") {
  JoinedWorld world;
  const Bytes photo = world.noise(200'000);
  const EventKey key = world.attach(world.file(), photo);
  for (int i = 0; i < 60 && world.status().unsent_blobs > 0; ++i) {
    world.link.lose_answers = i % 2 == 0 ? 1 : 0;
    static_cast<void>(world.round());
  }
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.refused("blob_leaf_again") == 0);
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent) == photo);
}

TEST_CASE("a kiosk that is restarted after a lost answer asks before it sends again", "[joined]") {
  JoinedWorld world;
  world.attach(world.file(), world.noise(150'000));
  world.link.lose_answers = 1;
  CHECK_FALSE(world.round());
  for (int i = 0; i < 20 && world.status().unsent_blobs > 0; ++i) {
    world.open();
    world.link.lose_answers = 1;
    static_cast<void>(world.round());
    world.open();
    static_cast<void>(world.round());
  }
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.refused("blob_leaf_again") == 0);
}

TEST_CASE("over a link cut at random every photo arrives and less than one percent is sent again", "[joined]") {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    JoinedWorld world;
    std::mt19937 dice(seed);
    std::vector<std::pair<EventKey, Bytes>> photos;
    for (int i = 0; i < 3; ++i) {
      Bytes photo = world.noise(250'000);
      const EventKey key = world.attach(world.file(), photo, world.noise(4'000));
      photos.emplace_back(key, std::move(photo));
    }
    world.link.cut_after = [&](std::uint64_t bytes) {
      const std::uint64_t at = dice() % 120'000;
      return dice() % 2 == 0 ? bytes : at;
    };
    int rounds = 0;
    for (; rounds < 400 && world.status().unsent_blobs > 0; ++rounds) {
      world.link.lose_answers = dice() % 4 == 0 ? 1 : 0;
      static_cast<void>(world.round());
    }
    INFO("seed " << seed << ", " << rounds << " rounds, " << world.link.bytes_up << " bytes up");
    CHECK(world.status().unsent_blobs == 0);
    for (const auto& [key, photo] : photos) {
      CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent) == photo);
    }
    const std::uint64_t again = static_cast<std::uint64_t>(world.refused("blob_leaf_again")) * wire::kLeafBytes;
    const std::uint64_t content = 3 * 254'000;
    CHECK(again * 100 < content);
  }
}

TEST_CASE("a call cut at each of its frames loses no more than that frame", "[joined]") {
  for (std::uint64_t cut = 100; cut < 60'000; cut += 1'777) {
    JoinedWorld world;
    world.attach(world.file(), world.noise(40'000), world.noise(2'000));
    REQUIRE(world.round() == true);
    world.attach(world.file(), world.noise(40'000));
    bool once = true;
    world.link.cut_after = [&](std::uint64_t bytes) { return std::exchange(once, false) ? cut : bytes; };
    static_cast<void>(world.round());
    REQUIRE(world.round());
    CHECK(world.status().unsent_blobs == 0);
    CHECK(world.refused("blob_leaf_again") == 0);
  }
}

TEST_CASE("a disk without more than the reserve takes text and no attachment", "[joined]") {
  JoinedWorld world;
  world.options.attachment_reserve_bytes = std::uint64_t{1} << 60;
  world.open();
  const TicketId ticket = world.file();
  const auto refused = world.store->attach({ticket, MediaKind::kPhoto, Bytes(1000, 1), {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kStorageFull);
  static_cast<void>(world.file());
  CHECK_FALSE(std::filesystem::exists(world.folder / "blobs"));
}

TEST_CASE("a disk that fills up while an attachment is written keeps nothing of it and goes on with text", "[joined]") {
  test::SmallDisk disk("1m");
  if (!disk.mounted()) {
    WARN("this test needs the right to mount");
    return;
  }
  JoinedWorld world;
  world.options.folder = disk / "journal";
  world.open();
  const TicketId ticket = world.file();
  const auto refused = world.store->attach({ticket, MediaKind::kPhoto, world.noise(2'000'000), {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kStorageFull);
  CHECK_FALSE(std::filesystem::exists(disk / "journal/blobs"));
  // Room for the file and none for the event that names it.
  const std::uint64_t free = free_bytes(disk.path()).value();
  const auto second = world.store->attach({ticket, MediaKind::kPhoto, world.noise(free - 4'096), {}});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kStorageFull);
  CHECK(std::filesystem::is_empty(disk / "journal/blobs"));
  CHECK(world.status().unsent_blobs == 0);
  static_cast<void>(world.file("Masih bisa menulis."));
  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.store->verify());
}

TEST_CASE("a centre whose disk takes no attachments takes text and gets them later", "[joined]") {
  JoinedWorld world;
  const std::string blobs = world.centre.folder.blobs_path();
  REQUIRE(write_file_durably(blobs, Bytes(1, 1), FileMode::kPrivate));  // a file where the folder should be
  const EventKey key = world.attach(world.file(), world.noise(20'000));
  REQUIRE(world.round());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.status().unsent_blobs == 1);
  CHECK(world.refused("blob_storage") > 0);
  std::filesystem::remove(blobs);
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent).size() == 20'000);
}

TEST_CASE("a centre put back from a backup gets again what it lost", "[joined]") {
  JoinedWorld world;
  const EventKey key = world.attach(world.file(), world.noise(20'000));
  REQUIRE(world.round());
  REQUIRE(world.status().unsent_blobs == 0);
  REQUIRE(world.centre.database().execute("UPDATE blob SET held = $1, manifest = $1, complete = 0", {Bytes()}));
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent).size() == 20'000);
}

TEST_CASE("an attachment damaged at the centre is found, asked for again and comes again", "[joined]") {
  JoinedWorld world;
  const EventKey key = world.attach(world.file(), world.noise(20'000));
  REQUIRE(world.round());
  auto& database = world.centre.database();
  const std::string folder = world.centre.folder.blobs_path();
  central::VerifyReport report;
  REQUIRE(central::verify_attachments(database, folder, report));
  CHECK(report.attachments == 1);
  CHECK(report.problems.empty());

  const auto blob = central::complete_blobs(database).value().at(0);
  const std::string id = wire::to_string(blob.id);
  const std::string path = folder + "/" + id.substr(0, 2) + "/" + id;
  Bytes content = read_file(path, limits::kMiB).value();
  content[7'000] ^= 1;
  REQUIRE(write_file_durably(path, content, FileMode::kPrivate));
  report = {};
  REQUIRE(central::verify_attachments(database, folder, report));
  REQUIRE(report.damaged.size() == 1);
  CHECK(report.problems.size() == 1);

  REQUIRE(central::in_transaction(database, [&] { return central::forget_leaves(database, report.damaged[0]); }));
  for (int i = 0; i < 3; ++i) REQUIRE(world.round());
  CHECK(opened_at_centre(world, key, crypto::AttachmentPart::kContent).size() == 20'000);
  CHECK(world.status().unsent_blobs == 0);
}

TEST_CASE("an attachment over a limit, or of no ticket here, is refused and leaves nothing", "[joined]") {
  JoinedWorld world;
  const TicketId ticket = world.file();
  const auto attach = [&](const TicketId& to, std::size_t bytes) {
    const auto done = world.store->attach({to, MediaKind::kPhoto, Bytes(bytes, 7), {}});
    return done ? std::string("taken") : std::string(error_code_name(done.error().code));
  };
  CHECK(attach(ticket, 0) == "invalid_input");
  CHECK(attach(ticket, limits::kAttachmentBytes + 1) == "too_large");
  CHECK(attach({ticket.device, ticket.epoch, Seq{999}}, 10) == "not_found");
  for (std::size_t i = 0; i < limits::kAttachmentsPerTicket; ++i) CHECK(attach(ticket, 10 + i) == "taken");
  CHECK(attach(ticket, 10) == "too_large");
  CHECK(world.status().unsent_blobs == limits::kAttachmentsPerTicket);
}

TEST_CASE("files that no event names are gone after the next start", "[joined]") {
  JoinedWorld world;
  world.attach(world.file(), world.noise(1'000));
  REQUIRE(write_file_durably(world.folder / "blobs/0123", Bytes(10, 1), FileMode::kPrivate));
  world.open();
  CHECK_FALSE(std::filesystem::exists(world.folder / "blobs/0123"));
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
}

TEST_CASE("a file damaged on the kiosk is set aside and the rest flows", "[joined]") {
  JoinedWorld world;
  world.attach(world.file(), world.noise(9'000));
  const auto damaged = std::filesystem::directory_iterator(world.folder / "blobs")->path().string();
  REQUIRE(write_file_durably(damaged, Bytes(9'016, 0), FileMode::kPrivate));
  world.attach(world.file(), world.noise(9'000));
  REQUIRE(world.round());
  CHECK(world.status().unsent_blobs == 0);
  CHECK(world.status().refused_blobs == 1);
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("the centre refuses foreign, wrong and oversized parts by name and keeps the rest", "[joined]") {
  JoinedWorld world;
  world.attach(world.file(), world.noise(30'000));
  const auto parts = world.store->outgoing_parts({100'000, 4}).value();
  REQUIRE(parts.size() == 2);
  auto& database = world.centre.database();
  const central::BlobFiles files(world.centre.folder.blobs_path());
  central::BlobTaker unknown(files, world.options.identity.device);
  unknown.take(database, parts);
  CHECK(unknown.take_refused().at("blob_unknown") == parts.size());  // no event has named it yet

  world.link.lose_answers = 1;
  world.link.cut_after = [](std::uint64_t) { return 900; };  // the events alone
  static_cast<void>(world.round());
  REQUIRE(central::find_blob(database, parts[0].blob).value());

  central::BlobTaker stranger(files, DeviceId{world.options.identity.device.value + 1});
  stranger.take(database, parts);
  CHECK(stranger.take_refused().at("blob_unknown") == parts.size());

  central::BlobTaker taker(files, world.options.identity.device);
  wire::BlobPart early = parts[1];
  wire::BlobPart wrong = parts[0];
  wrong.content[0] ^= 1;
  wire::BlobPart beyond = parts[0];
  beyond.first_leaf = 4'000'000;
  wire::BlobPart large = parts[0];
  large.content.resize(5 * wire::kLeafBytes);
  wire::BlobPart other_manifest = parts[0];
  other_manifest.manifest[0] ^= 1;
  taker.take(database, {early, other_manifest, wrong, beyond, large});
  const auto refused = taker.take_refused();
  CHECK(refused.at("blob_without_manifest") == 1);
  CHECK(refused.at("blob_manifest") == 1);
  CHECK(refused.at("blob_leaf") == 2);
  CHECK(refused.at("blob_part_too_large") == 1);
  taker.take(database, {parts[0], parts[0], parts[1]});
  CHECK(central::find_blob(database, parts[0].blob).value()->complete);
  CHECK(taker.take_refused().at("blob_leaf_again") > 0);
}

}  // namespace
}  // namespace mimika
