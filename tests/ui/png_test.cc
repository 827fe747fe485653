// Pictures read from files: what was written comes back, and a file that is something else is refused before its pixels
// are asked for.
#include "ui/platform/png.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika::ui {
namespace {

constexpr int kWidth = 7;
constexpr int kHeight = 5;

struct Files {
  test::TempFolder folder;

  [[nodiscard]] std::string path(const std::string& name) const { return folder.path() + "/" + name; }
  [[nodiscard]] std::string write(const std::string& name, ByteView bytes) const {
    REQUIRE(write_file_durably(path(name), bytes, FileMode::kPrivate));
    return path(name);
  }
  [[nodiscard]] Bytes picture() const {
    Bytes rgba;
    for (std::size_t i = 0; i < std::size_t{kWidth} * kHeight; ++i) {
      rgba.insert(rgba.end(), {static_cast<std::uint8_t>(i * 7), static_cast<std::uint8_t>(255 - i), 9, 255});
    }
    return rgba;
  }
  [[nodiscard]] Bytes png() const {
    REQUIRE(write_png(path("whole.png"), kWidth, kHeight, picture()));
    return read_file(path("whole.png"), kPngBytes).value();
  }
};

TEST_CASE("A picture that was written is read as it was") {
  const Files files;
  REQUIRE_FALSE(files.png().empty());
  const auto read = read_png(files.path("whole.png"));
  REQUIRE(read);
  CHECK(read->width == kWidth);
  CHECK(read->height == kHeight);
  CHECK(read->rgba == files.picture());
}

// The sanitizers' build looks for what is left when the program ends.
TEST_CASE("A broken picture that another thread reads leaves nothing of that thread behind") {
  const Files files;
  const Bytes whole = files.png();
  const std::string cut = files.write("cut.png", ByteView(whole).first(whole.size() / 2));
  std::thread([&] { CHECK_FALSE(read_png(cut)); }).join();
}

TEST_CASE("What is no PNG is refused, and its file is named") {
  const Files files;
  const auto refusal = [](const std::string& path) {
    const auto read = read_png(path);
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find(std::filesystem::path(path).filename().string()) != std::string::npos);
    return read.error().code;
  };
  CHECK(refusal(files.path("missing.png")) == ErrorCode::kNotFound);
  CHECK(refusal(files.write("empty.png", {})) == ErrorCode::kInvalidInput);
  CHECK(refusal(files.write("words.png", as_bytes("a picture, or so its name says"))) == ErrorCode::kInvalidInput);
  const Bytes whole = files.png();
  for (const std::size_t length : {std::size_t{24}, std::size_t{40}, whole.size() / 2}) {
    CHECK(refusal(files.write("cut.png", ByteView(whole).first(length))) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("A PNG of more than 4096 pixels a side is refused by its header") {
  const Files files;
  Bytes wide = files.png();
  wide.at(18) = 0x10;  // 4096 and 7
  CHECK(read_png(files.write("wide.png", wide)).error().code == ErrorCode::kTooLarge);
  Bytes high = files.png();
  high.at(20) = 0xFF;
  CHECK(read_png(files.write("high.png", high)).error().code == ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace mimika::ui
