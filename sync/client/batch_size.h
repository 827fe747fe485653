// How much one call carries, up and down. Pure.
//
// The centre commits every frame as it comes, so a call cut in the middle has not been for nothing, and a batch need
// not begin at one frame. Every end of a call costs: a round trip in which the line is idle, and when one of the last
// packets is lost several more, for nothing that follows shows that it is missing. So text, which goes in its order and
// gains nothing from being cut up, begins with half a minute at 64 kbit/s and may take a minute a call. Parts of blobs
// begin with two seconds and take twenty at most, because whoever files meanwhile waits for the end of the call.
//
// Both double when a call went through. After a call that was not answered nobody knows how far it came: the next one
// carries a single frame, whose answer tells, and then half of what failed. So whatever happens to a call, no more than
// one frame is sent again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace mimika::sync {

inline constexpr std::size_t kTextFramesFirst = 256;  // a thousand complaints take 140
inline constexpr std::size_t kPartFramesFirst = 16;
// 1,024 frames are 1.1 MB. Even when every second frame is nearly empty that stays below limits::kCallFrames and, with
// whatever cannot be compressed, far below limits::kCallBytes.
inline constexpr std::size_t kBatchFramesMax = 1024;
inline constexpr std::int64_t kTextMs = 60'000;
inline constexpr std::int64_t kPartsMs = 20'000;
// A smaller call spends its time waiting for the round trip and makes the link look slower than it is, unless it took
// longer than a call should.
inline constexpr std::uint64_t kTellingBytes = std::uint64_t{8} * 1024;
inline constexpr double kSlowBytesPerMs = 2;           // 16 kbit/s
inline constexpr std::size_t kPartOverheadBytes = 56;  // of a part besides its content: ids, lengths, the frame's tag

class BatchSize {
 public:
  [[nodiscard]] std::size_t frames() const;  // of text
  [[nodiscard]] std::size_t max_events() const;
  [[nodiscard]] std::size_t max_bytes() const;
  [[nodiscard]] std::size_t max_part_bytes() const;  // what text takes of them is not left for parts
  // How far the call before came is not known: this one asks.
  [[nodiscard]] bool asking() const { return asking_; }
  // Leaves of one part of a blob: one on a very slow link, and the fewer the less goes through between two failures,
  // so that what cuts cost stays small beside what is sent.
  [[nodiscard]] std::size_t part_leaves() const;

  // A call that carried something was answered. `bytes` went up in `upload_ms`.
  void succeeded(std::uint64_t bytes, std::int64_t upload_ms);
  void failed();

 private:
  // Grows and shrinks between one frame and kBatchFramesMax, beyond `first` only when the rate is known, and carries no
  // more than the link does in `ms`.
  struct Allowance {
    std::size_t first;
    std::int64_t ms;
    std::size_t frames = first;
  };
  [[nodiscard]] std::size_t frames_of(const Allowance& allowance) const;

  Allowance text_{.first = kTextFramesFirst, .ms = kTextMs};
  Allowance parts_{.first = kPartFramesFirst, .ms = kPartsMs};
  bool asking_ = false;                              // how far the call before came is not known
  double bytes_per_ms_ = 0;                          // 0: not observed yet
  std::uint64_t since_failure_ = 0;                  // bytes that went through
  std::optional<std::uint64_t> between_failures_{};  // on the average of late; empty: nothing has failed yet
};

// The same for answers, which are taken whole or not at all: halved by every failure, so that a link that never holds
// for long brings the feed down all the same.
inline constexpr std::uint32_t kAnswerBytesMax = 256U * 1024;
inline constexpr std::uint32_t kAnswerBytesMin = 2U * 1024;

class AnswerSize {
 public:
  [[nodiscard]] std::uint32_t bytes() const { return bytes_; }
  void succeeded();
  void failed();

 private:
  std::uint32_t bytes_ = 64U * 1024;
};

}  // namespace mimika::sync
