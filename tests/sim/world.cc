#include "tests/sim/world.h"

#include <algorithm>

#include "sync/client/enrol.h"
#include "sync/client/sync_runner.h"

namespace mimika::sim {
namespace {

constexpr std::size_t kKiosksPerDistrict = 8;  // nine numbers, and one is the liar's

}  // namespace

const Catalogue& sim_catalogue() {
  static const Catalogue catalogue = [] {
    auto loaded = load_catalogue(MIMIKA_SOURCE_ASSETS "/catalogue");
    if (!loaded) std::abort();
    return *std::move(loaded);
  }();
  return catalogue;
}

World::World(const Plan& plan, const RunOptions& options)
    : plan_(plan),
      options_(options),
      universe_(plan.seed),
      crypto_(universe_.rng),
      centre_(universe_, sim_catalogue()) {
  universe_.trace.listener = options.listener;
  if (!centre_.start()) universe_.violated("harness", "the centre does not start");
  receipt_ = crypto::BoxKey::generate(centre_.env).public_key();
  const auto& districts = sim_catalogue().districts;
  const std::size_t used = std::max<std::size_t>(std::min<std::size_t>(plan.districts, districts.size()),
                                                 (plan.kiosks + kKiosksPerDistrict - 1) / kKiosksPerDistrict);
  for (std::uint32_t i = 0; i < plan.kiosks; ++i) add_kiosk(enrol(districts.at(i % used).code));

  const KioskIdentity liar = enrol(districts.front().code);
  crypto::SecretBytes seed(liar.key_seed.size());
  std::copy(liar.key_seed.begin(), liar.key_seed.end(), seed.span().begin());
  liar_key_ = crypto::SigningKey::from_seed(seed);
  const StoreIdentity& who = liar.options.identity;
  liar_device_ = who.device;
  liar_.emplace(centre_.env, who.device, who.device_code, who.district, *liar_key_, centre_.keys.box.public_key());
}

KioskIdentity World::enrol(const DistrictCode& district) {
  const wire::EnrolmentTicket ticket = centre_.order(district);
  const crypto::SigningKey key = crypto::SigningKey::generate(centre_.env);
  const auto response = centre_.post("/v1/enrol", wire::encode_enrol_request(ticket.token, key));
  if (!response || response->status != 200) universe_.violated("harness", "a kiosk does not enrol");
  KioskIdentity identity;
  identity.options.identity = {ticket.device, ticket.device_code, ticket.district};
  identity.options.centre_key = ticket.centre_box_key;
  identity.options.office_key = ticket.office_box_key;
  identity.options.program_version = "sim";
  const ByteView seed = key.seed().view();
  identity.key_seed.assign(seed.begin(), seed.end());
  identity.enrolled_ms = universe_.now_ms;
  return identity;
}

void World::add_kiosk(const KioskIdentity& identity) {
  Seat seat;
  seat.network = std::make_unique<SimNetwork>(universe_, centre_);
  seat.network->planted = options_.planted;
  seat.kiosk = std::make_unique<SimKiosk>(universe_, seats_.size(), identity, centre_.keys.signing.verify_key(),
                                          plan_.poll_ms, *seat.network);
  seat.network->serve(*seat.kiosk);
  if (options_.planted == Planted::kDiskIgnoresSyncs) seat.kiosk->ignore_syncs();
  seat.kiosk->up_again_ms = universe_.now_ms;
  seats_.push_back(std::move(seat));
}

void World::switch_on(SimKiosk& kiosk) {
  if (kiosk.up()) return;
  const bool started = kiosk.start();
  universe_.trace.say("  {} {} {}", universe_.clock(), kiosk.name(),
                      started ? "starts" : "does not start: " + kiosk.why_not);
  if (started) {
    touched(kiosk);
    return;
  }
  // A disk in trouble may refuse; a sound one may not.
  if (!kiosk.repaired_ms && !kiosk.struck() && !kiosk.up_again_ms) {
    universe_.violated("starts", kiosk.name() + " does not start: " + kiosk.why_not);
  }
  kiosk.repair();
  kiosk.up_again_ms = universe_.now_ms + kHourMs;
}

void World::switch_on_centre() {
  const bool started = centre_.start();
  universe_.trace.say("  {} the centre {}", universe_.clock(), started ? "starts" : "does not start");
  if (!started) {
    centre_.stop();
    centre_.settle();
    centre_.fail_at(0, test::Fault::kNone);
    centre_.up_again_ms = universe_.now_ms + kHourMs;
    return;
  }
  check_centre();
}

void World::sync(SimKiosk& kiosk) {
  sync::SyncReport report;
  kiosk.schedule->started();
  const Status result = kiosk.engine().run(report);
  if (report.calls > sync::kCallsPerRound + 2) {
    universe_.violated("bounded", fmt::format("{} made {} calls in a round", kiosk.name(), report.calls));
  }
  kiosk.schedule->finished(sync::outcome_of(result, report), kiosk.env.monotonic_ms());
  universe_.trace.say(
      "  {} {} calls {}: {} arrived, {} of the feed{}{}", universe_.clock(), kiosk.name(), report.calls, report.arrived,
      report.feed_applied, report.more ? ", more" : "",
      result ? "" : fmt::format("; {}: {}", error_code_name(result.error().code), result.error().message));
  universe_.count(result ? "rounds" : "failed rounds");
  if (result) forward(kiosk);
  kiosk.settle();
  if (report.arrived > 0 || report.feed_applied > 0 || !result) touched(kiosk);
}

// The machine that has something to do first, and at the latest `until`.
bool World::next_due(WallMs until) {
  WallMs first = until;
  SimKiosk* who = nullptr;
  const bool centre_due = !centre_.up() && centre_.up_again_ms <= until;
  if (centre_due) first = centre_.up_again_ms;
  for (Seat& seat : seats_) {
    SimKiosk& kiosk = *seat.kiosk;
    std::optional<WallMs> due;
    if (kiosk.up()) {
      due = kiosk.env.true_time_of(kiosk.schedule->due_ms());
    } else {
      due = kiosk.up_again_ms;
    }
    if (kiosk.repaired_ms && (!due || *kiosk.repaired_ms < *due)) due = kiosk.repaired_ms;
    if (due && *due < first) {
      first = *due;
      who = &kiosk;
    }
  }
  if (who == nullptr && !centre_due) return false;
  universe_.now_ms = std::max(universe_.now_ms, first);
  if (who == nullptr) {
    switch_on_centre();
  } else if (who->repaired_ms && *who->repaired_ms <= universe_.now_ms) {
    who->repair();
  } else if (who->up()) {
    sync(*who);
  } else {
    who->up_again_ms.reset();
    switch_on(*who);
  }
  return true;
}

void World::pass(std::int64_t ms) {
  const WallMs until = universe_.now_ms + ms;
  while (next_due(until)) {
  }
  universe_.now_ms = std::max(universe_.now_ms, until);
}

void World::touched(SimKiosk& kiosk) {
  if (kiosk.up()) check_kiosk(kiosk);
}

void World::run(std::size_t& step) {
  for (const Action& action : plan_.actions) {
    pass(action.after_ms);
    universe_.rng = Rng(action.dice);
    universe_.trace.say("#{} {} {}", step, universe_.clock(), line_of(action));
    act(action);
    ++step;
    if (step % 64 == 0) check_centre();
  }
  converge();
}

Outcome play(const Plan& plan, const RunOptions& options) {
  Outcome outcome;
  World world(plan, options);
  try {
    world.run(outcome.step);
  } catch (const Violation& violation) {
    outcome.violation = violation;
    world.universe().trace.say("VIOLATION {}: {}", violation.invariant, violation.text);
  }
  outcome.simulated_ms = world.universe().now_ms - kBeginMs;
  outcome.tally = world.universe().tally;
  outcome.trace_hash = world.universe().trace.hash();
  return outcome;
}

}  // namespace mimika::sim
