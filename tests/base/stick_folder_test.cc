#include "kiosk/base/stick_folder.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

TEST_CASE("what was written on a stick is there under its name alone, and takes the place of what was") {
  const test::TempFolder folder;
  REQUIRE(write_and_verify(folder.path(), "a.kb", Bytes(9000, 1)));
  REQUIRE(write_and_verify(folder.path(), "a.kb", Bytes(5000, 2)));
  CHECK(read_file(folder / "a.kb", 10'000) == Bytes(5000, 2));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a leftover of a stick that was pulled does not stand in the way") {
  const test::TempFolder folder;
  REQUIRE(write_file_durably(folder / "a.kb.part", Bytes(100'000, 9), FileMode::kPublic));
  REQUIRE(write_and_verify(folder.path(), "a.kb", Bytes(5000, 2)));
  CHECK(read_file(folder / "a.kb", 10'000) == Bytes(5000, 2));
  CHECK_FALSE(std::filesystem::exists(folder / "a.kb.part"));
}

TEST_CASE("a stick that is gone is an error in words, and so is one without room") {
  const test::TempFolder folder;
  const Status gone = write_and_verify(folder / "gone", "a.kb", Bytes(10, 1));
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == ErrorCode::kNotFound);
  CHECK_FALSE(list_files(folder / "gone", ".kb", 10));
  CHECK(check_free_space(folder.path(), 1));
  const Status full = check_free_space(folder.path(), std::uint64_t{1} << 60);
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::kStorageFull);
}

TEST_CASE("only plain files with the ending are listed, up to a limit") {
  const test::TempFolder folder;
  for (const char* name : {"b.kb", "a.kb", ".hidden.kb", "c.txt", "a.kb.part"}) {
    REQUIRE(write_file_durably(folder / name, Bytes(3, 1), FileMode::kPublic));
  }
  std::filesystem::create_symlink("/etc/passwd", folder / "link.kb");
  std::filesystem::create_directory(folder / "folder.kb");
  const auto found = list_files(folder.path(), ".kb", 2);
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK(found->at(0).name == "a.kb");
  CHECK(found->at(0).bytes == 3);
  const auto many = list_files(folder.path(), ".kb", 1);
  REQUIRE_FALSE(many);
  CHECK(many.error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a link on a stick is followed by neither reading nor writing") {
  const test::TempFolder folder;
  REQUIRE(write_file_durably(folder / "target", Bytes(3, 1), FileMode::kPublic));
  std::filesystem::create_symlink(folder / "target", folder / "a.kb");
  std::filesystem::create_symlink(folder / "target", folder / "b.kb.part");
  CHECK_FALSE(read_what_is_left(folder.path(), "a.kb", 100));
  CHECK_FALSE(write_and_verify(folder.path(), "b.kb", Bytes(10, 5)));
  CHECK(read_file(folder / "target", 100) == Bytes(3, 1));
}

TEST_CASE("a file over its limit is not read") {
  const test::TempFolder folder;
  REQUIRE(write_file_durably(folder / "a.kb", Bytes(9000, 1), FileMode::kPublic));
  CHECK(read_what_is_left(folder.path(), "a.kb", 9000) == Bytes(9000, 1));
  const auto large = read_what_is_left(folder.path(), "a.kb", 8999);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace mimika
