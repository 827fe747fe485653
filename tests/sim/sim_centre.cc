#include "tests/sim/sim_centre.h"

#include "sync/central/ingest/enrolment.h"

namespace mimika::sim {
namespace {

crypto::SecretBytes random_seed(Env& env) {
  crypto::SecretBytes seed(crypto::kSeedBytes);
  env.fill_random(seed.span());
  return seed;
}

}  // namespace

SimCentre::SimCentre(Universe& universe, const Catalogue& catalogue)
    : env(universe, 1'000'000), universe_(universe), catalogue_(catalogue), folder_(universe.folder / "centre") {
  keys.signing = crypto::SigningKey::from_seed(random_seed(env));
  keys.box = crypto::BoxKey::from_seed(random_seed(env));
}

bool SimCentre::start() {
  // The folder by hand: making a certificate authority takes longer than a simulated year, and no TLS is spoken.
  central::DataFolder data;
  data.path = folder_;
  data.keys.signing = crypto::SigningKey::from_seed(keys.signing.seed());
  data.keys.box = crypto::BoxKey::from_seed(keys.box.seed());
  const Status prepared = central::prepare_sqlite(data.database_path(), [](bool) { return Status{}; });
  const std::string path = data.database_path();
  if (!prepared) return false;
  auto site = central::CentralSite::open(env, std::move(data), catalogue_);
  if (!site) return false;
  auto pool = central::DatabasePool::open(path, 1);
  if (!pool) return false;
  site_ = *std::move(site);
  pool_ = *std::move(pool);
  return true;
}

void SimCentre::stop() {
  pool_.reset();
  site_.reset();
}

std::optional<central::http::Response> SimCentre::post(const std::string& path, ByteView body) {
  if (!up()) return std::nullopt;
  central::http::Request request;
  request.method = central::http::Method::kPost;
  request.path = path;
  request.body = std::string(as_text(body));
  if (request.body.size() > site_->body_limit(request.method, path)) return site_->refuse(413, "too_large", path);
  auto response = site_->handle(request);
  settle();
  if (!up()) return std::nullopt;
  return response;
}

void SimCentre::post_cut(const std::string& path, ByteView beginning) {
  if (!up()) return;
  central::http::Request request;
  request.method = central::http::Method::kPost;
  request.path = path;
  // Where a body is only looked at when it is whole, nothing has happened.
  if (const auto sink = site_->sink_for(request)) {
    const std::size_t first = universe_.rng.below(beginning.size() + 1);
    if (sink->take(as_text(beginning.first(first)))) {
      static_cast<void>(sink->take(as_text(beginning.subspan(first))));
    }
  }
  settle();
}

std::optional<Result<central::StickReport>> SimCentre::take_stick(const std::string& folder) {
  if (!up()) return std::nullopt;
  auto taken = with_database([&](central::Database& database) {
    return central::take_stick(env, keys, catalogue_, folder_ + "/blobs", database, folder, central::Acks::kWrite);
  });
  settle();
  if (!up()) return std::nullopt;
  return taken;
}

void SimCentre::settle() {
  if (!universe_.disks.stopped(folder_)) return;
  stop();
  if (crash_ == Crash::kPowerCut) {
    universe_.disks.lose_unsynced(folder_, test::Unsynced::kDiced, universe_.rng.next());
    env.reboot();
  }
  universe_.disks.clear(folder_);
  up_again_ms = universe_.now_ms + static_cast<std::int64_t>(universe_.rng.below(6 * kHourMs));
  universe_.trace.say("  the centre goes down ({})", crash_ == Crash::kPowerCut ? "power" : "killed");
  universe_.count(crash_ == Crash::kPowerCut ? "centre power cuts" : "centre kills");
}

wire::EnrolmentTicket SimCentre::order(const DistrictCode& district) {
  return with_database([&](central::Database& database) {
    central::EnrolmentOrder order;
    order.district = district;
    order.url = "https://centre.example";
    central::DataFolder data;
    data.path = folder_;
    data.keys.signing = crypto::SigningKey::from_seed(keys.signing.seed());
    data.keys.box = crypto::BoxKey::from_seed(keys.box.seed());
    auto ticket = central::order_enrolment(database, env, data, catalogue_, order);
    if (!ticket) universe_.violated("harness", ticket.error().message);
    return *std::move(ticket);
  });
}

central::TicketActions SimCentre::officers() {
  return {env, keys, catalogue_};
}

void SimCentre::back_up() {
  backup_ = universe_.disks.image(folder_);
}

void SimCentre::restore_backup() {
  stop();
  universe_.disks.restore(folder_, *backup_);
  universe_.disks.clear(folder_);
  full = false;
  env.reboot();
  ++restored;
}

void SimCentre::fail_at(std::uint64_t nth, Crash crash) {
  crash_ = crash;
  universe_.disks.fail_at(folder_, nth, test::Fault::kPowerCut);
}

void SimCentre::fail_at(std::uint64_t nth, test::Fault fault) {
  universe_.disks.fail_at(folder_, nth, fault);
}

}  // namespace mimika::sim
