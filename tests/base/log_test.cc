#include "kiosk/base/log.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

std::string read(const std::string& path) {
  const auto content = read_file(path, limits::kLogFileBytes * 2);
  return content ? std::string(as_text(*content)) : "";
}

// The log is the process's; every case gives it back.
struct BackToStandardError {
  ~BackToStandardError() { open_log("", LogLevel::kWarning); }
};

TEST_CASE("a line carries its time, level, source and words") {
  const BackToStandardError back;
  const test::TempFolder folder;
  open_log(folder / "kiosk.log", LogLevel::kInfo);
  log_debug("store", "not asked for");
  log_info("store", "opened with {} events", 12);
  log_error("sync", "no answer");
  flush_log();
  const std::string text = read(folder / "kiosk.log");
  CHECK(text.find(" info [store] opened with 12 events\n") != std::string::npos);
  CHECK(text.find(" error [sync] no answer\n") != std::string::npos);
  CHECK(text.find("not asked for") == std::string::npos);
  CHECK(text[4] == '-');  // an ISO date comes first
  CHECK(text[10] == 'T');
}

TEST_CASE("braces in a message are words, not places to fill") {
  const BackToStandardError back;
  const test::TempFolder folder;
  open_log(folder / "kiosk.log", LogLevel::kInfo);
  log_line(LogLevel::kInfo, "test", "a {} and {0:x} and %s");
  flush_log();
  CHECK(read(folder / "kiosk.log").find("a {} and {0:x} and %s") != std::string::npos);
}

TEST_CASE("a log that cannot be opened is no reason to stop") {
  const BackToStandardError back;
  const test::TempFolder folder;
  REQUIRE(write_file_durably(folder / "file", as_bytes("x"), FileMode::kPublic));
  for (const std::string& path : {folder / "file/kiosk.log", folder.path(), std::string("/proc/none/kiosk.log")}) {
    INFO(path);
    open_log(path, LogLevel::kError);
    log_error("test", "said on standard error");
    flush_log();
  }
  SUCCEED("still here");
}

TEST_CASE("a log on a full disk is no reason to stop") {
  const BackToStandardError back;
  test::SmallDisk disk("64k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  open_log(disk / "kiosk.log", LogLevel::kError);
  REQUIRE_FALSE(write_file_durably(disk / "ballast", Bytes(128 * 1024, 'b'), FileMode::kPublic));
  const Status ballast = write_file_durably(disk / "ballast", Bytes(56 * 1024, 'b'), FileMode::kPublic);
  REQUIRE(ballast);
  for (int i = 0; i < 200; ++i) log_error("test", "{}", std::string(100, 'x'));
  flush_log();
  SUCCEED("still here");
}

TEST_CASE("a log never outgrows its files") {
  const BackToStandardError back;
  const test::TempFolder folder;
  // Warnings and below only to the file would need another sink; standard error is closed for this case instead.
  open_log(folder / "kiosk.log", LogLevel::kError);
  std::FILE* const silent = std::freopen("/dev/null", "w", stderr);
  REQUIRE(silent != nullptr);
  const std::string line(4000, 'x');
  const std::size_t lines = limits::kLogFileBytes * (limits::kLogFiles + 2) / line.size();
  for (std::size_t i = 0; i < lines; ++i) log_error("test", "{}", line);
  flush_log();
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++files;
    CHECK(entry.file_size() <= limits::kLogFileBytes);
  }
  CHECK(files == limits::kLogFiles + 1);
}

}  // namespace
}  // namespace mimika
