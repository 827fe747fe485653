// What is told of a stick before it is trusted: real file systems, and what hostile hands make of them.
#include <algorithm>
#include <filesystem>
#include <random>

#include "kiosk/base/limits.h"
#include "tests/device/stick_world.h"

namespace mimika::device {
namespace {

using test::StickImages;

bool holds(const StickReport& report, const StickEntry& entry) {
  return std::ranges::find(report.entries, entry) != report.entries.end();
}

TEST_CASE("a stick is told without mounting it: which file system, how large, what is free, what lies on it") {
  StickImages images;
  for (const auto& [name, kind] : {std::pair("fat", StickKind::kFat), {"ext4", StickKind::kExt4}}) {
    const auto image = images.make(name);
    if (!image) return;
    const StickReport report = images.inspect(*image);
    INFO(name << ": " << name_of(report.verdict) << " " << name_of(report.why));
    CHECK(report.verdict == StickVerdict::kUsable);
    CHECK(report.can_export());
    CHECK(report.kind == kind);
    CHECK(report.label == "KIOSK");
    CHECK(report.medium_bytes == 64 * limits::kMiB);
    CHECK(report.bytes <= report.medium_bytes);
    REQUIRE(report.free_bytes);
    CHECK(*report.free_bytes > 50 * limits::kMiB);
    CHECK(holds(report, {StickEntry::Where::kRoot, StickEntry::Type::kFile, 6, "a.txt"}));
    CHECK(holds(report, {StickEntry::Where::kOurs, StickEntry::Type::kFile, 6, "a-long-name.kb"}));
    if (kind == StickKind::kExt4)
      CHECK(holds(report, {StickEntry::Where::kRoot, StickEntry::Type::kLink, 11, "passwd"}));
  }
}

TEST_CASE("an exFAT stick is told as the others are") {
  StickImages images;
  const auto image = images.make("exfat");
  if (!image) return;
  const StickReport report = images.inspect(*image);
  CHECK(report.verdict == StickVerdict::kUsable);
  CHECK(report.kind == StickKind::kExFat);
  CHECK(report.label == "KIOSK");
  if (report.entries.empty()) {
    WARN("left out: this machine cannot fill a stick of exfat");
    return;
  }
  CHECK(report.entries.size() == 3);
  CHECK(holds(report, {StickEntry::Where::kRoot, StickEntry::Type::kFile, 6, "a.txt"}));
  CHECK(holds(report, {StickEntry::Where::kOurs, StickEntry::Type::kFile, 6, "a-long-name.kb"}));
}

TEST_CASE("the one partition of a table is found, and where it begins") {
  StickImages images;
  for (const auto& [name, table] : {std::pair("mbr", StickTable::kMbr), {"gpt", StickTable::kGpt}}) {
    for (const char* kind : {"fat", "ext4"}) {
      const auto image = images.make(kind, name);
      if (!image) return;
      const StickReport report = images.inspect(*image);
      INFO(name << " " << kind << ": " << name_of(report.verdict) << " " << name_of(report.why));
      CHECK(report.verdict == StickVerdict::kUsable);
      CHECK(report.table == table);
      CHECK(report.partition == 1);
      CHECK(report.offset == 2048 * 512);
      CHECK(holds(report, {StickEntry::Where::kRoot, StickEntry::Type::kFile, 6, "a.txt"}));
    }
  }
}

TEST_CASE("a stick with nothing on it, one of another system, one that is gone") {
  StickImages images;
  const std::string blank = images.folder / "blank";
  REQUIRE(test::shell("truncate -s 8M " + blank) == 0);
  CHECK(images.inspect(blank).verdict == StickVerdict::kEmpty);
  // What LUKS begins with.
  StickImages::write(blank, 0,
                     std::string("LUKS\xba\xbe\x00\x01", 8) + std::string("aes") + std::string(29, '\0') +
                         "xts-plain64" + std::string(21, '\0') + "sha256");
  const StickReport locked = images.inspect(blank);
  CHECK(locked.verdict == StickVerdict::kForeign);
  CHECK(locked.why == StickWhy::kEncryptedMedium);
  const StickReport gone = images.inspect(images.folder / "gone");
  CHECK(gone.verdict == StickVerdict::kUnreadable);
  CHECK(gone.why == StickWhy::kMediumFails);
  CHECK(images.inspect(images.folder.path()).verdict == StickVerdict::kUnreadable);
  if (test::shell("command -v mkfs.minix") == 0) {
    REQUIRE(test::shell("truncate -s 0 " + blank + "; truncate -s 8M " + blank + "; mkfs.minix " + blank) == 0);
    const StickReport foreign = images.inspect(blank);
    CHECK(foreign.verdict == StickVerdict::kForeign);
    CHECK(foreign.why == StickWhy::kOtherFileSystem);
    CHECK(foreign.file_system == "minix");
  }
}

TEST_CASE("a stick that was pulled, one with errors, a full one") {
  StickImages images;
  const auto fat = images.make("fat");
  if (!fat) return;
  StickImages::write(*fat, 65, std::string(1, '\x01'));
  CHECK(images.inspect(*fat).verdict == StickVerdict::kNeedsRepair);
  CHECK(images.inspect(*fat).why == StickWhy::kWasPulled);
  CHECK(images.inspect(*fat).can_export());
  StickImages::write(*fat, 65, std::string(1, '\x02'));
  CHECK(images.inspect(*fat).why == StickWhy::kHasErrors);
  StickImages::write(*fat, 65, std::string(1, '\0'));
  StickImages::write(*fat, 512 + 488, std::string("\x01\0\0\0", 4));
  CHECK(images.inspect(*fat).verdict == StickVerdict::kFull);
  CHECK_FALSE(images.inspect(*fat).can_export());
  CHECK(images.inspect(*fat).can_import());
}

TEST_CASE("a stick that says it is larger than it is, or holds names that are none, is called hostile") {
  StickImages images;
  const auto fat = images.make("fat");
  const auto ext4 = images.make("ext4");
  if (!fat || !ext4) return;
  REQUIRE(test::shell("truncate -s 32M " + *fat) == 0);
  const StickReport cut = images.inspect(*fat);
  CHECK(cut.verdict == StickVerdict::kHostile);
  CHECK(cut.why == StickWhy::kLargerThanMedium);

  const std::string root = StickImages::read(*ext4, 0, 32 * limits::kMiB);
  const std::size_t at = root.find("a.txt");
  REQUIRE(at != std::string::npos);
  StickImages::write(*ext4, at, "a\n\x1b[x");
  StickReport strange = images.inspect(*ext4);
  CHECK(strange.verdict == StickVerdict::kHostile);
  CHECK(strange.why == StickWhy::kStrangeNames);
  CHECK(strange.strange_names == 1);
}

TEST_CASE("a folder of far too many names, or that says it is enormous, is hostile and soon said to be") {
  StickImages images;
  const auto image = images.make("ext4");
  if (!image) return;
  const std::string many = images.folder / "many";
  const std::string command = "PATH=$PATH:/usr/sbin; mkdir " + many + " && cd " + many + " && seq 1 " +
                              std::to_string(limits::kStickFolderEntries + 10) + " | xargs touch && truncate -s 64M " +
                              many + ".img && mkfs.ext4 -q -N 32768 -d " + many + " " + many + ".img";
  REQUIRE(test::shell(command) == 0);
  const StickReport report = images.inspect(many + ".img");
  CHECK(report.verdict == StickVerdict::kHostile);
  CHECK(report.why == StickWhy::kTooManyEntries);
  CHECK(report.entries.size() <= limits::kStickEntriesShown);

  REQUIRE(test::shell("PATH=$PATH:/usr/sbin debugfs -w -R 'set_inode_field /mimika size 4000000000' " + *image) == 0);
  CHECK(images.inspect(*image).why == StickWhy::kTooManyEntries);
}

TEST_CASE("a reader that crashes, hangs, babbles or is missing is a stick that cannot be read") {
  const test::TempFolder folder;
  const auto env = make_system_env();
  const auto says = [&](const std::string& script) {
    const std::string path = folder / "probe";
    {
      std::ofstream file(path);
      file << "#!/bin/sh\n" << script << "\n";
    }
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return ProbingInspector(*env, path, 500).inspect("/dev/null");
  };
  CHECK(says("kill -SEGV $$").why == StickWhy::kReaderFailed);
  CHECK(says("echo nonsense").why == StickWhy::kReaderFailed);
  CHECK(says("exit 3").why == StickWhy::kReaderFailed);
  const StickReport slow = says("exec sleep 30");
  CHECK(slow.verdict == StickVerdict::kHostile);
  CHECK(slow.why == StickWhy::kTakesTooMuch);
  CHECK(says("exec cat /dev/zero").verdict == StickVerdict::kUnreadable);
  CHECK(ProbingInspector(*env, folder / "gone", 500).inspect("/dev/null").why == StickWhy::kReaderFailed);
}

TEST_CASE("two hundred sticks with turned bits in their tables neither crash nor hang what reads them") {
  StickImages images;
  std::mt19937_64 dice(1504);
  std::size_t unreadable = 0;
  std::size_t crashed = 0;
  for (const char* kind : {"fat", "exfat", "ext4"}) {
    const auto image = images.make(kind, "none");
    if (!image) return;
    // Where each keeps its tables; of ext4 the first group, with its inodes and the first folder.
    const std::size_t span = std::string(kind) == "fat" ? 3 * limits::kMiB : 8 * limits::kMiB;
    const std::string good = StickImages::read(*image, 0, span);
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < good.size(); ++i) {
      if (good[i] != '\0') used.push_back(i);
    }
    for (int turn = 0; turn < 67; ++turn) {
      std::vector<std::size_t> touched;
      for (std::size_t i = 0, flips = 1 + dice() % 24; i < flips; ++i) {
        const std::size_t at = dice() % 3 == 0 ? dice() % 4096 : used[dice() % used.size()];
        touched.push_back(at);
        StickImages::write(*image, at, std::string(1, static_cast<char>(dice())));
      }
      const std::int64_t begun = images.env->monotonic_ms();
      const StickReport report = images.inspect(*image);
      CHECK(images.env->monotonic_ms() - begun < limits::kInspectMs);
      if (report.verdict == StickVerdict::kUnreadable) ++unreadable;
      // Nothing else than its report is believed, so that a crash is one more stick that cannot be read; it is counted.
      if (report.why == StickWhy::kReaderFailed && report.medium_bytes == 0) ++crashed;
      for (const std::size_t at : touched) StickImages::write(*image, at, good.substr(at, 1));
    }
    CHECK(images.inspect(*image).verdict == StickVerdict::kUsable);
  }
  INFO(unreadable << " could not be read");
  CHECK(crashed == 0);
}

TEST_CASE("a report is read as it was written, and nothing else is") {
  StickReport report;
  report.verdict = StickVerdict::kHostile;
  report.why = StickWhy::kStrangeNames;
  report.kind = StickKind::kExt4;
  report.file_system = "ext4";
  report.label = "a b\n";
  report.free_bytes = 7;
  report.entries = {{StickEntry::Where::kOurs, StickEntry::Type::kLink, 11, std::string("a\0b\n", 4)}};
  const std::string text = write_report(report);
  CHECK(read_report(text) == report);
  for (std::size_t i = 0; i < text.size(); ++i) CHECK_FALSE(read_report(text.substr(0, i)));
  CHECK_FALSE(read_report(text + "more\n"));
  std::mt19937_64 dice(3);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = text;
    changed[dice() % changed.size()] = static_cast<char>(dice());
    static_cast<void>(read_report(changed));
  }
}

}  // namespace
}  // namespace mimika::device
