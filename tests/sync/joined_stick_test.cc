// A real kiosk and a real centre with nothing between them but a stick.
#include <filesystem>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/stick_folder.h"
#include "sync/central/cli/stick.h"
#include "sync/central/cli/verify.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/documents.h"
#include "sync/central/workflow/policy.h"
#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

struct StickWorld : test::JoinedWorld {
  StickWorld() { std::filesystem::create_directory(stick()); }

  [[nodiscard]] std::string stick() const { return folder / "stick"; }

  sync::ExportReport export_now() {
    sync::ExportReport out;
    const Status done = sync::export_bundles(stick(), *store, person.key, courier, centre.env, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  sync::ImportReport import_now() {
    sync::ImportReport out;
    const Status done = sync::import_files(stick(), *store, person.key, courier, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  central::StickReport centre_takes() {
    auto taken =
        central::import_stick(centre.env, centre.folder.path, centre.catalogue, stick(), central::Acks::kWrite);
    if (!taken) FAIL(taken.error().message);
    return *std::move(taken);
  }
  // There and back; a minute each way.
  void carry() {
    export_now();
    centre.env.advance_ms(60'000);
    const central::StickReport taken = centre_takes();
    INFO(taken.text);
    CHECK(taken.refused == 0);
    centre.env.advance_ms(60'000);
    for (const sync::ImportedFile& file : import_now().files) {
      INFO(file.name << ": " << file.result << " " << file.message);
      CHECK_FALSE(file.refused());
    }
  }
  void require_all_arrived() {
    CHECK(status().unsent_events == 0);
    CHECK(status().unsent_blobs == 0);
    CHECK(status().refused_blobs == 0);
    CHECK(store->verify());
    const auto found = central::verify_database(centre.database(), centre.keys());
    REQUIRE(found);
    CHECK(found->problems.empty());
  }
  [[nodiscard]] std::size_t complete_at_centre() {
    const auto blobs = central::newest_blobs(centre.database(), person.device, 1000).value();
    const auto missing = central::missing_blobs(centre.database(), person.device, 1000).value();
    return blobs.size() - missing.size();
  }

  sync::Courier courier{
      folder / "courier", person.device, {centre.keys().signing.verify_key()}, {64 * limits::kMiB, 500, 0}};
};

TEST_CASE("by stick alone comes all that a call would bring: text, photos, documents, policy", "[joined]") {
  StickWorld world;
  auto& database = world.centre.database();
  const Bytes catalogue = world.noise(90'000);
  REQUIRE(central::in_transaction(database, [&] {
    return central::publish_document(database, wire::DocumentKind::kCatalogue, DistrictCode{}, catalogue,
                                     world.centre.env.wall_ms());
  }));
  REQUIRE(central::change_policy(database, world.centre.env, world.centre.keys(),
                                 [](wire::Policy& policy) { policy.staff_days = 12; }));
  for (int i = 0; i < 3; ++i) world.attach(world.file(), world.noise(200'000), world.noise(4'000));

  world.carry();

  world.require_all_arrived();
  CHECK(world.complete_at_centre() == 6);
  const auto document = world.store->document(wire::DocumentKind::kCatalogue).value();
  REQUIRE(document);
  CHECK(document->content == catalogue);
  const auto policy = world.store->policy().value();
  REQUIRE(policy);
  CHECK(policy->staff_days == 12);
  CHECK(world.status().last_contact_ms.has_value());
  CHECK(world.link.calls == 0);
}

TEST_CASE("attachments that lie on the stick are not written twice and go when they have arrived", "[joined]") {
  StickWorld world;
  for (int i = 0; i < 4; ++i) world.attach(world.file(), world.noise(1'500'000));
  const auto first = world.export_now();
  const auto with_parts = [](const sync::ExportReport& report) {
    return std::ranges::count_if(report.bundles, [](const auto& file) { return file.parts > 0; });
  };
  const auto written = [](const sync::ExportReport& report) {
    return std::ranges::count_if(report.bundles, [](const auto& file) { return file.written; });
  };
  CHECK(with_parts(first) >= 2);
  CHECK(written(first) == static_cast<std::ptrdiff_t>(first.bundles.size()));
  const auto second = world.export_now();
  CHECK(second.bundles.size() == first.bundles.size());
  CHECK(written(second) == 0);

  world.centre_takes();
  CHECK(world.complete_at_centre() == 4);
  world.centre.env.advance_ms(60'000);
  world.import_now();
  const auto third = world.export_now();
  CHECK(third.removed.size() >= first.bundles.size());
  world.require_all_arrived();
}

TEST_CASE("what left on a stick is asked about over the link before it is sent there as well", "[joined]") {
  StickWorld world;
  const Bytes photo = world.noise(400'000);
  world.attach(world.file(), photo);
  world.export_now();
  world.centre_takes();  // and the ACK does not come back
  REQUIRE(world.round());
  world.require_all_arrived();
  CHECK(world.link.bytes_up < photo.size() / 20);
  CHECK(world.refused("blob_leaf_again") == 0);
}

TEST_CASE("a stick that never arrives costs one question and then everything goes over the link", "[joined]") {
  StickWorld world;
  world.attach(world.file(), world.noise(100'000));
  world.export_now();
  std::filesystem::remove_all(world.stick());
  while (world.status().unsent_blobs > 0 && world.link.calls < 50) REQUIRE(world.round());
  world.require_all_arrived();
  CHECK(world.complete_at_centre() == 1);
}

TEST_CASE("photos before the events that name them are refused by name and taken after them", "[joined]") {
  StickWorld world;
  world.attach(world.file(), world.noise(50'000));
  const auto report = world.export_now();
  REQUIRE(report.bundles.size() == 2);
  const std::string& text = world.stick() + "/" + report.bundles[0].name;
  std::filesystem::rename(text, world.folder / "kept");
  CHECK(world.centre_takes().text.find("gap") != std::string::npos);
  CHECK(world.complete_at_centre() == 0);
  std::filesystem::rename(world.folder / "kept", text);
  CHECK(world.centre_takes().refused == 0);
  CHECK(world.complete_at_centre() == 1);
}

TEST_CASE("a kiosk without a link hears by stick of other keys and seals to them from then on", "[joined]") {
  StickWorld world;
  world.file("Sebelum kunci berganti.");
  world.export_now();
  const auto before = world.centre.keys().box.public_key();
  REQUIRE(central::renew_keys(world.centre.database(), world.centre.env, world.centre.folder));
  REQUIRE(world.centre.keys().box.public_key() != before);
  world.centre.env.advance_ms(60'000);
  CHECK(world.centre_takes().refused == 0);  // sealed to the key of before
  world.centre.env.advance_ms(60'000);
  for (const auto& file : world.import_now().files) CHECK_FALSE(file.refused());
  CHECK(world.status().unsent_events == 0);
  CHECK(world.store->centre_keys().value().box_key == world.centre.keys().box.public_key());

  world.file("Sesudahnya.");
  world.carry();
  world.require_all_arrived();
  const auto device = central::find_device(world.centre.database(), world.person.device).value();
  REQUIRE(device);
  CHECK(device->policy_version == 1);
}

TEST_CASE("by stick alone a former life is known to have arrived, though the centre has more of it", "[joined]") {
  StickWorld world;
  const TicketId ticket = world.file();
  world.attach(ticket, world.noise(500));
  const bool ack_of_before = GENERATE(false, true);
  world.restore_from_before(StickWorld::Back::kDatabase, [&] {
    world.attach(world.file(), world.noise(500));
    world.export_now();
    world.centre_takes();  // its ACK knows nothing of what follows
  });
  if (ack_of_before) world.import_now();
  CHECK(world.status().disputed_events == 0);
  std::filesystem::remove_all(world.stick());
  std::filesystem::create_directory(world.stick());
  world.carry();
  world.require_all_arrived();
  CHECK(world.status().disputed_events == 0);
}

TEST_CASE("an ACK of before a call takes nothing back that the call brought", "[joined]") {
  StickWorld world;
  world.attach(world.file(), world.noise(30'000));
  world.export_now();
  // The desk reads text and photo, but writes its ACK for a stick that travels slowly.
  world.centre_takes();
  world.file("Yang berikut.");
  world.attach(world.file(), world.noise(30'000));
  world.centre.env.advance_ms(60'000);
  while (world.status().unsent_blobs > 0 && world.link.calls < 50) REQUIRE(world.round());
  const auto events = world.status().events;
  world.import_now();
  CHECK(world.status().events == events);
  world.require_all_arrived();
}

}  // namespace
}  // namespace mimika
