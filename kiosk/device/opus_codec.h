// A voice as Ogg Opus (RFC 7845) and back, in memory that is overwritten: the encoder's and decoder's own states too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"
#include "kiosk/device/ogg_pages.h"
#include "kiosk/device/sound.h"

namespace mimika::device {

// Speech at 16 kbit/s: some 120 KB a minute. Takes samples of kVoiceRateHz as they come.
class VoiceEncoder {
 public:
  [[nodiscard]] static Result<VoiceEncoder> create();
  [[nodiscard]] Status add(SampleView samples);
  [[nodiscard]] std::uint64_t samples() const { return taken_; }
  [[nodiscard]] std::int64_t duration_ms() const { return ms_of(taken_, kVoiceRateHz); }
  // The whole file; ends at the last sample that was added.
  [[nodiscard]] Result<WipedBytes> finish();

 private:
  VoiceEncoder() = default;
  [[nodiscard]] Status encode_frame();

  WipedBytes state_;
  Samples frame_;  // not full yet
  WipedBytes packet_;
  OggWriter writer_;
  std::uint64_t lookahead_ = 0;  // samples the encoder is behind by
  std::uint64_t taken_ = 0;      // samples
  std::uint64_t encoded_ = 0;
};

// A recording, ours or one made by a speaker of a language with other tools: one stream, mono or stereo. It is looked
// through before anything of it is played, so that reading on needs no memory and cannot fail half way.
class SoundReader {
 public:
  // kCorrupt for what is no whole Ogg Opus file; kInvalidInput for one with more than two channels; kTooLarge above
  // limits::kSoundFileBytes or kSoundMs.
  [[nodiscard]] static Result<SoundReader> open(ByteView file);
  [[nodiscard]] std::int64_t duration_ms() const { return ms_of(samples_, kSoundRateHz); }
  [[nodiscard]] std::int64_t position_ms() const { return ms_of(read_, kSoundRateHz); }
  // The next samples, at kSoundRateHz; fewer than asked for only at the end.
  std::size_t read(std::span<std::int16_t> out);

 private:
  SoundReader() = default;
  [[nodiscard]] bool decode_next();

  WipedBytes state_;
  OggPackets packets_;
  std::size_t next_packet_ = 0;
  std::size_t next_byte_ = 0;
  Samples frame_;
  std::size_t frame_begin_ = 0;
  std::size_t frame_end_ = 0;
  std::uint64_t skip_ = 0;     // samples that come before the beginning
  std::uint64_t samples_ = 0;  // that the file holds
  std::uint64_t read_ = 0;
};

}  // namespace mimika::device
