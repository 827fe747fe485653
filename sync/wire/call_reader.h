// A call as it comes over the network: piece by piece, and each frame usable before the next one is there, so that a
// connection cut in the middle loses no more than one. Order of use: add() what came; next() until it needs more; after
// kHeader say whose key it is checked with; after kFrame take the frame.
//
// A frame's tag proves that this device made it for this call; the signature at the end proves it to everyone else.
#pragma once

#include <cstdint>
#include <optional>

#include "sync/wire/envelope_format.h"
#include "sync/wire/frame_body.h"

namespace mimika::wire {

class CallReader {
 public:
  // Versions above `newest` are refused: a test, or a centre that is to be older than it is. All must outlive it.
  explicit CallReader(const crypto::BoxKey& centre_key, std::uint8_t newest = kNewestVersion)
      : centre_key_(&centre_key), newest_(newest) {}

  void add(ByteView more);

  enum class Step { kNeedMore, kHeader, kFrame, kEnd };
  // kNewerVersion for an unknown version, kTooLarge over a limit, kUnauthorised for a frame or a signature the device
  // did not make, kCorrupt for anything malformed. After an error nothing more is read.
  [[nodiscard]] Result<Step> next();

  [[nodiscard]] const CallHeader& header() const { return header_; }  // from kHeader on
  [[nodiscard]] std::uint8_t version() const { return version_; }     // the same
  [[nodiscard]] std::uint8_t newest_version() const { return newest_; }
  // Between kHeader and use_device_key(): the kiosk knows another of the centre's keys.
  void use_centre_key(const crypto::BoxKey& key) { centre_key_ = &key; }
  // Once, after kHeader. kUnauthorised when it is no usable key.
  [[nodiscard]] Status use_device_key(const crypto::VerifyKey& key);
  [[nodiscard]] CallFrame take_frame() { return std::move(*frame_); }  // once, after kFrame

 private:
  enum class State { kStart, kWaitingForKey, kFrames, kDone };
  [[nodiscard]] Result<Step> read_step();
  [[nodiscard]] Result<Step> read_start();
  [[nodiscard]] Result<Step> read_frame();
  [[nodiscard]] Result<Step> read_end(std::size_t mark_bytes);
  void consume(std::size_t bytes);

  const crypto::BoxKey* centre_key_;
  std::uint8_t newest_;
  State state_ = State::kStart;
  std::optional<Error> failure_;
  Bytes pending_;          // what was added and not consumed; up to kCallBytes
  std::size_t begun_ = 0;  // of pending_, consumed already
  std::size_t total_ = 0;
  crypto::Hasher digest_{"mimika envelope 1"};
  Bytes start_;  // magic to header
  std::uint8_t version_ = 0;
  CallHeader header_;
  crypto::VerifyKey device_key_{};
  FrameTagger tagger_;
  std::optional<CompactCoder> coder_;  // once the header is there
  std::uint64_t frames_ = 0;
  std::size_t raw_bytes_ = 0;  // of all frames, unpacked; up to kCallRawBytes
  std::optional<CallFrame> frame_;
};

}  // namespace mimika::wire
