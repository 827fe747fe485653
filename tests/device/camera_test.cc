// The camera with its thread, in real time.
#include "kiosk/device/camera.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "kiosk/device/recorded_camera.h"
#include "tests/device/pictures.h"

namespace mimika::device {
namespace {

// Far longer than anything takes, for machines that are busy.
constexpr int kPatienceMs = 20'000;
constexpr int kFrameMs = 20;

bool comes_true(const std::function<bool()>& condition) {
  for (int waited = 0; waited < kPatienceMs; waited += 5) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

struct World {
  World() { scene.show(draw_sample_picture({640, 360})); }
  [[nodiscard]] bool reaches(CameraState state) {
    return comes_true([&] { return camera.state() == state; });
  }
  std::unique_ptr<Env> env = make_system_env();
  RecordedScene scene{FrameFormat::kMjpeg, kFrameMs};
  std::atomic<int> told = 0;
  Camera camera{std::make_unique<RecordedCamera>(scene), *env, [this] { ++told; }};
};

TEST_CASE("a camera that nobody wants is off") {
  World world;
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(world.camera.state() == CameraState::kOff);
  CHECK(world.scene.openings() == 0);
  world.camera.take();
  CHECK_FALSE(world.camera.taken().has_value());
}

TEST_CASE("a person looks, takes a photo and goes: the light goes with them") {
  World world;
  world.camera.start({.preview = {320, 320}});
  REQUIRE(world.reaches(CameraState::kLive));
  std::optional<Image> preview;
  REQUIRE(comes_true([&] { return (preview = world.camera.preview()).has_value(); }));
  CHECK(preview->size == PixelSize{320, 180});
  CHECK(world.told > 0);

  world.camera.take();
  std::optional<Result<Photo>> photo;
  REQUIRE(comes_true([&] { return (photo = world.camera.taken()).has_value(); }));
  REQUIRE(photo->has_value());
  CHECK((*photo)->size == PixelSize{640, 360});

  world.camera.stop();
  CHECK(world.camera.state() == CameraState::kOff);
  CHECK_FALSE(world.camera.preview());
  CHECK(comes_true([&] { return !world.scene.lit(); }));
  CHECK_FALSE(world.camera.preview());
}

TEST_CASE("nothing of one visit is left for the next, however closely they follow") {
  World world;
  for (int i = 0; i < 10; ++i) {
    world.camera.start({});
    REQUIRE(comes_true([&] { return world.camera.preview().has_value(); }));
    world.camera.take();
    if (i % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(i * 7));
    world.camera.stop();
    world.camera.start({});
    CHECK(world.camera.state() == CameraState::kStarting);
    CHECK_FALSE(world.camera.taken().has_value());
    REQUIRE(comes_true([&] { return world.camera.preview().has_value(); }));
    CHECK_FALSE(world.camera.taken().has_value());
    world.camera.stop();
  }
}

TEST_CASE("the newest picture waits, and only that one") {
  World world;
  world.camera.start({.preview = {64, 64}});
  REQUIRE(world.reaches(CameraState::kLive));
  world.scene.show(test::one_colour({640, 360}, 200, 30, 30));
  std::this_thread::sleep_for(std::chrono::milliseconds(600));  // nobody fetches any
  const auto preview = world.camera.preview();
  REQUIRE(preview);
  CHECK(preview->rgba.data()[0] > 150);
  CHECK(preview->rgba.data()[1] < 80);
}

TEST_CASE("pulling the plug is told within two seconds, and so is putting it back") {
  World world;
  world.camera.start({});
  REQUIRE(world.reaches(CameraState::kLive));
  const auto begun = world.env->monotonic_ms();
  world.scene.unplug();
  REQUIRE(world.reaches(CameraState::kUnplugged));
  CHECK(world.env->monotonic_ms() - begun < 2000);
  const auto back = world.env->monotonic_ms();
  world.scene.plug_in();
  REQUIRE(world.reaches(CameraState::kLive));
  CHECK(world.env->monotonic_ms() - back < 2000);
}

TEST_CASE("a wish may change while the camera runs") {
  World world;
  world.camera.start({.preview = {64, 64}});
  REQUIRE(world.reaches(CameraState::kLive));
  world.scene.show(test::in_colour(test::draw_code("MK1", {640, 480}, {.module_px = 8})));
  world.camera.start({.preview = {200, 200}, .read_codes = true});
  CHECK(comes_true([&] {
    const auto preview = world.camera.preview();
    return preview && preview->size.width == 200;
  }));
  std::optional<std::string> code;
  CHECK(comes_true([&] { return (code = world.camera.code()).has_value(); }));
  CHECK(code == "MK1");
  CHECK(world.scene.openings() == 1);
}

TEST_CASE("a camera ends while it runs, waits or starts") {
  for (int i = 0; i < 10; ++i) {
    World world;
    if (i % 3 == 0) world.scene.unplug();
    world.camera.start({});
    std::this_thread::sleep_for(std::chrono::milliseconds(i * 10));
  }
  SUCCEED("no thread was left behind");
}

}  // namespace
}  // namespace mimika::device
