// The camera's thread without the thread: a recorded camera in every trouble, and a clock that the test moves.
#include "kiosk/device/camera_engine.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "kiosk/device/recorded_camera.h"
#include "tests/device/pictures.h"

namespace mimika::device {
namespace {

constexpr int kFrameMs = 33;

struct World {
  explicit World(FrameFormat format = FrameFormat::kMjpeg) : scene(format, 0) {
    scene.show(draw_sample_picture({640, 360}));
  }
  // Steps as the thread would make them, for so long; what was news is kept.
  void run_ms(int ms, bool take = false) {
    for (const std::int64_t end = env.monotonic_ms() + ms; env.monotonic_ms() < end;) {
      CameraNews news = engine.step(wish, std::exchange(take, false));
      if (states.empty() || states.back() != news.state) states.push_back(news.state);
      if (news.preview) {
        ++previews;
        preview = std::move(news.preview);
      }
      if (news.photo) photo = std::move(news.photo);
      if (news.code) {
        ++codes_read;
        code = std::move(news.code);
      }
      env.advance_ms(std::max(kFrameMs, news.pause_ms));
    }
  }
  [[nodiscard]] CameraState state() const { return states.back(); }

  FakeEnv env{0};
  RecordedScene scene;
  RecordedCamera camera{scene};
  CameraEngine engine{camera, env};
  CameraWish wish{.preview = {320, 320}, .read_codes = false};
  std::vector<CameraState> states;
  std::optional<Image> preview;
  std::optional<Result<Photo>> photo;
  std::optional<std::string> code;
  int previews = 0;
  int codes_read = 0;
};

TEST_CASE("a camera that is there gives previews of the size asked for, about fifteen a second") {
  for (const FrameFormat format : {FrameFormat::kMjpeg, FrameFormat::kYuyv}) {
    World world(format);
    world.run_ms(2000);
    CHECK(world.state() == CameraState::kLive);
    CHECK(world.previews >= 28);
    CHECK(world.previews <= 34);
    CHECK(world.preview->size == PixelSize{320, 180});
    CHECK(test::difference(*world.preview, scaled_down(draw_sample_picture({640, 360}), {320, 180})) < 12);
  }
}

TEST_CASE("without a camera it says so, and looks again each second") {
  World world;
  world.scene.unplug();
  world.run_ms(3000);
  CHECK(world.states == std::vector{CameraState::kNoneFound});
  world.scene.plug_in();
  world.run_ms(CameraEngine::kLookMs + 100);
  CHECK(world.state() == CameraState::kLive);
}

TEST_CASE("pulled out and put back, again and again, it is told and comes back by itself") {
  World world;
  for (int i = 0; i < 5; ++i) {
    world.run_ms(500);
    CHECK(world.state() == CameraState::kLive);
    world.scene.unplug();
    world.run_ms(100);
    CHECK(world.state() == CameraState::kUnplugged);
    CHECK_FALSE(world.scene.lit());
    world.run_ms(3000 + i * 100);
    CHECK(world.state() == CameraState::kUnplugged);
    world.scene.plug_in();
    world.run_ms(CameraEngine::kLookMs + 100);
  }
  CHECK(world.scene.openings() == 6);
}

TEST_CASE("a camera that another program has is told, and taken when it is free") {
  World world;
  world.scene.have(RecordedTrouble::kInUse);
  world.run_ms(2500);
  CHECK(world.states == std::vector{CameraState::kInUse});
  world.scene.have(RecordedTrouble::kNone);
  world.run_ms(CameraEngine::kLookMs + 100);
  CHECK(world.state() == CameraState::kLive);
}

TEST_CASE("a camera that offers nothing we can use is told") {
  World world;
  world.scene.have(RecordedTrouble::kUnusable);
  world.run_ms(2500);
  CHECK(world.states == std::vector{CameraState::kGivesGarbage});
}

TEST_CASE("a camera that gives garbage is told within its time, and believed again when it gives pictures") {
  for (const FrameFormat format : {FrameFormat::kMjpeg, FrameFormat::kYuyv}) {
    for (const RecordedTrouble trouble : {RecordedTrouble::kCut, RecordedTrouble::kWrongSize, RecordedTrouble::kNoise,
                                          RecordedTrouble::kEmpty, RecordedTrouble::kSilent}) {
      INFO(static_cast<int>(format) << " " << static_cast<int>(trouble));
      World world(format);
      world.run_ms(1000);
      REQUIRE(world.state() == CameraState::kLive);
      const int seen = world.previews;
      world.scene.have(trouble);
      world.run_ms(CameraEngine::kSilenceMs + 200);
      CHECK(world.state() == CameraState::kGivesGarbage);
      CHECK(world.previews == seen);
      // It is tried again and again; nothing else is said of it meanwhile.
      world.run_ms(20'000);
      CHECK(world.states == std::vector{CameraState::kLive, CameraState::kGivesGarbage});
      world.scene.have(RecordedTrouble::kNone);
      world.run_ms(CameraEngine::kFirstPictureMs + CameraEngine::kLookMs + 200);
      CHECK(world.state() == CameraState::kLive);
    }
  }
}

TEST_CASE("a few broken frames are nothing") {
  World world;
  world.run_ms(1000);
  world.scene.have(RecordedTrouble::kCut);
  world.run_ms(CameraEngine::kSilenceMs - 200);
  world.scene.have(RecordedTrouble::kNone);
  world.run_ms(1000);
  CHECK(world.states == std::vector{CameraState::kLive});
  CHECK(world.scene.openings() == 1);
}

TEST_CASE("a camera that is slow to wake is waited for longer than one that falls silent") {
  World world;
  world.scene.have(RecordedTrouble::kSilent);
  world.run_ms(CameraEngine::kFirstPictureMs - 200);
  CHECK(world.states == std::vector{CameraState::kStarting});
  world.run_ms(400);
  CHECK(world.state() == CameraState::kGivesGarbage);
}

TEST_CASE("a picture that stands still is found out") {
  World world;
  world.run_ms(1000);
  world.scene.have(RecordedTrouble::kStill);
  world.run_ms(CameraEngine::kStillMs - 200);
  CHECK(world.state() == CameraState::kLive);
  world.run_ms(400);
  CHECK(world.state() == CameraState::kGivesGarbage);
  CHECK_FALSE(world.scene.lit());
}

TEST_CASE("a covered lens is called too dark after a second, and never broken") {
  World world;
  world.run_ms(500);
  world.scene.have(RecordedTrouble::kBlack);
  world.run_ms(CameraEngine::kDarkMs - 200);
  CHECK(world.state() == CameraState::kLive);  // a hand that passes
  world.run_ms(400);
  CHECK(world.state() == CameraState::kTooDark);
  const int seen = world.previews;
  world.run_ms(10'000);
  CHECK(world.state() == CameraState::kTooDark);
  CHECK(world.previews > seen);  // a person sees what the camera sees
  world.scene.have(RecordedTrouble::kNone);
  world.run_ms(100);
  CHECK(world.state() == CameraState::kLive);
}

TEST_CASE("a picture between dark and light does not flicker between the two words") {
  World world;
  const int between = (CameraEngine::kDarkLuma + CameraEngine::kLightLuma) / 2;
  world.scene.show(test::one_colour({640, 360}, between, between, between));
  world.run_ms(3000);
  CHECK(world.states == std::vector{CameraState::kLive});
  world.scene.have(RecordedTrouble::kBlack);
  world.run_ms(2000);
  world.scene.have(RecordedTrouble::kNone);
  world.run_ms(3000);
  CHECK(world.states == std::vector{CameraState::kLive, CameraState::kTooDark});
}

TEST_CASE("a camera may change its resolution in the middle of everything") {
  World world;
  for (const PixelSize size : {PixelSize{1280, 720}, PixelSize{320, 240}, PixelSize{1920, 1080}, PixelSize{64, 480}}) {
    world.scene.show(draw_sample_picture(size));
    world.run_ms(300);
    CHECK(world.state() == CameraState::kLive);
    CHECK(world.preview->size == fit_inside(size, world.wish.preview));
  }
  CHECK(world.scene.openings() == 1);
}

TEST_CASE("the next picture becomes a photo within the limits, of all its pixels") {
  World world;
  world.scene.show(draw_sample_picture({1280, 720}));
  world.run_ms(300);
  CHECK_FALSE(world.photo.has_value());
  world.run_ms(100, true);
  REQUIRE(world.photo.has_value());
  REQUIRE(world.photo->has_value());
  CHECK((*world.photo)->size == PixelSize{1280, 720});
  CHECK((*world.photo)->jpeg.size() <= limits::kPhotoBytes);
  CHECK((*world.photo)->preview.size() <= limits::kPreviewBytes);
  CHECK(world.preview->size == PixelSize{320, 180});  // the view goes on
  world.photo.reset();
  world.run_ms(1000);
  CHECK_FALSE(world.photo.has_value());  // one asking, one photo
}

TEST_CASE("a photo that cannot be taken is said to be so after three seconds") {
  for (const bool unplugged : {true, false}) {
    World world;
    world.run_ms(300);
    if (unplugged) {
      world.scene.unplug();
    } else {
      world.scene.have(RecordedTrouble::kCut);
    }
    world.run_ms(CameraEngine::kPhotoMs - 100, true);
    CHECK_FALSE(world.photo.has_value());
    world.run_ms(1200);
    REQUIRE(world.photo.has_value());
    CHECK(world.photo->error().code == ErrorCode::kUnreachable);
  }
}

TEST_CASE("a photo waits for a camera that comes back in time") {
  World world;
  world.run_ms(300);
  world.scene.unplug();
  world.run_ms(500, true);
  world.scene.plug_in();
  world.run_ms(1500);
  REQUIRE(world.photo.has_value());
  CHECK(world.photo->has_value());
}

TEST_CASE("codes are looked for when asked, at most ten times a second") {
  World world;
  world.scene.show(test::in_colour(test::draw_code("MK1:JLA1-0417-K:AAAA", {640, 480}, {.module_px = 6})));
  world.run_ms(500);
  CHECK_FALSE(world.code);
  world.wish.read_codes = true;
  world.run_ms(1000);
  CHECK(world.code == "MK1:JLA1-0417-K:AAAA");
  CHECK(world.codes_read >= 5);
  CHECK(world.codes_read <= 10);
}

TEST_CASE("switched off, the light is off, and a photo that was asked for is forgotten") {
  World world;
  world.run_ms(300);
  CHECK(world.scene.lit());
  world.scene.have(RecordedTrouble::kSilent);
  world.run_ms(100, true);
  world.engine.switch_off();
  CHECK_FALSE(world.scene.lit());
  world.scene.have(RecordedTrouble::kNone);
  world.run_ms(4000);
  CHECK(world.state() == CameraState::kLive);
  CHECK_FALSE(world.photo.has_value());
}

TEST_CASE("every state has a name of its own") {
  std::set<std::string> names;
  for (int state = 0; state <= static_cast<int>(CameraState::kGivesGarbage); ++state) {
    names.insert(camera_state_name(static_cast<CameraState>(state)));
  }
  CHECK(names.size() == 8);
  CHECK_FALSE(names.contains("unknown"));
}

}  // namespace
}  // namespace mimika::device
