#include "tests/sim/sim_kiosk.h"

#include <filesystem>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"

namespace mimika::sim {
namespace {

constexpr std::size_t kWitnessBytes = 256;

crypto::SigningKey key_from(const Bytes& seed) {
  crypto::SecretBytes secret(seed.size());
  std::copy(seed.begin(), seed.end(), secret.span().begin());
  return crypto::SigningKey::from_seed(secret);
}

}  // namespace

SimKiosk::SimKiosk(Universe& universe, std::size_t index, const KioskIdentity& identity,
                   const crypto::VerifyKey& centre_key, std::int64_t poll_ms, sync::Transport& transport)
    : index_(index),
      env(universe, 1000 * (index + 1)),
      universe_(universe),
      identity_(identity),
      folder_(universe.folder / ("k" + std::to_string(index))),
      key_(key_from(identity.key_seed)),
      transport_(transport),
      poll_ms_(poll_ms) {
  identity_.options.folder = folder_;
  identity_.options.centre_verify_key = centre_key;
  identity_.options.attachment_reserve_bytes = 0;
}

sync::Courier SimKiosk::courier() const {
  return {folder_ + "/courier", device(), {identity_.options.centre_verify_key}, {64 * limits::kMiB, 500, 0}};
}

bool SimKiosk::start() {
  const auto refuse = [&](const Error& error) {
    why_not = error.message;
    close();
    settle();
    return false;
  };
  auto desk = Store::open(identity_.options, env);
  if (!desk) return refuse(desk.error());
  desk_ = *std::move(desk);
  auto runner = Store::open(identity_.options, env);
  if (!runner) return refuse(runner.error());
  runner_ = *std::move(runner);
  engine_ = std::make_unique<sync::SyncEngine>(*runner_, transport_, key_, env);
  sync::SchedulerOptions options;
  options.poll_ms = poll_ms_;
  options.unreachable_first_ms = poll_ms_ / 4;
  options.unreachable_cap_ms = poll_ms_;
  options.refused_first_ms = poll_ms_ / 4;
  options.refused_cap_ms = 4 * poll_ms_;
  schedule.emplace(options, env, env.monotonic_ms());
  truth.witness_behind = false;
  up_again_ms.reset();
  witness_is_synced();
  settle();
  return up();
}

void SimKiosk::close() {
  engine_.reset();
  runner_.reset();
  desk_.reset();
  look_.reset();
}

void SimKiosk::stop() {
  close();
  witness_is_synced();
  settle();
}

void SimKiosk::settle() {
  if (!universe_.disks.stopped(folder_)) return;
  const auto left = witness();
  close();
  if (crash_ == Crash::kPowerCut) {
    const auto fate = static_cast<test::Unsynced>(universe_.rng.below(3));
    universe_.disks.lose_unsynced(folder_, fate, universe_.rng.next());
    witness_may_be_.push_back(left);
    const auto& found = witness_may_be_[universe_.rng.below(witness_may_be_.size())];
    truth.witness_behind = found != left;
    put_witness(found);
    env.reboot();
    universe_.count("power cuts");
  } else {
    put_witness(left);
    universe_.count("kills");
  }
  universe_.disks.clear(folder_);
  repaired_ms.reset();
  up_again_ms = universe_.now_ms + static_cast<std::int64_t>(universe_.rng.below(3 * kHourMs));
  universe_.trace.say("  {} goes down ({})", name(), crash_ == Crash::kPowerCut ? "power" : "killed");
}

SQLite::Database& SimKiosk::look() {
  if (!look_) {
    look_ = std::make_unique<SQLite::Database>(folder_ + "/journal.db", SQLite::OPEN_READWRITE, 0);
  }
  return *look_;
}

// --- the witness: a small file that does not go through SQLite

std::optional<Bytes> SimKiosk::witness() const {
  auto content = read_file(folder_ + "/journal.witness", kWitnessBytes);
  if (!content) return std::nullopt;
  return *std::move(content);
}

void SimKiosk::put_witness(const std::optional<Bytes>& content) const {
  const std::string path = folder_ + "/journal.witness";
  if (content) {
    if (!make_private_folder(folder_) || !write_file_durably(path, *content, FileMode::kPublic)) std::abort();
  } else {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
}

void SimKiosk::note_witness() {
  witness_may_be_.push_back(witness());
}

void SimKiosk::witness_is_synced() {
  witness_may_be_ = {witness()};
}

// --- the disk

DiskCopy SimKiosk::copy() const {
  return {universe_.disks.image(folder_), witness(), truth};
}

void SimKiosk::put_back(const DiskCopy& copy, bool with_witness) {
  close();
  universe_.disks.restore(folder_, copy.image);
  universe_.disks.clear(folder_);
  if (with_witness) put_witness(copy.witness);
  const bool behind = truth.witness_behind;
  truth = copy.truth;
  truth.witness_behind = behind && !with_witness;
  arrival_checked.clear();
  feed_checked = 0;
  repaired_ms.reset();
}

void SimKiosk::lose_database() {
  put_back({}, false);
}

void SimKiosk::fail_at(std::uint64_t nth, Crash crash) {
  crash_ = crash;
  universe_.disks.fail_at(folder_, nth, test::Fault::kPowerCut);
}

void SimKiosk::fail_at(std::uint64_t nth, test::Fault fault) {
  universe_.disks.fail_at(folder_, nth, fault);
}

void SimKiosk::repair() {
  universe_.disks.clear(folder_);
  repaired_ms.reset();
}

}  // namespace mimika::sim
