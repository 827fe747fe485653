#include "kiosk/base/files.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string>

#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

using test::SmallDisk;
using test::TempFolder;

constexpr std::size_t kLarge = 1024 * 1024;

std::string read(const std::string& path) {
  const auto content = read_file(path, kLarge);
  return content ? std::string(as_text(*content)) : "(" + content.error().message + ")";
}

mode_t mode_of(const std::string& path) {
  struct stat info{};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

std::size_t entries_in(const std::string& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

// Files of this process end at `bytes` while it lives: a write beyond fails with EFBIG instead of a signal.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_limit_);
    const rlimit limit = {bytes, old_limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_limit_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  void (*old_handler_)(int) = nullptr;
};

TEST_CASE("a file written durably is there whole, and its folder holds nothing else") {
  const TempFolder folder;
  const std::string path = folder / "note";
  REQUIRE(write_file_durably(path, as_bytes("one"), FileMode::kPublic));
  CHECK(read(path) == "one");
  REQUIRE(write_file_durably(path, as_bytes("two, and longer"), FileMode::kPublic));
  CHECK(read(path) == "two, and longer");
  REQUIRE(write_file_durably(path, {}, FileMode::kPublic));
  CHECK(read(path).empty());
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("a file name without a folder is written in the current one") {
  const TempFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Status written = write_file_durably("note", as_bytes("x"), FileMode::kPublic);
  std::filesystem::current_path(before);
  REQUIRE(written);
  CHECK(read(folder / "note") == "x");
}

TEST_CASE("a private file is readable by its owner alone") {
  const TempFolder folder;
  const mode_t old_mask = ::umask(0);
  REQUIRE(write_file_durably(folder / "private", as_bytes("x"), FileMode::kPrivate));
  REQUIRE(write_file_durably(folder / "public", as_bytes("x"), FileMode::kPublic));
  CHECK(mode_of(folder / "private") == 0600);
  CHECK(mode_of(folder / "public") == 0644);

  SECTION("also when a half-written file with wider rights was left behind") {
    REQUIRE(write_file_durably(folder / "private.new", as_bytes("left over"), FileMode::kPublic));
    REQUIRE(write_file_durably(folder / "private", as_bytes("y"), FileMode::kPrivate));
    CHECK(mode_of(folder / "private") == 0600);
    CHECK(read(folder / "private") == "y");
  }
  ::umask(old_mask);
}

TEST_CASE("reading says what is missing and what is too large") {
  const TempFolder folder;
  REQUIRE(write_file_durably(folder / "ten", as_bytes("0123456789"), FileMode::kPublic));
  CHECK(read_file(folder / "ten", 10).value().size() == 10);
  CHECK(read_file(folder / "ten", 9).error().code == ErrorCode::kTooLarge);
  CHECK(read_file(folder / "none", 10).error().code == ErrorCode::kNotFound);
  CHECK(read_file(folder.path(), 10).error().code == ErrorCode::kStorageFailed);
  CHECK(read_file("/dev/zero", 100'000).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a write that hits a limit keeps the old content and leaves nothing behind") {
  const TempFolder folder;
  const std::string path = folder / "note";
  REQUIRE(write_file_durably(path, as_bytes("old"), FileMode::kPublic));
  {
    const FileSizeLimit limit(4096);
    const Status written = write_file_durably(path, Bytes(8192, 'x'), FileMode::kPublic);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::kStorageFailed);
  }
  CHECK(read(path) == "old");
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("on a full disk the old content stays, the error says so, and space freed is space used") {
  SmallDisk disk("64k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  const std::string path = disk / "note";
  REQUIRE(write_file_durably(path, as_bytes("old"), FileMode::kPublic));
  REQUIRE(write_file_durably(disk / "ballast", Bytes(40 * 1024, 'b'), FileMode::kPublic));

  const Status full = write_file_durably(path, Bytes(40 * 1024, 'x'), FileMode::kPublic);
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::kStorageFull);
  CHECK(read(path) == "old");
  CHECK_FALSE(std::filesystem::exists(path + ".new"));

  std::filesystem::remove(disk / "ballast");
  REQUIRE(write_file_durably(path, Bytes(40 * 1024, 'x'), FileMode::kPublic));
  CHECK(read(path).size() == 40 * 1024);
}

TEST_CASE("on a read-only disk nothing changes and the error says so") {
  SmallDisk disk("64k");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  const std::string path = disk / "note";
  REQUIRE(write_file_durably(path, as_bytes("old"), FileMode::kPublic));
  REQUIRE(disk.make_read_only());
  CHECK(write_file_durably(path, as_bytes("new"), FileMode::kPublic).error().code == ErrorCode::kStorageReadOnly);
  CHECK(make_private_folder(disk / "folder").error().code == ErrorCode::kStorageReadOnly);
  CHECK(make_private_folder(disk.path()));  // it is there already; that it cannot be protected further is no failure
  CHECK(read(path) == "old");
}

TEST_CASE("a folder that is missing, or is a file, is an error") {
  const TempFolder folder;
  CHECK(write_file_durably(folder / "none/note", as_bytes("x"), FileMode::kPublic).error().code ==
        ErrorCode::kNotFound);
  REQUIRE(write_file_durably(folder / "file", as_bytes("x"), FileMode::kPublic));
  CHECK(write_file_durably(folder / "file/note", as_bytes("x"), FileMode::kPublic).error().code ==
        ErrorCode::kStorageFailed);
  CHECK_FALSE(make_private_folder(folder / "file/below"));
  CHECK(read(folder / "file") == "x");
}

TEST_CASE("a folder in the place of the file is not replaced") {
  const TempFolder folder;
  std::filesystem::create_directory(folder / "note");
  CHECK_FALSE(write_file_durably(folder / "note", as_bytes("x"), FileMode::kPublic));
  CHECK(std::filesystem::is_directory(folder / "note"));
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("a private folder is made with its parents, for its owner alone, and again without harm") {
  const TempFolder folder;
  const std::string path = folder / "a/b/c";
  REQUIRE(make_private_folder(path));
  CHECK(mode_of(path) == 0700);
  REQUIRE(make_private_folder(path));
  ::chmod(path.c_str(), 0777);
  REQUIRE(make_private_folder(path));
  CHECK(mode_of(path) == 0700);
}

TEST_CASE("the kernel's numbers become our errors") {
  CHECK(error_from_errno(ENOSPC, "x").code == ErrorCode::kStorageFull);
  CHECK(error_from_errno(EDQUOT, "x").code == ErrorCode::kStorageFull);
  CHECK(error_from_errno(EROFS, "x").code == ErrorCode::kStorageReadOnly);
  CHECK(error_from_errno(EACCES, "x").code == ErrorCode::kStorageReadOnly);
  CHECK(error_from_errno(ENOENT, "x").code == ErrorCode::kNotFound);
  CHECK(error_from_errno(EIO, "x").code == ErrorCode::kStorageFailed);
  CHECK(error_from_errno(EIO, "reading the clock").message.starts_with("reading the clock: "));
}

TEST_CASE(
    "a file of the same length is written over in place, any other is replaced, and neither leaves anything beside") {
  const TempFolder folder;
  const std::string path = folder / "counter";
  REQUIRE(overwrite_file(path, as_bytes("0001\n"), FileMode::kPublic, Durability::kSynced));
  struct stat first{};
  REQUIRE(::stat(path.c_str(), &first) == 0);
  REQUIRE(overwrite_file(path, as_bytes("0002\n"), FileMode::kPublic, Durability::kSynced));
  struct stat second{};
  REQUIRE(::stat(path.c_str(), &second) == 0);
  CHECK(first.st_ino == second.st_ino);
  CHECK(as_text(read_file(path, 64).value()) == "0002\n");

  REQUIRE(overwrite_file(path, as_bytes("3\n"), FileMode::kPublic, Durability::kSynced));
  CHECK(as_text(read_file(path, 64).value()) == "3\n");
  CHECK(entries_in(folder.path()) == 1);
}

}  // namespace
}  // namespace mimika
