// A person's voice: recorded, encoded, decoded.
#include <opusenc.h>
#include <opusfile.h>

#include <catch2/catch.hpp>
#include <limits>

#include "kiosk/base/limits.h"
#include "tests/device/sound_world.h"

namespace mimika::device {
namespace {

using namespace test;

struct Recording {
  ToldMicrophone* microphone = nullptr;
  std::unique_ptr<VoiceRecorder> recorder;
  std::int64_t now_ms = 5000;

  Recording() {
    auto source = std::make_unique<ToldMicrophone>();
    microphone = source.get();
    recorder = std::make_unique<VoiceRecorder>(std::move(source));
  }
  // 50 ms at a time, as the screen asks.
  VoiceStatus hear(SampleView samples) {
    constexpr std::size_t kBlock = kVoiceRateHz / 20;
    VoiceStatus status = recorder->poll(now_ms);
    for (std::size_t at = 0; at < samples.size(); at += kBlock) {
      microphone->give(samples.subspan(at, std::min(kBlock, samples.size() - at)));
      status = recorder->poll(now_ms += 50);
    }
    return status;
  }
};

Samples seconds_of(double seconds, std::int16_t sample) {
  return Samples(static_cast<std::size_t>(seconds * kVoiceRateHz), sample);
}

Samples noise(double seconds) {
  Samples out = seconds_of(seconds, 0);
  std::uint32_t state = 7;
  for (std::int16_t& sample : out) {
    state = state * 1'664'525U + 1'013'904'223U;
    sample = static_cast<std::int16_t>(state >> 16U);
  }
  return out;
}

TEST_CASE("a sentence that was recorded is the same sentence when it is decoded again") {
  const Samples said = voice();
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  const VoiceStatus heard = recording.hear(said);
  CHECK(heard.state == VoiceState::kRecording);
  const auto result = recording.recorder->stop(recording.now_ms);
  REQUIRE(result);
  CHECK(result->duration_ms == ms_of(said.size(), kVoiceRateHz));
  CHECK_FALSE(recording.microphone->is_open());

  const Samples again = decoded(result->opus);
  const Samples expected = resampled(said, kVoiceRateHz, kSoundRateHz);
  CHECK(std::abs(static_cast<double>(again.size()) - static_cast<double>(expected.size())) < 10);
  CHECK(energy(again) / energy(expected) == Approx(1).margin(0.25));
  CHECK(correlation(envelope(again, kSoundRateHz), envelope(expected, kSoundRateHz)) > 0.97);
  CHECK(best_correlation(again, expected) > 0.9);
}

TEST_CASE("a minute of speech takes some 120 KB, and the recording stops by itself") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  VoiceStatus status;
  while (status.recorded_ms < limits::kVoiceMs - 1) {
    status = recording.hear(voice());
    if (status.state == VoiceState::kEnded) break;
  }
  CHECK(status.state == VoiceState::kEnded);
  CHECK(status.end == VoiceEnd::kFull);
  CHECK(status.recorded_ms == limits::kVoiceMs);
  CHECK_FALSE(recording.microphone->is_open());
  const auto result = recording.recorder->stop(recording.now_ms);
  REQUIRE(result);
  CHECK(result->duration_ms == limits::kVoiceMs);
  CHECK(result->opus.size() > 60'000);
  CHECK(result->opus.size() < limits::kVoiceBytesUsual);
  CHECK(decoded(result->opus).size() == samples_in(limits::kVoiceMs, kSoundRateHz));
}

TEST_CASE("a minute of the loudest noise stays far below the limit of an attachment") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  CHECK(recording.hear(noise(61)).end == VoiceEnd::kFull);
  const auto result = recording.recorder->stop(recording.now_ms);
  REQUIRE(result);
  CHECK(result->opus.size() < 3000 * (limits::kVoicePacketBytes + 1) + 10'000);
  CHECK(result->opus.size() < limits::kAttachmentBytes / 4);
}

TEST_CASE("levels come twenty times a second and follow how loud it is") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  CHECK(recording.recorder->levels().empty());
  const VoiceStatus quiet = recording.hear(seconds_of(0.5, 0));
  CHECK(quiet.level == 0);
  CHECK(recording.recorder->levels().size() == 10);
  const VoiceStatus loud = recording.hear(noise(0.5));
  CHECK(loud.level > 0.8F);
  CHECK(recording.recorder->levels().size() == 20);
  CHECK(recording.recorder->levels().back() == loud.level);
  recording.hear(noise(10));
  CHECK(recording.recorder->levels().size() == VoiceRecorder::kLevels);
}

TEST_CASE("a microphone that gives silence is told after three seconds, and taken back when something is heard") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  CHECK_FALSE(recording.hear(seconds_of(2.9, 0)).silent);
  CHECK(recording.hear(seconds_of(0.2, 0)).silent);
  // Hum below the named level is no voice either.
  CHECK(recording.hear(seconds_of(1, 9)).silent);
  const VoiceStatus heard = recording.hear(voice());
  CHECK_FALSE(heard.silent);
  CHECK(heard.state == VoiceState::kRecording);
}

TEST_CASE("unplugged in the middle: what was said until then is kept and told") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  const Samples said = voice();
  const SampleView before = SampleView(said).first(2 * kVoiceRateHz);
  recording.hear(before);
  // Its last block comes, and then it is gone.
  recording.microphone->give(SampleView(said).subspan(before.size(), 800));
  recording.microphone->plugged = false;
  const VoiceStatus status = recording.recorder->poll(recording.now_ms += 50);
  CHECK(status.state == VoiceState::kEnded);
  CHECK(status.end == VoiceEnd::kGone);
  CHECK(status.recorded_ms == 2050);
  const auto result = recording.recorder->stop(recording.now_ms);
  REQUIRE(result);
  CHECK(result->duration_ms == 2050);
  CHECK(decoded(result->opus).size() == samples_in(2050, kSoundRateHz));
  // Plugged in again, it records again.
  REQUIRE(recording.recorder->start(recording.now_ms));
  CHECK(recording.hear(said).state == VoiceState::kRecording);
  CHECK(recording.recorder->stop(recording.now_ms));
}

TEST_CASE("a microphone that gives nothing any more is gone") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.hear(noise(1));
  CHECK(recording.recorder->poll(recording.now_ms + VoiceRecorder::kStalledMs - 1).state == VoiceState::kRecording);
  const VoiceStatus status = recording.recorder->poll(recording.now_ms + VoiceRecorder::kStalledMs);
  CHECK(status.end == VoiceEnd::kGone);
  CHECK(recording.recorder->stop(recording.now_ms)->duration_ms == 1000);
}

TEST_CASE("a microphone that is missing or busy is told, and nothing is recorded") {
  Recording recording;
  for (const ErrorCode code : {ErrorCode::kNotFound, ErrorCode::kConflict}) {
    recording.microphone->opening = fail(code, "told");
    const Status started = recording.recorder->start(recording.now_ms);
    REQUIRE_FALSE(started);
    CHECK(started.error().code == code);
    CHECK(recording.recorder->poll(recording.now_ms).state == VoiceState::kIdle);
    CHECK_FALSE(recording.recorder->stop(recording.now_ms));
  }
}

TEST_CASE("sizes that fit no sample and values no microphone may give are survived") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.microphone->give_bytes({});
  recording.microphone->give_bytes(Bytes(1, 0xFF));
  recording.microphone->give_bytes(Bytes(4001, 0x7F));  // NaN
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::vector<float> wild;
  for (int i = 0; i < 4000; ++i) {
    for (const float value : {kInfinity, -kInfinity, std::numeric_limits<float>::quiet_NaN(),
                              std::numeric_limits<float>::max(), std::numeric_limits<float>::denorm_min(), -1e30F}) {
      wild.push_back(value);
    }
  }
  recording.microphone->give_bytes({reinterpret_cast<const std::uint8_t*>(wild.data()), wild.size() * sizeof(float)});
  const VoiceStatus status = recording.recorder->poll(recording.now_ms += 50);
  CHECK(status.state == VoiceState::kRecording);
  CHECK(status.recorded_ms == 1500 + 62);
  CHECK(status.level <= 1);
  // Ten minutes in one block: what there is no room for is lost, and nothing else.
  recording.microphone->give_bytes(Bytes(std::size_t{600} * kVoiceRateHz * sizeof(float)));
  CHECK(recording.recorder->poll(recording.now_ms += 50).recorded_ms < 10'000);
  const auto result = recording.recorder->stop(recording.now_ms);
  REQUIRE(result);
  CHECK_FALSE(decoded(result->opus).empty());
}

TEST_CASE("a recording too short for a word is not kept, and a discarded one is gone") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.hear(noise(0.4));
  const auto short_one = recording.recorder->stop(recording.now_ms);
  REQUIRE_FALSE(short_one);
  CHECK(short_one.error().code == ErrorCode::kInvalidInput);

  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.hear(noise(2));
  recording.recorder->discard();
  CHECK(recording.recorder->poll(recording.now_ms).state == VoiceState::kIdle);
  CHECK(recording.recorder->levels().empty());
  CHECK_FALSE(recording.microphone->is_open());
  // Nothing of it is in the next one.
  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.hear(seconds_of(1, 0));
  const auto next = recording.recorder->stop(recording.now_ms);
  REQUIRE(next);
  CHECK(energy(decoded(next->opus)) < 1000.0 * kSoundRateHz);
}

TEST_CASE("a recording that is only looked at when it is stopped holds what was said last") {
  Recording recording;
  REQUIRE(recording.recorder->start(recording.now_ms));
  recording.microphone->give(noise(3));
  CHECK(recording.recorder->stop(recording.now_ms + 3000)->duration_ms == 3000);
}

TEST_CASE("another program's decoder reads our recording as we do") {
  const WipedBytes file = encoded(voice());
  int code = 0;
  OggOpusFile* const theirs = op_open_memory(file.data(), file.size(), &code);
  REQUIRE(theirs != nullptr);
  CHECK(op_channel_count(theirs, -1) == 1);
  CHECK(op_pcm_total(theirs, -1) == static_cast<ogg_int64_t>(voice().size() * 3));
  Samples heard;
  Samples chunk(5760);
  for (;;) {
    const int count = op_read(theirs, chunk.data(), static_cast<int>(chunk.size()), nullptr);
    REQUIRE(count >= 0);
    if (count == 0) break;
    heard.insert(heard.end(), chunk.begin(), chunk.begin() + count);
  }
  op_free(theirs);
  CHECK(correlation(envelope(heard, 48'000), envelope(decoded(file), kSoundRateHz)) > 0.99);
}

// In stereo at 48 kHz, with a comment longer than a page, as a speaker's tools may write it.
Bytes written_by_others(SampleView at_voice_rate) {
  Bytes file;
  OpusEncCallbacks callbacks{};
  callbacks.write = [](void* out, const unsigned char* bytes, opus_int32 count) {
    append(*static_cast<Bytes*>(out), {bytes, static_cast<std::size_t>(count)});
    return 0;
  };
  callbacks.close = [](void*) { return 0; };
  OggOpusComments* const comments = ope_comments_create();
  REQUIRE(ope_comments_add(comments, "DESCRIPTION", std::string(100'000, 'x').c_str()) == OPE_OK);
  OggOpusEnc* const encoder = ope_encoder_create_callbacks(&callbacks, &file, comments, 48'000, 2, 0, nullptr);
  REQUIRE(encoder != nullptr);
  Samples both;
  for (const std::int16_t sample : resampled(at_voice_rate, kVoiceRateHz, 48'000)) both.insert(both.end(), 2, sample);
  REQUIRE(ope_encoder_write(encoder, both.data(), static_cast<int>(both.size() / 2)) == OPE_OK);
  REQUIRE(ope_encoder_drain(encoder) == OPE_OK);
  ope_encoder_destroy(encoder);
  ope_comments_destroy(comments);
  return file;
}

TEST_CASE("we read a recording that another program wrote") {
  const Samples said = voice();
  const Samples heard = decoded(written_by_others(said));
  const Samples expected = resampled(said, kVoiceRateHz, kSoundRateHz);
  REQUIRE(std::abs(static_cast<double>(heard.size()) - static_cast<double>(expected.size())) < 100);
  CHECK(correlation(envelope(heard, kSoundRateHz), envelope(expected, kSoundRateHz)) > 0.99);
}

TEST_CASE("a recording that was cut at any place is an error and not a shorter recording") {
  const WipedBytes file = encoded(voice());
  for (std::size_t size = 0; size < file.size(); size += 997) {
    const auto reader = SoundReader::open(ByteView(file).first(size));
    INFO(size);
    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == ErrorCode::kCorrupt);
  }
  CHECK_FALSE(SoundReader::open(ByteView(file).first(file.size() - 1)));
}

TEST_CASE("a recording with one wrong byte is an error") {
  const WipedBytes file = encoded(voice());
  for (std::size_t at = 0; at < file.size(); at += 997) {
    WipedBytes wrong = file;
    wrong[at] ^= 0x10U;
    INFO(at);
    CHECK_FALSE(SoundReader::open(wrong));
  }
  WipedBytes longer = file;
  longer.push_back(0);
  CHECK_FALSE(SoundReader::open(longer));
}

TEST_CASE("what is not a recording is an error") {
  CHECK_FALSE(SoundReader::open(Bytes(5000, 0)));
  CHECK_FALSE(SoundReader::open(as_bytes("OggS")));
  CHECK(SoundReader::open(Bytes(limits::kSoundFileBytes + 1)).error().code == ErrorCode::kTooLarge);
  // Whole pages around packets that are no Opus.
  const auto file_of = [](const std::vector<Bytes>& packets) {
    OggWriter writer;
    for (const Bytes& packet : packets) {
      writer.add(packet, 480'000);
      writer.flush();
    }
    return writer.finish(480'000);
  };
  Bytes head(as_bytes("OpusHead").begin(), as_bytes("OpusHead").end());
  append(head, Bytes{1, 1, 0, 0, 0x80, 0x3E, 0, 0, 0, 0, 0});
  const Bytes tags(as_bytes("OpusTags").begin(), as_bytes("OpusTags").end());
  CHECK_FALSE(SoundReader::open(file_of({})));
  CHECK_FALSE(SoundReader::open(file_of({head, tags})));
  CHECK_FALSE(SoundReader::open(file_of({tags, head, Bytes{8, 1, 2}})));
  CHECK_FALSE(SoundReader::open(file_of({head, tags, Bytes{}})));
  CHECK_FALSE(SoundReader::open(file_of({head, tags, Bytes(3, 0xFF)})));
  CHECK(SoundReader::open(file_of({head, tags, Bytes{8, 1, 2}})));
  Bytes surround = head;
  surround[9] = 6;
  CHECK(SoundReader::open(file_of({surround, tags, Bytes{8, 1, 2}})).error().code == ErrorCode::kInvalidInput);
  // A packet of three bytes may last 120 ms: a small file that would play for a day.
  OggWriter writer;
  writer.add(head, 0);
  writer.add(tags, 0);
  const Bytes hour{0xFB, 2, 0xFF};
  for (int i = 0; i < 20'000; ++i) writer.add(hour, 5'000'000'000);
  const auto endless = SoundReader::open(writer.finish(5'000'000'000));
  REQUIRE_FALSE(endless);
  CHECK(endless.error().code != ErrorCode::kInternal);
}

}  // namespace
}  // namespace mimika::device
