#include "kiosk/device/opus_codec.h"

#include <opus/opus.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

constexpr std::string_view kHeadMagic = "OpusHead";
constexpr std::string_view kTagsMagic = "OpusTags";
constexpr std::string_view kVendor = "mimika-kiosk";
constexpr std::uint8_t kHeadVersion = 1;
constexpr std::size_t kHeaderPackets = 2;

// Granules count at 48 kHz, whatever goes in or comes out.
constexpr int kGranuleHz = 48'000;
constexpr std::uint64_t kGranulesPerVoice = kGranuleHz / kVoiceRateHz;
constexpr std::uint64_t kGranulesPerSound = kGranuleHz / kSoundRateHz;
constexpr std::size_t kFrameSamples = kVoiceRateHz / 50;              // 20 ms
constexpr std::size_t kLongestPacketSamples = kSoundRateHz * 3 / 25;  // 120 ms, the most a packet may hold
constexpr int kLongestPacketGranules = kGranuleHz * 3 / 25;

constexpr int kBitsPerSecond = 16'000;
constexpr int kComplexity = 8;  // of 10; two percent of one slow core

std::unexpected<Error> opus_failed(const char* doing, int code) {
  return fail(ErrorCode::kInternal, std::string(doing) + ": " + opus_strerror(code));
}

OpusEncoder* encoder(WipedBytes& state) {
  return reinterpret_cast<OpusEncoder*>(state.data());
}
OpusDecoder* decoder(WipedBytes& state) {
  return reinterpret_cast<OpusDecoder*>(state.data());
}

Bytes head_packet(std::uint64_t lookahead) {
  Bytes head(kHeadMagic.begin(), kHeadMagic.end());
  head.push_back(kHeadVersion);
  head.push_back(1);  // channels
  append_u16(head, static_cast<std::uint16_t>(lookahead * kGranulesPerVoice));
  append_u32(head, static_cast<std::uint32_t>(kVoiceRateHz));
  append_u16(head, 0);  // gain
  head.push_back(0);    // mapping: mono or stereo
  return head;
}

// No more than the format demands: neither the date nor the device is anybody's business.
Bytes tags_packet() {
  Bytes tags(kTagsMagic.begin(), kTagsMagic.end());
  append_u32(tags, static_cast<std::uint32_t>(kVendor.size()));
  append(tags, as_bytes(kVendor));
  append_u32(tags, 0);
  return tags;
}

struct Head {
  std::uint16_t skip = 0;  // granules
  std::int16_t gain = 0;   // 1/256 dB
};

Result<Head> read_head(ByteView packet) {
  ByteReader reader(packet);
  TRY_ASSIGN(const ByteView magic, reader.take(kHeadMagic.size()));
  if (as_text(magic) != kHeadMagic) return fail(ErrorCode::kCorrupt, "not Opus");
  TRY_ASSIGN(const std::uint8_t version, reader.u8());
  if (version >= 16) return fail(ErrorCode::kCorrupt, "Opus of an unknown version");
  TRY_ASSIGN(const std::uint8_t channels, reader.u8());
  Head head;
  TRY_ASSIGN(head.skip, reader.u16());
  TRY_ASSIGN([[maybe_unused]] const std::uint32_t rate, reader.u32());
  TRY_ASSIGN(const std::uint16_t gain, reader.u16());
  head.gain = static_cast<std::int16_t>(gain);
  TRY_ASSIGN(const std::uint8_t mapping, reader.u8());
  if (channels < 1 || channels > 2 || mapping != 0) {
    return fail(ErrorCode::kInvalidInput, "the recording must be mono or stereo");
  }
  return head;
}

// How long a packet lasts; kCorrupt when it does not say so consistently.
Result<std::uint64_t> granules_in(ByteView packet) {
  std::array<std::int16_t, 48> sizes{};
  const int frames =
      opus_packet_parse(packet.data(), static_cast<opus_int32>(packet.size()), nullptr, nullptr, sizes.data(), nullptr);
  const int granules = opus_packet_get_nb_samples(packet.data(), static_cast<opus_int32>(packet.size()), kGranuleHz);
  if (frames < 1 || granules < 1 || granules > kLongestPacketGranules) {
    return fail(ErrorCode::kCorrupt, "a packet that is not Opus");
  }
  return static_cast<std::uint64_t>(granules);
}

}  // namespace

Result<VoiceEncoder> VoiceEncoder::create() {
  VoiceEncoder out;
  out.state_.resize(static_cast<std::size_t>(opus_encoder_get_size(1)));
  OpusEncoder* const opus = encoder(out.state_);
  if (const int code = opus_encoder_init(opus, kVoiceRateHz, 1, OPUS_APPLICATION_VOIP); code != OPUS_OK) {
    return opus_failed("preparing to encode", code);
  }
  opus_int32 lookahead = 0;
  for (const int code : {opus_encoder_ctl(opus, OPUS_SET_BITRATE(kBitsPerSecond)),
                         opus_encoder_ctl(opus, OPUS_SET_COMPLEXITY(kComplexity)),
                         opus_encoder_ctl(opus, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE)),
                         opus_encoder_ctl(opus, OPUS_GET_LOOKAHEAD(&lookahead))}) {
    if (code != OPUS_OK) return opus_failed("preparing to encode", code);
  }
  out.lookahead_ = static_cast<std::uint64_t>(lookahead);
  out.frame_.reserve(kFrameSamples);
  out.packet_.resize(limits::kVoicePacketBytes);
  out.writer_.add(head_packet(out.lookahead_), 0);
  out.writer_.flush();
  out.writer_.add(tags_packet(), 0);
  out.writer_.flush();
  return out;
}

Status VoiceEncoder::add(SampleView samples) {
  taken_ += samples.size();
  while (!samples.empty()) {
    const std::size_t count = std::min(samples.size(), kFrameSamples - frame_.size());
    frame_.insert(frame_.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count));
    samples = samples.subspan(count);
    if (frame_.size() == kFrameSamples) TRY(encode_frame());
  }
  return {};
}

Status VoiceEncoder::encode_frame() {
  frame_.resize(kFrameSamples);
  const opus_int32 size = opus_encode(encoder(state_), frame_.data(), static_cast<int>(frame_.size()), packet_.data(),
                                      static_cast<opus_int32>(packet_.size()));
  frame_.clear();
  if (size < 0) return opus_failed("encoding", size);
  encoded_ += kFrameSamples;
  writer_.add(ByteView(packet_).first(static_cast<std::size_t>(size)), encoded_ * kGranulesPerVoice);
  return {};
}

Result<WipedBytes> VoiceEncoder::finish() {
  // The encoder is behind by its lookahead, and the last samples come out only when so many more have gone in.
  while (encoded_ < taken_ + lookahead_) TRY(encode_frame());
  return writer_.finish((taken_ + lookahead_) * kGranulesPerVoice);
}

Result<SoundReader> SoundReader::open(ByteView file) {
  SoundReader out;
  TRY_ASSIGN(out.packets_, read_ogg(file));
  const OggPackets& packets = out.packets_;
  if (packets.sizes.size() <= kHeaderPackets) return fail(ErrorCode::kCorrupt, "a recording without sound");
  const ByteView bytes = packets.bytes;
  TRY_ASSIGN(const Head head, read_head(bytes.first(packets.sizes[0])));
  const ByteView tags = bytes.subspan(packets.sizes[0], packets.sizes[1]);
  if (!as_text(tags).starts_with(kTagsMagic)) return fail(ErrorCode::kCorrupt, "not Opus: no tags");

  std::size_t at = out.next_byte_ = packets.sizes[0] + packets.sizes[1];
  out.next_packet_ = kHeaderPackets;
  std::uint64_t granules = 0;
  for (std::size_t i = kHeaderPackets; i < packets.sizes.size(); ++i) {
    TRY_ASSIGN(const std::uint64_t more, granules_in(bytes.subspan(at, packets.sizes[i])));
    granules += more;
    at += packets.sizes[i];
  }
  granules = std::min(granules, packets.last_granule);
  out.samples_ = (granules - std::min<std::uint64_t>(granules, head.skip)) / kGranulesPerSound;
  out.skip_ = head.skip / kGranulesPerSound;
  if (out.samples_ == 0) return fail(ErrorCode::kCorrupt, "a recording without sound");
  if (out.duration_ms() > limits::kSoundMs) return fail(ErrorCode::kTooLarge, "the recording is too long");

  out.state_.resize(static_cast<std::size_t>(opus_decoder_get_size(1)));
  if (const int code = opus_decoder_init(decoder(out.state_), kSoundRateHz, 1); code != OPUS_OK) {
    return opus_failed("preparing to decode", code);
  }
  if (const int code = opus_decoder_ctl(decoder(out.state_), OPUS_SET_GAIN(head.gain)); code != OPUS_OK) {
    return opus_failed("preparing to decode", code);
  }
  out.frame_.resize(kLongestPacketSamples);
  return out;
}

bool SoundReader::decode_next() {
  if (next_packet_ == packets_.sizes.size()) return false;
  const std::size_t size = packets_.sizes[next_packet_++];
  const ByteView packet = ByteView(packets_.bytes).subspan(next_byte_, size);
  next_byte_ += size;
  const auto most = static_cast<int>(kLongestPacketSamples);
  const int count =
      opus_decode(decoder(state_), packet.data(), static_cast<opus_int32>(packet.size()), frame_.data(), most, 0);
  frame_begin_ = 0;
  if (count > 0) {
    frame_end_ = static_cast<std::size_t>(count);
  } else {
    // open() has looked at it, so this is a decoder that met its own limits: as long as it should have been, silence.
    frame_end_ = static_cast<std::size_t>(granules_in(packet).value_or(0) / kGranulesPerSound);
    std::fill_n(frame_.begin(), frame_end_, std::int16_t{0});
  }
  return true;
}

std::size_t SoundReader::read(std::span<std::int16_t> out) {
  std::size_t done = 0;
  while (done < out.size() && read_ < samples_) {
    if (frame_begin_ == frame_end_ && !decode_next()) break;
    const std::size_t here = frame_end_ - frame_begin_;
    const std::size_t skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, here));
    skip_ -= skipped;
    frame_begin_ += skipped;
    const std::size_t count = static_cast<std::size_t>(
        std::min({std::uint64_t{here - skipped}, std::uint64_t{out.size() - done}, samples_ - read_}));
    std::copy_n(frame_.begin() + static_cast<std::ptrdiff_t>(frame_begin_), count,
                out.begin() + static_cast<std::ptrdiff_t>(done));
    frame_begin_ += count;
    done += count;
    read_ += count;
  }
  return done;
}

}  // namespace mimika::device
