#include "sync/client/batch_size.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"

namespace mimika::sync {
namespace {

constexpr std::int64_t kFastMs = 1;  // 1 MB in a millisecond: the rate never limits

TEST_CASE("a batch begins with one frame and doubles with each success") {
  BatchSize batch;
  REQUIRE(batch.frames() == 1);
  REQUIRE(batch.max_events() == limits::kFrameEvents);
  REQUIRE(batch.max_bytes() == limits::kFrameTargetBytes);
  for (const std::size_t expected : {2U, 4U, 8U, 16U}) {
    batch.succeeded(1'000'000, kFastMs);
    REQUIRE(batch.frames() == expected);
  }
}

TEST_CASE("a batch halves with each failure and never vanishes") {
  BatchSize batch;
  for (int i = 0; i < 4; ++i) batch.succeeded(1'000'000, kFastMs);
  for (const std::size_t expected : {8U, 4U, 2U, 1U, 1U}) {
    batch.failed();
    REQUIRE(batch.frames() == expected);
  }
}

TEST_CASE("a batch stops growing at its limit, which keeps a call within the protocol's limits") {
  BatchSize batch;
  for (int i = 0; i < 40; ++i) batch.succeeded(1'000'000, kFastMs);
  REQUIRE(batch.frames() == kBatchFramesMax);
  // Two neighbouring frames together always hold more than one frame's worth, or sixteen events in one of them.
  const std::size_t most_frames =
      2 * batch.max_bytes() / limits::kFrameTargetBytes + batch.max_events() / limits::kFrameEvents + 1;
  REQUIRE(most_frames <= limits::kCallFrames);
  REQUIRE(batch.max_bytes() + limits::kEventBytes < limits::kCallBytes / 2);
}

TEST_CASE("a batch is no larger than what the observed rate sends in five seconds") {
  BatchSize batch;
  // 9.6 kbit/s: 1,200 bytes a second, about 6,000 in five.
  for (int i = 0; i < 10; ++i) batch.succeeded(12'000, 10'000);
  REQUIRE(batch.max_bytes() <= 6'000);
  REQUIRE(batch.frames() == 5);
  SECTION("a link slower than one frame in five seconds still gets one frame") {
    for (int i = 0; i < 20; ++i) batch.succeeded(1'000, 60'000);
    REQUIRE(batch.frames() == 1);
  }
  SECTION("a link that became faster is used at once") {
    batch.succeeded(120'000, 1'000);
    REQUIRE(batch.frames() == 10);
    batch.succeeded(120'000, 1'000);
    REQUIRE(batch.frames() == 20);
  }
  SECTION("one slow call does not throw away what was learnt") {
    batch.succeeded(100, 1'000);
    REQUIRE(batch.frames() >= 2);
  }
}

TEST_CASE("a satellite's round trip does not keep a batch from doubling") {
  BatchSize batch;
  // 1.5 s a round trip at 64 kbit/s.
  for (const std::size_t expected : {2U, 4U, 8U, 16U}) {
    const auto bytes = static_cast<std::uint64_t>(batch.max_bytes());
    batch.succeeded(bytes, 1'500 + static_cast<std::int64_t>(bytes) / 8);
    REQUIRE(batch.frames() >= expected / 2);
  }
  REQUIRE(batch.frames() >= 8);
}

}  // namespace
}  // namespace mimika::sync
