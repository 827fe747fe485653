// Drawings kept rasterised between two starts: the same pixels come back, and a file that is not whole never does.
#include "ui/platform/raster_store.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

using namespace mimika;
using mimika::ui::RasterStore;

namespace {

namespace fs = std::filesystem;
using Pixels = std::vector<std::uint32_t>;

constexpr int kWidth = 512;
constexpr int kHeight = 300;

Pixels picture(std::uint32_t seed) {
  Pixels pixels(static_cast<std::size_t>(kWidth) * kHeight);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = seed + static_cast<std::uint32_t>(i) * 2654435761U;
  return pixels;
}

fs::path only_file(const std::string& folder) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    CHECK(found.empty());
    found = entry.path();
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

}  // namespace

TEST_CASE("A drawing that was kept comes back after a restart, for its own key and size only") {
  const test::TempFolder folder;
  RasterStore(folder / "cache").keep("attract", kWidth, kHeight, picture(1));
  const RasterStore again(folder / "cache");
  CHECK(again.find("attract", kWidth, kHeight) == picture(1));
  CHECK_FALSE(again.find("attract2", kWidth, kHeight));
  CHECK_FALSE(again.find("attract", kHeight, kWidth));
}

TEST_CASE("Small drawings are not kept, and no folder keeps nothing") {
  const test::TempFolder folder;
  RasterStore store(folder / "cache");
  store.keep("icon", 64, 64, Pixels(64UL * 64));
  CHECK_FALSE(store.find("icon", 64, 64));
  CHECK(fs::is_empty(folder / "cache"));
  RasterStore nowhere("");
  nowhere.keep("attract", kWidth, kHeight, picture(1));
  CHECK_FALSE(nowhere.find("attract", kWidth, kHeight));
}

TEST_CASE("A kept drawing that is cut short, flipped in one bit or something else is made anew") {
  const test::TempFolder folder;
  RasterStore store(folder / "cache");
  store.keep("attract", kWidth, kHeight, picture(1));
  const fs::path file = only_file(folder / "cache");
  const auto size = fs::file_size(file);
  SECTION("cut short") {
    fs::resize_file(file, size - 1);
  }
  SECTION("empty") {
    fs::resize_file(file, 0);
  }
  SECTION("one bit") {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekg(static_cast<std::streamoff>(size / 2));
    const int byte = bytes.get();
    bytes.seekp(static_cast<std::streamoff>(size / 2));
    bytes.put(static_cast<char>(byte ^ 1));
  }
  SECTION("another file") {
    std::ofstream(file) << "not a picture at all, but long enough for a header";
  }
  CHECK_FALSE(store.find("attract", kWidth, kHeight));
  store.keep("attract", kWidth, kHeight, picture(2));
  CHECK(store.find("attract", kWidth, kHeight) == picture(2));
}

TEST_CASE("The folder of kept drawings does not grow without end") {
  const test::TempFolder folder;
  RasterStore store(folder / "cache");
  const std::size_t bytes = picture(0).size() * 4;
  const std::size_t more_than_fit = RasterStore::kMostBytes / bytes + 5;
  for (std::size_t i = 0; i < more_than_fit; ++i) {
    store.keep("drawing " + std::to_string(i), kWidth, kHeight, picture(static_cast<std::uint32_t>(i)));
  }
  std::size_t held = 0;
  for (const auto& entry : fs::directory_iterator(folder / "cache")) held += entry.file_size();
  CHECK(held <= RasterStore::kMostBytes);
  CHECK(store.find("drawing " + std::to_string(more_than_fit - 1), kWidth, kHeight));
}
