#include "tests/fuzz/sound_targets.h"

#include <algorithm>
#include <array>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/opus_codec.h"

namespace mimika::fuzz {
namespace {

using device::SoundReader;

constexpr std::size_t kHeardSamples = device::kSoundRateHz / 2;  // of each; the rest is decoded alike

void hear(ByteView file) {
  auto reader = SoundReader::open(file);
  if (!reader) return;
  CHECK(reader->duration_ms() <= limits::kSoundMs);
  std::array<std::int16_t, 1000> chunk;
  std::size_t heard = 0;
  while (heard < kHeardSamples) {
    const std::size_t count = reader->read(chunk);
    heard += count;
    if (count == chunk.size()) continue;
    // What it said there was, there was.
    CHECK(reader->position_ms() == reader->duration_ms());
    return;
  }
}

device::Samples tone() {
  device::Samples samples(device::kVoiceRateHz / 5);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<std::int16_t>(i % 40 * 500);
  return samples;
}

Bytes recorded() {
  auto encoder = device::VoiceEncoder::create().value();
  CHECK(encoder.add(tone()));
  const auto file = encoder.finish().value();
  return {file.begin(), file.end()};
}

}  // namespace

void run_sound(ByteView input) {
  hear(input);
}

// The checksums keep chance out; here the input is packets, each behind its length (two bytes), in pages as they
// should be.
void run_sound_packets(ByteView input) {
  device::OggWriter writer;
  ByteReader reader(input);
  std::uint64_t granule = 0;
  while (!reader.rest().empty()) {
    const std::size_t said = reader.u16().value_or(0);
    const ByteView packet = reader.take(std::min(said, reader.rest().size())).value();
    if (writer.bytes() > limits::kSoundFileBytes) break;
    writer.add(packet, granule += 960);
    if (reader.rest().size() % 3 == 0) writer.flush();
    if (said == 0 && reader.rest().size() < sizeof(std::uint16_t)) break;
  }
  const WipedBytes file = writer.finish(granule);
  hear(file);
  // Whatever packets were written are read again.
  const auto packets = device::read_ogg(file);
  CHECK(packets || packets.error().code == ErrorCode::kTooLarge);
}

std::vector<Bytes> seeds_of_sound() {
  return {recorded()};
}

std::vector<Bytes> seeds_of_sound_packets() {
  const auto packets = device::read_ogg(recorded()).value();
  Bytes seed;
  std::size_t at = 0;
  for (const std::uint32_t size : packets.sizes) {
    append_u16(seed, static_cast<std::uint16_t>(size));
    append(seed, ByteView(packets.bytes).subspan(at, size));
    at += size;
  }
  return {seed};
}

}  // namespace mimika::fuzz
