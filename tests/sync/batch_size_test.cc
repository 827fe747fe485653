#include "sync/client/batch_size.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "sync/wire/blob.h"

namespace mimika::sync {
namespace {

constexpr std::int64_t kFastMs = 1;  // 1 MB in a millisecond: the rate never limits

constexpr std::uint64_t kAsking = 1'200;  // the bytes of a single frame

std::size_t part_frames(const BatchSize& batch) {
  return batch.max_part_bytes() / limits::kFrameTargetBytes;
}

TEST_CASE("text begins with half a minute's worth of a slow link, parts with two seconds', and both double") {
  BatchSize batch;
  REQUIRE(batch.frames() == kTextFramesFirst);
  REQUIRE(batch.max_events() == kTextFramesFirst * limits::kFrameEvents);
  REQUIRE(batch.max_bytes() == kTextFramesFirst * limits::kFrameTargetBytes);
  REQUIRE(part_frames(batch) == kPartFramesFirst);
  for (const std::size_t times : {2U, 4U}) {
    batch.succeeded(1'000'000, kFastMs);
    REQUIRE(batch.frames() == times * kTextFramesFirst);
    REQUIRE(part_frames(batch) == times * kPartFramesFirst);
  }
}

TEST_CASE("after a failure one frame asks how far the call came, and then half of it is tried") {
  BatchSize batch;
  batch.failed();
  REQUIRE(batch.frames() == 1);
  REQUIRE(part_frames(batch) == 1);
  batch.succeeded(kAsking, 700);
  REQUIRE(batch.frames() == kTextFramesFirst / 2);
  REQUIRE(part_frames(batch) == kPartFramesFirst / 2);
  SECTION("several failures in a row are one: nothing more was learnt") {
    for (int i = 0; i < 5; ++i) batch.failed();
    REQUIRE(batch.frames() == 1);
    batch.succeeded(kAsking, 700);
    REQUIRE(batch.frames() == kTextFramesFirst / 4);
    REQUIRE(part_frames(batch) == kPartFramesFirst / 4);
  }
}

TEST_CASE("a batch halves with each failure and never vanishes") {
  BatchSize batch;
  for (const std::size_t times : {2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U}) {
    batch.failed();
    batch.succeeded(kAsking, 700);
    REQUIRE(batch.frames() == std::max<std::size_t>(kTextFramesFirst / times, 1));
    REQUIRE(part_frames(batch) == std::max<std::size_t>(kPartFramesFirst / times, 1));
  }
}

TEST_CASE("a batch stops growing at its limit, which keeps a call within the protocol's limits") {
  BatchSize batch;
  for (int i = 0; i < 40; ++i) batch.succeeded(1'000'000, kFastMs);
  REQUIRE(batch.frames() == kBatchFramesMax);
  REQUIRE(part_frames(batch) == kBatchFramesMax);
  // Two neighbouring frames together always hold more than one frame's worth, or sixteen events in one of them.
  const std::size_t most_frames =
      2 * batch.max_bytes() / limits::kFrameTargetBytes + batch.max_events() / limits::kFrameEvents + 1;
  REQUIRE(most_frames <= limits::kCallFrames);
  REQUIRE(batch.max_bytes() + limits::kEventBytes < limits::kCallBytes / 2);
}

TEST_CASE("text is no more than what the observed rate sends in a minute, parts than in twenty seconds") {
  BatchSize batch;
  // 9.6 kbit/s: 1,200 bytes a second, 24,000 in twenty.
  for (int i = 0; i < 10; ++i) batch.succeeded(12'000, 10'000);
  REQUIRE(batch.max_bytes() <= 72'000);
  REQUIRE(batch.frames() == 65);
  REQUIRE(batch.max_part_bytes() <= 24'000);
  REQUIRE(part_frames(batch) == 21);
  SECTION("a link slower than one frame in twenty seconds still gets one frame") {
    for (int i = 0; i < 20; ++i) batch.succeeded(1'000, 60'000);
    REQUIRE(batch.frames() == 1);
    REQUIRE(part_frames(batch) == 1);
  }
  SECTION("a link that became faster is used at once") {
    batch.succeeded(120'000, 1'000);
    REQUIRE(part_frames(batch) == 42);
    batch.succeeded(120'000, 1'000);
    REQUIRE(part_frames(batch) == 84);
  }
  SECTION("one slow call does not throw away what was learnt") {
    batch.succeeded(kTellingBytes, 20'000);
    REQUIRE(part_frames(batch) >= 10);
  }
}

TEST_CASE("a call too small to tell the rate says nothing, be there ever so many") {
  BatchSize batch;
  for (int i = 0; i < 20; ++i) batch.succeeded(500, 700);
  REQUIRE(batch.frames() == kTextFramesFirst);
  REQUIRE(part_frames(batch) == kPartFramesFirst);
  SECTION("but that it went through") {
    batch.failed();
    for (int i = 0; i < 20; ++i) batch.succeeded(500, 700);
    REQUIRE(batch.frames() == kTextFramesFirst);
    REQUIRE(part_frames(batch) == kPartFramesFirst);
  }
  SECTION("also when the rate is known") {
    batch.succeeded(40'000, 5'000);
    const std::size_t known = batch.max_bytes();
    for (int i = 0; i < 20; ++i) batch.succeeded(500, 700);
    REQUIRE(batch.max_bytes() >= known);
    REQUIRE(batch.max_bytes() <= 8 * 60'000);
  }
  SECTION("unless it took longer than a call should") {
    batch.succeeded(500, 25'000);
    REQUIRE(batch.frames() == 1);
  }
}

TEST_CASE("parts of blobs are the smaller the sooner calls fail, and grow again where they hold") {
  BatchSize batch;
  const auto carry = [&](std::uint64_t bytes) {
    for (std::uint64_t sent = 0; sent < bytes; sent += 40'000) batch.succeeded(40'000, 5'000);
  };
  const auto fail_and_ask = [&] {
    batch.failed();
    batch.succeeded(1'200, 700);
  };
  carry(400'000);
  REQUIRE(batch.part_leaves() == wire::kLeavesPerPart);  // nothing has failed
  fail_and_ask();
  carry(160'000);
  REQUIRE(batch.part_leaves() == 1);
  for (int i = 0; i < 6; ++i) {
    carry(1'000'000);
    fail_and_ask();
  }
  carry(160'000);
  REQUIRE(batch.part_leaves() == 2);  // a million bytes: 10,600 would be best
  carry(4'000'000);
  REQUIRE(batch.part_leaves() == wire::kLeavesPerPart);
  SECTION("failures in a row are one") {
    for (int i = 0; i < 5; ++i) batch.failed();
    batch.succeeded(1'200, 700);
    carry(80'000);
    REQUIRE(batch.part_leaves() > 1);
  }
}

TEST_CASE("an answer is asked to be half as long after every failure, and longer again after every success") {
  AnswerSize size;
  const std::uint32_t first = size.bytes();
  size.failed();
  REQUIRE(size.bytes() == first / 2);
  for (int i = 0; i < 20; ++i) size.failed();
  REQUIRE(size.bytes() == kAnswerBytesMin);
  for (int i = 0; i < 20; ++i) size.succeeded();
  REQUIRE(size.bytes() == kAnswerBytesMax);
}

}  // namespace
}  // namespace mimika::sync
