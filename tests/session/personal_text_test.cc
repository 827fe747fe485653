#include "kiosk/session/personal_text.h"

#include <catch2/catch.hpp>

#include "tests/session/memory_watch.h"

using namespace mimika;
using mimika::testing::MemoryWatch;

namespace {
constexpr std::string_view kMarker = "penanda-rahasia-seorang-warga";
}

TEST_CASE("The watch sees a plain string that was not overwritten") {
  const MemoryWatch watch(kMarker);
  {
    const std::string left(kMarker);
  }
  CHECK(watch.blocks_holding_marker() == 1);
}

TEST_CASE("A personal text leaves nothing behind, however it grows, moves, is copied or dies") {
  const MemoryWatch watch(kMarker);
  {
    PersonalText text(kMarker);
    for (int i = 0; i < 200; ++i) text.insert(text.size(), "x");  // grows through several blocks
    PersonalText copy = text;
    const PersonalText moved = std::move(copy);
    text.erase(0, 4);
    text.wipe();
    CHECK(text.empty());
    text = moved;
    text = PersonalText("lain");
  }
  CHECK(watch.blocks_freed() > 5);
  CHECK(watch.blocks_holding_marker() == 0);
}

TEST_CASE("A short text leaves nothing in the object it was moved from") {
  PersonalText from("PIN1234");
  const PersonalText to = std::move(from);
  const std::string_view bytes(reinterpret_cast<const char*>(&from), sizeof from);
  CHECK(bytes.find("PIN1234") == std::string_view::npos);
}

TEST_CASE("A filing request is overwritten after the store has sealed it") {
  const MemoryWatch watch(kMarker);
  {
    FilingRequest request;
    request.details.story = kMarker;
    request.details.name = kMarker;
    request.details.fields.emplace_back("nik", kMarker);
    wipe(request);
    CHECK(request.details == PrivatePart{});
  }
  CHECK(watch.blocks_holding_marker() == 0);
}

TEST_CASE("A photo of two megabytes and a recording are kept, grown and forgotten") {
  PersonalBytes photo;
  photo.reserve(std::size_t{2} * 1024 * 1024);
  const Bytes block(std::size_t{64} * 1024, 0x5A);
  for (int i = 0; i < 32; ++i) photo.append(block);
  CHECK(photo.size() == std::size_t{2} * 1024 * 1024);
  PersonalBytes voice(ByteView(block).first(200));
  CHECK(voice.view().size() == 200);
  CHECK(voice.view().back() == 0x5A);
  voice = photo;
  CHECK(voice == photo);
  photo.wipe();
  CHECK(photo.empty());
}
