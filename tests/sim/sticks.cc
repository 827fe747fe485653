// Sticks that go from hand to hand: written at one kiosk, read at another, taken by the centre's desk, left in the
// rain. They lie in folders of the real file system; the journals they come from do not.
#include <algorithm>
#include <filesystem>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "tests/sim/world.h"

namespace mimika::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSticks = 3;
constexpr std::size_t kBlock = 4096;

}  // namespace

std::string World::stick(std::uint64_t number) const {
  const std::string folder = universe_.folder / ("stick" + std::to_string(number));
  fs::create_directories(folder);
  return folder;
}

void World::act_on_stick(const Action& action, SimKiosk& kiosk) {
  const std::uint64_t which = universe_.rng.below(kSticks);
  const std::string folder = stick(which);
  switch (action.kind) {
    case Kind::kStickTrip:
      trip(kiosk, folder);
      break;
    case Kind::kStickExport:
      export_to(kiosk, folder);
      break;
    case Kind::kStickImport:
      import_from(kiosk, folder);
      break;
    case Kind::kStickCentre:
      take_at_centre(folder);
      break;
    case Kind::kStickDamage:
      damage(folder);
      break;
    case Kind::kStickGone:
      universe_.count("sticks lost");
      fs::remove_all(folder);
      break;
    case Kind::kStickCopy: {
      universe_.count("sticks copied");
      const std::string from = stick((which + 1) % kSticks);
      fs::remove_all(folder);
      fs::copy(from, folder);
      break;
    }
    default:
      break;
  }
}

void World::export_to(SimKiosk& kiosk, const std::string& folder) {
  if (!kiosk.up()) return;
  sync::ExportReport report;
  sync::Courier courier = kiosk.courier();
  const Status done = sync::export_bundles(folder, kiosk.desk(), kiosk.key(), courier, kiosk.env, report);
  std::uint64_t written = 0;
  for (const sync::ExportedFile& file : report.bundles) written += file.written ? 1 : 0;
  universe_.trace.say("  {} exports: {} bundles, {} written, {} ACKs carried, {} removed{}", kiosk.name(),
                      report.bundles.size(), written, report.acks.size(), report.removed.size(),
                      done ? "" : "; " + done.error().message);
  universe_.count(done ? "exports" : "failed exports");
  if (!done && !kiosk.struck() && !kiosk.repaired_ms) {
    universe_.violated("exports", kiosk.name() + ": " + done.error().message);
  }
  kiosk.settle();
  touched(kiosk);
}

void World::import_from(SimKiosk& kiosk, const std::string& folder) {
  if (!kiosk.up()) return;
  sync::ImportReport report;
  sync::Courier courier = kiosk.courier();
  const Status done = sync::import_files(folder, kiosk.desk(), kiosk.key(), courier, report);
  for (const sync::ImportedFile& file : report.files) {
    universe_.trace.say("    {}: {}", file.name, file.result);
    if (!file.result.empty()) universe_.count(file.refused() ? "files refused" : "files " + file.result);
  }
  universe_.trace.say("  {} imports: {} arrived, {} of the feed{}", kiosk.name(), report.arrived, report.feed_applied,
                      done ? "" : "; " + done.error().message);
  if (!done && !kiosk.struck() && !kiosk.repaired_ms) {
    universe_.violated("imports", kiosk.name() + ": " + done.error().message);
  }
  kiosk.settle();
  touched(kiosk);
}

void World::take_at_centre(const std::string& folder) {
  const auto taken = centre_.take_stick(folder);
  if (!taken) return;
  universe_.trace.say("  the desk: {}", *taken ? (*taken)->text : taken->error().message);
  universe_.count(*taken ? "sticks at the desk" : "sticks the desk could not take");
}

// Mostly it comes back to where it began; now and then to another, which carries it on.
void World::trip(SimKiosk& kiosk, const std::string& folder) {
  export_to(kiosk, folder);
  const auto travel = [&] { pass(static_cast<std::int64_t>(universe_.rng.below(2 * kDayMs))); };
  const std::size_t back =
      universe_.rng.percent(80) ? kiosk.index_ : static_cast<std::size_t>(universe_.rng.below(seats_.size()));
  travel();
  take_at_centre(folder);
  travel();
  import_from(*seats_[back].kiosk, folder);
}

// A run of blocks rots, or the end is gone: what parity bears, and what it does not.
void World::damage(const std::string& folder) {
  const auto found = list_files(folder, wire::kStickSuffix, limits::kStickFiles);
  if (!found || found->empty()) return;
  universe_.count("sticks damaged");
  const std::string path = folder + "/" + (*found)[universe_.rng.below(found->size())].name;
  auto content = read_file(path, limits::kStickFileBytes);
  if (!content || content->empty()) return;
  if (universe_.rng.percent(25)) {
    content->resize(universe_.rng.below(content->size()));
  } else {
    const std::size_t at = universe_.rng.below(content->size());
    const std::size_t end = std::min(content->size(), at + kBlock * universe_.rng.below(6) + 1);
    for (std::size_t i = at; i < end; ++i) (*content)[i] = static_cast<std::uint8_t>(universe_.rng.next());
  }
  if (!write_file_durably(path, *content, FileMode::kPublic)) universe_.violated("harness", "writing " + path);
}

// As the synchronisation does after its own round.
void World::forward(SimKiosk& kiosk) {
  sync::ForwardReport report;
  const Status done = kiosk.courier().forward(*seats_[kiosk.index_].network, report);
  if (report.forwarded + report.waiting + report.refused == 0) return;
  universe_.trace.say("  {} carries for others: {} went on, {} wait, {} let go{}", kiosk.name(), report.forwarded,
                      report.waiting, report.refused, done ? "" : "; " + done.error().message);
  for (std::uint64_t i = 0; i < report.forwarded; ++i) universe_.count("bundles forwarded");
}

}  // namespace mimika::sim
