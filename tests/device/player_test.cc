// What is heard: recordings, cues, devices that come and go.
#include "kiosk/device/player.h"

#include <stdlib.h>

#include <catch2/catch.hpp>

#include "kiosk/device/sdl_audio.h"
#include "tests/device/sound_world.h"

namespace mimika::device {
namespace {

using namespace test;

struct PlayerWorld {
  std::atomic<int> notified = 0;
  ToldOutput* output = nullptr;
  std::unique_ptr<Player> player;

  PlayerWorld() {
    auto told = std::make_unique<ToldOutput>();
    output = told.get();
    player = std::make_unique<Player>(std::move(told), [this] { ++notified; });
  }
  [[nodiscard]] bool opens() const {
    return comes_true([&] { return player->output() == OutputState::kOpen; });
  }
};

bool is_silent(SampleView samples) {
  return std::all_of(samples.begin(), samples.end(), [](std::int16_t sample) { return sample == 0; });
}

TEST_CASE("a recording is played from its beginning to its end, and its end is told") {
  PlayerWorld world;
  CHECK(world.player->output() == OutputState::kResting);
  const WipedBytes file = encoded(voice());
  world.player->set_volume(100);
  REQUIRE(world.player->play(file));
  REQUIRE(world.opens());
  CHECK(world.player->status().state == PlayState::kPlaying);
  CHECK(world.player->status().duration_ms == ms_of(voice().size(), kVoiceRateHz));
  Samples heard = world.output->pull(kSoundRateHz);
  CHECK(world.player->status().position_ms == 1000);
  while (world.player->status().state == PlayState::kPlaying) {
    const Samples more = world.output->pull(777);
    heard.insert(heard.end(), more.begin(), more.end());
  }
  CHECK(world.player->status().state == PlayState::kEnded);
  CHECK(world.player->status().position_ms == world.player->status().duration_ms);
  CHECK(world.notified == 1);
  const Samples expected = decoded(file);
  REQUIRE(heard.size() >= expected.size());
  CHECK(std::equal(expected.begin(), expected.end(), heard.begin()));
  CHECK(is_silent(world.output->pull(5000)));
}

TEST_CASE("stopping dies away within some milliseconds, and the next recording begins at once") {
  PlayerWorld world;
  const WipedBytes file = encoded(voice());
  REQUIRE(world.player->play(file));
  REQUIRE(world.opens());
  world.output->pull(kSoundRateHz / 2);
  world.player->stop();
  CHECK(world.player->status().state == PlayState::kIdle);
  world.output->pull(kSoundRateHz / 20);
  CHECK(is_silent(world.output->pull(1000)));
  REQUIRE(world.player->play(file));
  CHECK(world.player->status().position_ms == 0);
  CHECK_FALSE(is_silent(world.output->pull(kSoundRateHz)));
}

TEST_CASE("what cannot be played is an error, and silences what was playing") {
  PlayerWorld world;
  REQUIRE(world.player->play(encoded(voice())));
  const Status played = world.player->play(Bytes(1000, 7));
  REQUIRE_FALSE(played);
  CHECK(played.error().code == ErrorCode::kCorrupt);
  CHECK(world.player->status().state == PlayState::kIdle);
}

TEST_CASE("the volume changes what is heard and is set back for the next person") {
  PlayerWorld world;
  const Samples tone(kSoundRateHz, 10'000);
  world.player->play_samples(tone);
  REQUIRE(world.opens());
  world.player->set_volume(100);
  CHECK(world.output->pull(100).back() == 10'000);
  world.player->set_volume(50);
  CHECK(world.output->pull(100).back() == 2500);
  world.player->set_volume(0);
  CHECK(world.output->pull(100).back() == 0);
  world.player->set_volume(900);
  CHECK(world.player->volume() == 100);
  world.player->set_volume(-3);
  CHECK(world.player->volume() == 0);
  world.player->reset();
  CHECK(world.player->volume() == Player::kDefaultVolume);
}

TEST_CASE("sounds together are mixed, and the loudest do not wrap around") {
  PlayerWorld world;
  world.player->set_volume(100);
  REQUIRE(world.player->play(encoded(Samples(2 * kVoiceRateHz, 0))));
  world.player->play_samples(Samples(kSoundRateHz, 32'000));
  const auto ticket = world.player->speech().restart();
  REQUIRE(world.player->speech().push(ticket, Samples(4800, 32'000)));
  REQUIRE(world.opens());
  const Samples heard = world.output->pull(4800);
  CHECK(std::all_of(heard.begin(), heard.end(), [](std::int16_t sample) { return sample > 31'000; }));
}

TEST_CASE("every cue is short, heard, and ends in silence") {
  for (const Cue cue : {Cue::kClick, Cue::kChime, Cue::kShutter}) {
    const Samples made = make_cue(cue);
    CHECK(made.size() < std::size_t{2} * kSoundRateHz);
    CHECK(energy(made) > 1e8);
    CHECK(std::abs(int{made.back()}) < 200);
    PlayerWorld world;
    world.player->cue(cue);
    REQUIRE(world.opens());
    CHECK_FALSE(is_silent(world.output->pull(1000)));
    world.output->pull(made.size());
    CHECK(is_silent(world.output->pull(1000)));
  }
}

TEST_CASE("without a device nothing is heard later: it is told, and the next sound tries again") {
  PlayerWorld world;
  world.output->missing = true;
  REQUIRE(world.player->play(encoded(voice())));
  CHECK(comes_true([&] { return world.player->status().state == PlayState::kNoDevice; }));
  CHECK(world.player->output() == OutputState::kMissing);
  CHECK(comes_true([&] { return world.notified >= 1; }));
  world.output->missing = false;
  world.player->cue(Cue::kClick);
  REQUIRE(world.opens());
  world.output->pull(5000);
  // The recording does not come back by itself.
  CHECK(is_silent(world.output->pull(5000)));
}

TEST_CASE("unplugged in the middle: playing ends and does not go on from another device") {
  PlayerWorld world;
  REQUIRE(world.player->play(encoded(voice())));
  REQUIRE(world.opens());
  world.output->pull(1000);
  world.output->plugged = false;
  CHECK(comes_true([&] { return world.player->status().state == PlayState::kNoDevice; }));
  CHECK(comes_true([&] { return !world.output->is_open(); }));
  CHECK(world.player->output() == OutputState::kMissing);
  // Plugged in again.
  REQUIRE(world.player->play(encoded(voice())));
  REQUIRE(world.opens());
  CHECK_FALSE(is_silent(world.output->pull(kSoundRateHz)));
}

TEST_CASE("a device that asks for nothing any more is gone") {
  PlayerWorld world;
  REQUIRE(world.player->play(encoded(voice())));
  REQUIRE(world.opens());
  CHECK(comes_true([&] { return world.player->status().state == PlayState::kNoDevice; }));
}

TEST_CASE("headphones that are plugged in take over what is playing") {
  PlayerWorld world;
  REQUIRE(world.player->play(encoded(voice())));
  REQUIRE(world.opens());
  world.output->pull(kSoundRateHz);
  CHECK_FALSE(world.output->on_headphones);
  world.output->headphones = true;
  CHECK(comes_true([&] { return world.output->on_headphones.load(); }));
  REQUIRE(world.opens());
  CHECK(world.player->status().state == PlayState::kPlaying);
  CHECK(world.player->status().position_ms >= 1000);
}

TEST_CASE("for the next person there is silence and the device rests") {
  PlayerWorld world;
  REQUIRE(world.player->play(encoded(voice())));
  world.player->cue(Cue::kChime);
  REQUIRE(world.opens());
  world.player->reset();
  CHECK(world.player->status().state == PlayState::kIdle);
  CHECK(comes_true([&] { return !world.output->is_open(); }));
  CHECK(comes_true([&] { return world.player->output() == OutputState::kResting; }));
  world.player->warm();
  REQUIRE(world.opens());
  CHECK(is_silent(world.output->pull(5000)));
}

// SDL itself, with the driver that gives silence to nobody and takes it from nobody.
struct DummyDriver {
  DummyDriver() { ::setenv("SDL_AUDIODRIVER", "dummy", 1); }
  ~DummyDriver() { ::unsetenv("SDL_AUDIODRIVER"); }
};

TEST_CASE("through SDL a recording plays to its end and a microphone records") {
  const DummyDriver driver;
  std::atomic<int> ended = 0;
  Player player(make_output({.headphones = "no such headphones", .speaker = "nor such a speaker"}), [&] { ++ended; });
  REQUIRE(player.play(encoded(Samples(kVoiceRateHz / 2, 500))));
  CHECK(comes_true([&] { return player.status().state == PlayState::kEnded; }));
  CHECK(ended == 1);

  VoiceRecorder recorder(make_microphone(""));
  REQUIRE(recorder.start(0));
  std::int64_t now_ms = 0;
  CHECK(comes_true([&] { return recorder.poll(now_ms += 5).recorded_ms >= 600; }));
  const auto recording = recorder.stop(now_ms);
  REQUIRE(recording);
  CHECK(recording->duration_ms >= 600);

  VoiceRecorder named(make_microphone("a microphone nobody has"));
  const Status started = named.start(0);
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::kNotFound);
}

TEST_CASE("a machine without sound says so") {
  ::setenv("SDL_AUDIODRIVER", "no such driver", 1);
  VoiceRecorder recorder(make_microphone(""));
  CHECK(recorder.start(0).error().code == ErrorCode::kNotFound);
  Player player(make_output({}), [] {});
  player.cue(Cue::kClick);
  CHECK(comes_true([&] { return player.output() == OutputState::kMissing; }));
  ::unsetenv("SDL_AUDIODRIVER");
}

}  // namespace
}  // namespace mimika::device
