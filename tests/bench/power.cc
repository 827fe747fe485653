// What the store keeps when its disk fails: random kiosk lives (power_life.h) with the power going at random writes, or
// with every write, sync and read failing once.
//
//   bench_power cuts COUNT SEED     power cuts; what no sync had confirmed is lost, kept, torn, as the dice fall
//   bench_power lying COUNT SEED    the same on a disk whose syncs do nothing: must lose, or the others prove nothing
//   bench_power eio LIVES SEED      lives of a dozen steps, lived once for each of their operations, which fails
//
// Prints one JSON object; status 1 when something was lost, or with `lying` when nothing was. Its files lie in memory.
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "kiosk/base/log.h"
#include "tests/bench/power_life.h"

namespace mimika::bench {
namespace {

using test::Fault;
using test::FaultVfs;
using test::Unsynced;

constexpr std::uint64_t kMostCutsALife = 40;
constexpr std::uint64_t kOperationsBetweenCuts = 240;
constexpr std::uint64_t kOperationsOfAnOpening = 12;
constexpr int kStepsOfAShortLife = 12;
constexpr int kStepsTried = 10'000;  // a life that never reaches its cut is a bug of ours

struct Tally {
  std::uint64_t points = 0;
  std::uint64_t lives = 0;
  Findings findings;
};

Unsynced some_fate(Dice& dice) {
  const std::uint64_t choice = dice.below(10);
  if (choice == 0) return Unsynced::kAllKept;
  return choice <= 2 ? Unsynced::kAllLost : Unsynced::kDiced;
}

// Lives until the power goes at a random operation.
void cut_once(PowerLife& life, FaultVfs& vfs, Dice& dice, Tally& tally) {
  if (dice.one_in(3)) life.restart();  // the opening may be what is cut
  vfs.fail_at(1 + dice.below(kOperationsBetweenCuts), Fault::kPowerCut);
  for (int i = 0; i < kStepsTried && !vfs.powered_off(); ++i) life.step();
  life.restore_power(some_fate(dice), dice.below(1'000'000'000));
  ++tally.points;
  if (!dice.one_in(5)) return;
  // And again, while the journal is being recovered.
  vfs.fail_at(1 + dice.below(kOperationsOfAnOpening), Fault::kPowerCut);
  life.open();
  if (vfs.struck()) ++tally.points;
  life.restore_power(some_fate(dice), dice.below(1'000'000'000));
}

Tally run_cuts(std::uint64_t count, std::uint64_t seed, bool lying) {
  Tally tally;
  Dice dice(seed);
  FaultVfs vfs;
  vfs.ignore_syncs(lying);
  while (tally.points < count) {
    ++tally.lives;
    PowerLife life(vfs, seed + tally.lives);
    for (std::uint64_t left = 1 + dice.below(kMostCutsALife); left > 0 && tally.points < count; --left) {
      cut_once(life, vfs, dice, tally);
      life.check();
      if (!life.findings().clean()) break;  // what follows from a loss is no further one
    }
    life.restart();
    vfs.clear();
    vfs.lose_unsynced(Unsynced::kAllKept, 0);  // forget this folder's files
    tally.findings.add(life.findings());
  }
  return tally;
}

// One life with the fault at the nth operation. Every other time the power goes in the end as well.
void fail_once(FaultVfs& vfs, Fault fault, std::uint64_t nth, std::uint64_t seed, Tally& tally) {
  PowerLife life(vfs, seed);
  vfs.fail_at(nth, fault);
  for (int i = 0; i < kStepsOfAShortLife; ++i) life.step();
  if (vfs.struck()) ++tally.points;
  if (nth % 2 == 0) {
    life.restore_power(Unsynced::kAllLost, nth);
  } else {
    vfs.clear();
  }
  life.check();
  life.restart();
  vfs.clear();
  vfs.lose_unsynced(Unsynced::kAllKept, 0);
  Findings findings = life.findings();
  for (std::string& words : findings.words) {
    words += (fault == Fault::kReadError ? ", after read " : ", after write, sync, truncation or deletion ") +
             std::to_string(nth) + " failed";
  }
  tally.findings.add(findings);
}

Tally run_failures(std::uint64_t lives, std::uint64_t seed) {
  Tally tally;
  FaultVfs vfs;
  for (; tally.lives < lives; ++tally.lives) {
    const std::uint64_t life_seed = seed + tally.lives;
    std::uint64_t writes = 0;
    std::uint64_t reads = 0;
    {
      PowerLife life(vfs, life_seed);
      vfs.clear();
      for (int i = 0; i < kStepsOfAShortLife; ++i) life.step();
      writes = vfs.writes();
      reads = vfs.reads();
      life.restart();
      vfs.lose_unsynced(Unsynced::kAllKept, 0);
    }
    for (std::uint64_t nth = 1; nth <= writes; ++nth) fail_once(vfs, Fault::kIoError, nth, life_seed, tally);
    for (std::uint64_t nth = 1; nth <= reads; ++nth) fail_once(vfs, Fault::kReadError, nth, life_seed, tally);
  }
  return tally;
}

void print(const Tally& tally) {
  const Findings& found = tally.findings;
  const nlohmann::ordered_json line{{"points", tally.points}, {"lives", tally.lives},     {"saved", found.saved},
                                    {"lost", found.lost},     {"doubled", found.doubled}, {"broken", found.broken},
                                    {"words", found.words}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace
}  // namespace mimika::bench

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what != "cuts" && what != "lying" && what != "eio") {
    std::fprintf(stderr, "usage: bench_power cuts|lying|eio COUNT SEED\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seed = std::strtoull(argv[3], nullptr, 10);
  const mimika::bench::Tally tally =
      what == "eio" ? mimika::bench::run_failures(count, seed) : mimika::bench::run_cuts(count, seed, what == "lying");
  mimika::bench::print(tally);
  return tally.findings.clean() == (what != "lying") ? 0 : 1;
}
