#include "tests/sim/actions.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "tests/sim/universe.h"

namespace mimika::sim {
namespace {

struct KindRow {
  Kind kind;
  const char* name;
  unsigned weight;
  bool fault;
};

constexpr KindRow kKinds[] = {
    {Kind::kFile, "file", 300, false},
    {Kind::kOfficer, "officer", 220, false},
    {Kind::kReadPrivate, "read-private", 15, false},
    {Kind::kIdle, "idle", 60, false},
    {Kind::kPass, "pass", 150, false},
    {Kind::kSyncNow, "sync-now", 60, false},
    {Kind::kReboot, "reboot", 20, false},
    {Kind::kAttach, "attach", 40, false},
    {Kind::kSayMore, "say-more", 40, false},
    {Kind::kPublish, "publish", 10, false},
    {Kind::kPolicy, "policy", 8, false},
    {Kind::kStickTrip, "stick-trip", 60, false},
    {Kind::kStickExport, "stick-export", 30, false},
    {Kind::kStickImport, "stick-import", 30, false},
    {Kind::kStickCentre, "stick-centre", 30, false},
    {Kind::kStickDamage, "stick-damage", 15, true},
    {Kind::kStickGone, "stick-gone", 8, true},
    {Kind::kStickCopy, "stick-copy", 10, true},
    {Kind::kLinkDown, "link-down", 40, true},
    {Kind::kLinkUp, "link-up", 60, false},
    {Kind::kWeather, "weather", 30, true},
    {Kind::kLoseRequest, "lose-request", 25, true},
    {Kind::kCutRequest, "cut-request", 30, true},
    {Kind::kLoseAnswer, "lose-answer", 30, true},
    {Kind::kDamageCall, "damage-call", 20, true},
    {Kind::kDamageAnswer, "damage-answer", 20, true},
    {Kind::kDuplicate, "duplicate", 20, true},
    {Kind::kReplayCall, "replay-call", 20, true},
    {Kind::kReplayAnswer, "replay-answer", 20, true},
    {Kind::kStranger, "stranger", 15, true},
    {Kind::kForgeCall, "forge-call", 20, true},
    {Kind::kLyingKiosk, "lying-kiosk", 25, true},
    {Kind::kLyingCentre, "lying-centre", 20, true},
    {Kind::kKill, "kill", 25, true},
    {Kind::kPowerCut, "power-cut", 30, true},
    {Kind::kIoError, "io-error", 20, true},
    {Kind::kReadError, "read-error", 10, true},
    {Kind::kDiskFull, "disk-full", 15, true},
    {Kind::kClock, "clock", 20, true},
    {Kind::kCentreKill, "centre-kill", 15, true},
    {Kind::kCentrePowerCut, "centre-power-cut", 15, true},
    {Kind::kCentreIoError, "centre-io-error", 10, true},
    {Kind::kCentreDiskFull, "centre-disk-full", 8, true},
    {Kind::kCentreDown, "centre-down", 10, true},
    {Kind::kBackup, "backup", 20, false},
    {Kind::kRestoreDatabase, "restore-database", 8, true},
    {Kind::kRestoreFolder, "restore-folder", 6, true},
    {Kind::kClone, "clone", 5, true},
    {Kind::kLoseDatabase, "lose-database", 5, true},
    {Kind::kCentreBackup, "centre-backup", 15, false},
    {Kind::kCentreRestore, "centre-restore", 5, true},
    {Kind::kEnd, "end", 0, false},
};

constexpr std::int64_t kPolls[] = {kHourMs, 6 * kHourMs, 12 * kHourMs, kDayMs};
constexpr std::int64_t kPaces[] = {kMinuteMs, 20 * kMinuteMs, 2 * kHourMs, 12 * kHourMs};

// Most waits are short and some are long.
std::int64_t wait(Rng& rng, std::int64_t pace_ms) {
  const double even = (static_cast<double>(rng.below(1'000'000)) + 1) / 1'000'001;
  return static_cast<std::int64_t>(-std::log(even) * static_cast<double>(pace_ms));
}

}  // namespace

const char* name_of(Kind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) return row.name;
  }
  return "?";
}

std::set<Kind> all_faults() {
  std::set<Kind> faults;
  for (const KindRow& row : kKinds) {
    if (row.fault) faults.insert(row.kind);
  }
  return faults;
}

Result<Kind> kind_named(const std::string& name) {
  for (const KindRow& row : kKinds) {
    if (name == row.name) return row.kind;
  }
  return fail(ErrorCode::kInvalidInput, "no kind of action is called " + name);
}

std::string line_of(const Action& action) {
  return fmt::format("{} k{} +{} dice {}", name_of(action.kind), action.kiosk, action.after_ms, action.dice);
}

Result<Action> parse_line(const std::string& line) {
  std::istringstream in(line);
  std::string kind;
  std::string word;
  char letter = 0;
  char plus = 0;
  Action action;
  in >> kind >> letter >> action.kiosk >> plus >> action.after_ms >> word >> action.dice;
  if (!in || letter != 'k' || plus != '+' || word != "dice")
    return fail(ErrorCode::kInvalidInput, "no action: " + line);
  TRY_ASSIGN(action.kind, kind_named(kind));
  return action;
}

Plan make_plan(std::uint64_t seed, const PlanOptions& options) {
  Rng rng(seed ^ 0x6D696D696B61ULL);
  Plan plan;
  plan.seed = seed;
  plan.kiosks = static_cast<std::uint32_t>(1 + rng.below(options.kiosks));
  plan.districts = static_cast<std::uint32_t>(1 + rng.below(4));
  plan.poll_ms = kPolls[rng.below(std::size(kPolls))];
  const std::int64_t pace_ms = kPaces[rng.below(std::size(kPaces))];
  // Some histories are calm, most have a few kinds of trouble, some have all.
  const std::uint64_t share = options.few_kinds ? rng.below(101) : 100;
  std::vector<KindRow> kinds;
  std::uint64_t weights = 0;
  for (const KindRow& row : kKinds) {
    const bool dropped = row.fault && rng.below(100) >= share;
    if (dropped || options.without.contains(row.kind) || row.weight == 0) continue;
    kinds.push_back(row);
    weights += row.weight;
  }
  for (std::size_t i = 0; i < options.steps; ++i) {
    std::uint64_t at = rng.below(weights);
    std::size_t which = 0;
    while (at >= kinds[which].weight) at -= kinds[which++].weight;
    Action action;
    action.kind = kinds[which].kind;
    action.kiosk = static_cast<std::uint32_t>(rng.below(plan.kiosks + 2));
    action.after_ms = wait(rng, action.kind == Kind::kPass ? 5 * pace_ms : pace_ms);
    action.dice = rng.next() >> 1;
    plan.actions.push_back(action);
  }
  return plan;
}

}  // namespace mimika::sim
