// Export and import as a technician sees them: how far they are, ended early, run again, and on sticks of strangers.
#include "sync/client/stick_job.h"

#include <sys/stat.h>

#include <fstream>
#include <random>

#include "kiosk/base/limits.h"
#include "sync/client/update_package.h"
#include "tests/support/small_disk.h"
#include "tests/sync/stick_world.h"

namespace mimika::test {
namespace {

using sync::ExportSummary;
using sync::ImportSummary;
using sync::StickEnd;
using sync::StickProgress;
using sync::StickStep;
using sync::StickWatch;

struct JobWorld : StickWorld {
  ExportSummary run_export(StickWatch& watch, const std::vector<sync::ExtraFile>& extras = {}) {
    return sync::run_export({*store, device_key, courier, env}, stick(), extras, watch);
  }
  ExportSummary run_export(const std::vector<sync::ExtraFile>& extras = {}) {
    StickWatch nobody;
    return run_export(nobody, extras);
  }
  ImportSummary run_import(StickWatch& watch) {
    return sync::run_import({*store, device_key, courier, env}, stick(), updates, watch);
  }
  ImportSummary run_import() {
    StickWatch nobody;
    return run_import(nobody);
  }
  [[nodiscard]] std::string own_folder() const {
    return stick() + "/mimika/" + std::to_string(options.identity.device.value);
  }
  void put(const std::string& name, ByteView content) const {
    REQUIRE(write_file_durably(stick() + "/" + name, content, FileMode::kPublic));
  }
  [[nodiscard]] std::vector<std::string> tree() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(stick())) {
      if (entry.is_regular_file()) names.push_back(entry.path().string());
    }
    std::ranges::sort(names);
    return names;
  }
  sync::UpdatesFrom updates{folder / "updates", {desk.verify_key()}, 0};
};

sync::ExtraFile extra(const std::string& name, const std::string& text) {
  return {name, [text] {
            const ByteView bytes = as_bytes(text);
            return Result<Bytes>(Bytes(bytes.begin(), bytes.end()));
          }};
}

std::string result_of(const ImportSummary& summary, const std::string& name) {
  for (const sync::ImportedFile& file : summary.report.files) {
    if (file.name == name) return file.result;
  }
  return "passed over";
}

TEST_CASE("an export tells how far it is, step by step, and ends with what it did") {
  JobWorld world;
  world.file(5);
  world.attach(200'000);
  std::vector<StickStep> steps;
  std::uint64_t bytes = 0;
  std::uint64_t done = 0;
  StickWatch watch({}, [&](const StickProgress& progress) {
    if (steps.empty() || steps.back() != progress.step) steps.push_back(progress.step);
    CHECK(progress.bytes_done >= bytes);
    CHECK(progress.files_done >= done);
    CHECK(progress.files_total >= progress.files_done);
    bytes = progress.bytes_done;
    done = progress.files_done;
  });
  const ExportSummary summary = world.run_export(watch, {extra("kiosk.log", "nothing of anybody")});
  CHECK(summary.end == StickEnd::kDone);
  CHECK(steps == std::vector{StickStep::kLooking, StickStep::kEvents, StickStep::kCarried, StickStep::kAttachments,
                             StickStep::kExtras, StickStep::kDone});
  CHECK(done == 3);
  CHECK(summary.bytes_written > 200'000);
  CHECK(summary.bytes_written == bytes);
}

TEST_CASE("logs and a report go along into the kiosk's own folder, once, and one that cannot be read stops nothing") {
  JobWorld world;
  world.file(1);
  const std::vector<sync::ExtraFile> extras = {
      extra("kiosk.log", "a line"),
      {"gone.log", [] { return Result<Bytes>(fail(ErrorCode::kNotFound, "no such log")); }},
      extra("../../x", "no"),
      extra("report.json", "{}")};
  ExportSummary summary = world.run_export(extras);
  CHECK(summary.end == StickEnd::kDone);
  REQUIRE(summary.extras.size() == 4);
  CHECK(summary.extras[0].result == "written");
  CHECK(summary.extras[1].result == "left_out");
  CHECK(summary.extras[2].result == "left_out");
  CHECK(read_file(world.own_folder() + "/report.json", 10) == Bytes{'{', '}'});
  REQUIRE(write_file_durably(world.own_folder() + "/old.log.part", Bytes(9), FileMode::kPublic));
  const auto before = world.tree().size();
  summary = world.run_export(extras);
  CHECK(summary.extras[0].result == "there");
  CHECK(world.tree().size() == before - 1);
  CHECK(summary.report.leftovers.size() == 1);
}

TEST_CASE("a folder on the stick that leads elsewhere is not followed") {
  JobWorld world;
  std::filesystem::create_directory(world.folder / "elsewhere");
  std::filesystem::create_directory_symlink(world.folder / "elsewhere", world.stick() + "/mimika");
  const ExportSummary summary = world.run_export({extra("kiosk.log", "a line")});
  CHECK(summary.end == StickEnd::kFailed);
  CHECK(summary.error.code == ErrorCode::kConflict);
  CHECK(std::filesystem::is_empty(world.folder / "elsewhere"));
}

TEST_CASE("an export that is ended at any moment leaves nothing half, and run again it completes without doubling") {
  // Every moment at which somebody can ask for the end, one after the other.
  JobWorld world;
  world.file(3);
  world.attach(150'000);
  world.put("holiday.jpg", Bytes(5000, 7));
  world.put("17-9.kb.part.txt", Bytes(10, 1));
  int cancelled = 0;
  for (int moment = 0;; ++moment) {
    REQUIRE(moment < 500);
    std::stop_source stop;
    int told = 0;
    StickWatch watch(stop.get_token(), [&](const StickProgress&) {
      if (told++ == moment) stop.request_stop();
    });
    const ExportSummary summary = world.run_export(watch, {extra("kiosk.log", std::string(100'000, 'x'))});
    if (summary.end == StickEnd::kDone) break;
    CHECK(summary.end == StickEnd::kCancelled);
    ++cancelled;
    for (const std::string& name : world.tree()) CHECK_FALSE(name.ends_with(".part"));
    if (moment % 3 == 0) {
      for (const std::string& name : world.on_stick()) std::filesystem::remove(world.stick() + "/" + name);
      std::filesystem::remove_all(world.stick() + "/mimika");
    }
  }
  CHECK(cancelled > 5);
  CHECK(read_file(world.stick() + "/holiday.jpg", 6000) == Bytes(5000, 7));
  CHECK(std::filesystem::exists(world.stick() + "/17-9.kb.part.txt"));
  const auto before = world.tree();
  const ExportSummary again = world.run_export({extra("kiosk.log", std::string(100'000, 'x'))});
  CHECK(std::ranges::none_of(again.report.bundles, &sync::ExportedFile::written));
  CHECK(world.tree() == before);
}

TEST_CASE("a stick that is full, read-only or gone is told as that, and what fitted on it counts") {
  JobWorld world;
  SmallDisk disk("200k");
  if (!disk.mounted()) {
    WARN("left out: no right to mount");
    return;
  }
  world.file(2);
  world.attach(400'000);
  StickWatch watch;
  const auto export_to = [&](const std::string& folder) {
    return sync::run_export({*world.store, world.device_key, world.courier, world.env}, folder, {}, watch);
  };
  ExportSummary summary = export_to(disk.path());
  CHECK(summary.end == StickEnd::kFull);
  REQUIRE(summary.report.bundles.size() == 1);
  CHECK(summary.report.bundles[0].events == world.status().unsent_events);
  CHECK(world.exported().exported_unsent == world.status().unsent_events);
  const sync::ImportSummary nothing =
      sync::run_import({*world.store, world.device_key, world.courier, world.env}, disk.path(), world.updates, watch);
  CHECK(nothing.end == StickEnd::kDone);
  world.file(1);
  REQUIRE(disk.make_read_only());
  CHECK(export_to(disk.path()).end == StickEnd::kReadOnly);
  CHECK(export_to(world.folder / "gone").end == StickEnd::kMediumFailed);
}

TEST_CASE("half-written files of ours are taken away, and those of others stay") {
  JobWorld world;
  world.file(1);
  const std::string own = std::to_string(world.options.identity.device.value);
  const std::vector<std::string> ours = {own + "-1-1-9.kb.part", own + "-1-10-9-0a1b2c3d4e5f6071.kb.part"};
  const std::vector<std::string> others = {"999-1-1-9.kb.part", "ACK-5-1.kb.part", own + "-notes.kb.part", "film.part"};
  for (const auto* names : {&ours, &others}) {
    for (const std::string& name : *names) world.put(name, Bytes(100, 3));
  }
  const ExportSummary summary = world.run_export();
  CHECK(summary.report.leftovers.size() == 2);
  for (const std::string& name : ours) CHECK_FALSE(std::filesystem::exists(world.stick() + "/" + name));
  for (const std::string& name : others) CHECK(std::filesystem::exists(world.stick() + "/" + name));
}

TEST_CASE("an import ended before the answer is taken changes nothing, and run again it takes it once") {
  JobWorld world;
  world.file(4);
  world.run_export();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  const std::uint64_t unsent = world.status().unsent_events;
  std::uint64_t arrived = 0;
  for (int moment = 0;; ++moment) {
    std::stop_source stop;
    int told = 0;
    StickWatch watch(stop.get_token(), [&](const StickProgress&) {
      if (told++ == moment) stop.request_stop();
    });
    const ImportSummary summary = world.run_import(watch);
    arrived += summary.report.arrived;
    if (summary.end == StickEnd::kDone) break;
    REQUIRE(summary.end == StickEnd::kCancelled);
  }
  CHECK(arrived == unsent);
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("files are known by what stands in them, whatever they are called") {
  JobWorld world;
  world.file(2);
  world.run_export();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  for (const std::string& name : world.on_stick()) {
    std::filesystem::rename(world.stick() + "/" + name,
                            world.stick() + "/" + (name[0] == 'A' ? "ANSWER.TXT" : "b.bin"));
  }
  const ImportSummary summary = world.run_import();
  CHECK(result_of(summary, "ANSWER.TXT") == "taken");
  CHECK(result_of(summary, "b.bin") == "own");
  CHECK(world.status().unsent_events == 0);
}

TEST_CASE("a stick full of strangers' things is passed over with a count, and what is for this kiosk is found") {
  JobWorld world;
  world.file(2);
  world.run_export();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  const std::string stick = world.stick();
  std::filesystem::create_symlink("/etc/passwd", stick + "/passwd.kb");
  std::filesystem::create_directory(stick + "/folder.kb");
  REQUIRE(::mkfifo((stick + "/pipe.kb").c_str(), 0600) == 0);
  world.put("a\nb.kb", Bytes(10));
  world.put("\xff\xfe.kb", Bytes(10));
  world.put(std::string(230, 'n') + ".kb", Bytes(10));
  world.put("notes.txt", Bytes(10, 'x'));
  world.put("empty.kb", {});
  world.put("sparse.kb", Bytes(1));
  world.put("sparse.deb", as_bytes("!<arch>\ndebian-binary"));
  const bool sparse = ::truncate((stick + "/sparse.kb").c_str(), off_t{1} << 42) == 0 &&
                      ::truncate((stick + "/sparse.deb").c_str(), off_t{1} << 42) == 0;
  const ImportSummary summary = world.run_import();
  CHECK(summary.end == StickEnd::kDone);
  CHECK(world.status().unsent_events == 0);
  CHECK(summary.report.passed_over.links == 1);
  CHECK(summary.report.passed_over.special == 1);
  CHECK(summary.report.passed_over.folders == 1);
  CHECK(summary.report.passed_over.strange_names == 2);
  CHECK(summary.report.passed_over.not_ours == 1);
  CHECK(result_of(summary, "empty.kb") == "damaged");
  CHECK(result_of(summary, std::string(230, 'n') + ".kb") == "damaged");
  if (sparse) {
    CHECK(result_of(summary, "sparse.kb") == "too_large");
    CHECK(result_of(summary, "sparse.deb") == "too_large");
  }
}

TEST_CASE(
    "a hundred thousand names do not keep this kiosk's answer from being found, nor do a thousand of our ending") {
  JobWorld world;
  world.file(1);
  world.run_export();
  world.desk.take(world.stick());
  world.desk.write(world.stick(), world.desk.ack(1));
  for (int i = 0; i < 100'000; ++i) std::ofstream(world.stick() + "/" + std::to_string(i) + ".txt");
  ImportSummary summary = world.run_import();
  CHECK(summary.end == StickEnd::kDone);
  CHECK(world.status().unsent_events == 0);
  CHECK(summary.report.passed_over.beyond > 90'000);
  for (int i = 0; i < 1200; ++i) std::ofstream(world.stick() + "/" + std::to_string(i) + "z.kb");
  world.file(1);
  const ExportSummary exported = world.run_export();
  CHECK(exported.end == StickEnd::kDone);
  CHECK(exported.report.bundles.size() == 1);
  summary = world.run_import();
  CHECK(summary.report.files.size() <= limits::kStickFiles);
}

struct UpdateWorld : JobWorld {
  UpdateWorld() {
    package = Bytes(300'000, 5);
    std::ranges::copy(as_bytes("!<arch>\ndebian-binary   1"), package.begin());
    put("some package.bin", package);
  }
  void put_note(const std::string& version, const crypto::SigningKey& key) {
    const crypto::Hash hash = crypto::hash_of(wire::kUpdateHashDomain, package);
    put("note " + version, as_bytes(wire::encode_update_note(version, hash, key).value()));
  }
  [[nodiscard]] std::size_t staged() const {
    std::size_t count = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "updates", none)) {
      CHECK(entry.path().extension() != ".part");
      if (entry.path().extension() == ".deb") ++count;
    }
    return count;
  }
  Bytes package;
};

TEST_CASE("an update that the centre signed is kept, told with its version, and installed by nobody") {
  UpdateWorld world;
  world.put_note("1.4.0", world.desk.key());
  const ImportSummary summary = world.run_import();
  CHECK(result_of(summary, "some package.bin") == "staged");
  CHECK(result_of(summary, "note 1.4.0") == "note");
  CHECK(summary.report.files.back().version == "1.4.0");
  CHECK(world.staged() == 1);
  CHECK(result_of(world.run_import(), "some package.bin") == "had");
  CHECK(world.staged() == 1);
}

TEST_CASE("an update without a signature, with a stranger's, changed, or missing is refused by name") {
  UpdateWorld world;
  CHECK(result_of(world.run_import(), "some package.bin") == "unsigned");
  world.put_note("1.4.0", crypto::SigningKey::generate(world.env));
  CHECK(result_of(world.run_import(), "some package.bin") == "wrong_signature");
  std::filesystem::remove(world.stick() + "/note 1.4.0");
  world.put_note("1.5.0", world.desk.key());
  world.package[200'000] ^= 1;
  world.put("some package.bin", world.package);
  ImportSummary summary = world.run_import();
  CHECK(result_of(summary, "some package.bin") == "unsigned");
  CHECK(result_of(summary, "note 1.5.0") == "no_package");
  world.put("note 1.5.0", as_bytes(std::string(wire::kUpdateNoteBegins) + "version ../../x\n"));
  CHECK(result_of(world.run_import(), "note 1.5.0") == "damaged");
  CHECK(world.staged() == 0);
  CHECK_FALSE(wire::encode_update_note("../1", {}, world.desk.key()));
}

TEST_CASE("an update whose copying is ended leaves nothing, and of many only the newest are kept") {
  UpdateWorld world;
  world.put_note("2.0", world.desk.key());
  bool done = false;
  for (int moment = 0; !done; ++moment) {
    std::stop_source stop;
    int told = 0;
    StickWatch watch(stop.get_token(), [&](const StickProgress&) {
      if (told++ == moment) stop.request_stop();
    });
    done = world.run_import(watch).end == StickEnd::kDone;
    CHECK(world.staged() == (done ? 1 : 0));
  }
  for (int i = 0; i < 6; ++i) {
    world.package[1000] = static_cast<std::uint8_t>(i);
    world.put("some package.bin", world.package);
    world.put_note("3." + std::to_string(i), world.desk.key());
    CHECK(result_of(world.run_import(), "some package.bin") == "staged");
  }
  CHECK(world.staged() == limits::kUpdatesStaged);
}

}  // namespace
}  // namespace mimika::test
